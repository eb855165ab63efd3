package qdrant

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
	qdrant "github.com/qdrant/go-client/qdrant"

	"honeyguide/catalog/index"
)

// The fields of a point's payload.
const (
	fieldStore   = "store" // the tenant
	fieldID      = "id"
	fieldTags    = "tags"    // list of "field=value"
	fieldNumbers = "numbers" // object of numbers by field
	fieldSum     = "sum"     // of the entry, as a signed integer
)

// space of points' UUIDs.
var pointIDs = uuid.MustParse("6f1d2a54-9c0e-4a53-8f65-0b7c1f0e7d21")

// pointID is the UUIDv5 of an entry. The lengths keep "ab"+"c" and "a"+"bc" apart.
func pointID(store string, kind index.Kind, id string) *qdrant.PointId {
	name := fmt.Appendf(nil, "%d:%s%d:%s%s", len(store), store, len(kind), kind, id)
	return qdrant.NewID(uuid.NewSHA1(pointIDs, name).String())
}

// plain writes a name so that it can be part of a collection's or vector's name
// and of a payload's path: letters, digits, - and _ as they are, other bytes as
// ~ and two hexadecimal digits.
func plain(name string) string {
	if isPlain(name) {
		return name
	}
	var b strings.Builder
	for i := range len(name) {
		if c := name[i]; plainByte(c) {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "~%02x", c)
		}
	}
	return b.String()
}

func isPlain(name string) bool {
	for i := range len(name) {
		if !plainByte(name[i]) {
			return false
		}
	}
	return true
}

func plainByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_'
}

// alias is the name under which a kind is searched.
func (x *Index) alias(kind index.Kind) string {
	return plain(x.options.Prefix) + "." + plain(string(kind))
}

// maxModel bounds a model's part of a collection's name, which Qdrant bounds to
// 255 bytes. What is cut off still stands in the metadata.
const maxModel = 100

// fresh is the name of a new collection of a kind. It begins with the alias and
// ends with the time.
func (x *Index) fresh(kind index.Kind) string {
	model := plain(x.options.Model)
	return x.alias(kind) + "." + model[:min(len(model), maxModel)] + "." + strconv.FormatInt(time.Now().UnixNano(), 36)
}

// isOf reports whether a collection was made for an alias.
func isOf(collection, alias string) bool { return strings.HasPrefix(collection, alias+".") }

// age returns how long ago a collection was made; 0 if its name does not say.
func age(collection string) time.Duration {
	nano, err := strconv.ParseInt(collection[strings.LastIndexByte(collection, '.')+1:], 36, 64)
	if err != nil {
		return 0
	}
	return time.Since(time.Unix(0, nano))
}

// numberPath is the path of a number in the payload. Of plain's characters only ~
// needs quotes there.
func numberPath(field string) string {
	key := plain(field)
	if strings.Contains(key, "~") {
		key = `"` + key + `"`
	}
	return fieldNumbers + "." + key
}

// tag is how a value of a field is kept. The field holds no "=" after plain, so
// the two never run into each other.
func tag(field, value string) string { return plain(field) + "=" + value }
