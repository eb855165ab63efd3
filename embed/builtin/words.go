package builtin

import (
	"math"
	"sync"

	"github.com/viterin/vek/vek32"

	"honeyguide/embed"
)

// wordTower averages the rows of a text's tokens and refines the mean by
// narrow(relu(wide(x))) + skip(x), as Words in train/model.py.
type wordTower struct {
	dim     int
	table   []int8    // buckets × dim
	scale   []float32 // one a row
	wide    dense
	narrow  dense
	skip    dense
	scratch *sync.Pool // of *wordScratch
}

type wordScratch struct {
	splitter
	mean, wide, skip []float32
}

func newWordTower(w *weights) wordTower {
	buckets := w.shape("words.scale", 1)[0]
	t := wordTower{
		dim:    w.dim,
		table:  w.bytes("words.table", buckets*w.dim),
		scale:  w.floats("words.scale", buckets),
		wide:   newDense(w, "words.wide"),
		narrow: newDense(w, "words.narrow"),
		skip:   newDense(w, "words.skip"),
	}
	if w.err == nil && (t.wide.in != w.dim || t.narrow.in != t.wide.out || t.narrow.out != w.dim || t.skip.in != w.dim || t.skip.out != w.dim) {
		w.fail("the word tower's layers do not fit each other")
	}
	t.scratch = &sync.Pool{New: func() any {
		return &wordScratch{mean: make([]float32, w.dim), wide: make([]float32, t.wide.out), skip: make([]float32, w.dim)}
	}}
	return t
}

func (t *wordTower) encode(text string, s *wordScratch) embed.Vector {
	out := make(embed.Vector, t.dim)
	tokens := s.split(text)
	if len(tokens) == 0 {
		return out
	}
	clear(s.mean)
	for _, token := range tokens {
		row := int(token % uint32(len(t.scale)))
		scale, mean := t.scale[row], s.mean
		for i, v := range t.table[row*t.dim : (row+1)*t.dim] {
			mean[i] += scale * float32(v)
		}
	}
	vek32.MulNumber_Inplace(s.mean, 1/float32(len(tokens)))
	t.wide.apply(s.wide, s.mean)
	vek32.MaximumNumber_Inplace(s.wide, 0)
	t.narrow.apply(out, s.wide)
	t.skip.apply(s.skip, s.mean)
	vek32.Add_Inplace(out, s.skip)
	unit(out)
	return out
}

// unit scales v to length one, unless it is nearly zero.
func unit(v []float32) {
	length := float32(math.Sqrt(float64(vek32.Dot(v, v))))
	vek32.DivNumber_Inplace(v, max(length, 1e-12))
}
