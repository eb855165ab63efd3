package index

import "context"

// Lasting is an Index that outlives the program. It may have missed what was
// saved while it was away, and may keep what was dropped; what it holds can be
// compared with the truth and replaced as a whole.
type Lasting interface {
	Index
	// For returns the same index for entries and queries of another encoder, whose
	// vectors have these lengths by space. Closing one closes both.
	For(model string, spaces map[string]int) Lasting
	// Place says where the entries of a kind lie.
	Place(ctx context.Context, kind Kind) (Place, error)
	// Held returns the sums (Entry.Sum) of those entries that it holds, by id.
	Held(ctx context.Context, store string, kind Kind, ids []string) (map[string]uint64, error)
	// Walk hands the keys of all entries of a kind to f, some at a time, in no
	// order, until f fails. What is put or deleted meanwhile may be among them or not.
	Walk(ctx context.Context, kind Kind, f func([]Key) error) error
	// Clear removes all entries of a store and kind.
	Clear(ctx context.Context, store string, kind Kind) error
	// Rebuild replaces all entries of a kind, at once, by those that fill puts.
	// Searches are answered from the old ones until then, and Put and Delete
	// change the old ones. If fill fails nothing is replaced.
	Rebuild(ctx context.Context, kind Kind, fill func(put func(context.Context, []Entry) error) error) error
}

// Place is where a Lasting index holds the entries of a kind.
type Place struct {
	Name  string // another name means that they were made anew; empty: nowhere yet
	Model string // the encoder that the vectors are of; of entries put for another encoder only the words are kept
}

// Key names an entry of a kind.
type Key struct{ Store, ID string }
