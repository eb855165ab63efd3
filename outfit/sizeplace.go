package outfit

import (
	"math"
	"slices"
)

// place is where a measure points to in a chart: ranges are read as running on
// to the next, so that no body falls between two rows. It reaches beyond the
// chart's ends. Charts of one row, and those that do not rise, place nothing.
func (c *chart) place(m string, x float64) (at float64, ok bool) {
	var edges []float64 // row i runs from edges[i] to edges[i+1]
	for _, row := range c.rows {
		span, ok := row.Measures[m]
		if n := len(edges); !ok || n > 0 && span[0] <= edges[n-1] {
			return 0, false
		}
		edges = append(edges, span[0])
	}
	last := c.rows[len(c.rows)-1].Measures[m][1]
	edges = append(edges, max(last, edges[len(edges)-1]+.1))
	n := len(c.rows)
	i, _ := slices.BinarySearch(edges, x)
	i = min(max(i-1, 0), n-1)
	if edges[i+1] == x && i+1 < n {
		i++
	}
	return float64(i) - .5 + (x-edges[i])/(edges[i+1]-edges[i]), true
}

// measureAt is the measure at a place of a chart, the reverse of place.
func (c *chart) measureAt(m string, at float64) (float64, bool) {
	i := min(max(int(math.Floor(at+.5)), 0), len(c.rows)-1)
	span, ok := c.rows[i].Measures[m]
	if !ok {
		return 0, false
	}
	width := span[1] - span[0]
	if i+1 < len(c.rows) {
		width = c.rows[i+1].Measures[m][0] - span[0]
	}
	return span[0] + (at+.5-float64(i))*width, true
}

// nearest is the row of a chart that does not rise by single measures, such as
// one of bands and cups, and how near all measures are to it; -1 where one is
// not known.
func (c *chart) nearest(b *Body) (row int, off float64) {
	row, off = -1, math.Inf(1)
	for i := range c.rows {
		sum := 0.0
		for _, m := range c.by {
			x, ok := measured(b, m)
			if !ok {
				return -1, off
			}
			span := c.rows[i].Measures[m]
			width := max(span[1]-span[0], .1)
			sum += max(0, span[0]-x, x-span[1]) / width
		}
		if sum < off {
			row, off = i, sum
		}
	}
	return row, off
}

// isGrid tells whether a chart's rows do not rise by its first measure.
func (c *chart) isGrid() bool {
	_, ok := c.place(c.by[0], 0)
	return !ok && len(c.rows) > 1
}
