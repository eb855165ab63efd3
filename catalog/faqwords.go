package catalog

import (
	"math"
	"slices"
	"unicode"

	"honeyguide/catalog/words"
)

// wording is a text as questions are compared by: the stems of its words; its
// shapes, which survive typos and endings: three letters in a row of a word with
// its edges, or one Chinese character; and its senses, what concepts its words
// stand for. Each once, hashed, ascending.
type wording struct {
	stems  []uint32
	shapes []uint32
	senses []uint32
}

// stemLetters is where words end, so that cancel, cancelled and cancellation meet.
const stemLetters = 5

// wording reads texts as one.
func (c *concepts) wording(texts ...string) wording {
	var w wording
	for _, text := range texts {
		for _, term := range words.Terms(text) {
			w.stems = append(w.stems, words.Hash(firstRunes(term, stemLetters)))
		}
		folded := words.Fold(text)
		w.shapes = appendShapes(slices.Grow(w.shapes, len(text)), folded)
		w.senses = append(w.senses, c.read(folded)...)
	}
	return wording{unique(w.stems), unique(w.shapes), unique(w.senses)}
}

// joined is what several wordings hold together.
func joined(list ...wording) wording {
	var w wording
	for _, one := range list {
		w.stems, w.shapes, w.senses = append(w.stems, one.stems...), append(w.shapes, one.shapes...), append(w.senses, one.senses...)
	}
	return wording{unique(w.stems), unique(w.shapes), unique(w.senses)}
}

// shapesOf are the shapes of texts.
func shapesOf(texts ...string) []uint32 {
	var shapes []uint32
	for _, text := range texts {
		shapes = appendShapes(shapes, words.Fold(text))
	}
	return unique(shapes)
}

func unique(terms []uint32) []uint32 {
	slices.Sort(terms)
	return slices.Compact(terms)
}

func firstRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// appendShapes appends the shapes of a folded text. They begin with a mark that
// no word has, so that the two may stand side by side.
func appendShapes(shapes []uint32, folded string) []uint32 {
	const edge = '\x01'
	run := make([]rune, 0, 32)
	end := func() {
		if len(run) > 0 {
			run = append(run, edge)
		}
		for i := 0; i+3 <= len(run); i++ {
			shapes = append(shapes, words.Hash(string([]rune{edge, run[i], run[i+1], run[i+2]})))
		}
		run = run[:0]
	}
	for _, r := range folded {
		switch {
		case unicode.Is(unicode.Han, r):
			end()
			shapes = append(shapes, words.Hash(string([]rune{edge, r})))
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if len(run) == 0 {
				run = append(run, edge)
			}
			run = append(run, r)
		default:
			end()
		}
	}
	end()
	return shapes
}

// rarity tells how much a stem or shape says: ln(1 + (N−n+½)/(n+½)), where n of N
// questions have it, as in BM25. It is counted over the packs' questions, of all
// trades, so that a score means the same in every store.
type rarity struct {
	of      map[uint32]float64
	unknown float64
}

func rarityOf(texts [][]uint32) rarity {
	count := map[uint32]float64{}
	for _, terms := range texts {
		for _, t := range terms {
			count[t]++
		}
	}
	n := float64(len(texts))
	r := rarity{of: make(map[uint32]float64, len(count)), unknown: math.Log(1 + (n+0.5)/0.5)}
	for t, c := range count {
		r.of[t] = math.Log(1 + (n-c+0.5)/(c+0.5))
	}
	return r
}

// sum is how much terms say together.
func (r *rarity) sum(terms []uint32) (s float64) {
	for _, t := range terms {
		s += r.weight(t)
	}
	return s
}

func (r *rarity) weight(t uint32) float64 {
	if w, ok := r.of[t]; ok {
		return w
	}
	return r.unknown
}

// common is how much the terms say that two texts share.
func (r *rarity) common(a, b []uint32) (s float64) {
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			a = a[1:]
		case a[0] > b[0]:
			b = b[1:]
		default:
			s += r.weight(a[0])
			a, b = a[1:], b[1:]
		}
	}
	return s
}
