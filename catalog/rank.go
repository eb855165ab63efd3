package catalog

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"honeyguide/catalog/index"
	"honeyguide/embed"
)

// hit is a product's place in an answer.
type hit struct {
	id    string
	score float64
	// image is the cosine of picture and photo, or 0 where it was not compared.
	image float64
}

// part is one space's say in the ranking: the best answer to any of its queries counts.
type part struct {
	queries []index.Query // of one space
	bonus   []float64     // added to the scores of each query
	weight  float64
	photo   bool    // compares pictures with a picture
	same    float32 // with photo: from which cosine on it is the same picture
}

// The weights of the spaces, in shares of the best possible. Words weigh most
// for text, since a shop's texts name what buyers name; a photo speaks for
// itself, and words beside it change the direction. docs/benchmarks.md has the
// measurements they were chosen by.
const (
	weightWords     = 1.0
	weightTextText  = 0.25
	weightTextImage = 0.2
	weightPhoto     = 1.0
	weightPhotoText = 0.1  // a photo against products' words finds those without a picture
	weightFits      = 0.01 // of what only the filters speak for, while an encoder is out of reach

	// kindBonus is what a cosine gains when the product is surely of the kind that
	// the photo shows: pictures of another kind may be as near, but seldom help.
	kindBonus = 0.3
)

// rank asks every space that has a say and fuses their answers; best first,
// ties by id.
//
// Scores of different spaces have different scales, so each is taken relative
// to the best of its own answer, and dense ones also to the worst: what a space
// did not return has at most its worst score.
func (c *Catalog) rank(ctx context.Context, p *probe, want int) ([]hit, error) {
	parts := p.parts(depth)
	var queries []index.Query
	for i := range parts {
		queries = append(queries, parts[i].queries...)
	}
	answers, err := p.index.Search(ctx, queries)
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	byID := map[string]*hit{}
	total := 0.0
	for i := range parts {
		n := len(parts[i].queries)
		parts[i].fuse(byID, answers[:n])
		answers = answers[n:]
		total += parts[i].weight
	}
	ranked := make([]hit, 0, len(byID))
	for id, h := range byID {
		if p.like != nil && id == p.like.ID || slices.Contains(p.except, id) {
			continue
		}
		h.id, h.score = id, math.Round(h.score/total*1e4)/1e4
		ranked = append(ranked, *h)
	}
	slices.SortFunc(ranked, func(a, b hit) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.id, b.id))
	})
	return ranked[:min(len(ranked), want)], nil
}

// fuse adds a part's answers to the hits.
func (p *part) fuse(byID map[string]*hit, answers [][]index.Hit) {
	scores := map[string]float64{}
	best, worst := math.Inf(-1), 0.0
	for i, hits := range answers {
		for _, h := range hits {
			score := float64(h.Score) + p.bonus[i]
			if p.photo && h.Score >= p.same {
				score = float64(h.Score) + kindBonus*(1+float64((h.Score-p.same)/(1-p.same))) // the nearer, the surer
			}
			if old, ok := scores[h.ID]; !ok || score > old {
				scores[h.ID] = score
			}
			best = max(best, score)
			if p.photo {
				at := place(byID, h.ID)
				at.image = max(at.image, float64(h.Score))
			}
		}
	}
	if first := answers[0]; p.queries[0].Space != index.Words && len(first) == p.queries[0].Limit {
		worst = float64(first[len(first)-1].Score) + p.bonus[0]
	}
	for id, score := range scores {
		share := 1.0
		if best > worst {
			share = max(0, (score-worst)/(best-worst))
		}
		place(byID, id).score += p.weight * share
	}
}

func place(byID map[string]*hit, id string) *hit {
	at := byID[id]
	if at == nil {
		at = &hit{}
		byID[id] = at
	}
	return at
}

// filter is all that must hold.
func (p *probe) filter() index.Filter {
	var all index.Filter
	for _, l := range p.limits {
		all = append(all, l.conditions...)
	}
	return all
}

// parts are the questions a probe puts to the index.
func (p *probe) parts(limit int) []part {
	filter := p.filter()
	var parts []part
	query := func(space string) index.Query {
		return index.Query{Store: p.store.ID, Kind: index.Products, Space: space, Filter: filter, Limit: limit}
	}
	dense := func(space string, v embed.Vector, weight float64, photo bool) {
		if len(v) == 0 || zero(v) {
			return
		}
		q := query(space)
		q.Vector = v
		one := part{queries: []index.Query{q}, bonus: []float64{0}, weight: weight, photo: photo, same: p.samePicture()}
		if photo {
			for _, k := range p.shown {
				q.Filter = append(slices.Clip(filter), index.Condition{Field: tagCategory, AnyOf: []string{k.key}})
				one.queries, one.bonus = append(one.queries, q), append(one.bonus, kindBonus*k.share)
			}
		}
		parts = append(parts, one)
	}
	if p.view != nil {
		dense(ImageSpace, blend(p.view.Vector, p.picture), weightPhoto, true)
		if p.Shared() {
			dense(TextSpace, p.view.Vector, weightPhotoText, false)
		}
	}
	if p.like != nil {
		dense(ImageSpace, blend(p.like.Vectors[ImageSpace], p.picture), weightPhoto, true)
		dense(TextSpace, blend(p.like.Vectors[TextSpace], p.title), weightTextText, false)
	}
	dense(ImageSpace, p.picture, weightTextImage, false)
	dense(TextSpace, p.title, weightTextText, false)
	if len(p.words.Terms) > 0 {
		q := query(index.Words)
		q.Words = p.words
		parts = append(parts, part{queries: []index.Query{q}, bonus: []float64{0}, weight: weightWords})
	}
	switch {
	case len(parts) == 0: // nothing is asked: everything fits, in an order that stays the same
		dense(TextSpace, anyDirection(p.Texts.Dim()), 1, false)
	case p.lacks() && slices.ContainsFunc(p.limits, constraint.chooses): // what fits, though no text says so
		dense(TextSpace, anyDirection(p.Texts.Dim()), weightFits, false)
	}
	return parts
}

// blend turns a picture's vector towards words; b may be nil.
func blend(a, b embed.Vector) embed.Vector {
	if b == nil || a == nil {
		return a
	}
	const share = 0.5
	out := make(embed.Vector, len(a))
	var norm float64
	for i := range a {
		out[i] = a[i] + share*b[i]
		norm += float64(out[i]) * float64(out[i])
	}
	if norm > 0 {
		for i := range out {
			out[i] /= float32(math.Sqrt(norm))
		}
	}
	return out
}

func zero(v embed.Vector) bool {
	for _, x := range v {
		if x != 0 {
			return false
		}
	}
	return true
}

// anyDirection is a unit vector that prefers nothing.
func anyDirection(dim int) embed.Vector {
	v := make(embed.Vector, dim)
	for i := range v {
		v[i] = float32(1 / math.Sqrt(float64(dim)))
		if i%2 == 1 {
			v[i] = -v[i]
		}
	}
	return v
}
