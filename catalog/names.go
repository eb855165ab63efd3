package catalog

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/viterin/vek/vek32"

	"honeyguide/catalog/words"
	"honeyguide/db"
	"honeyguide/embed"
	"honeyguide/packs"
)

// nameScale sharpens similarities to category names into probabilities: of 15,
// 20 and 30 the one that ranked photos best.
const nameScale = 30

// kindNames are the categories' and the colours' English names in a joint
// encoder's space: what a picture shows is the name it is nearest to. Until their
// vectors are known a picture shows nothing in particular.
type kindNames struct {
	keys    []string // of the categories
	colors  []string // and of the colours
	names   []string // of both, in this order
	vectors atomic.Pointer[[]embed.Vector]
}

func (n *kindNames) init(p *packs.Packs) {
	n.keys = p.CategoryKeys()
	for _, key := range n.keys {
		n.names = append(n.names, words.Fold(p.CategoryName(key, "en")))
	}
	for _, color := range p.Colors() {
		n.colors = append(n.colors, color.Name)
		n.names = append(n.names, words.Fold(color.Names.En[0]))
	}
}

// learn makes the vectors known: read where an earlier start has kept them, else
// encoded and kept.
func (n *kindNames) learn(ctx context.Context, d *db.DB, enc embed.Texts) error {
	if n.vectors.Load() != nil {
		return nil
	}
	vectors, err := n.read(ctx, d, enc)
	if errors.Is(err, sql.ErrNoRows) {
		if vectors, err = enc.EncodeTexts(ctx, n.names); err == nil {
			err = n.keep(ctx, d, enc.Model(), vectors)
		}
	}
	if err != nil {
		return fmt.Errorf("names of categories: %w", err)
	}
	n.vectors.Store(&vectors)
	return nil
}

// digest tells one list of names from another.
func (n *kindNames) digest() string {
	sum := sha256.Sum256([]byte(strings.Join(n.names, "\n")))
	return hex.EncodeToString(sum[:])
}

// read returns the vectors that were kept, or sql.ErrNoRows.
func (n *kindNames) read(ctx context.Context, d *db.DB, enc embed.Texts) ([]embed.Vector, error) {
	var data []byte
	err := d.QueryRowContext(ctx, `SELECT data FROM kind_vectors WHERE model = $1 AND names = $2`, enc.Model(), n.digest()).Scan(&data)
	if err != nil {
		return nil, err
	}
	all := make([]float32, len(n.names)*enc.Dim())
	if err := binary.Read(bytes.NewReader(data), binary.LittleEndian, all); err != nil || len(data) != 4*len(all) {
		return nil, sql.ErrNoRows // of another length: as good as none
	}
	return slices.Collect(slices.Chunk(all, enc.Dim())), nil
}

func (n *kindNames) keep(ctx context.Context, d *db.DB, model string, vectors []embed.Vector) error {
	data, err := binary.Append(nil, binary.LittleEndian, slices.Concat(vectors...))
	if err != nil {
		return err
	}
	_, err = d.ExecContext(ctx, `INSERT INTO kind_vectors (model, names, data) VALUES ($1, $2, $3)
		ON CONFLICT (model) DO UPDATE SET names = excluded.names, data = excluded.data`, model, n.digest(), data)
	return err
}

// kind is a category, or a colour, that a picture may show.
type kind struct {
	key   string
	share float64 // among all of them, 0 to 1
}

// Of a picture's kinds these matter.
const (
	maxKinds = 6
	minShare = 0.03
)

// of returns what a picture shows, most likely first, by its nearness to the
// names of the categories that ok allows; at least one where any is allowed and
// the names are known.
func (n *kindNames) of(v embed.Vector, ok func(key string) bool) []kind {
	known := n.vectors.Load()
	if known == nil {
		return nil
	}
	return nearest(v, n.keys, (*known)[:len(n.keys)], ok)
}

// color returns the colour that a picture of one thing is named after; false where
// the names are not known.
func (n *kindNames) color(v embed.Vector) (kind, bool) {
	known := n.vectors.Load()
	if known == nil || len(n.colors) == 0 {
		return kind{}, false
	}
	return nearest(v, n.colors, (*known)[len(n.keys):], anyKind)[0], true
}

// nearest ranks what is allowed by the nearness of its name.
func nearest(v embed.Vector, keys []string, names []embed.Vector, ok func(key string) bool) []kind {
	var all []kind
	sum := 0.0
	for i, name := range names {
		if ok(keys[i]) {
			k := kind{keys[i], math.Exp(nameScale * float64(vek32.Dot(v, name)))}
			sum += k.share
			all = append(all, k)
		}
	}
	slices.SortFunc(all, func(a, b kind) int { return cmp.Or(cmp.Compare(b.share, a.share), cmp.Compare(a.key, b.key)) })
	for i := range all {
		if all[i].share /= sum; i > 0 && all[i].share < minShare || i == maxKinds {
			return all[:i]
		}
	}
	return all
}

func anyKind(string) bool { return true }
