package catalog

import (
	"context"
	"errors"
	"fmt"

	"honeyguide/catalog/index"
)

// Drift is how far an index is from what the database holds.
type Drift struct {
	Entries int `json:"entries"` // in the database
	Pending int `json:"pending"` // still to be sent; not counted below
	Missing int `json:"missing"` // not in the index
	Stale   int `json:"stale"`   // in another state there
	Surplus int `json:"surplus"` // in the index only
	// Place is where the index holds products, and Model the encoder of their vectors.
	Place string `json:"place"`
	Model string `json:"model"`
	// Examples are some of the entries that differ.
	Examples []string `json:"examples"`
}

// InStep reports whether the index holds what it should.
func (d *Drift) InStep() bool { return d.Missing+d.Stale+d.Surplus == 0 }

const maxExamples = 10

// ErrNotLasting marks an index that is made anew at every start: it has nothing
// to compare or rebuild.
var ErrNotLasting = errors.New("the index is in memory and made anew at every start")

func (p *Projection) lasting() (index.Lasting, error) {
	lasting, ok := p.onto.Load().index.(index.Lasting)
	if !ok {
		return nil, ErrNotLasting
	}
	return lasting, nil
}

// Check compares the index with the database. What is saved or sent meanwhile
// may seem to differ.
func (p *Projection) Check(ctx context.Context) (Drift, error) {
	return p.compareAll(ctx, func(index.Kind, found, string, []string) error { return nil })
}

// compareAll compares every kind and hands the ids of a store that differ to f,
// some at a time.
func (p *Projection) compareAll(ctx context.Context, f func(kind index.Kind, how found, storeID string, ids []string) error) (Drift, error) {
	all := Drift{Examples: []string{}}
	for _, kind := range kinds() {
		d, err := p.compare(ctx, kind, func(how found, storeID string, ids []string) error { return f(kind, how, storeID, ids) })
		if kind == index.Products {
			all.Place, all.Model = d.Place, d.Model
		}
		all.Entries, all.Pending = all.Entries+d.Entries, all.Pending+d.Pending
		all.Missing, all.Stale, all.Surplus = all.Missing+d.Missing, all.Stale+d.Stale, all.Surplus+d.Surplus
		all.Examples = append(all.Examples, d.Examples[:min(len(d.Examples), maxExamples-len(all.Examples))]...)
		if err != nil {
			return all, err
		}
	}
	return all, nil
}

// found is a way in which an index and the database differ.
type found string

const (
	missingThere found = "missing"
	staleThere   found = "stale"
	surplusThere found = "surplus"
)

// compare hands the ids of a kind and store that differ to f, some at a time.
func (p *Projection) compare(ctx context.Context, kind index.Kind, f func(how found, storeID string, ids []string) error) (Drift, error) {
	lasting, err := p.lasting()
	if err != nil {
		return Drift{}, err
	}
	place, err := lasting.Place(ctx, kind)
	if err != nil {
		return Drift{}, err
	}
	d := Drift{Place: place.Name, Model: place.Model, Examples: []string{}}
	tell := func(how found, storeID string, ids []string) error {
		for _, id := range ids[:min(len(ids), maxExamples-len(d.Examples))] {
			d.Examples = append(d.Examples, fmt.Sprintf("%s: %s %s of store %s", how, kind, id, storeID))
		}
		if len(ids) == 0 {
			return nil
		}
		return f(how, storeID, ids)
	}
	err = p.each(ctx, kind, func(some []index.Entry) error {
		return p.compareSome(ctx, lasting, some, &d, tell)
	})
	if err != nil {
		return d, err
	}
	return d, lasting.Walk(ctx, kind, func(keys []index.Key) error {
		return p.compareKeys(ctx, kind, keys, &d, tell)
	})
}

// compareSome finds the missing and stale among entries of one store.
func (p *Projection) compareSome(ctx context.Context, lasting index.Lasting, some []index.Entry, d *Drift, tell func(found, string, []string) error) error {
	store, kind, ids := some[0].Store, some[0].Kind, make([]string, len(some))
	for i := range some {
		ids[i] = some[i].ID
	}
	held, err := lasting.Held(ctx, store, kind, ids)
	if err != nil {
		return err
	}
	pending, err := p.which(ctx, `SELECT id FROM `+marksOf(kind)+` WHERE indexed_at = 0 AND store_id = $1 AND id IN (`, store, ids)
	if err != nil {
		return err
	}
	var absent, stale []string
	for i := range some {
		e := &some[i]
		if d.Model != p.onto.Load().model {
			e.Vectors = nil // that index keeps none of ours
		}
		switch sum, there := held[e.ID]; {
		case pending[e.ID]:
			d.Pending++
		case !there:
			absent = append(absent, e.ID)
		case sum != e.Sum():
			stale = append(stale, e.ID)
		}
	}
	d.Entries, d.Missing, d.Stale = d.Entries+len(some), d.Missing+len(absent), d.Stale+len(stale)
	return errors.Join(tell(missingThere, store, absent), tell(staleThere, store, stale))
}

// compareKeys finds the surplus among keys that an index holds.
func (p *Projection) compareKeys(ctx context.Context, kind index.Kind, keys []index.Key, d *Drift, tell func(found, string, []string) error) error {
	byStore := map[string][]string{}
	for _, k := range keys {
		byStore[k.Store] = append(byStore[k.Store], k.ID)
	}
	for store, ids := range byStore {
		known, err := p.which(ctx, `SELECT id FROM entries WHERE kind = '`+string(kind)+`' AND store_id = $1 AND id IN (`, store, ids)
		if err != nil {
			return err
		}
		pending, err := p.which(ctx, `SELECT id FROM `+marksOf(kind)+` WHERE indexed_at = 0 AND store_id = $1 AND id IN (`, store, ids)
		if err != nil {
			return err
		}
		var surplus []string
		for _, id := range ids {
			if !known[id] && !pending[id] {
				surplus = append(surplus, id)
			}
		}
		d.Surplus += len(surplus)
		if err := tell(surplusThere, store, surplus); err != nil {
			return err
		}
	}
	return nil
}

// which returns those of a store's ids that a query, up to its list, selects.
func (p *Projection) which(ctx context.Context, query, storeID string, ids []string) (map[string]bool, error) {
	args := []any{storeID}
	for _, id := range ids {
		args = append(args, id)
	}
	rows, err := p.db.QueryContext(ctx, query+numbered(2, len(ids))+`)`, args...)
	if err != nil {
		return nil, err
	}
	all, err := scanAll(rows, func(id *string) []any { return []any{id} })
	selected := make(map[string]bool, len(all))
	for _, id := range all {
		selected[id] = true
	}
	return selected, err
}

// mend marks what the index misses or holds in another state, so that catchUp
// sends it, and deletes what only the index holds; of a store that is no more,
// all at once.
func (p *Projection) mend(ctx context.Context) (Drift, error) {
	lasting, err := p.lasting()
	if err != nil {
		return Drift{}, err
	}
	return p.compareAll(ctx, func(kind index.Kind, how found, storeID string, ids []string) error {
		if how != surplusThere {
			return p.setMarks(ctx, storeID, kind, ids, 0)
		}
		var stores int
		if err := p.db.QueryRowContext(ctx, `SELECT count(*) FROM stores WHERE id = $1`, storeID).Scan(&stores); err != nil {
			return err
		}
		if stores == 0 {
			return lasting.Clear(ctx, storeID, kind)
		}
		return lasting.Delete(ctx, storeID, kind, ids)
	})
}
