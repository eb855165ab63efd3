package catalog

import (
	"time"

	"honeyguide/catalog/feed"
	"honeyguide/catalog/index"
)

// outcome is what becomes of a row.
type outcome string

const (
	added     outcome = "added"
	updated   outcome = "updated"
	unchanged outcome = "unchanged"
	removed   outcome = "removed"
	buried    outcome = "buried" // a tombstone where nothing lives: it keeps late rows out
	stale     outcome = "stale"  // older than what the store holds
	refused   outcome = "failed" // kept out, but its product is not missing from the feed
	seen      outcome = "seen"   // settled by this job before, in an earlier run or line
)

// writes reports whether the outcome changes the product's row.
func (o outcome) writes() bool { return o == added || o == updated || o == removed || o == buried }

// row is an item on its way into a store.
type row struct {
	item    feed.Item
	hash    string
	outcome outcome
	newer   bool        // of an unchanged row: it raises the product's version
	product *Product    // of added and updated rows
	entry   index.Entry // likewise
	faulty  bool        // a picture could not be had, which was noted
}

// batch is what goes through the stages of a sync together.
type batch struct {
	store    string
	currency string    // the store's
	at       time.Time // when the merchant said so, for rows without versions
	rows     []*row
	by       *sight // that added and updated rows were encoded for; nil before
	errors   []JobError
	read     int // rows read, failed ones included
	failed   int // rows not taken
}

func newBatch(s *Store, at time.Time) *batch {
	return &batch{store: s.ID, currency: s.Currency, at: at}
}

// add takes a row in.
func (b *batch) add(it feed.Item) {
	b.read++
	b.rows = append(b.rows, &row{item: it})
}

// fail counts a row that could not be read. Its product, where it names one, is
// known to be in the feed.
func (b *batch) fail(e *feed.RowError) {
	b.read++
	b.note(e)
	if e.ID != "" && e.Code != codeDuplicate {
		b.rows = append(b.rows, &row{item: feed.Item{ID: e.ID, Line: e.Line}, outcome: refused})
	}
}

// reject turns a row that was read into a failed one.
func (b *batch) reject(r *row, o outcome, e *feed.RowError) {
	r.outcome = o
	b.note(e)
}

func (b *batch) note(e *feed.RowError) {
	b.failed++
	b.errors = append(b.errors, JobError{Line: e.Line, ID: e.ID, Field: e.Field, Code: e.Code, Message: e.Message})
}

// count adds a batch to a job's figures.
func (b *batch) count(j *Job) {
	j.Done += b.read
	j.Failed += b.failed
	for _, r := range b.rows {
		switch r.outcome {
		case added:
			j.Added++
		case updated:
			j.Updated++
		case unchanged, buried:
			j.Unchanged++
		case removed:
			j.Removed++
		}
	}
}
