package api

import (
	"encoding/base64"
	"strconv"
	"strings"
)

// page is how lists are read: limit at a time, on from cursor.
type page struct {
	Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
	Cursor string `query:"cursor" doc:"next_cursor of the page before"`
}

func (p *page) skip() (int, error) { return skipOf(p.Cursor) }

func (p *page) after() (string, error) { return decodeCursor("a", p.Cursor) }

// Cursors carry the place to go on from: «s» a number of rows passed, «a» the
// last id. They are for nobody to read.
func encodeCursor(kind, place string) string {
	return base64.RawURLEncoding.EncodeToString([]byte(kind + place))
}

var errCursor = wrong("cursor", "is none of ours; send next_cursor as it came")

func decodeCursor(kind, cursor string) (string, error) {
	if cursor == "" {
		return "", nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	place, ok := strings.CutPrefix(string(raw), kind)
	if err != nil || !ok {
		return "", errCursor
	}
	return place, nil
}

func skipCursor(n int) string { return encodeCursor("s", strconv.Itoa(n)) }

func skipOf(cursor string) (int, error) {
	place, err := decodeCursor("s", cursor)
	if err != nil || place == "" {
		return 0, err
	}
	n, err := strconv.Atoi(place)
	if err != nil || n < 0 {
		return 0, errCursor
	}
	return n, nil
}
