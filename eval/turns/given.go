package turns

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"honeyguide/assistant"
	"honeyguide/catalog"
	"honeyguide/catalog/orders"
	"honeyguide/catalog/promotions"
)

// cleaning is how long taking a file's records away may last, when all else has ended.
const cleaning = 30 * time.Second

// given keeps a file's records while play runs. Afterwards everything is as before.
func (r *runner) given(ctx context.Context, f *File, play func() error) (err error) {
	var undo []func(context.Context) error
	defer func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), cleaning)
		defer cancel()
		for i := len(undo) - 1; i >= 0; i-- {
			err = errors.Join(err, undo[i](ctx))
		}
	}()
	for _, g := range f.Given {
		back, err := r.give(ctx, g)
		if err != nil {
			return fmt.Errorf("%w: %s:%d: given %s: %w", ErrCases, f.Name, g.Line, g.Kind, err)
		}
		undo = append(undo, back)
	}
	store, err := r.Catalog.Store(ctx, r.StoreID)
	if err != nil {
		return err
	}
	data, err := json.Marshal(store)
	r.store = string(data)
	return errors.Join(err, play())
}

// give keeps one record and returns what takes it away again.
func (r *runner) give(ctx context.Context, g Given) (back func(context.Context) error, err error) {
	switch g.Kind {
	case "order":
		return keep(ctx, r.StoreID, g.JSON, kept[orders.Order]{r.Orders.Get, r.Orders.Put, r.Orders.Delete,
			func(o *orders.Order) string { return o.ID }})
	case "promotion":
		return keep(ctx, r.StoreID, g.JSON, kept[promotions.Promotion]{r.Promotions.Get, r.Promotions.Put, r.Promotions.Delete,
			func(p *promotions.Promotion) string { return p.ID }})
	case "faq":
		return keep(ctx, r.StoreID, g.JSON, kept[catalog.FAQ]{r.Catalog.FAQ, r.Catalog.PutFAQ, r.Catalog.DeleteFAQ,
			func(f *catalog.FAQ) string { return f.ID }})
	case "size chart":
		return keep(ctx, r.StoreID, g.JSON, kept[catalog.SizeChart]{r.Catalog.SizeChart, r.Catalog.PutSizeChart, r.Catalog.DeleteSizeChart,
			func(c *catalog.SizeChart) string { return c.ID }})
	}
	return r.giveStore(ctx, g.JSON)
}

// giveStore changes the settings that the JSON names.
func (r *runner) giveStore(ctx context.Context, data string) (func(context.Context) error, error) {
	before, err := r.Catalog.Store(ctx, r.StoreID)
	if err != nil {
		return nil, err
	}
	var faulty error
	_, err = r.Catalog.ChangeStore(ctx, r.StoreID, func(s *catalog.Settings) { faulty = strictly(data, s) })
	return func(ctx context.Context) error {
		_, err := r.Catalog.ChangeStore(ctx, r.StoreID, func(s *catalog.Settings) { *s = before.Settings })
		return err
	}, errors.Join(faulty, err)
}

// kept is how a kind of record is kept.
type kept[T any] struct {
	get    func(ctx context.Context, storeID, id string) (T, error)
	put    func(ctx context.Context, storeID string, one T) (T, error)
	delete func(ctx context.Context, storeID, id string) error
	id     func(*T) string
}

// keep puts a record and returns what puts the one before in its place, or none.
func keep[T any](ctx context.Context, storeID, data string, k kept[T]) (func(context.Context) error, error) {
	var one T
	if err := strictly(data, &one); err != nil {
		return nil, err
	}
	id := k.id(&one)
	before, err := k.get(ctx, storeID, id)
	absent := errors.Is(err, catalog.ErrNotFound)
	if err != nil && !absent {
		return nil, err
	}
	if _, err := k.put(ctx, storeID, one); err != nil {
		return nil, err
	}
	return func(ctx context.Context) error {
		if absent {
			return k.delete(ctx, storeID, id)
		}
		_, err := k.put(ctx, storeID, before)
		return err
	}, nil
}

// strictly decodes JSON and refuses fields that there are not.
func strictly(data string, to any) error {
	d := json.NewDecoder(strings.NewReader(data))
	d.DisallowUnknownFields()
	return d.Decode(to)
}

// record loads a record that a reply names and does not carry itself; nil for one
// that it carries. One that is not there is catalog.ErrNotFound.
func (r *runner) record(ctx context.Context, s assistant.Source) (any, error) {
	switch s.Kind {
	case "faq":
		return r.Catalog.FAQ(ctx, r.StoreID, s.ID)
	case "product":
		return r.Catalog.Product(ctx, r.StoreID, s.ID)
	case "promotion":
		return r.Promotions.Get(ctx, r.StoreID, s.ID)
	case "ticket":
		return r.Orders.Ticket(ctx, r.StoreID, s.ID)
	}
	return nil, nil
}
