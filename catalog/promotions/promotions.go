package promotions

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"honeyguide/catalog"
	"honeyguide/db"
	"honeyguide/packs"
)

// MaxPromotions bounds the promotions of a store.
const MaxPromotions = 1000

// Promotions are the offers of all stores. They are safe for concurrent use.
type Promotions struct {
	db    *db.DB
	packs *packs.Packs
}

// Open returns the promotions of a database.
func Open(d *db.DB, p *packs.Packs) *Promotions { return &Promotions{db: d, packs: p} }

// Put adds or replaces a promotion of a store. A field that cannot be is a
// catalog.FieldError.
func (ps *Promotions) Put(ctx context.Context, storeID string, p Promotion) (Promotion, error) {
	if err := p.validate(ps.packs); err != nil {
		return Promotion{}, err
	}
	p.UpdatedAt = time.Now().UTC().Truncate(time.Millisecond)
	data, err := json.Marshal(p)
	if err != nil {
		return Promotion{}, err
	}
	err = ps.db.Tx(ctx, func(tx *sql.Tx) error {
		var others int
		if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM promotions WHERE store_id = $1 AND id <> $2`, storeID, p.ID).Scan(&others); err != nil {
			return err
		}
		if others >= MaxPromotions {
			return invalid("id", "the store has %d promotions, which is the most; delete what is over", others)
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO promotions (store_id, id, valid_from, valid_to, updated_at, data) VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT (store_id, id) DO UPDATE SET valid_from = excluded.valid_from, valid_to = excluded.valid_to,
			updated_at = excluded.updated_at, data = excluded.data`,
			storeID, p.ID, millis(p.ValidFrom), millis(p.ValidTo), p.UpdatedAt.UnixMilli(), data)
		return err
	})
	if err != nil {
		return Promotion{}, fmt.Errorf("put promotion: %w", err)
	}
	return p, nil
}

// millis is a time as the database keeps it; none is 0.
func millis(t *time.Time) int64 {
	if t == nil {
		return 0
	}
	return t.UnixMilli()
}

// Get returns a promotion of a store, or catalog.ErrNotFound.
func (ps *Promotions) Get(ctx context.Context, storeID, id string) (Promotion, error) {
	found, err := ps.read(ctx, `SELECT data FROM promotions WHERE store_id = $1 AND id = $2`, storeID, id)
	if err != nil {
		return Promotion{}, err
	}
	if len(found) == 0 {
		return Promotion{}, fmt.Errorf("promotion %q: %w", id, catalog.ErrNotFound)
	}
	return found[0], nil
}

// List lists a store's promotions in id order, after the given id.
func (ps *Promotions) List(ctx context.Context, storeID, after string, limit int) ([]Promotion, error) {
	return ps.read(ctx, `SELECT data FROM promotions WHERE store_id = $1 AND id > $2 ORDER BY id LIMIT $3`, storeID, after, limit)
}

// Delete removes a promotion of a store; one that is not there is catalog.ErrNotFound.
func (ps *Promotions) Delete(ctx context.Context, storeID, id string) error {
	n, err := ps.db.ExecContext(ctx, `DELETE FROM promotions WHERE store_id = $1 AND id = $2`, storeID, id)
	if err != nil {
		return fmt.Errorf("delete promotion: %w", err)
	}
	if n == 0 {
		return fmt.Errorf("promotion %q: %w", id, catalog.ErrNotFound)
	}
	return nil
}

func (ps *Promotions) read(ctx context.Context, query string, args ...any) (all []Promotion, err error) {
	rows, err := ps.db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("promotions: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	all = []Promotion{}
	for rows.Next() {
		var p Promotion
		var data []byte
		if err := rows.Scan(&data); err != nil {
			return nil, fmt.Errorf("promotions: %w", err)
		}
		if err := json.Unmarshal(data, &p); err != nil {
			return nil, fmt.Errorf("promotions: %w", err)
		}
		all = append(all, p)
	}
	return all, rows.Err()
}
