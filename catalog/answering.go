package catalog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"honeyguide/catalog/encoders"
	"honeyguide/catalog/index"
	"honeyguide/db"
)

// answering is what the database knows of whose vectors are searched.
type answering struct {
	made   string    // how the entries that are searched were made; empty: there are none
	coming string    // how those are made that are to take their place; empty: none are
	since  time.Time // when the first of those was
}

// readAnswering reads it. A database of before it was noted has the entries
// themselves to tell.
func readAnswering(ctx context.Context, d *db.DB) (a answering, err error) {
	var since int64
	err = d.QueryRowContext(ctx, `SELECT made, coming, since FROM answering WHERE one = 1`).Scan(&a.made, &a.coming, &since)
	if errors.Is(err, sql.ErrNoRows) {
		err = d.QueryRowContext(ctx, `SELECT model FROM entries WHERE kind = $1 GROUP BY model ORDER BY count(*) DESC, model LIMIT 1`, index.Products).Scan(&a.made)
	}
	if err == nil {
		err = d.QueryRowContext(ctx, `SELECT 1 FROM entries WHERE kind = $1 LIMIT 1`, index.Products).Scan(new(int))
	}
	if errors.Is(err, sql.ErrNoRows) {
		return answering{}, nil
	}
	if since > 0 {
		a.since = time.UnixMilli(since).UTC()
	}
	return a, err
}

// writeAnswering notes whose vectors are searched from now on.
func writeAnswering(ctx context.Context, d *db.DB, a answering) error {
	since := int64(0)
	if a.coming != "" {
		since = a.since.UnixMilli()
	}
	_, err := d.ExecContext(ctx, `INSERT INTO answering (one, made, coming, since) VALUES (1, $1, $2, $3)
		ON CONFLICT (one) DO UPDATE SET made = excluded.made, coming = excluded.coming, since = excluded.since`, a.made, a.coming, since)
	return err
}

// OpenProjection returns the projection of a database's entries onto an index,
// which was opened for vectors of a model. Where another model still answers,
// since its change has not ended, it is that one's.
func OpenProjection(ctx context.Context, d *db.DB, x index.Index, model string, log *slog.Logger) (*Projection, error) {
	a, err := readAnswering(ctx, d)
	if err != nil {
		return nil, fmt.Errorf("whose vectors answer: %w", err)
	}
	if lasting, ok := x.(index.Lasting); ok && a.made != "" && encoderOf(a.made) != model {
		model = encoderOf(a.made)
		x = lasting.For(model, nil)
	}
	return newProjection(d, x, model, log), nil
}

// openSights decides whose vectors answer: those that the database holds, as long
// as who made them can be opened. Other encoders than these are coming then.
func (c *Catalog) openSights(ctx context.Context, o *Options) error {
	was, err := readAnswering(ctx, c.db)
	if err != nil {
		return err
	}
	configured := encoders.NewPair(o.Encoder, o.Texts)
	serving, x := configured, o.Index
	if from := encoderOf(was.made); was.made != "" && from != configured.Model() {
		if former, err := c.openFormer(ctx, o, from); err == nil {
			serving = former
		} else {
			c.log.Warn("the encoder of before cannot be opened; until all is encoded anew only words find", "from", from, "to", configured.Model(), "error", err)
		}
	}
	now := answering{made: was.made}
	switch {
	case serving != configured:
		if lasting, ok := o.Index.(index.Lasting); ok {
			x = lasting.For(serving.Model(), spacesOf(serving))
		}
		if c.coming, err = c.newSight(ctx, configured, o.Index); err != nil {
			return err
		}
		now.coming, now.since = makingBy(configured.Model()), was.since
		if was.coming != now.coming {
			now.since = time.Now().UTC()
		}
		c.progress.begin(serving.Model(), configured.Model(), now.since)
	case was.made == "" || encoderOf(was.made) != configured.Model():
		now.made = makingBy(configured.Model())
	}
	if c.answering, err = c.newSight(ctx, serving, x); err != nil {
		return err
	}
	c.projection = newProjection(c.db, x, serving.Model(), c.log)
	if err := c.takeUpChange(ctx, was, now); err != nil {
		return err
	}
	c.projection.facets = &c.facets
	return nil
}

var errNoFormer = errors.New("nothing here opens encoders of before")

// openFormer opens the encoders of a model.
func (c *Catalog) openFormer(ctx context.Context, o *Options, model string) (encoders.Pair, error) {
	if o.Former == nil {
		return encoders.Pair{}, errNoFormer
	}
	joint, texts, err := o.Former(ctx, model)
	if err != nil {
		return encoders.Pair{}, err
	}
	former := encoders.NewPair(joint, texts)
	if former.Model() != model {
		return encoders.Pair{}, fmt.Errorf("asked for %s it opens %s", model, former.Model())
	}
	return former, nil
}

// openWithin bounds how long opening waits for the names of categories: they come
// later too.
const openWithin = 2 * time.Second

// newSight returns the sight of encoders over an index.
func (c *Catalog) newSight(ctx context.Context, p encoders.Pair, x index.Index) (*sight, error) {
	s := &sight{Pair: p, index: x}
	s.kinds.init(c.packs)
	within, cancel := context.WithTimeout(ctx, openWithin)
	defer cancel()
	if err := s.kinds.learn(within, c.db, p.Joint); err != nil {
		c.log.Info("what pictures show is known later", "model", p.Joint.Model(), "error", err)
	}
	return s, ctx.Err()
}

// takeUpChange brings the database from what it was to what is now: entries that
// came before a crash take their place, those of a change that was given up go.
func (c *Catalog) takeUpChange(ctx context.Context, was, now answering) error {
	if err := c.adopt(ctx, was.made); err != nil {
		return err
	}
	if err := writeAnswering(ctx, c.db, now); err != nil {
		return err
	}
	if err := c.adopt(ctx, now.made); err != nil {
		return err
	}
	_, err := c.db.ExecContext(ctx, `DELETE FROM coming_entries WHERE model <> $1`, now.coming)
	return err
}
