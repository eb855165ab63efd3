package intent

import (
	"math"
	"slices"
	"testing"

	"honeyguide/catalog/words"
)

// nearest answers with the labels of the phrasings nearest to a text: what the
// classifier has to beat.
type nearest struct {
	postings map[uint32][]posting
	weight   map[uint32]float64 // rarity
	norms    []float64
	labels   []int
	usual    float64 // length
	bm25     bool
}

type posting struct {
	sample int
	count  float64
}

type bag map[uint32]float64

// newNearest indexes bags with their labels, by BM25 or as vectors of TF-IDF.
func newNearest(bags []bag, labels []int, bm25 bool) *nearest {
	n := &nearest{postings: map[uint32][]posting{}, weight: map[uint32]float64{}, labels: labels, bm25: bm25}
	for i, b := range bags {
		for h, count := range b {
			n.postings[h] = append(n.postings[h], posting{i, count})
			n.usual += count / float64(len(bags))
		}
	}
	for h, list := range n.postings {
		n.weight[h] = math.Log(1 + (float64(len(bags))-float64(len(list))+0.5)/(float64(len(list))+0.5))
	}
	for _, b := range bags {
		square, length := 0.0, 0.0
		for h, count := range b {
			square += (count * n.weight[h]) * (count * n.weight[h])
			length += count
		}
		if bm25 {
			square = length
		}
		n.norms = append(n.norms, square)
	}
	return n
}

// votes are the shares of the labels among the k nearest, by similarity to the fourth.
func (n *nearest) votes(b bag, k, labels int) []float64 {
	scores := map[int]float64{}
	square := 0.0
	for h, count := range b {
		w := n.weight[h]
		square += count * w * count * w
		for _, p := range n.postings[h] {
			if n.bm25 {
				scores[p.sample] += w * p.count * 2.2 / (p.count + 1.2*(0.25+0.75*n.norms[p.sample]/n.usual))
			} else {
				scores[p.sample] += count * w * p.count * w
			}
		}
	}
	type scored struct {
		sample int
		score  float64
	}
	var all []scored
	for s, score := range scores {
		if !n.bm25 {
			score /= math.Sqrt(square * n.norms[s])
		}
		all = append(all, scored{s, score})
	}
	slices.SortFunc(all, func(a, b scored) int {
		if a.score != b.score {
			if a.score > b.score {
				return -1
			}
			return 1
		}
		return a.sample - b.sample
	})
	p, sum := make([]float64, labels), 0.0
	for _, s := range all[:min(k, len(all))] {
		p[n.labels[s.sample]] += math.Pow(s.score, 4)
		sum += math.Pow(s.score, 4)
	}
	for i := range p {
		p[i] /= max(sum, 1e-9)
	}
	return p
}

func bagOf(features []feature) bag {
	b := bag{}
	for _, f := range features {
		b[f.hash] = max(b[f.hash], float64(f.value))
	}
	return b
}

func wordsOf(text string) bag {
	b := bag{}
	for _, term := range words.Terms(text) {
		b[words.Hash(term)]++
	}
	return b
}

// way is a way to read a text.
type way struct {
	name string
	read func(string) Intent
}

// controls are the classifier and what it was chosen over: the nearest ten phrasings
// by its own features, half of both, and the nearest phrasing by BM25 over words.
func controls(t testing.TB, c *Classifier) []way {
	phrasings, named, _ := readPhrasings(t)
	labels := labelsOf(phrasings)
	var terms, traits []bag
	var answers []int
	for _, p := range phrasings {
		for _, text := range named.draw(p) {
			terms, traits = append(terms, wordsOf(text)), append(traits, bagOf(c.lexicon.features(text)))
			answers = append(answers, slices.Index(labels, p.label))
		}
	}
	bm25, near := newNearest(terms, answers, true), newNearest(traits, answers, false)
	best := func(p []float64) Intent {
		intents := map[Intent]float64{}
		top := Unknown
		for i, label := range labels {
			intents[Intent(intentOf(label))] += p[i]
		}
		for _, label := range labels {
			if in := Intent(intentOf(label)); intents[in] > intents[top] {
				top = in
			}
		}
		return top
	}
	return []way{
		{"linear softmax (shipped)", func(text string) Intent { return c.Classify(text)[0].Intent }},
		{"nearest ten by TF-IDF", func(text string) Intent { return best(near.votes(bagOf(c.lexicon.features(text)), 10, len(labels))) }},
		{"half of each", func(text string) Intent {
			p := near.votes(bagOf(c.lexicon.features(text)), 10, len(labels))
			for i, q := range c.probabilities(c.lexicon.features(text)) {
				p[i] = (p[i] + q) / 2
			}
			return best(p)
		}},
		{"nearest phrasing by BM25", func(text string) Intent { return best(bm25.votes(wordsOf(text), 1, len(labels))) }},
	}
}
