package feed_test

import (
	"os"
	"path/filepath"
	"testing"

	"honeyguide/catalog/feed"
)

// open writes a feed to a file with a name that says nothing and opens it.
func open(t testing.TB, content []byte, options feed.Options) *feed.Feed {
	t.Helper()
	f, err := feed.Open(file(t, content), options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func file(t testing.TB, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "feed")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// read is all of a feed.
func read(t testing.TB, f *feed.Feed) (items []feed.Item, rows []*feed.RowError, end error) {
	t.Helper()
	for item, err := range f.Items() {
		row, isRow := err.(*feed.RowError)
		switch {
		case isRow:
			rows = append(rows, row)
		case err != nil:
			end = err
		default:
			items = append(items, item)
		}
	}
	return items, rows, end
}
