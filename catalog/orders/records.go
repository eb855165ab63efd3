package orders

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"honeyguide/catalog"
	"honeyguide/db"
)

// Options are the parts that Orders are made of. All are needed, but for those
// said otherwise.
type Options struct {
	DB *db.DB
	// Store returns a store with its settings, as Catalog.Store does.
	Store func(ctx context.Context, id string) (catalog.Store, error)
	// Transport carries the requests to merchants' endpoints. It must dial public
	// addresses only, as fetch.Transport does; nil: no endpoint is ever reached.
	Transport http.RoundTripper
	Now       func() time.Time // nil: time.Now
}

// Orders keep orders and tickets of all stores. They are safe for concurrent use.
type Orders struct {
	db       *db.DB
	store    func(context.Context, string) (catalog.Store, error)
	client   http.Client
	now      func() time.Time
	attempts *attempts
	breakers breakers
}

// Open returns the orders of a database.
func Open(o Options) *Orders {
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Orders{db: o.DB, store: o.Store, now: o.Now, client: clientOver(o.Transport), attempts: newAttempts(), breakers: newBreakers()}
}

// present is the time to the millisecond, which is what the database keeps.
func (r *Orders) present() time.Time { return r.now().UTC().Truncate(time.Millisecond) }

// Put adds or replaces an order of a store. A field that cannot be is a
// catalog.FieldError.
func (r *Orders) Put(ctx context.Context, storeID string, o Order) (Order, error) {
	if err := o.validate(); err != nil {
		return Order{}, err
	}
	o.UpdatedAt = r.present()
	data, err := json.Marshal(o)
	if err != nil {
		return Order{}, err
	}
	_, err = r.db.ExecContext(ctx, `INSERT INTO orders (store_id, id, number, updated_at, data) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (store_id, id) DO UPDATE SET number = excluded.number, updated_at = excluded.updated_at, data = excluded.data`,
		storeID, o.ID, plainNumber(o.ID), o.UpdatedAt.UnixMilli(), data)
	if err != nil {
		return Order{}, fmt.Errorf("put order: %w", err)
	}
	return o, nil
}

// Get returns an order of a store, for its merchant, or catalog.ErrNotFound.
// Buyers Prove theirs.
func (r *Orders) Get(ctx context.Context, storeID, id string) (Order, error) {
	o, err := one(read[Order](ctx, r.db, `SELECT data FROM orders WHERE store_id = $1 AND id = $2`, storeID, id))
	if err != nil {
		return o, fmt.Errorf("order %q: %w", id, err)
	}
	return o, nil
}

// List lists a store's orders in id order, after the given id.
func (r *Orders) List(ctx context.Context, storeID, after string, limit int) ([]Order, error) {
	return r.orders(ctx, `SELECT data FROM orders WHERE store_id = $1 AND id > $2 ORDER BY id LIMIT $3`, storeID, after, limit)
}

// maxAlike bounds the orders of a store whose numbers differ only in dashes,
// spaces and case.
const maxAlike = 20

// numbered lists the orders that a number may mean, the one written just so first,
// then the latest.
func (r *Orders) numbered(ctx context.Context, storeID, number string) ([]Order, error) {
	return r.orders(ctx, `SELECT data FROM orders WHERE store_id = $1 AND number = $2
		ORDER BY CASE WHEN id = $3 THEN 0 ELSE 1 END, updated_at DESC, id LIMIT $4`, storeID, plainNumber(number), number, maxAlike)
}

func (r *Orders) orders(ctx context.Context, query string, args ...any) ([]Order, error) {
	all, err := read[Order](ctx, r.db, query, args...)
	if err != nil {
		return nil, fmt.Errorf("orders: %w", err)
	}
	return all, nil
}

// Delete removes an order of a store; one that is not there is catalog.ErrNotFound.
func (r *Orders) Delete(ctx context.Context, storeID, id string) error {
	n, err := r.db.ExecContext(ctx, `DELETE FROM orders WHERE store_id = $1 AND id = $2`, storeID, id)
	if err != nil {
		return fmt.Errorf("delete order: %w", err)
	}
	if n == 0 {
		return fmt.Errorf("order %q: %w", id, catalog.ErrNotFound)
	}
	return nil
}

// querier is what rows are read from: a database or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// read returns rows of one column, each a JSON of T.
func read[T any](ctx context.Context, from querier, query string, args ...any) (all []T, err error) {
	rows, err := from.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	all = []T{}
	for rows.Next() {
		var one T
		var data []byte
		if err := rows.Scan(&data); err != nil {
			return nil, err
		}
		if err := json.Unmarshal(data, &one); err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}

// one is the first of what was read, or catalog.ErrNotFound.
func one[T any](all []T, err error) (T, error) {
	if err == nil && len(all) == 0 {
		err = catalog.ErrNotFound
	}
	if err != nil {
		var none T
		return none, err
	}
	return all[0], nil
}
