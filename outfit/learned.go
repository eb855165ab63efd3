package outfit

import (
	_ "embed"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// The learned tables. The tests make them from the data sets and measure them
// on the part that was kept apart: go test ./outfit -run 'Learned|Measure' -v.
//
//go:embed data/together.txt
var togetherText string

//go:embed data/advice.txt
var adviceText string

var errTable = errors.New("broken table")

// learned is what is known of categories that are worn together.
type learned struct {
	together map[[2]string]float64         // natural log-odds; both orders
	common   map[string]float64            // share of outfits that have a category
	advice   map[string]map[string]float64 // "gender category occasion" → category → share of products
	liked    map[string]float64            // "gender category" → mean of its shares beside all kinds of things
}

func newLearned(together, advice string) (*learned, error) {
	l := &learned{together: map[[2]string]float64{}, common: map[string]float64{}, advice: map[string]map[string]float64{}, liked: map[string]float64{}}
	var rows []string
	for line := range lines(together) {
		fields := strings.Fields(line)
		if len(fields) != len(rows)+2 {
			return nil, fmt.Errorf("%w: %q has %d numbers, want %d", errTable, fields[0], len(fields)-1, len(rows)+1)
		}
		var numbers []float64
		for _, f := range fields[1:] {
			n, err := strconv.ParseFloat(f, 64)
			if err != nil {
				return nil, fmt.Errorf("%w: %w", errTable, err)
			}
			numbers = append(numbers, n)
		}
		l.common[fields[0]] = numbers[0] / 1000
		for i, other := range rows {
			l.together[[2]string{fields[0], other}] = numbers[i+1] / 10
			l.together[[2]string{other, fields[0]}] = numbers[i+1] / 10
		}
		rows = append(rows, fields[0])
	}
	for line := range lines(advice) {
		fields := strings.Fields(line)
		if len(fields) < 4 {
			return nil, fmt.Errorf("%w: %q", errTable, line)
		}
		shares := map[string]float64{}
		for _, f := range fields[3:] {
			category, share, _ := strings.Cut(f, "=")
			n, err := strconv.ParseFloat(share, 64)
			if err != nil {
				return nil, fmt.Errorf("%w: %w", errTable, err)
			}
			shares[category] = n / 1000
		}
		l.advice[strings.Join(fields[:3], " ")] = shares
	}
	l.count()
	return l, nil
}

// count finds out what is advised most, beside whatever.
func (l *learned) count() {
	kinds := map[string]float64{}
	for key, shares := range l.advice {
		fields := strings.Fields(key)
		if fields[2] != "*" {
			continue
		}
		kinds[fields[0]]++
		for take, share := range shares {
			l.liked[fields[0]+" "+take] += share
		}
	}
	for key := range l.liked {
		gender, _, _ := strings.Cut(key, " ")
		l.liked[key] /= kinds[gender]
	}
}

// popular is how often a category is advised beside anything, for a gender or for both.
func (l *learned) popular(category, gender string) float64 {
	if gender != "male" && gender != "female" {
		return (l.popular(category, "female") + l.popular(category, "male")) / 2
	}
	return l.liked[gender+" "+category]
}

// lines yields the lines of a table without comments.
func lines(text string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for line := range strings.Lines(text) {
			if line = strings.TrimSpace(line); line != "" && line[0] != '#' && !yield(line) {
				return
			}
		}
	}
}

// odds is the log-odds of two categories in one outfit, of the nearest categories
// that were counted, or 0.
func (l *learned) odds(a, b string) float64 {
	for x := a; x != ""; x = above(x) {
		for y := b; y != ""; y = above(y) {
			if n, ok := l.together[[2]string{x, y}]; ok {
				return n
			}
		}
	}
	return 0
}

// advised are the shares of merchandisers that name categories beside one, for
// a gender (empty: either) and an occasion (empty: any).
func (l *learned) advised(category, gender, occasion string) map[string]float64 {
	genders := []string{gender}
	if gender != "male" && gender != "female" {
		genders = []string{"female", "male"}
	}
	sum := map[string]float64{}
	for _, g := range genders {
		list, share := l.nearest(category, g, occasion)
		for take, n := range list {
			sum[take] += share * n / float64(len(genders))
		}
	}
	return sum
}

// ofKind is the share that advice about a wider category keeps.
const ofKind = 0.5

// nearest is the advice about a category, or about the nearest above it, and
// what share of it holds.
func (l *learned) nearest(category, gender, occasion string) (list map[string]float64, share float64) {
	share = 1
	for key := category; key != ""; key = above(key) {
		for _, o := range []string{strings.ReplaceAll(occasion, " ", "-"), "*"} {
			if list, ok := l.advice[gender+" "+key+" "+o]; ok {
				return list, share
			}
		}
		share = ofKind
	}
	return nil, 0
}

// worn tells whether a category is one that outfits are made of.
func (l *learned) worn(category string) bool {
	for key := category; key != ""; key = above(key) {
		if l.common[key] > 0 || l.advice["female "+key+" *"] != nil || l.advice["male "+key+" *"] != nil {
			return true
		}
	}
	return false
}

// above is the category above one, or nothing.
func above(category string) string {
	return category[:max(0, strings.LastIndexByte(category, '.'))]
}

// top is the widest category above one.
func top(category string) string {
	first, _, _ := strings.Cut(category, ".")
	return first
}
