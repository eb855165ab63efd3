package catalog

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// maxFeed bounds a feed fetched from an address, in bytes.
const maxFeed = 4 << 30

// NewFeed queues a feed that save writes to a file; the file is removed when the job ends.
func (c *Catalog) NewFeed(ctx context.Context, storeID string, mode Mode, save func(io.Writer) error) (Job, error) {
	return c.queueFeed(ctx, storeID, mode, source{Own: true}, save)
}

// NewFeedFrom queues a feed to be fetched from a public address.
func (c *Catalog) NewFeedFrom(ctx context.Context, storeID string, mode Mode, url string) (Job, error) {
	if !isURL(url) {
		return Job{}, invalid("url", "must start with https:// or http://")
	}
	return c.queueFeed(ctx, storeID, mode, source{Own: true, URL: url}, func(io.Writer) error { return nil })
}

func (c *Catalog) queueFeed(ctx context.Context, storeID string, mode Mode, src source, save func(io.Writer) error) (Job, error) {
	if err := os.MkdirAll(c.feeds, 0o700); err != nil {
		return Job{}, fmt.Errorf("keep feed: %w", err)
	}
	f, err := os.CreateTemp(c.feeds, "feed-*")
	if err != nil {
		return Job{}, fmt.Errorf("keep feed: %w", err)
	}
	src.Path = f.Name()
	j := Job{}
	if err = errors.Join(save(f), f.Close()); err == nil {
		j, err = c.newJob(ctx, storeID, mode, src, Queued)
	}
	if err != nil {
		os.Remove(f.Name())
		return Job{}, err
	}
	c.jobs.ring()
	return j, nil
}

// download fetches a feed to the file that queueFeed made for it.
func (c *Catalog) download(ctx context.Context, src source) error {
	f, err := os.Create(src.Path)
	if err != nil {
		return fmt.Errorf("keep feed: %w", err)
	}
	return errors.Join(c.fetch.Copy(ctx, src.URL, f, maxFeed), f.Close())
}

// sweepFeeds removes the files of feeds that no job waits for: a crash came
// between the two. It must not run while feeds come in.
func (c *Catalog) sweepFeeds(ctx context.Context) error {
	files, err := filepath.Glob(filepath.Join(c.feeds, "feed-*"))
	if err != nil || len(files) == 0 {
		return err
	}
	waiting, err := c.jobsIn(ctx, "", Queued, Running, Held)
	if err != nil {
		return err
	}
	wanted := map[string]bool{}
	for _, j := range waiting {
		wanted[filepath.Base(j.Source.Path)] = j.Source.Own
	}
	for _, path := range files {
		if !wanted[filepath.Base(path)] {
			if err := os.Remove(path); err != nil {
				return fmt.Errorf("sweep feeds: %w", err)
			}
		}
	}
	return nil
}

func isURL(ref string) bool {
	return strings.HasPrefix(ref, "https://") || strings.HasPrefix(ref, "http://")
}
