package builtin

import "math"

// The head's outputs of a label at a cell: the likelihood (a logit) first for
// all labels, then four numbers for each.
const outputs = 5

// How candidates become regions. train/regions_measure.py does the same.
const (
	maxRegions = 8
	leastLogit = -3   // of a candidate
	maxPerKind = 60   // candidates of a label
	votes      = 0.6  // IoU of candidates whose boxes are averaged
	same       = 0.4  // IoU of boxes of one label that are one thing
	worn       = 0.75 // IoU of boxes of two garments that are one thing
	maxGrowth  = 4    // logarithm of a size in cells
)

// candidates reads the head's outputs: boxes of each label that are likely
// enough, those that overlap averaged into one; surest first.
func candidates(x []float32, g grid) []found {
	kinds, width := len(Labels()), len(x)/g.pixels()
	var all []found
	for label := range kinds {
		var near []found
		for at := range g.pixels() {
			row := x[at*width:][:width]
			if row[label] <= leastLogit {
				continue
			}
			move := row[kinds+4*label:][:4]
			w, h := grown(move[2]), grown(move[3])
			cx, cy := cell*(float64(at%g.width)+.5+float64(move[0])), cell*(float64(at/g.width)+.5+float64(move[1]))
			near = append(near, found{label, [4]float64{cx - w/2, cy - h/2, w, h}, float64(row[label])})
		}
		surestFirst(near)
		all = append(all, merge(near[:min(len(near), maxPerKind)])...)
	}
	surestFirst(all)
	return all
}

// grown is a size in pixels by its logarithm in cells.
func grown(v float32) float64 {
	return cell * math.Exp(min(max(float64(v), -maxGrowth), maxGrowth))
}

// merge makes one box of those that overlap: the mean of those that nearly agree
// with the surest, by their likelihood.
func merge(near []found) []found {
	var out []found
	gone := make([]bool, len(near))
	for i, best := range near {
		if gone[i] {
			continue
		}
		var mean [4]float64
		sum := 0.0
		for j, other := range near {
			share := iou(best.box, other.box)
			if share > votes || i == j {
				weight := sigmoid(other.score)
				sum += weight
				for k, v := range other.box {
					mean[k] += weight * v
				}
			}
			gone[j] = gone[j] || share >= same
		}
		for k := range mean {
			mean[k] /= sum
		}
		out = append(out, found{best.label, mean, best.score})
	}
	return out
}

// confidence turns likelihoods of the head into shares of right boxes, by a
// logistic curve that train/regions.py fits.
type confidence struct {
	slope  float64
	offset []float32 // one a label
	least  float64   // share below which a region is not shown
}

func newConfidence(w *weights) confidence {
	slope, least := w.floats("confidence.slope", 1), w.floats("confidence.least", 1)
	c := confidence{offset: w.floats("confidence.offset", len(Labels()))}
	if w.err == nil {
		c.slope, c.least = float64(slope[0]), float64(least[0])
	}
	return c
}

// pick returns the candidates that are likely enough, surest first, as regions:
// what lies where a surer garment does is that garment, taken for another.
func (c *confidence) pick(all []found) []found {
	out := all[:0]
	for _, f := range all {
		f.score = sigmoid(c.slope*f.score + float64(c.offset[f.label]))
		if f.score >= c.least {
			out = append(out, f)
		}
	}
	surestFirst(out)
	kept := out[:0]
	for _, f := range out {
		if len(kept) < maxRegions && !covered(kept, f) {
			kept = append(kept, f)
		}
	}
	return kept
}

// covered tells whether a surer garment lies where f does. An upper under an open
// coat is smaller than the coat; bags and shoes lie where they like.
func covered(surer []found, f found) bool {
	for _, s := range surer {
		if garment(s.label) && garment(f.label) && iou(s.box, f.box) > worn {
			return true
		}
	}
	return false
}

// garment tells whether a label is an upper, a lower, a dress or outerwear.
func garment(label int) bool { return label < 4 }

func sigmoid(v float64) float64 { return 1 / (1 + math.Exp(-v)) }

// iou is the intersection of two boxes over their union.
func iou(a, b [4]float64) float64 {
	w := min(a[0]+a[2], b[0]+b[2]) - max(a[0], b[0])
	h := min(a[1]+a[3], b[1]+b[3]) - max(a[1], b[1])
	if w <= 0 || h <= 0 {
		return 0
	}
	return w * h / (a[2]*a[3] + b[2]*b[3] - w*h)
}
