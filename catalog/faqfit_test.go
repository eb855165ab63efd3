package catalog

import (
	"cmp"
	"flag"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

var fit = flag.Bool("fit", false, "fit the weights of FAQ matching anew and print them")

// example is a question with its likeliest answers.
type example struct {
	question wording
	likeness []likeness
	want     int     // the right one, or -1
	weight   float64 // of the example
}

// TestFitFAQ fits the weights of likeness: go test ./catalog -run TestFitFAQ -v -fit. Order
// is fitted as a softmax over the candidates of questions that have an answer,
// certainty then as a logistic regression over the first of all questions; both to
// the choosing half of the data and to packs_choosing.txt, mostly to the latter.
func TestFitFAQ(t *testing.T) {
	if !*fit {
		t.Skip("fits weights where -fit is given")
	}
	known, err := trade()
	if err != nil {
		t.Fatal(err)
	}
	g := newGolden(known)
	k, err := g.known()
	if err != nil {
		t.Fatal(err)
	}
	all := k.fittingExamples(t, g)
	order := fitOrder(all)
	t.Logf("orderBy %.2f", order)
	certain := fitCertainty(all, &order)
	t.Logf("certainBy %.2f, lead, share, short, always %.2f", certain[:likenesses], certain[likenesses:])
}

// fittingExamples weigh so that each source counts for what it is worth: questions
// as people ask them most, the packs' own phrasings, which differ in more than
// words, least.
func (k *knownFAQs) fittingExamples(t *testing.T, g *golden) (all []example) {
	for _, tr := range []trial{wordingTrial(t, g, "choosing", "en"), wordingTrial(t, g, "choosing", "zh")} {
		asked := k.examples(tr, 3)
		for few := range fewPacks(g, tr) {
			asked = append(asked, k.examples(few, .4)...)
		}
		all = append(append(all, asked...), unanswered(asked, .3)...)
	}
	for _, language := range []string{"en", "zh"} {
		for _, tr := range packTrials(g, language, nil, choosing) {
			all = append(all, k.examples(tr, .1)...)
		}
	}
	for _, phrasings := range []int{2, 4, 10, 40} {
		all = append(all, k.examples(intentTrial(t, g, choosing, phrasings), .5)...)
	}
	all = append(all, k.examples(shopTrial(g, shopFAQs(t), choosing), 1)...)
	return append(all, k.examples(pairTrial(t, choosing), 1)...)
}

// unanswered are examples without their right answers: what is left is of the same
// trade, and wrong.
func unanswered(all []example, weight float64) (left []example) {
	for _, e := range all {
		if e.want >= 0 {
			e.likeness, e.want = slices.Delete(slices.Clone(e.likeness), e.want, e.want+1), -1
			e.weight *= weight
			left = append(left, e)
		}
	}
	return left
}

// fittedCandidates of a question are likely enough to be told apart.
const fittedCandidates = 24

func (k *knownFAQs) examples(tr trial, weight float64) []example {
	list := make([]worded, len(tr.faqs))
	for i, f := range tr.faqs {
		list[i] = k.concepts.worded(f)
	}
	all := make([]example, len(tr.asks))
	for n, ask := range tr.asks {
		e := example{question: k.concepts.wording(ask.text), want: -1, weight: weight}
		type candidate struct {
			likeness
			right bool
		}
		found := make([]candidate, len(list))
		for i := range list {
			found[i] = candidate{k.liken(&e.question, &list[i]), list[i].faq.ID == ask.want}
		}
		likely := func(c *candidate) float64 {
			return c.likeness[toldShapes] + c.likeness[toldSenses] + c.likeness[usualShapes]
		}
		slices.SortFunc(found, func(a, b candidate) int { return cmp.Compare(likely(&b), likely(&a)) })
		for i, c := range found {
			if c.right {
				e.want = len(e.likeness)
			}
			if c.right || i < fittedCandidates {
				e.likeness = append(e.likeness, c.likeness)
			}
		}
		all[n] = e
	}
	return all
}

// fitOrder fits the weights by which the right answers come first.
func fitOrder(all []example) (w likeness) {
	all = slices.DeleteFunc(slices.Clone(all), func(e example) bool { return e.want < 0 })
	descend(w[:], len(all), func(i int, slope []float64) {
		e := &all[i]
		for i, share := range shares(e.orders(&w)) {
			if i == e.want {
				share--
			}
			for j, x := range e.likeness[i] {
				slope[j] += e.weight * share * x
			}
		}
	})
	return w
}

func (e *example) orders(by *likeness) []float64 {
	orders := make([]float64, len(e.likeness))
	for i := range e.likeness {
		orders[i] = e.likeness[i].weigh(by)
	}
	return orders
}

// shares are the softmax of orders.
func shares(orders []float64) []float64 {
	p, sum, top := make([]float64, len(orders)), 0., slices.Max(orders)
	for i, o := range orders {
		p[i] = math.Exp(o - top)
		sum += p[i]
	}
	for i := range p {
		p[i] /= sum
	}
	return p
}

// certainties are the weights of certainty: the likeness, lead, share, shortness, 1.
type certainties [likenesses + 4]float64

// fitCertainty fits the weights that tell how certain the first in order is.
func fitCertainty(all []example, order *likeness) (w certainties) {
	firsts, right := make([]certainties, len(all)), make([]float64, len(all))
	for n := range all {
		e := &all[n]
		orders := e.orders(order)
		first, lead := slices.Index(orders, slices.Max(orders)), fullLead*1.
		for i := range orders {
			if i != first {
				lead = min(lead, orders[first]-orders[i])
			}
		}
		right[n] = float64(count(first == e.want))
		copy(firsts[n][:], e.likeness[first][:])
		copy(firsts[n][likenesses:], []float64{lead / fullLead, shares(orders)[first], shortness(&e.question), 1})
	}
	descend(w[:], len(all), func(i int, slope []float64) {
		z := 0.
		for j, x := range firsts[i] {
			z += w[j] * x
		}
		for j, x := range firsts[i] {
			slope[j] += all[i].weight * (1/(1+math.Exp(-z)) - right[i]) * x
		}
	})
	return w
}

// descend moves weights down the slope that some of n examples add up to, by Adam
// (Kingma and Ba, 2015) with a falling rate and a slight pull to nothing.
func descend(w []float64, n int, add func(i int, slope []float64)) {
	const steps, together, pull = 3000, 200, 3e-4
	mean, square, r := make([]float64, len(w)), make([]float64, len(w)), rand.New(rand.NewPCG(1, 1))
	for step := 1; step <= steps; step++ {
		slope := make([]float64, len(w))
		for range together {
			add(r.IntN(n), slope)
		}
		rate := .1 * min(1, 3*float64(steps-step)/steps)
		for j := range w {
			s := slope[j]/together + pull*w[j]
			mean[j], square[j] = .9*mean[j]+.1*s, .99*square[j]+.01*s*s
			w[j] -= rate * mean[j] / (1 - math.Pow(.9, float64(step))) / (math.Sqrt(square[j]/(1-math.Pow(.99, float64(step)))) + 1e-8)
		}
	}
}
