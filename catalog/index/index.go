// Package index is the contract of the vector index: what Honeyguide needs of
// any engine that finds entries by vectors or words under a filter.
//
// The index is a projection of what SQL holds and may be rebuilt from it at any
// moment. Fusing several spaces, explaining and relaxing happen above it, so
// that every engine gives the same answer. The suite in indextest is the
// contract as a test; every engine passes it.
package index

import (
	"context"
	"errors"
)

// Kind separates what one store holds: a search sees one kind only.
type Kind string

// The kinds of entries.
const (
	Products Kind = "product"
	FAQs     Kind = "faq"
)

// Words is the space that is searched by sparse word weights instead of a dense vector.
const Words = "words"

// Errors of every engine. Wrapped with what was wrong.
var (
	// ErrInvalid marks an entry or query that no engine accepts: what Validate
	// refuses, and a vector whose length differs from its space's.
	ErrInvalid = errors.New("invalid index request")
	// ErrUnavailable marks an engine that cannot be reached now; trying later may help.
	ErrUnavailable = errors.New("index unavailable")
	// ErrClosed marks a call after Close.
	ErrClosed = errors.New("index closed")
)

// Bounds of what engines accept.
const (
	MaxLimit = 1000    // of Query.Limit
	MaxDim   = 1 << 14 // of a vector's length
)

// Entry is one thing to be found.
type Entry struct {
	Store string // never searched together with another store
	Kind  Kind
	ID    string // any UTF-8, unique in store and kind

	// Vectors by space, such as "image" and "text". A space absent here is not
	// found by searches in that space. Engines score by dot product, so entries
	// and queries bring unit vectors. All vectors of a space in one kind have one
	// length, of whichever store, for as long as the kind has entries.
	Vectors map[string][]float32
	// Words are what each hashed term says of the entry, weighed already by its
	// frequency here. Not ordered.
	Words Sparse
	// Tags and Numbers are what filters see. A tag may have several values.
	Tags    map[string][]string
	Numbers map[string]float64
}

// Sparse is a sparse vector: Terms[i] has weight Weights[i]. Terms are unique
// and weights not negative; a weight of zero is as good as absent.
type Sparse struct {
	Terms   []uint32
	Weights []float32
}

// Filter holds conditions that must all be true. The zero Filter lets everything pass.
type Filter []Condition

// Condition is about one field. Exactly one of its parts is used, by which is set:
// AnyOf or NoneOf for tags, Min and Max (either or both, inclusive) for numbers.
//
// An entry without the field fails AnyOf and ranges, and passes NoneOf. An
// AnyOf that is empty but not nil passes nothing, such a NoneOf everything.
type Condition struct {
	Field  string
	AnyOf  []string
	NoneOf []string
	Min    *float64
	Max    *float64
}

// Query asks for the best entries of one space of one store and kind.
type Query struct {
	Store  string
	Kind   Kind
	Space  string    // a dense space, or Words
	Vector []float32 // for a dense space
	Words  Sparse    // for Words: terms with query weights
	Filter Filter
	Limit  int
}

// Hit is one found entry. Higher scores are better. A dense score is the dot
// product. A score for words is the sum over the query's terms of both weights
// times ln(1 + (N−n+½)/(n+½)), where n of N entries with words have the term; an
// engine counts these among the store's entries of the kind, or among all stores'.
type Hit struct {
	ID    string
	Score float32
}

// Index stores and finds entries. It is safe for concurrent use.
type Index interface {
	// Put adds entries or replaces those with the same store, kind and id as a
	// whole. Of duplicates within one call the last wins. It is visible to
	// searches that start after it returns; one that runs meanwhile may see some
	// of the entries, each old or new as a whole. Either all entries are valid or
	// nothing is written. Entries are not kept: the caller may reuse them.
	Put(ctx context.Context, entries []Entry) error
	// Delete removes entries; ids that are absent are not an error.
	Delete(ctx context.Context, store string, kind Kind, ids []string) error
	// Search answers each query, in order, with at most Limit hits, best first,
	// ties by ascending id. An unknown store, space or term finds nothing and is
	// not an error. To words, an entry is found if it has a term of the query. The
	// answer to a dense query is exact, unless the engine was opened to be quicker
	// than that. It stops early with ctx's error.
	Search(ctx context.Context, queries []Query) ([][]Hit, error)
	// Close releases what the index holds. Other calls after it fail with
	// ErrClosed; closing again does nothing.
	Close() error
}
