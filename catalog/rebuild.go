package catalog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"honeyguide/catalog/index"
)

// Rebuild makes the index anew from the database, at once as seen by searches,
// then brings it up to what was saved meanwhile. tell, if given, learns how many
// of how many entries are written. ErrNotLasting where there is nothing to do.
func (p *Projection) Rebuild(ctx context.Context, tell func(done, total int)) error {
	return p.rebuild(ctx, kinds(), tell)
}

func (p *Projection) rebuild(ctx context.Context, some []index.Kind, tell func(done, total int)) error {
	lasting, err := p.lasting()
	if err != nil {
		return err
	}
	done, total := 0, 0
	if err := p.db.QueryRowContext(ctx, `SELECT count(*) FROM entries`).Scan(&total); err != nil {
		return err
	}
	for _, kind := range some {
		err = lasting.Rebuild(ctx, kind, func(put func(context.Context, []index.Entry) error) error {
			return p.each(ctx, kind, func(some []index.Entry) error {
				if err := put(ctx, some); err != nil {
					return err
				}
				if done += len(some); tell != nil {
					tell(done, max(done, total))
				}
				return nil
			})
		})
		if err != nil {
			return fmt.Errorf("rebuild: %w", err)
		}
	}
	if _, err := p.mend(ctx); err != nil {
		return fmt.Errorf("rebuild: %w", err)
	}
	return p.note(ctx, lasting)
}

// settle makes sure that the index is the one that the marks speak of: it fills
// one that is not there yet and mends one that was made anew elsewhere. A place
// of another encoder's vectors is rebuilt once all entries are this encoder's.
func (p *Projection) settle(ctx context.Context) error {
	lasting, err := p.lasting()
	if err != nil {
		return nil
	}
	moved := false
	var anew []index.Kind
	for _, kind := range kinds() {
		place, err := lasting.Place(ctx, kind)
		if err != nil {
			return err
		}
		var noted string
		err = p.db.QueryRowContext(ctx, `SELECT name FROM index_places WHERE kind = $1`, kind).Scan(&noted)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		switch model := p.onto.Load().model; {
		case place.Name == "":
			p.log.Info("filling the index", "kind", kind)
			anew = append(anew, kind)
		case place.Model != model:
			if old, err := p.outdated(ctx, kind); err != nil {
				return err
			} else if old == 0 {
				p.log.Info("moving the index to another encoder", "kind", kind, "from", place.Model, "to", model)
				anew = append(anew, kind)
			}
		}
		moved = moved || place.Name != noted
	}
	switch {
	case len(anew) > 0:
		return p.rebuild(ctx, anew, nil)
	case !moved:
		return nil
	}
	drift, err := p.mend(ctx)
	if err != nil {
		return err
	}
	p.log.Info("compared the index with the database", "missing", drift.Missing, "stale", drift.Stale, "surplus", drift.Surplus)
	return p.note(ctx, lasting)
}

// note remembers which places the marks speak of.
func (p *Projection) note(ctx context.Context, lasting index.Lasting) error {
	for _, kind := range kinds() {
		place, err := lasting.Place(ctx, kind)
		if err != nil {
			return err
		}
		_, err = p.db.ExecContext(ctx, `INSERT INTO index_places (kind, name) VALUES ($1, $2)
			ON CONFLICT (kind) DO UPDATE SET name = excluded.name`, kind, place.Name)
		if err != nil {
			return err
		}
	}
	return nil
}

// outdated counts the entries of a kind that are still made in another way.
func (p *Projection) outdated(ctx context.Context, kind index.Kind) (n int, err error) {
	err = p.db.QueryRowContext(ctx, `SELECT count(*) FROM current_entries WHERE kind = $1 AND model <> $2`, kind, p.making(kind)).Scan(&n)
	return n, err
}

// Pending counts what the index does not hold yet in its last state.
func (p *Projection) Pending(ctx context.Context) (n int, err error) {
	for _, kind := range kinds() {
		var marked int
		if err := p.db.QueryRowContext(ctx, `SELECT count(*) FROM `+marksOf(kind)+` WHERE indexed_at = 0`).Scan(&marked); err != nil {
			return 0, err
		}
		n += marked
	}
	return n, nil
}

// CatchUp brings the index in step with the database: what it is to be made
// from, what it misses, and what it has too much.
func (p *Projection) CatchUp(ctx context.Context) error {
	if err := p.settleAlone(ctx); err != nil {
		return err
	}
	return p.catchUp(ctx)
}

// settleAlone is settle, while no other index takes the place of this one.
func (p *Projection) settleAlone(ctx context.Context) error {
	p.settling.Lock()
	defer p.settling.Unlock()
	return p.settle(ctx)
}

// The paces of Follow.
const (
	lookEvery   = 2 * time.Second  // for marked products
	settleEvery = 30 * time.Second // for an index that was made anew elsewhere
	slowest     = 30 * time.Second // between attempts that fail
)

// Follow keeps the index in step until ctx ends: it sends what a crash, an
// outage or another program left. Failing at it stops nothing; it tries again.
func (c *Catalog) Follow(ctx context.Context) error {
	wait := lookEvery
	var settled time.Time
	for ctx.Err() == nil {
		err := c.step(ctx, &settled)
		if err != nil && ctx.Err() == nil {
			if wait == lookEvery {
				c.log.Warn("the index is behind", "error", err)
			}
			wait = min(2*wait, slowest)
		} else {
			wait = lookEvery
		}
		select {
		case <-time.After(wait):
		case <-c.projection.fell:
		case <-ctx.Done():
		}
	}
	return nil
}

// step is one round of Follow. settled is when the index was last known to be
// the right one.
func (c *Catalog) step(ctx context.Context, settled *time.Time) error {
	if time.Since(*settled) > settleEvery || c.projection.behind.Load() {
		if err := c.projection.settleAlone(ctx); err != nil {
			return err
		}
		*settled = time.Now()
	}
	if err := c.projection.catchUp(ctx); err != nil {
		return err
	}
	c.followed.Store(true)
	return nil
}

// Followed reports whether the index has been in step since the start.
func (c *Catalog) Followed() bool { return c.followed.Load() }
