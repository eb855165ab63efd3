package turns

import (
	"cmp"
	"maps"
	"math"
	"path"
	"slices"
	"strings"
	"time"

	"honeyguide/assistant/intent"
)

// Measures are the figures of some turns.
type Measures struct {
	Cases         int     `json:"cases,omitempty"`
	Passed        int     `json:"passed,omitempty"` // cases of which everything holds
	Turns         int     `json:"turns"`
	Checks        int     `json:"checks"`
	Failed        int     `json:"failed"`       // checks
	Intents       int     `json:"intents"`      // turns that name one
	IntentOK      float64 `json:"intent_right"` // share of them, 0 to 1
	Slots         int     `json:"slots"`        // understood values that turns name
	SlotPrecision float64 `json:"slot_precision"`
	SlotRecall    float64 `json:"slot_recall"`
	SlotF1        float64 `json:"slot_f1"`
}

// Result is what a run measured. Slots are counted over all turns (micro): a value
// that a turn names and that was understood is right; one that was not, missed; another
// value, or one where none belongs, is wrong.
type Result struct {
	Measures
	TurnMS struct {
		P50 float64 `json:"p50"`
		P99 float64 `json:"p99"`
	} `json:"turn_ms"`
	Parts      map[string]Measures `json:"parts"` // by the name of the file, up to its first _
	Files      map[string]Measures `json:"files"`
	Languages  map[string]Measures `json:"languages"`
	ByIntent   map[string]Measures `json:"by_intent"` // by the first that is expected
	Controls   []Control           `json:"controls"`
	Properties map[string]int      `json:"failed_properties"`
	Confused   map[string]int      `json:"confused_intents"` // expected→came
	Failures   []Failure           `json:"-"`
}

// Control is what needs no understanding: one answer to everything.
type Control struct {
	Name     string        `json:"name"`
	Intent   intent.Intent `json:"intent"`
	IntentOK float64       `json:"intent_right"`
}

// count is Measures while they are taken.
type count struct {
	Measures
	intentsRight          int
	right, wrong, missing int
}

func (c *count) measures() Measures {
	m := c.Measures
	m.IntentOK = share(c.intentsRight, m.Intents)
	m.SlotPrecision = share(c.right, c.right+c.wrong)
	m.SlotRecall = share(c.right, c.right+c.missing)
	if sum := m.SlotPrecision + m.SlotRecall; sum > 0 {
		m.SlotF1 = round(2 * m.SlotPrecision * m.SlotRecall / sum)
	}
	return m
}

func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return round(float64(part) / float64(whole))
}

// round leaves four digits.
func round(f float64) float64 { return math.Round(f*1e4) / 1e4 }

// tally takes the figures of a run.
type tally struct {
	all                              count
	parts, files, languages, intents map[string]*count
	wanted                           [][]string // intents that turns expect, the alternatives of each
	took                             []time.Duration
	result                           Result
}

func newTally() *tally {
	return &tally{
		parts: map[string]*count{}, files: map[string]*count{}, languages: map[string]*count{}, intents: map[string]*count{},
		result: Result{Properties: map[string]int{}, Confused: map[string]int{}},
	}
}

// outcome is what became of an expectation.
type outcome struct {
	property string
	ok       bool
	slots    slotCount
}

// slotCount is what an expectation says of understood values.
type slotCount struct{ named, right, wrong, missing int }

// groups returns the counts that a turn belongs to.
func (t *tally) groups(file, lang, intent string) []*count {
	part, _, _ := strings.Cut(strings.TrimSuffix(path.Base(file), path.Ext(file)), "_")
	all := []*count{&t.all, of(t.parts, part), of(t.files, file)}
	if lang != "" {
		all = append(all, of(t.languages, lang))
	}
	if intent != "" {
		all = append(all, of(t.intents, intent))
	}
	return all
}

func of(counts map[string]*count, name string) *count {
	if counts[name] == nil {
		counts[name] = &count{}
	}
	return counts[name]
}

func (t *tally) addCase(file, lang string, passed bool) {
	for _, c := range t.groups(file, lang, "") {
		c.Cases++
		if passed {
			c.Passed++
		}
	}
}

func (t *tally) addTurn(file, lang string, turn *Turn, came intent.Intent, took time.Duration, outcomes []outcome) {
	wanted := turn.intents()
	first := ""
	if len(wanted) > 0 {
		first = wanted[0]
		t.wanted = append(t.wanted, wanted)
		if !slices.Contains(wanted, string(came)) {
			t.result.Confused[first+"→"+string(came)]++
		}
	}
	t.took = append(t.took, took)
	for _, o := range outcomes {
		if !o.ok {
			t.result.Properties[o.property]++
		}
	}
	for _, c := range t.groups(file, lang, first) {
		c.add(wanted, came, outcomes)
	}
}

func (c *count) add(wanted []string, came intent.Intent, outcomes []outcome) {
	c.Turns++
	if len(wanted) > 0 {
		c.Intents++
		if slices.Contains(wanted, string(came)) {
			c.intentsRight++
		}
	}
	for _, o := range outcomes {
		c.Checks++
		if !o.ok {
			c.Failed++
		}
		c.Slots += o.slots.named
		c.right += o.slots.right
		c.wrong += o.slots.wrong
		c.missing += o.slots.missing
	}
}

// intents are those that a turn expects, any of them.
func (t *Turn) intents() []string {
	for _, e := range t.Expect {
		if e.Property == "intent" && !e.want.not {
			return e.want.names()
		}
	}
	return nil
}

// finish makes the result of what was taken.
func (t *tally) finish() *Result {
	r := &t.result
	r.Measures = t.all.measures()
	r.Parts, r.Files, r.Languages, r.ByIntent = figures(t.parts), figures(t.files), figures(t.languages), figures(t.intents)
	slices.Sort(t.took)
	r.TurnMS.P50, r.TurnMS.P99 = quantile(t.took, 0.5), quantile(t.took, 0.99)
	r.Controls = controls(t.wanted)
	return r
}

func figures(counts map[string]*count) map[string]Measures {
	all := map[string]Measures{}
	for name, c := range counts {
		all[name] = c.measures()
	}
	return all
}

// quantile returns the smallest duration that a share of them does not exceed, in ms.
func quantile(sorted []time.Duration, q float64) float64 {
	if len(sorted) == 0 {
		return 0
	}
	i := min(int(q*float64(len(sorted))), len(sorted)-1)
	return float64(sorted[i].Microseconds()) / 1000
}

// controls are the most frequent intent for every turn, and a search for every turn.
func controls(wanted [][]string) []Control {
	rights := map[string]int{string(intent.Search): 0}
	for _, alternatives := range wanted {
		for _, one := range alternatives {
			rights[one]++
		}
	}
	names := slices.Sorted(maps.Keys(rights))
	most := slices.MaxFunc(names, func(a, b string) int { return cmp.Compare(rights[a], rights[b]) })
	make := func(name, of string) Control {
		return Control{Name: name, Intent: intent.Intent(of), IntentOK: share(rights[of], len(wanted))}
	}
	return []Control{make("majority", most), make("always search", string(intent.Search))}
}

// slotsOf tells of an expectation on what was understood whether a value was right,
// wrong or missed.
func slotsOf(e *Expectation, a *answered, ok bool) slotCount {
	if e.Property == allUnderstood {
		return slotCount{wrong: len(a.extra())}
	}
	if !strings.HasPrefix(e.Property, understood) || e.Property == understood+"language" {
		return slotCount{}
	}
	came := !empty(walk(a.fields, strings.Split(e.Property, ".")))
	s := slotCount{}
	if !e.want.absent {
		s.named++
		if !ok {
			s.missing++
		}
	}
	switch {
	case ok && came:
		s.right++
	case !ok && came:
		s.wrong++
	}
	return s
}
