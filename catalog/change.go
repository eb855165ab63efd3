package catalog

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"honeyguide/catalog/index"
	"honeyguide/embed"
)

// Change is a move from one model to another, on its way: the former answers, and
// what products are found by is made for the other beside.
type Change struct {
	From  string    `json:"from"`
	To    string    `json:"to"`
	Done  int       `json:"done" doc:"Products that are made for the new model"`
	Total int       `json:"total" doc:"Products of all stores"`
	Since time.Time `json:"since"`
	Fault string    `json:"fault,omitempty" doc:"What keeps it up; it goes on by itself unless the encoder refuses"`
}

// progress is how far a Change has come.
type progress struct {
	mu    sync.Mutex
	now   *Change // nil: there is none
	told  time.Time
	fault string // as the log was told
}

// Change returns the change of the model that is under way, if there is one.
func (c *Catalog) Change() (Change, bool) {
	c.progress.mu.Lock()
	defer c.progress.mu.Unlock()
	if c.progress.now == nil {
		return Change{}, false
	}
	return *c.progress.now, true
}

func (p *progress) begin(from, to string, since time.Time) {
	p.now = &Change{From: from, To: to, Since: since}
}

func (p *progress) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.now = nil
}

// tellEvery is how often the log says how far a change has come.
const tellEvery = 30 * time.Second

// tellChange alters what Change returns, and tells the log now and then.
func (c *Catalog) tellChange(f func(*Change)) {
	p := &c.progress
	p.mu.Lock()
	defer p.mu.Unlock()
	f(p.now)
	if p.now.Fault != p.fault {
		if p.fault = p.now.Fault; p.fault != "" {
			c.log.Warn("the change of the model waits", "to", p.now.To, "error", p.fault)
		}
	}
	if time.Since(p.told) >= tellEvery {
		p.told = time.Now()
		c.log.Info("encoding for another model", "from", p.now.From, "to", p.now.To, "done", p.now.Done, "total", p.now.Total)
	}
}

// change makes all coming entries and lets the coming encoders answer. It returns
// how many it made.
func (c *Catalog) change(ctx context.Context) (made int, err error) {
	former, next := c.sight(), c.coming
	if err := c.learnKinds(ctx, next); err != nil {
		return 0, err
	}
	c.projection.watch() // what is saved from here on the turn takes care of
	defer c.projection.unwatch()
	if made, err = c.makeAllComing(ctx, next); err == nil {
		err = c.keepTrying(ctx, func() error { return c.turn(ctx, next) })
	}
	if err != nil {
		c.tellChange(func(now *Change) { now.Fault = err.Error() })
		return made, fmt.Errorf("change of the model: %w", err)
	}
	c.log.Info("another model answers now", "from", former.Model(), "to", next.Model())
	c.progress.end()
	return made, c.afterTurn(ctx, former)
}

// keepTrying calls f until neither an encoder nor the index is out of reach.
func (c *Catalog) keepTrying(ctx context.Context, f func() error) error {
	return c.patience.Try(ctx, func() error {
		err := f()
		if errors.Is(err, index.ErrUnavailable) {
			err = fmt.Errorf("%w: %w", embed.ErrUnavailable, err)
		}
		if !errors.Is(err, embed.ErrUnavailable) {
			c.tellChange(func(now *Change) { now.Fault = "" })
		}
		return err
	}, func(why error) bool {
		c.tellChange(func(now *Change) { now.Fault = why.Error() })
		return true
	})
}

// learnKinds makes the names of categories known to a sight, however long it takes.
func (c *Catalog) learnKinds(ctx context.Context, s *sight) error {
	return c.patience.Try(ctx, func() error { return s.kinds.learn(ctx, c.db, s.Joint) }, func(why error) bool {
		c.log.Warn("what pictures show is not known yet", "model", s.Joint.Model(), "error", why)
		return true
	})
}

// makeAllComing makes the entries that products of all stores lack, and returns
// how many.
func (c *Catalog) makeAllComing(ctx context.Context, next *sight) (made int, err error) {
	if err := c.countComing(ctx); err != nil {
		return 0, err
	}
	stores, err := c.Stores(ctx)
	if err != nil {
		return 0, err
	}
	for i := range stores {
		for after := ""; ; {
			some, err := c.lackComing(ctx, stores[i].ID, after, nil)
			if err != nil {
				return made, err
			}
			if len(some) == 0 {
				break
			}
			after = some[len(some)-1].id
			if err := c.keepTrying(ctx, func() error { return c.makeComing(ctx, next.Pair, &stores[i], some) }); err != nil {
				return made, err
			}
			made += len(some)
			c.tellChange(func(now *Change) { now.Done = min(now.Done+len(some), now.Total) })
		}
	}
	return made, nil
}

// countComing counts how far the change has come.
func (c *Catalog) countComing(ctx context.Context) error {
	var done, total int
	err := c.db.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM coming_entries), (SELECT count(*) FROM products WHERE deleted_at = 0)`).Scan(&done, &total)
	if err != nil {
		return fmt.Errorf("how far the change of the model is: %w", err)
	}
	c.tellChange(func(now *Change) { now.Done, now.Total = done, total })
	return nil
}
