package catalog

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/viterin/vek/vek32"

	"honeyguide/catalog/words"
	"honeyguide/embed"
	"honeyguide/packs"
)

// nameScale sharpens similarities to category names into probabilities: of 15,
// 20 and 30 the one that ranked photos best.
const nameScale = 30

// names are the categories' English names in the encoder's space: what a
// picture shows is the name it is nearest to.
type names struct {
	keys    []string
	vectors []embed.Vector
}

func newNames(ctx context.Context, p *packs.Packs, enc embed.Texts) (names, error) {
	n := names{keys: p.CategoryKeys()}
	texts := make([]string, len(n.keys))
	for i, key := range n.keys {
		texts[i] = words.Fold(p.CategoryName(key, "en"))
	}
	var err error
	n.vectors, err = enc.EncodeTexts(ctx, texts)
	return n, err
}

// kind is a category that a picture may show.
type kind struct {
	key   string
	share float64 // among all categories, 0 to 1
}

// Of a picture's kinds these matter.
const (
	maxKinds = 6
	minShare = 0.03
)

// kinds returns what a picture shows, most likely first, by its nearness to the
// names of the categories that ok allows; at least one where any is allowed.
func (n names) kinds(v embed.Vector, ok func(key string) bool) []kind {
	var all []kind
	sum := 0.0
	for i, name := range n.vectors {
		if ok(n.keys[i]) {
			k := kind{n.keys[i], math.Exp(nameScale * float64(vek32.Dot(v, name)))}
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
