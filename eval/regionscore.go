package eval

import (
	"math"
	"slices"
)

// overlapping is the IoU from which two boxes are the same thing.
const overlapping = 0.5

// judged is what a detector found in one photo, held against its annotations.
type judged struct {
	annotated
	found []Seen
	right []bool // of each that was found: it is a garment that no surer one was
	any   []bool // of each garment: some region is there
	own   []bool // of each garment: a region of its label is there
}

func judge(p annotated, found []Seen) judged {
	j := judged{annotated: p, found: found, right: make([]bool, len(found)), any: make([]bool, len(p.garments)), own: make([]bool, len(p.garments))}
	taken := make([]bool, len(p.garments))
	for i, f := range found {
		best, most := -1, overlapping
		for k, g := range p.garments {
			share := iou(f.Box, g.Box)
			if share < overlapping {
				continue
			}
			j.any[k] = true
			if f.Label == g.Label {
				j.own[k] = true
				if !taken[k] && share >= most {
					best, most = k, share
				}
			}
		}
		if best >= 0 {
			j.right[i], taken[best] = true, true
		}
	}
	return j
}

// iou is the intersection of two boxes over their union.
func iou(a, b [4]float64) float64 {
	w := min(a[0]+a[2], b[0]+b[2]) - max(a[0], b[0])
	h := min(a[1]+a[3], b[1]+b[3]) - max(a[1], b[1])
	if w <= 0 || h <= 0 {
		return 0
	}
	return w * h / (a[2]*a[3] + b[2]*b[3] - w*h)
}

// summary sums photos up. Shares of nothing are 0.
func summary(all []judged) *RegionResult {
	r := &RegionResult{Photos: len(all), ByLabel: map[string]*LabelScores{}}
	label := func(name string) *LabelScores {
		if r.ByLabel[name] == nil {
			r.ByLabel[name] = &LabelScores{}
		}
		return r.ByLabel[name]
	}
	regions := 0
	for _, j := range all {
		for k, g := range j.garments {
			l := label(g.Label)
			l.Garments++
			l.Recall += one(j.own[k])
			if slices.Contains(mainLabels[:], g.Label) {
				r.Garments++
				r.RecallAny += one(j.any[k])
				r.Recall += one(j.own[k])
			}
		}
		for i, f := range j.found {
			l := label(f.Label)
			l.Regions++
			l.Precision += one(j.right[i])
			r.Precision += one(j.right[i])
			regions++
		}
	}
	for _, l := range r.ByLabel {
		l.Recall, l.Precision = share(l.Recall, l.Garments), share(l.Precision, l.Regions)
	}
	r.RecallAny, r.Recall, r.Precision = share(r.RecallAny, r.Garments), share(r.Recall, r.Garments), share(r.Precision, regions)
	r.Boxes, r.Error = share(float64(regions), len(all)), calibrationError(all)
	return r
}

// calibrationError is the expected calibration error: regions are put together by
// tenths of their scores, and the distances of the mean score from the share that
// is right are averaged, each by its number of regions.
func calibrationError(all []judged) float64 {
	const bins = 10
	var score, right [bins]float64
	n := 0
	for _, j := range all {
		for i, f := range j.found {
			b := min(int(f.Score*bins), bins-1)
			score[b] += f.Score
			right[b] += one(j.right[i])
			n++
		}
	}
	sum := 0.
	for b := range bins {
		sum += math.Abs(score[b] - right[b])
	}
	return share(sum, n)
}

func one(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}

func share(sum float64, n int) float64 { return sum / float64(max(n, 1)) }
