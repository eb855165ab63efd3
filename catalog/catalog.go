// Package catalog holds what stores sell: it takes products in, keeps them, and
// finds them by words and photos.
//
// SQL is the truth. The index is a projection of it: each product's entry is
// saved beside the product in one transaction, and the product is marked until
// the index holds it, so that a crash at any point loses nothing.
package catalog

import (
	"context"
	"errors"
	"fmt"
	"image"
	"log/slog"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/semaphore"

	"honeyguide/catalog/encoders"
	"honeyguide/catalog/fetch"
	"honeyguide/catalog/index"
	"honeyguide/db"
	"honeyguide/embed"
	"honeyguide/embed/photo"
	"honeyguide/packs"
)

// Catalog is the products of all stores. It is safe for concurrent use.
type Catalog struct {
	db         *db.DB
	projection *Projection
	packs      *packs.Packs
	media      media // products' pictures, public
	photos     media // buyers' photos, for searches only
	fetch      *fetch.Client
	feeds      string // folder of feeds waiting to be read
	batch      int    // rows that go through a sync together
	log        *slog.Logger

	turning   sync.RWMutex // guards answering; held for writing while another takes its place
	answering *sight
	coming    *sight // of the encoders that are to answer; nil where they do
	progress  progress
	patience  encoders.Patience

	principals sync.Map // key hash → Principal
	facets     facets
	jobs       jobs
	followed   atomic.Bool         // see Followed
	keeping    sync.RWMutex        // held for reading while a photo comes, for writing while photos go
	decoding   *semaphore.Weighted // pixels of products' pictures decoded at once
	labels     labels
	swatches   []photo.Named
	regions    func(ctx context.Context, picture image.Image) ([]Region, error)
	golden     *golden
}

// Options are the parts a Catalog is made of. All are needed, but for those said otherwise.
type Options struct {
	DB      *db.DB
	Index   index.Index // for vectors of Encoder and Texts
	Encoder embed.Joint
	Texts   embed.Texts // encodes what products say; nil: Encoder does
	// Former opens the encoders that made vectors of another model than these: of
	// Encoder and Texts as Model named them. They answer until all vectors are made
	// anew. nil, or failing: words answer meanwhile.
	Former func(ctx context.Context, model string) (embed.Joint, embed.Texts, error)
	Packs  *packs.Packs
	Folder string        // for pictures and waiting feeds
	Fetch  *fetch.Client // nil: one that reaches public addresses only
	Log    *slog.Logger  // nil: slog.Default()
	// Regions finds the parts of a photo, by their labels; nil: photos have none.
	Regions func(ctx context.Context, picture image.Image) ([]Region, error)
}

// The waits between attempts to reach an encoder.
const (
	retryFirst   = time.Second
	retryLongest = time.Minute
)

// Open loads the index from the database, unless it lasts, and takes up what a
// crash left undone. Jobs run only while Run does; an index that lasts is kept in
// step only while Follow runs. The folder and the database are its own: two
// Catalogs over one of them would undo each other's work. The encoders need not
// be within reach.
func Open(ctx context.Context, o Options) (*Catalog, error) {
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Fetch == nil {
		o.Fetch = fetch.New(fetch.Options{})
	}
	c := &Catalog{
		db: o.DB, packs: o.Packs, fetch: o.Fetch, log: o.Log, regions: o.Regions,
		media:    media{root: filepath.Join(o.Folder, "media")},
		photos:   media{root: filepath.Join(o.Folder, "photos")},
		feeds:    filepath.Join(o.Folder, "feeds"),
		batch:    batchRows,
		patience: encoders.Patience{First: retryFirst, Longest: retryLongest},
		labels:   newLabels(o.Packs), golden: newGolden(o.Packs), decoding: semaphore.NewWeighted(decodePixels),
	}
	c.facets.init(o.Packs)
	c.jobs.init()
	var err error
	if c.swatches, err = swatches(o.Packs); err != nil {
		return nil, err
	}
	if err := c.openSights(ctx, &o); err != nil {
		return nil, fmt.Errorf("open the encoders: %w", err)
	}
	if err := c.projection.load(ctx); err != nil {
		return nil, fmt.Errorf("load the index: %w", err)
	}
	if err := errors.Join(c.requeue(ctx), c.sweepFeeds(ctx)); err != nil {
		return nil, fmt.Errorf("take up jobs: %w", err)
	}
	return c, nil
}

// CatchUp brings an index that lasts in step with the database, once.
func (c *Catalog) CatchUp(ctx context.Context) error { return c.projection.CatchUp(ctx) }

// Pending counts the products whose last change the index does not hold yet.
func (c *Catalog) Pending(ctx context.Context) (int, error) { return c.projection.Pending(ctx) }

// Model names the encoders whose vectors are searched.
func (c *Catalog) Model() string { return c.sight().Model() }

// Encoder returns the encoder of pictures, and of texts that are compared with
// them, whose vectors are searched.
func (c *Catalog) Encoder() embed.Joint { return c.sight().Joint }
