package intent

import (
	"maps"
	"math"
	"math/rand/v2"
	"slices"
)

// Learning. Cross-validation is flat around these.
const (
	epochs   = 6
	rate     = 2.4  // of learning, falling to zero
	biasRate = 0.03 // of the biases, beside that
	decay    = 5e-5 // of the weights at every step, as often as they are met
	dropped  = 0.3  // share of the features left out, at most, so that no single one decides
	slight   = 2    // steps of 127: what a weight must exceed to be kept
)

// linear is a model while it learns.
type linear struct {
	labels  int
	rows    map[uint32]int32
	hashes  []uint32
	weights []float32
	bias    []float32
}

// vocabulary counts in how many phrasings each feature stands.
func vocabulary(samples []sample) map[uint32]int {
	count, last := map[uint32]int{}, map[uint32]int{}
	for _, s := range samples {
		for _, f := range s.features {
			if line, ok := last[f.hash]; !ok || line != s.line {
				last[f.hash] = s.line
				count[f.hash]++
			}
		}
	}
	return count
}

// fit learns from samples.
func fit(samples []sample, labels int) *linear {
	count := vocabulary(samples)
	for step := range 6 {
		count[mix(basis, "\x03"+string(rune('0'+step)))] = 2
	}
	l := &linear{labels: labels, rows: map[uint32]int32{}, bias: make([]float32, labels)}
	for _, hash := range slices.Sorted(maps.Keys(count)) {
		if count[hash] > 1 {
			l.rows[hash] = int32(len(l.hashes))
			l.hashes = append(l.hashes, hash)
		}
	}
	l.weights = make([]float32, len(l.hashes)*labels)
	found, strangers := make([][]trait, len(samples)), make([]int, len(samples))
	sizes := make([]float64, labels)
	for i, s := range samples {
		found[i], strangers[i] = l.traits(s.features, func(h uint32) bool { return count[h] > 2 })
		sizes[s.label]++
	}
	l.descend(samples, found, strangers, importance(sizes))
	return l
}

// importance weighs samples so that small labels count more than their number, and
// large ones less.
func importance(sizes []float64) []float32 {
	total, weighed := 0.0, 0.0
	for _, n := range sizes {
		total += n
		weighed += math.Sqrt(n)
	}
	weights := make([]float32, len(sizes))
	for i, n := range sizes {
		if n > 0 {
			weights[i] = float32(math.Sqrt(n) / weighed * total / n)
		}
	}
	return weights
}

// trait is a feature that is weighed.
type trait struct {
	row   int32
	value float32
	plain bool
}

// traits are those features of a text that are weighed, and how many of its words are
// strange: they would not be known had the text's phrasing not been there.
func (l *linear) traits(features []feature, known func(uint32) bool) (found []trait, strangers int) {
	for _, f := range features {
		row, ok := l.rows[f.hash]
		isKnown := ok && known(f.hash)
		if ok {
			found = append(found, trait{row, f.value, f.plain && isKnown})
		}
		if f.plain && !isKnown {
			strangers++
		}
	}
	return found, strangers
}

// hits leaves out a share of the traits, as if their words were strange, and brings
// the others to length 1.
func (l *linear) hits(found []trait, strangers int, leave func() bool) []hit {
	kept, known, square := make([]hit, 0, len(found)+1), 0, float32(0)
	add := func(row int32, value float32) {
		kept = append(kept, hit{row, value})
		square += value * value
	}
	for _, f := range found {
		switch left := leave(); {
		case left && f.plain:
			strangers++
		case !left:
			add(f.row, f.value)
			if f.plain {
				known++
			}
		}
	}
	s := strange(known, strangers)
	if row, ok := l.rows[s.hash]; ok {
		add(row, s.value)
	}
	norm := float32(1 / math.Sqrt(float64(square)))
	for i := range kept {
		kept[i].value *= norm
	}
	return kept
}

// descend minimises the weighted cross-entropy by stochastic gradient descent.
func (l *linear) descend(samples []sample, found [][]trait, strangers []int, weight []float32) {
	r := rand.New(rand.NewPCG(3, 4))
	order := r.Perm(len(samples))
	scores := make([]float64, l.labels)
	step, steps := 0, epochs*len(samples)
	for range epochs {
		r.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, at := range order {
			speed := rate * (1 - float32(step)/float32(steps))
			step++
			share := dropped * r.Float32()
			kept := l.hits(found[at], strangers[at], func() bool { return r.Float32() < share })
			l.score(kept, scores)
			softmax(scores)
			scores[samples[at].label]--
			by := speed * weight[samples[at].label]
			for i, s := range scores {
				l.bias[i] -= float32(biasRate * by * float32(s))
			}
			for _, h := range kept {
				row := l.weights[int(h.row)*l.labels : (int(h.row)+1)*l.labels]
				for i, s := range scores {
					row[i] -= float32(by*h.value*float32(s)) + float32(speed*decay*row[i])
				}
			}
		}
	}
}

func (l *linear) score(found []hit, scores []float64) {
	sums := slices.Clone(l.bias)
	for _, h := range found {
		for i, w := range l.weights[int(h.row)*l.labels : (int(h.row)+1)*l.labels] {
			sums[i] += float32(h.value * w)
		}
	}
	for i, s := range sums {
		scores[i] = float64(s)
	}
}

// quantized rounds the weights to 8 bits. The slight ones are left out, and with them
// the features that weigh nothing.
func (l *linear) quantized(labels []string, phrasings string) *model {
	top := slices.Max(l.weights)
	m := &model{Labels: labels, Bias: l.bias, Temperature: temperature, Scale: top / 127, Phrasings: phrasings}
	row := make([]int8, len(labels))
	for i, hash := range l.hashes {
		weighs := false
		for j, w := range l.weights[i*len(labels) : (i+1)*len(labels)] {
			row[j] = int8(max(-127, math.Round(float64(w/m.Scale))))
			if row[j] >= -slight && row[j] <= slight {
				row[j] = 0
			}
			weighs = weighs || row[j] != 0
		}
		if weighs {
			m.Hashes, m.Weights = append(m.Hashes, hash), append(m.Weights, row...)
		}
	}
	return m
}
