package outfit

import (
	"slices"
	"strings"

	"honeyguide/catalog/words"
)

// ReadBody reads the measures that a text names, in English and Chinese and in any of
// the usual units, to cm and kg: 5'6" and 140 lb, 身高165体重100斤, "waist 30", 88-66-92,
// "I'm 170 and weigh 62", 2尺6. A number is read only where the text tells that it is a
// body's; prices, labels, ages and the sides of things are not, nor is what no body has.
// Of several persons the first is read. The sides of a bed and the number of people of a
// household are read too, since things are sized by them; an age is not.
func ReadBody(text string) map[string]float64 {
	r := newBodyReader(words.Fold(text))
	r.readNamed()
	r.readTriples()
	r.readHeights()
	r.readWeights()
	return r.measures()
}

// bodyReader binds the numbers of a text to measures.
type bodyReader struct {
	tokens  []token
	used    []bool // names and numbers that are bound
	got     map[string]token
	chinese bool
	small   bool // it is of a child or an animal
	bodily  bool // it speaks of a body or its size
}

var oneWord = strings.NewReplacer("under bust", "underbust", "under-bust", "underbust")

func newBodyReader(text string) *bodyReader {
	text = oneWord.Replace(text)
	r := &bodyReader{tokens: quantities(measureWords.split(text)), got: map[string]token{}}
	r.used = make([]bool, len(r.tokens))
	r.chinese = strings.ContainsFunc(text, func(c rune) bool { return c >= 0x4e00 && c <= 0x9fff })
	bare := true
	for i := range r.tokens {
		t := &r.tokens[i]
		r.small = r.small || t.kind == personToken && t.is == "small"
		r.bodily = r.bodily || t.is == "asks" || t.is == "label" || t.kind == numberToken && r.ofPerson(i)
		bare = bare && t.kind != otherToken && t.kind != countToken && t.kind != timesToken
	}
	r.bodily = r.bodily || bare // nothing else is spoken of
	return r
}

// ofPerson tells whether a person stands before a number: "I'm 170", 我170.
func (r *bodyReader) ofPerson(i int) bool {
	for i--; peek(r.tokens, i).kind == linkToken; i-- {
	}
	return peek(r.tokens, i).kind == personToken
}

// ofThing tells whether a thing, not a body, is what a name or number at a place is of:
// the word before, past numbers and what links them.
func (r *bodyReader) ofThing(i int) bool {
	for i--; peek(r.tokens, i).kind == linkToken || peek(r.tokens, i).kind == numberToken; i-- {
	}
	before := peek(r.tokens, i).kind
	return before == otherToken || before == countToken || before == timesToken
}

// isFree tells whether nothing follows a number that it counts: "a 5 foot tree", 10斤大米.
func (r *bodyReader) isFree(i int) bool {
	for i++; ; i++ {
		switch t := peek(r.tokens, i); t.kind {
		case linkToken, aboutToken:
		case knownToken:
			if t.text != "的" {
				return true
			}
		case otherToken, countToken, timesToken:
			return false
		default:
			return true
		}
	}
}

// readNamed binds the numbers that stand behind names, or before them: "waist 30", "30
// inch waist", 三围 86 66 90, "bust/waist/hips: 36/28/38".
func (r *bodyReader) readNamed() {
	for i := 0; i < len(r.tokens); i++ {
		if r.tokens[i].kind != nameToken || r.used[i] {
			continue
		}
		names, end := r.namesFrom(i)
		numbers := r.numbersFrom(end, len(names))
		switch {
		case len(names) == 1 && r.isBefore(i, numbers):
			r.bindBefore(i)
		case len(names) > 1 && len(numbers) == len(names):
			r.bindAll(names, numbers)
			for j := i; j < end; j++ {
				r.used[j] = true
			}
		case len(names) == 1 && len(numbers) == 1:
			r.bind(i, numbers[0])
		}
	}
}

// namesFrom are the measures of names that stand in a row.
func (r *bodyReader) namesFrom(i int) (names []string, end int) {
	for ; ; i++ {
		if t := peek(r.tokens, i); t.kind != nameToken {
			return names, i
		} else if t.is == "three" {
			return append(names, "chest", "waist", "hip"), i + 1
		} else {
			names = append(names, strings.TrimPrefix(t.is, "?"))
		}
		next := peek(r.tokens, i+1)
		if (next.kind == slashToken || next.kind == moreToken || next.kind == commaToken) && peek(r.tokens, i+2).kind == nameToken {
			i++
		}
		if peek(r.tokens, i+1).kind != nameToken {
			return names, i + 1
		}
	}
}

// numbersFrom are up to so many numbers in a row, behind what links them to a name.
func (r *bodyReader) numbersFrom(i, most int) (numbers []int) {
	for peek(r.tokens, i).kind == linkToken || peek(r.tokens, i).kind == aboutToken || most > 1 && peek(r.tokens, i).text == "的" {
		i++
	}
	for len(numbers) < most && peek(r.tokens, i).kind == numberToken && !r.used[i] {
		numbers = append(numbers, i)
		i++
		if k := peek(r.tokens, i).kind; (k == slashToken || k == moreToken || k == commaToken) && peek(r.tokens, i+1).kind == numberToken {
			i++
		}
	}
	return numbers
}

// isBefore tells whether a name's number stands before it.
func (r *bodyReader) isBefore(i int, behind []int) bool {
	j := i - 1
	if peek(r.tokens, j).text == "的" {
		j--
	}
	if peek(r.tokens, j).kind != numberToken || r.used[j] {
		return false
	}
	if _, ok := r.worth(strings.TrimPrefix(r.tokens[i].is, "?"), r.tokens[j]); !ok {
		return false
	}
	return len(behind) == 0 || !r.tokens[behind[0]].glued && peek(r.tokens, behind[0]+1).kind == nameToken
}

func (r *bodyReader) bindBefore(i int) {
	j := i - 1
	if r.tokens[j].kind != numberToken {
		j--
	}
	if peek(r.tokens, j-1).kind == timesToken && peek(r.tokens, j-2).kind == numberToken {
		j -= 2
	}
	r.bind(i, j)
}

// bind binds a number to a name, both by their places. Some names are of things too:
// these count only where a body is spoken of and no thing follows.
func (r *bodyReader) bind(named, number int) {
	measure, doubtful := strings.CutPrefix(r.tokens[named].is, "?")
	if last := max(named, number); doubtful && (r.ofThing(min(named, number)) || (number < named || measure == "weight") && !r.isFree(last)) {
		return
	}
	r.take(measure, r.tokens[number], number)
	if measure == "bed_width" && peek(r.tokens, number+1).kind == timesToken && peek(r.tokens, number+2).kind == numberToken {
		r.take("bed_length", r.tokens[number+2], number+2)
	}
}

// bindAll binds a list of numbers; the last one's unit is of all.
func (r *bodyReader) bindAll(names []string, numbers []int) {
	last := r.tokens[numbers[len(numbers)-1]].is
	for k, i := range numbers {
		t := r.tokens[i]
		if t.is == "" && (last == "in" || last == "cm") {
			t.is, t.x = last, t.x*unitWorth[last]
		}
		r.take(names[k], t, i)
	}
}

// take keeps a measure, if it can be one and is the first.
func (r *bodyReader) take(measure string, t token, i int) {
	if _, ok := r.worth(measure, t); !ok {
		return
	}
	r.used[i], r.bodily = true, true
	if _, twice := r.got[measure]; !twice {
		r.got[measure] = t
	}
}

// measures are what was read, in cm and kg.
func (r *bodyReader) measures() map[string]float64 {
	all := map[string]float64{}
	for measure, t := range r.got {
		if x, ok := r.worth(measure, t); ok {
			all[measure] = x
		}
	}
	return all
}

// readTriples reads chest, waist and hips out of 88-66-92.
func (r *bodyReader) readTriples() {
	for i := 0; i+4 < len(r.tokens); i++ {
		if r.tokens[i+1].kind != slashToken || r.tokens[i+3].kind != slashToken || peek(r.tokens, i-1).kind == slashToken || peek(r.tokens, i+5).kind == slashToken || r.ofThing(i) {
			continue
		}
		three := []int{i, i + 2, i + 4}
		if slices.ContainsFunc(three, func(j int) bool { return r.tokens[j].kind != numberToken || r.used[j] }) {
			continue
		}
		chest, waist, hip := r.tokens[i].x, r.tokens[i+2].x, r.tokens[i+4].x
		_, one := r.worth("chest", r.tokens[i])
		_, two := r.worth("hip", r.tokens[i+4])
		if one && two && waist < chest && waist < hip && waist > .5*chest {
			r.bindAll([]string{"chest", "waist", "hip"}, three)
		}
	}
}
