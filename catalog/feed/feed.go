// Package feed reads the catalogues of merchants: what shops export, in whatever
// format and encoding, becomes a stream of items and row errors. The format is
// found by content, never by a file's name. Rows are read one at a time, so
// memory does not grow with the feed (woo.go names the one exception).
package feed

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"iter"
	"time"

	"honeyguide/catalog/money"
)

// Item is one product as the merchant wrote it: texts are plain and tidy, prices
// and availability are understood, other values keep the merchant's words.
type Item struct {
	Line                 int // where it starts in the table, from 1; of merged variants the first
	ID                   string
	Title                string
	Description          string // plain text; paragraphs are separated by newlines
	Link                 string
	ImageLink            string // an http(s) URL, or a reference for Feed.Picture
	AdditionalImageLinks []string
	Brand                string
	Price                *money.Money // nil only where Deleted
	SalePrice            *money.Money // below Price, or nil
	Availability         string       // in_stock, out_of_stock, preorder or backorder
	ProductType          string       // the merchant's category, such as "Apparel > Shirts"
	GoogleCategory       string
	Colors               []string
	Sizes                []string // of merged variants those that can be bought, if any
	Gender               string   // male, female, unisex or empty
	AgeGroup             string   // newborn, infant, toddler, kids, adult or empty
	Season               string
	Occasion             string
	Pattern              string
	Material             string
	GroupID              string            // joins variants and colour siblings
	Attributes           map[string]string // columns not understood, by name; nil if none
	Deleted              bool              // the merchant withdraws the product
	SourceVersion        int64             // the merchant's version of the row, 0 if none
}

// Options say how to read a feed. The zero value is ready to use where every
// price names its currency.
type Options struct {
	// Currency is for prices that name none. ISO 4217; empty refuses such prices.
	Currency string
	// Pictures is the folder that local picture references are relative to, for
	// feeds that are a single file. Empty: such feeds have no local pictures. A
	// zip or a folder brings its own.
	Pictures string
	// Now decides whether a dated sale is on. The zero time means the time of Open.
	Now time.Time
	// MaxTable bounds the decompressed table in bytes, 4 GiB if 0.
	MaxTable int64
	// MaxRow bounds one row, element or item in bytes, 4 MiB if 0. A longer one is
	// a row error and is never held in memory as a whole.
	MaxRow int
}

// Limits that need no option.
const (
	maxField   = 1 << 20  // one value, in bytes
	maxColumns = 512      // of a table
	maxPicture = 10 << 20 // one picture, in bytes
	maxEntries = 1 << 20  // of a zip
	maxRatio   = 200      // of decompressed to compressed bytes, beyond freeRatio
	freeRatio  = 16 << 20 // decompressed bytes that are always allowed
)

// Errors that end a feed, and those of pictures. Wrapped with what was seen.
var (
	// ErrFormat marks content that is no feed this package knows.
	ErrFormat = errors.New("unknown feed format")
	// ErrColumns marks a table without the columns that every product needs.
	ErrColumns = errors.New("required columns are missing")
	// ErrTruncated marks a feed that ends early or is damaged.
	ErrTruncated = errors.New("feed is truncated or damaged")
	// ErrTooLarge marks content beyond a limit, such as a zip bomb or a huge picture.
	ErrTooLarge = errors.New("too large")
	// ErrUnsafePath marks a path that leaves the feed: absolute, with "..", a
	// backslash, or a symbolic link.
	ErrUnsafePath = errors.New("unsafe path")
	// ErrNested marks an archive or compressed file inside another of its kind.
	ErrNested = errors.New("nested archive")
	// ErrNoPicture marks a reference to a picture that the feed does not hold.
	ErrNoPicture = errors.New("no such picture in the feed")
)

// Codes of row errors.
const (
	CodeMissing   = "missing"   // a required value is empty
	CodeInvalid   = "invalid"   // a value is not understood
	CodeTooLong   = "too_long"  // a value or the whole row is beyond its limit
	CodeMalformed = "malformed" // the row breaks the rules of its format
	CodeOrphan    = "orphan"    // a variation whose product is not in the feed
)

// RowError is about one row, which is skipped; the feed goes on.
type RowError struct {
	Line    int    `json:"line"` // from 1
	ID      string `json:"id"`   // empty where it could not be read
	Field   string `json:"field"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

// Error says all of it in one line.
func (e *RowError) Error() string {
	where := fmt.Sprintf("line %d", e.Line)
	if e.ID != "" {
		where += fmt.Sprintf(", product %q", e.ID)
	}
	if e.Field != "" {
		where += ", " + e.Field
	}
	return fmt.Sprintf("%s: %s (%s)", where, e.Message, e.Code)
}

// Feed is one merchant's catalogue. It is safe for concurrent use.
type Feed struct {
	name     string // of the format, with what it is wrapped in
	table    source
	format   format
	charset  charset
	pictures pictures
	options  Options
	total    int
}

// Open finds out what path holds: a file, or a folder with one table in it and
// pictures beside it. It reads the beginning only, apart from the directory of a
// zip. Close the feed after use.
func Open(path string, options Options) (*Feed, error) {
	options.MaxTable = cmp.Or(options.MaxTable, 4<<30)
	options.MaxRow = cmp.Or(options.MaxRow, 4<<20)
	if options.Now.IsZero() {
		options.Now = time.Now()
	}
	f, err := openPath(path, options)
	if err != nil {
		return nil, fmt.Errorf("feed: %w", err)
	}
	return f, nil
}

// newFeed joins what was found. It cannot fail: errors of the table come with Items.
func newFeed(wrapping string, table source, seen found, held pictures, options Options) *Feed {
	f := &Feed{table: table, format: seen.format, charset: seen.charset, pictures: held, options: options}
	if seen.gzipped {
		wrapping += "gzip+"
	}
	f.name = wrapping + f.format.name
	f.total = f.estimate(seen)
	return f
}

// Format names what was found, such as "csv", "zip+csv" or "gzip+shopify-json".
func (f *Feed) Format() string { return f.name }

// Total estimates the number of items and row errors from the beginning of the
// table. It is exact where the table is short, and 0 where nothing is known.
func (f *Feed) Total() int { return f.total }

// Items streams the feed from its start, each time it is ranged over. With a
// *RowError that row is skipped and the stream goes on; any other error, such as
// one that wraps ErrTruncated, is the last. Duplicate ids are passed on.
func (f *Feed) Items() iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		r, err := openText(f.table, f.charset, f.options)
		if err != nil {
			yield(Item{}, fmt.Errorf("feed: %w", err))
			return
		}
		defer r.Close()
		for item, err := range f.format.items(f.reading(r)) {
			if _, row := err.(*RowError); err != nil && !row {
				yield(Item{}, fmt.Errorf("feed: %w", err))
				return
			}
			if !yield(item, err) {
				return
			}
		}
	}
}

// Close releases the files that the feed holds open.
func (f *Feed) Close() error { return f.pictures.close() }

// reading is one pass over a table.
type reading struct {
	text   io.Reader // UTF-8
	again  func() (io.ReadCloser, error)
	maxRow int
	parser parser
}

func (f *Feed) reading(text io.Reader) reading {
	return reading{
		text:   text,
		again:  func() (io.ReadCloser, error) { return openText(f.table, f.charset, f.options) },
		maxRow: f.options.MaxRow,
		parser: parser{currency: f.options.Currency, now: f.options.Now},
	}
}
