package outfit

import (
	"cmp"
	"hash/fnv"
	"maps"
	"math"
	"slices"
	"testing"

	"honeyguide/catalog"
	"honeyguide/packs"
)

// firstTwo are the categories advised first beside one: of each slot of what is
// worn, the best.
func (a *Advisor) firstTwo(t testing.TB, category, gender, occasion string) []bond {
	t.Helper()
	subject := &catalog.Subject{Product: &catalog.Product{ID: "x", Category: category, Gender: gender, Occasion: occasion, AgeGroup: "adult"}}
	r, err := a.understand(&Wish{Subject: subject})
	if err != nil {
		t.Fatal(err)
	}
	frames := a.frames(r)
	if len(frames) == 0 {
		return nil
	}
	var best []bond
	for _, key := range frames[0].order {
		best = append(best, frames[0].slots[key].bonds[0])
	}
	slices.SortStableFunc(best, func(x, y bond) int { return cmp.Compare(y.strength, x.strength) })
	return best[:min(2, len(best))]
}

// agrees tells whether a category is one that the merchandiser named, or a kind
// of it; a wider one is not.
func agrees(category string, takes []string) bool {
	return slices.ContainsFunc(takes, func(take string) bool { return packs.IsA(category, take) })
}

// TestMeasureAdvice measures advice against the merchandisers' sentences that
// were kept apart: share of products of whose first two categories one, and each,
// is named. Controls: the two most named categories for everything, and two drawn
// from all that are named, as often as they are.
func TestMeasureAdvice(t *testing.T) {
	train, test := adviceOf(t)
	a := New(loaded(t))
	rules := New(loaded(t))
	rules.learned = &learned{}
	popular := map[string]int{}
	var all []string
	for _, p := range train {
		for _, take := range p.takes {
			popular[take]++
			all = append(all, take)
		}
	}
	ranked := slices.SortedFunc(maps.Keys(popular), func(x, y string) int { return cmp.Or(popular[y]-popular[x], cmp.Compare(x, y)) })
	ways := []struct {
		name string
		two  func(i int, p advised) []string
	}{
		{"advice", func(_ int, p advised) []string { return keysOf(a.firstTwo(t, p.category, p.gender, p.occasion)) }},
		{"packs' rules alone", func(_ int, p advised) []string { return keysOf(rules.firstTwo(t, p.category, p.gender, p.occasion)) }},
		{"popularity", func(_ int, p advised) []string {
			return slices.DeleteFunc(slices.Clone(ranked), func(key string) bool { return top(key) == top(p.category) })[:2]
		}},
		{"chance", func(i int, p advised) []string { return []string{all[(i*7919)%len(all)], all[(i*104729+17)%len(all)]} }},
	}
	for _, way := range ways {
		one, each := 0.0, 0.0
		first := 0.0
		for i, p := range test {
			hits := 0
			for n, key := range way.two(i, p) {
				if agrees(key, p.takes) {
					hits++
					if n == 0 {
						first++
					}
				}
			}
			if hits > 0 {
				one++
			}
			each += float64(hits) / 2
		}
		n := float64(len(test))
		t.Logf("%-20s one of two %.3f, first %.3f, each of two %.3f (%d products)", way.name, one/n, first/n, each/n, len(test))
		if way.name == "advice" && one/n < 0.80 {
			t.Errorf("advice agrees with %.3f of the sentences, want 0.80", one/n)
		}
	}
}

func keysOf(bonds []bond) []string {
	var keys []string
	for _, b := range bonds {
		keys = append(keys, b.category)
	}
	return keys
}

// TestMeasureBlank fills the blank of outfits that were kept apart: of four
// categories, which belongs? The wrong three are drawn from those worn, as often
// as they are (hard) or evenly (easy). Controls: the most common, chance.
func TestMeasureBlank(t *testing.T) {
	train, test := outfitsOf(t)
	a := New(loaded(t))
	var often []string
	for _, worn := range train {
		often = append(often, worn...)
	}
	even := slices.Sorted(maps.Keys(a.learned.common))
	for name, pool := range map[string][]string{"wrong ones drawn evenly": even, "wrong ones drawn as often as they are worn": often} {
		right, popular, n := 0.0, 0.0, 0.0
		for i, worn := range test {
			h := fnv.New32a()
			h.Write([]byte{byte(i), byte(i >> 8)})
			seed := int(h.Sum32() >> 1)
			blank := seed % len(worn)
			choices := []string{worn[blank]}
			for k := 1; len(choices) < 4; k++ {
				if c := pool[(seed+k*7919)%len(pool)]; !slices.Contains(worn, c) && !slices.Contains(choices, c) {
					choices = append(choices, c)
				}
			}
			best := func(score func(string) float64) bool {
				most, at := math.Inf(-1), -1
				for c, key := range choices {
					if s := score(key); s > most {
						most, at = s, c
					}
				}
				return at == 0 && !slices.ContainsFunc(choices[1:], func(key string) bool { return score(key) == most })
			}
			n++
			if best(func(key string) float64 {
				sum := math.Log(a.learned.common[key])
				for _, other := range worn {
					if other != worn[blank] {
						sum += a.learned.odds(key, other)
					}
				}
				return sum
			}) {
				right++
			}
			if best(func(key string) float64 { return a.learned.common[key] }) {
				popular++
			}
		}
		t.Logf("%s: %.3f right, popularity %.3f, chance 0.250 (%.0f outfits)", name, right/n, popular/n, n)
		if right <= popular {
			t.Errorf("%s: %.3f is no better than popularity, %.3f", name, right/n, popular/n)
		}
	}
}
