package feed_test

import (
	"errors"
	"fmt"
	"testing"

	"honeyguide/catalog/feed"
)

func TestParseJSON(t *testing.T) {
	item, err := feed.ParseJSON([]byte(ours), 3, "USD")
	if err != nil || item.Line != 3 || item.ID != "1163" || *item.Price != *price(89500, "INR") || len(item.Sizes) != 2 {
		t.Errorf("%+v, %v", item, err)
	}
	for text, code := range map[string]string{`{"id":"1","title":"T"}`: feed.CodeMissing, `[1]`: feed.CodeMalformed, `{"id":`: feed.CodeMalformed, `null`: feed.CodeMalformed} {
		var row *feed.RowError
		if _, err := feed.ParseJSON([]byte(text), 4, "USD"); !errors.As(err, &row) || row.Line != 4 || row.Code != code {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestCode(t *testing.T) {
	for err, want := range map[error]string{
		feed.ErrFormat: "format", feed.ErrColumns: "columns", feed.ErrTruncated: "truncated",
		feed.ErrTooLarge: "too_large", feed.ErrUnsafePath: "unsafe_path", feed.ErrNested: "nested",
		errors.New("disk on fire"): "",
	} {
		if got, known := feed.Code(fmt.Errorf("feed: %w", err)); got != want || known != (want != "") {
			t.Errorf("Code(%v) = %q, %v", err, got, known)
		}
	}
}
