package feed

import (
	"errors"
	"time"
)

// ParseJSON reads one product: the API's own shape, or keys like Google's. line
// is what errors call it; currency is for prices that name none. Errors are row errors.
func ParseJSON(raw []byte, line int, currency string) (Item, error) {
	o, err := decode(raw, line)
	if err != nil {
		return Item{}, err
	}
	rec := record{line: line}
	rec.flat(o)
	return parser{currency: currency, now: time.Now()}.item(&rec)
}

// Code returns the stable name of an error that ends a feed, and whether it is
// one: the feed's own fault, not the reader's.
func Code(err error) (string, bool) {
	for _, known := range []struct {
		err  error
		code string
	}{
		{ErrFormat, "format"}, {ErrColumns, "columns"}, {ErrTruncated, "truncated"}, {ErrTooLarge, "too_large"},
		{ErrUnsafePath, "unsafe_path"}, {ErrNested, "nested"},
	} {
		if errors.Is(err, known.err) {
			return known.code, true
		}
	}
	return "", false
}
