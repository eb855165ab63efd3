package catalog

import (
	"context"
	"errors"
	"fmt"
	"os"

	"golang.org/x/sync/errgroup"

	"honeyguide/catalog/feed"
)

const (
	batchRows = 256 // Catalog.batch
	// underway is how many batches are read but perhaps not saved yet: one at
	// each of the three stages, one between two of them, and one being saved.
	underway = 6
)

// errChanged marks a feed that is no longer what an interrupted job began to read.
var errChanged = errors.New("the feed has changed since it was interrupted; sync it again")

// readFeed takes a feed's rows through three stages that work side by side: read
// and compare, make products and entries, save. When the feed breaks off, what
// came before is kept.
func (c *Catalog) readFeed(ctx context.Context, j *Job, tell func(Job)) error {
	store, err := c.Store(ctx, j.StoreID)
	if err != nil {
		return err
	}
	if !c.projection.behind.Load() { // else Follow does, when it can
		if err := c.projection.catchUp(ctx); err != nil {
			return err
		}
	}
	f, err := c.openFeed(ctx, j, &store)
	if err != nil {
		return err
	}
	defer f.Close()
	total, wait := f.Total(), c.waiting(ctx, j)
	read, encoded := make(chan *batch, 1), make(chan *batch, 1)
	var fault error
	g, inside := errgroup.WithContext(ctx)
	g.Go(func() (err error) {
		defer close(read)
		fault, err = c.readRows(inside, &store, j, f, read)
		return err
	})
	g.Go(func() error {
		defer close(encoded)
		for b := range read {
			if err := errors.Join(c.encode(inside, f, b, wait), send(inside, encoded, b)); err != nil {
				return err
			}
		}
		return nil
	})
	g.Go(func() error {
		for b := range encoded {
			j.Total = max(total, j.Done+b.read)
			err := c.save(inside, b, j)
			for errors.Is(err, errMoved) {
				if err = c.encode(inside, f, b, wait); err == nil {
					err = c.save(inside, b, j)
				}
			}
			if err != nil {
				return err
			}
			tell(*j)
		}
		return nil
	})
	if err := g.Wait(); err != nil {
		return err
	}
	j.Total = j.Done
	return fault
}

// openFeed opens a job's feed, fetching it first where it is at an address. A
// feed that is not ours must still be what it was when the job began.
func (c *Catalog) openFeed(ctx context.Context, j *Job, store *Store) (*feed.Feed, error) {
	if j.Source.URL != "" {
		if err := c.download(ctx, j.Source); err != nil {
			return nil, err
		}
		j.Source.URL = "" // from now on the copy is the feed, also after a crash or a hold
	}
	if !j.Source.Own {
		stamp, err := stampOf(j.Source.Path)
		if err != nil {
			return nil, err
		}
		if j.Source.Stamp != "" && j.Source.Stamp != stamp {
			return nil, errChanged
		}
		j.Source.Stamp = stamp
	}
	return feed.Open(j.Source.Path, feed.Options{Currency: store.Currency})
}

// stampOf identifies what stands at a path by sizes and times: of a folder, its
// own entries.
func stampOf(path string) (string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", err
	}
	infos := []os.FileInfo{info}
	if info.IsDir() {
		entries, err := os.ReadDir(path)
		if err != nil {
			return "", err
		}
		for _, e := range entries {
			if info, err := e.Info(); err == nil {
				infos = append(infos, info)
			}
		}
	}
	stamp := ""
	for _, i := range infos {
		stamp += fmt.Sprintf("%s %d %d;", i.Name(), i.Size(), i.ModTime().UnixNano())
	}
	return stamp, nil
}

func send[T any](ctx context.Context, to chan<- T, v T) error {
	select {
	case to <- v:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// readRows reads a feed into batches, compares them with the store and sends
// them. fault is what broke the feed off; err stops the job.
func (c *Catalog) readRows(ctx context.Context, store *Store, j *Job, f *feed.Feed, out chan<- *batch) (fault, err error) {
	id, at := j.ID, j.CreatedAt // the rest of the job is the last stage's
	recent := newRecent(underway * c.batch)
	b := newBatch(store, at)
	pass := func() error {
		if err := c.compare(ctx, id, f, b); err != nil {
			return err
		}
		full := b
		b = newBatch(store, at)
		return send(ctx, out, full)
	}
	for it, err := range f.Items() {
		var row *feed.RowError
		switch {
		case errors.As(err, &row):
			b.fail(row)
		case err != nil:
			return err, pass()
		case recent.add(it.ID, it.Line):
			b.add(it)
		default:
			b.fail(duplicate(it.ID, it.Line, recent.lines[it.ID]))
		}
		if b.read >= c.batch {
			if err := pass(); err != nil {
				return nil, err
			}
		}
	}
	return nil, pass()
}

// recent remembers the ids that may still be on their way to the database,
// where duplicates are found otherwise.
type recent struct {
	lines map[string]int
	ring  []string
	next  int
}

func newRecent(n int) *recent {
	return &recent{lines: make(map[string]int, n), ring: make([]string, n)}
}

// add remembers an id and its line, unless it is there already.
func (r *recent) add(id string, line int) bool {
	if _, ok := r.lines[id]; ok {
		return false
	}
	delete(r.lines, r.ring[r.next])
	r.ring[r.next], r.lines[id] = id, line
	r.next = (r.next + 1) % len(r.ring)
	return true
}
