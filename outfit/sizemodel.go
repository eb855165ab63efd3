package outfit

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"math"
	"slices"
)

// bodyData is what TestTrainSizes learned; see there.
//
//go:embed data/size.json
var bodyData []byte

// bodyModel is what kept and returned sizes tell: the size that a woman of a
// height, weight and age keeps, and how likely a size is small, fits or is large.
// Sizes are counted in steps of women's clothing: US 0 is 0, 2 is 1, 4 is 2.
type bodyModel struct {
	Step      linear            `json:"step"`       // of termsOf height, weight, age
	StepChest linear            `json:"step_chest"` // of termsOf and the chest
	Chest     linear            `json:"chest"`      // the chest in cm, of termsOf
	Usual     float64           `json:"usual"`      // error of the usual size as the size that is kept, in steps
	MeanAge   float64           `json:"mean_age"`   // taken where the age is not known
	Fit       map[string]logits `json:"fit"`        // by kind of garment; "" where there is no own
	Alone     map[string]logits `json:"alone"`      // the same, where no one told yet how the thing fits
	Kept      [][2]float64      `json:"kept"`       // how likely a size was computed to be the one that is kept, and how often it was, both rising
}

// linear is a weighted sum and its standard error on people it has not seen.
type linear struct {
	Weights []float64 `json:"weights"`
	Error   float64   `json:"error"`
}

// logits are the weights of small and large against fits, of fitTerms.
type logits struct {
	Small []float64 `json:"small"`
	Large []float64 `json:"large"`
}

// readBodyModel panics where the program was built with a file that is none.
func readBodyModel() *bodyModel {
	var m bodyModel
	if err := json.Unmarshal(bodyData, &m); err != nil {
		panic(fmt.Sprintf("outfit: data/size.json: %v", err))
	}
	return &m
}

func (l linear) of(terms []float64) float64 { return dot(l.Weights, terms) }

func dot(a, b []float64) float64 {
	sum := 0.0
	for i := range a {
		sum += a[i] * b[i]
	}
	return sum
}

// termsOf are the terms of a body: height in cm, weight in kg, age in years,
// brought near to 0, with their squares and product.
func termsOf(height, weight, age float64) []float64 {
	h, w, a := (height-165)/10, (weight-62)/10, (age-33)/10
	return []float64{1, h, w, a, h * h, w * w, h * w, w * w * w, a * w}
}

// chestTerms are termsOf with a chest in cm.
func chestTerms(height, weight, age, chest float64) []float64 {
	c, w := (chest-89)/10, (weight-62)/10
	return append(termsOf(height, weight, age), c, c*c, c*w)
}

// fitTerms are what tells whether a size fits: how far it is from the size that
// the body keeps and from the usual size, in steps (usual nil: not known), and
// how much smaller and larger than it says the thing was found so far (shares
// less the average, 0 where nothing is known).
func fitTerms(off float64, usual *float64, small, large float64) []float64 {
	t := []float64{1, off, off * off, 0, 0, 0, small, large, small * small, large * large}
	if usual != nil {
		t[3], t[4], t[5] = 1, *usual, *usual**usual
	}
	return t
}

// chances are the probabilities that a size is small, fits and is large.
func (l logits) chances(terms []float64) (small, fits, large float64) {
	s, g := math.Exp(dot(l.Small, terms)), math.Exp(dot(l.Large, terms))
	return s / (1 + s + g), 1 / (1 + s + g), g / (1 + s + g)
}

// kindOf is the kind of garment under which fits were learned for a category.
func kindOf(category string) string {
	switch root(category) {
	case "dresses":
		return "dress"
	case "tops":
		return "top"
	}
	return ""
}

// fitChances are the probabilities that a size of a thing that nobody told of yet, lying
// off steps from the one that the body keeps, and usual steps from the usual one, is
// small, fits and is large.
func (m *bodyModel) fitChances(category string, off float64, usual *float64) (small, fits, large float64) {
	l, ok := m.Alone[kindOf(category)]
	if !ok {
		l = m.Alone[""]
	}
	return l.chances(fitTerms(off, usual, 0, 0))
}

// kept is how often a size was the one that is kept, which was computed to be so with
// a probability: between what was learned a straight line, and beyond it the nearest,
// so that nothing is said to be surer than was ever seen.
func (m *bodyModel) kept(p float64) float64 {
	i := slices.IndexFunc(m.Kept, func(k [2]float64) bool { return k[0] >= p })
	switch {
	case i < 0:
		return m.Kept[len(m.Kept)-1][1]
	case i == 0:
		return m.Kept[0][1] * p / m.Kept[0][0]
	}
	low, high := m.Kept[i-1], m.Kept[i]
	return low[1] + (high[1]-low[1])*(p-low[0])/(high[0]-low[0])
}

// within is the probability that a normal variable of this mean and standard
// deviation lies between two bounds.
func within(low, high, mean, deviation float64) float64 {
	below := func(x float64) float64 { return .5 * math.Erfc(-(x-mean)/(deviation*math.Sqrt2)) }
	return below(high) - below(low)
}

// step is the size in steps that a woman of these measures keeps, and its
// standard error; 0 stands for a measure that is not known. Without height and
// weight it knows nothing.
func (m *bodyModel) step(height, weight, age, chest float64) (step, deviation float64, ok bool) {
	if height == 0 || weight == 0 {
		return 0, 0, false
	}
	if age == 0 {
		age = m.MeanAge
	}
	if chest == 0 {
		return m.Step.of(termsOf(height, weight, age)), m.Step.Error, true
	}
	return m.StepChest.of(chestTerms(height, weight, age, chest)), m.StepChest.Error, true
}

// chest is the chest of a woman in cm.
func (m *bodyModel) chest(height, weight, age float64) float64 {
	if age == 0 {
		age = m.MeanAge
	}
	return m.Chest.of(termsOf(height, weight, age))
}
