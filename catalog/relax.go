package catalog

import (
	"context"
	"slices"
)

// rankRelaxing ranks. When nothing fits it looks for the least important
// constraint whose absence lets something fit, and gives it up; where no single
// one does, it gives up the least important of all and looks again. What kind of
// product is asked for is given up last, when nothing else is left to give.
func (c *Catalog) rankRelaxing(ctx context.Context, p *probe, s *Search, r *Result) ([]hit, error) {
	want := s.Skip + s.Limit + 1
	ranked, err := c.rank(ctx, p, want)
	for err == nil && len(ranked) == 0 {
		order := p.relaxable()
		if len(order) == 0 {
			return nil, nil
		}
		given := order[0]
		for _, i := range order {
			if len(order) > 1 && p.limits[i].field == tagCategory && !p.limits[i].not {
				continue
			}
			if ranked, err = c.rank(ctx, p.lacking(i), want); err != nil || len(ranked) > 0 {
				given = i
				break
			}
		}
		r.Relaxed = append(r.Relaxed, p.limits[given].relaxed(c.labels, s.Language))
		p.limits = p.lacking(given).limits
	}
	return ranked, err
}

// relaxable are the places in limits of what may be given up, least important first.
func (p *probe) relaxable() []int {
	var at []int
	for i, l := range p.limits {
		if l.importance > 0 {
			at = append(at, i)
		}
	}
	slices.SortStableFunc(at, func(a, b int) int { return p.limits[a].importance - p.limits[b].importance })
	return at
}

// lacking is p without its constraint i.
func (p *probe) lacking(i int) *probe {
	q := *p
	q.limits = slices.Delete(slices.Clone(p.limits), i, i+1)
	return &q
}
