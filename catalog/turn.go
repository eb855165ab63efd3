package catalog

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"honeyguide/catalog/index"
	"honeyguide/catalog/index/local"
	"honeyguide/embed"
)

const (
	// lastAtOnce are the products that may be left to do while nobody saves.
	lastAtOnce = batchRows
	// lastWithin bounds how long savers wait for them.
	lastWithin = time.Minute
)

// turn is how another sight comes to answer. All coming entries are put into its
// index, beside everything; then, while nobody saves, those of the products that
// changed meanwhile; then database and index change over, while no search begins
// or ends.
type turn struct {
	*Catalog
	next *sight
	was  answering
	gone map[index.Key]bool // products that the index may hold, but should not
	held bool               // the locks are: settling, saving, turning
}

// turn lets next answer. If it fails, or ctx ends, the one before goes on. Of all
// products that have no coming entry it is known that they were touched.
func (c *Catalog) turn(ctx context.Context, next *sight) error {
	was, err := readAnswering(ctx, c.db)
	if err != nil {
		return err
	}
	t := &turn{Catalog: c, next: next, was: was, gone: map[index.Key]bool{}}
	if err := t.build(ctx); err != nil {
		return errors.Join(err, t.undo(ctx))
	}
	t.takeOver(ctx)
	return nil
}

// put adds entries to an index that nobody searches yet.
type put = func(context.Context, []index.Entry) error

// build makes the next index. It ends with all locks held, unless it fails early.
func (t *turn) build(ctx context.Context) error {
	if lasting, ok := t.next.index.(index.Lasting); ok {
		return lasting.Rebuild(ctx, index.Products, func(put put) error { return t.fill(ctx, put) })
	}
	t.next.index = local.New() // an earlier attempt may have left what is no more
	return t.fill(ctx, t.next.index.Put)
}

func (t *turn) fill(ctx context.Context, put put) error {
	stores, err := t.Stores(ctx)
	if err != nil {
		return err
	}
	intern := map[string]string{}
	for i := range stores {
		for after := ""; ; {
			some, err := t.comingPage(ctx, stores[i].ID, after, nil, intern)
			if err != nil {
				return err
			}
			if len(some) == 0 {
				break
			}
			after = some[len(some)-1].ID
			if err := put(ctx, some); err != nil {
				return err
			}
		}
	}
	for !t.held {
		touched := t.projection.takeTouched()
		if err := t.keepTrying(ctx, func() error { return t.refresh(ctx, touched, put) }); err != nil {
			return err
		}
		if err := t.finish(ctx, put); err != nil {
			return err
		}
	}
	return nil
}

// refresh puts products in their last state.
func (t *turn) refresh(ctx context.Context, touched map[index.Key]bool, put put) error {
	byStore := map[string][]string{}
	for k := range touched {
		byStore[k.Store] = append(byStore[k.Store], k.ID)
	}
	for storeID, ids := range byStore {
		store, err := t.Store(ctx, storeID)
		if err != nil {
			return err
		}
		for some := range slices.Chunk(ids, t.batch) {
			if err := t.refreshSome(ctx, &store, some, put); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t *turn) refreshSome(ctx context.Context, store *Store, ids []string, put put) error {
	lacking, err := t.lackComing(ctx, store.ID, "", ids)
	if err == nil && len(lacking) > 0 {
		err = t.makeComing(ctx, t.next.Pair, store, lacking)
	}
	if err != nil {
		return err
	}
	entries, err := t.comingPage(ctx, store.ID, "", ids, map[string]string{})
	if err != nil {
		return err
	}
	for _, id := range ids {
		t.gone[index.Key{Store: store.ID, ID: id}] = true
	}
	for i := range entries {
		delete(t.gone, index.Key{Store: store.ID, ID: entries[i].ID})
	}
	return put(ctx, entries)
}

// finish does what is left while nobody saves, and changes the database over. If
// that is too much, or takes too long, it lets them go on, without an error.
func (t *turn) finish(ctx context.Context, put put) error {
	p := t.projection
	p.settling.Lock()
	p.saving.Lock()
	err := t.finishAlone(ctx, put)
	if err == nil && t.held {
		return nil
	}
	p.saving.Unlock()
	p.settling.Unlock()
	return err
}

func (t *turn) finishAlone(ctx context.Context, put put) error {
	p := t.projection
	if len(p.touched) > lastAtOnce {
		return nil
	}
	within, cancel := context.WithTimeout(ctx, lastWithin)
	defer cancel()
	err := t.refresh(within, p.touched, put)
	if ctx.Err() == nil && (errors.Is(err, embed.ErrUnavailable) || within.Err() != nil) {
		return nil
	}
	if _, lasting := t.next.index.(index.Lasting); err == nil && !lasting {
		err = p.each(within, index.FAQs, func(some []index.Entry) error { return put(within, some) })
	}
	if err != nil {
		return err
	}
	t.turning.Lock()
	if err := writeAnswering(ctx, t.db, answering{made: makingBy(t.next.Model())}); err != nil {
		t.turning.Unlock()
		return err
	}
	t.held = true
	return nil
}

// undo lets the sight of before go on.
func (t *turn) undo(ctx context.Context) error {
	if !t.held {
		return nil
	}
	defer t.projection.settling.Unlock()
	defer t.projection.saving.Unlock()
	defer t.turning.Unlock()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastWithin)
	defer cancel()
	return writeAnswering(ctx, t.db, t.was) // failing at it is mended at the next start
}

// takeOver lets the next sight answer, once the database and the index are its own.
func (t *turn) takeOver(ctx context.Context) {
	p := t.projection
	defer p.settling.Unlock()
	defer p.saving.Unlock()
	p.onto.Store(&target{t.next.index, t.next.Model()})
	t.answering, t.coming = t.next, nil
	t.turning.Unlock()

	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), sendWithin)
	defer cancel()
	var err error
	for k := range t.gone {
		err = errors.Join(err, t.next.index.Delete(ctx, k.Store, index.Products, []string{k.ID}))
	}
	if lasting, ok := t.next.index.(index.Lasting); ok && err == nil {
		err = p.note(ctx, lasting)
	}
	if err != nil { // then Follow compares all of it
		t.log.Warn("the new index may hold too much for a moment", "error", err)
	}
}

// afterTurn tidies up: entries are moved to their place, what the former sight
// took is given back, and filters learn what the new entries say.
func (c *Catalog) afterTurn(ctx context.Context, former *sight) error {
	if _, lasting := former.index.(index.Lasting); !lasting {
		if err := former.index.Close(); err != nil { // searches that still use it are repeated
			return err
		}
	}
	if err := c.adopt(ctx, makingBy(c.Model())); err != nil {
		return err
	}
	if _, err := c.db.ExecContext(ctx, `DELETE FROM kind_vectors WHERE model <> $1`, c.Encoder().Model()); err != nil {
		return fmt.Errorf("forget names of categories: %w", err)
	}
	if err := c.projection.recount(ctx); err != nil {
		return err
	}
	stores, err := c.Stores(ctx)
	if err != nil {
		return err
	}
	return c.warmLevels(ctx, stores)
}
