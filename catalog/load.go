package catalog

import (
	"context"
	"database/sql"
	"fmt"

	"honeyguide/catalog/index"
)

const loadRows = 1000

// load counts the values that filters know of products, and fills an index that
// does not last from the entries that were saved.
func (p *Projection) load(ctx context.Context) error {
	_, lasting := p.onto.Load().index.(index.Lasting)
	for _, kind := range kinds() {
		if lasting && kind != index.Products {
			continue
		}
		err := p.each(ctx, kind, func(some []index.Entry) error {
			if kind == index.Products {
				p.facets.put(some)
			}
			if lasting {
				return nil
			}
			return p.onto.Load().index.Put(ctx, some)
		})
		if err != nil {
			return err
		}
	}
	if lasting {
		return nil
	}
	return p.settleMarks(ctx)
}

// each hands all entries of a kind to f, some of one store at a time, ordered by
// store and id. They are f's only until it returns. It reads page by page, so
// that a slow f keeps no old state of the database alive.
func (p *Projection) each(ctx context.Context, kind index.Kind, f func([]index.Entry) error) error {
	stores, err := p.stores(ctx)
	if err != nil {
		return err
	}
	intern := map[string]string{}
	for _, store := range stores {
		for after := ""; ; {
			some, err := p.page(ctx, store, kind, after, intern)
			if err != nil {
				return err
			}
			if len(some) == 0 {
				break
			}
			after = some[len(some)-1].ID
			if err := f(some); err != nil {
				return err
			}
		}
	}
	return nil
}

// stores returns the ids of all stores.
func (p *Projection) stores(ctx context.Context) ([]string, error) {
	rows, err := p.db.QueryContext(ctx, `SELECT id FROM stores ORDER BY id`)
	if err != nil {
		return nil, err
	}
	return scanAll(rows, func(id *string) []any { return []any{id} })
}

// page returns the entries of a store and kind that come after an id.
func (p *Projection) page(ctx context.Context, storeID string, kind index.Kind, after string, intern map[string]string) ([]index.Entry, error) {
	rows, err := p.db.QueryContext(ctx, `SELECT id, model, data FROM current_entries
		WHERE store_id = $1 AND kind = $2 AND id > $3 ORDER BY id LIMIT $4`, storeID, kind, after, loadRows)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	some := make([]index.Entry, 0, loadRows)
	var making string
	var data sql.RawBytes
	for rows.Next() {
		e := index.Entry{Store: storeID, Kind: kind}
		if err := rows.Scan(&e.ID, &making, &data); err != nil {
			return nil, err
		}
		if err := p.decode(making, data, &e, intern); err != nil {
			return nil, err
		}
		some = append(some, e)
	}
	return some, rows.Err()
}

// settleMarks takes the marks away of what load has put into the index, and
// catches up with what is left: what was deleted before a crash. Where the
// entries lasted before, they are no longer kept in step there.
func (p *Projection) settleMarks(ctx context.Context) error {
	for _, kind := range kinds() {
		marks := marksOf(kind)
		_, err := p.db.ExecContext(ctx, `UPDATE `+marks+` SET indexed_at = $1 WHERE indexed_at = 0 AND deleted_at = 0 AND EXISTS (
			SELECT 1 FROM entries e WHERE e.store_id = `+marks+`.store_id AND e.kind = $2 AND e.id = `+marks+`.id)`,
			now().UnixMilli(), kind)
		if err != nil {
			return fmt.Errorf("unmark: %w", err)
		}
	}
	if _, err := p.db.ExecContext(ctx, `DELETE FROM index_places`); err != nil {
		return err
	}
	return p.catchUp(ctx)
}

// recount counts anew the values that filters know.
func (p *Projection) recount(ctx context.Context) error {
	stores, err := p.stores(ctx)
	if err != nil {
		return err
	}
	intern := map[string]string{}
	for _, store := range stores {
		for after := ""; ; {
			last, err := p.recountSome(ctx, store, after, intern)
			if err != nil {
				return err
			}
			if after = last; last == "" {
				break
			}
		}
	}
	return nil
}

// recountSome counts those of a store after an id, while nobody saves, and returns
// the last, or nothing at the end.
func (p *Projection) recountSome(ctx context.Context, storeID, after string, intern map[string]string) (last string, err error) {
	p.saving.Lock()
	defer p.saving.Unlock()
	some, err := p.page(ctx, storeID, index.Products, after, intern)
	if err != nil || len(some) == 0 {
		return "", err
	}
	p.facets.put(some)
	return some[len(some)-1].ID, nil
}
