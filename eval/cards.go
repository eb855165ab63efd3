package eval

import (
	"cmp"
	"encoding/base64"
	"hash/crc32"
	"html/template"
	"slices"

	"honeyguide/embed/photo"
)

// picks chooses the worst queries and, of the others, a sample that looks random
// and never changes.
func (r *run) picks() (worst, sample []*answer) {
	order := func(a *answer) uint32 { return crc32.ChecksumIEEE([]byte(r.set.queries[a.query].ID)) }
	all := make([]*answer, len(r.answers))
	for i := range r.answers {
		all[i] = &r.answers[i]
	}
	slices.SortStableFunc(all, func(a, b *answer) int {
		return cmp.Or(cmp.Compare(a.ndcg(), b.ndcg()), cmp.Compare(order(a), order(b)))
	})
	worst, rest := all[:min(worstShown, len(all))], all[min(worstShown, len(all)):]
	slices.SortStableFunc(rest, func(a, b *answer) int { return cmp.Compare(order(a), order(b)) })
	return worst, rest[:min(sampleShown, len(rest))]
}

// groups splits the figures by category; none unless there are at least two.
func (r *run) groups() []group {
	by := map[string][]grades{}
	for i := range r.answers {
		name := r.groupOf(&r.answers[i])
		by[name] = append(by[name], r.answers[i].grades)
	}
	if len(by) < 2 {
		return nil
	}
	var groups []group
	for name, all := range by {
		s := score(r.K, all)
		groups = append(groups, group{Name: name, Queries: s.Queries, Figures: s.figures()})
	}
	slices.SortFunc(groups, func(a, b group) int {
		return cmp.Or(cmp.Compare(b.Queries, a.Queries), cmp.Compare(a.Name, b.Name))
	})
	return groups
}

// groupOf is a query's category or label, or else that of its best expected item.
func (r *run) groupOf(a *answer) string {
	if own := r.set.queries[a.query].group(); own != "" {
		return own
	}
	return r.set.corpus[best(r.set.judged[a.query])[0].item].group()
}

func (i *Item) group() string { return cmp.Or(i.Category, i.Label) }

func (r *run) show(a *answer, corpus map[string]int) shown {
	s := shown{Query: r.card(&r.set.queries[a.query]), Rank: a.rank(), NDCG: a.ndcg()}
	ranks := map[string]int{}
	for i, hit := range a.hits {
		c := card{ID: hit.ID}
		if item, known := corpus[hit.ID]; known {
			c = r.card(&r.set.corpus[item])
		}
		c.Rank, c.Score, c.Relevant = i+1, float64(hit.Score), a.grades.hits[i] > 0
		s.Hits = append(s.Hits, c)
		if ranks[hit.ID] == 0 {
			ranks[hit.ID] = i + 1
		}
	}
	expected := best(r.set.judged[a.query])
	s.More = max(0, len(expected)-expectedShown)
	for _, j := range expected[:len(expected)-s.More] {
		c := r.card(&r.set.corpus[j.item])
		c.Rank, c.Score, c.Relevant = ranks[c.ID], j.score, true
		s.Expected = append(s.Expected, c)
	}
	return s
}

func (r *run) card(item *Item) card {
	c := card{ID: item.ID, Text: item.Text, Group: item.group()}
	if item.Image == "" {
		return c
	}
	thumb, err := r.thumb(item)
	c.Picture, c.Unreadable = thumb, err != nil
	return c
}

// thumb is a small picture as a data URI.
func (r *run) thumb(item *Item) (template.URL, error) {
	img, err := r.set.pictures.decode(item, "")
	if err != nil {
		return "", err
	}
	data, err := photo.JPEG(photo.Thumbnail(img, thumbSide), thumbQuality)
	return template.URL("data:image/jpeg;base64," + base64.StdEncoding.EncodeToString(data)), err
}
