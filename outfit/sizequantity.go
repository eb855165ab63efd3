package outfit

// Units of lengths and weights, in cm and kg.
const (
	pound = .45359237
	stone = 14 * pound
)

var unitWorth = map[string]float64{"cm": 1, "mm": .1, "m": 100, "ft": 12 * inch, "in": inch, "chi": 100. / 3, "cun": 10. / 3, "kg": 1, "lb": pound, "jin": .5, "st": stone}

func isMass(u string) bool { return u == "kg" || u == "lb" || u == "jin" || u == "st" }

// quantities joins numbers with their units, in place: 5 foot 6, 1米65, 2尺6, 9 stone
// 4, 58-60kg, one hundred thirty pounds. A quantity's unit stands in is, empty where it
// has none. What a label or a price counts becomes other.
func quantities(tokens []token) []token {
	out := tokens[:0]
	for i := 0; i < len(tokens); {
		t := tokens[i]
		i++
		if t.kind == numberToken {
			if t.is == "word" {
				t, i = spokenNumber(tokens, i-1)
			}
			t, i = withUnit(t, tokens, i)
			if isLabel(out) || i < len(tokens) && isCounted(&tokens[i]) {
				t.kind = otherToken
			}
		}
		out = append(out, t)
	}
	return ranges(out)
}

// isLabel tells whether a number behind these tokens is a size's label: size 8.
func isLabel(before []token) bool {
	n := len(before)
	return n > 0 && (before[n-1].text == "size" || before[n-1].text == "sizes") && (n == 1 || before[n-2].kind != nameToken)
}

// isCounted tells whether what follows a number makes it no measure: 元, 38码, 34B.
func isCounted(next *token) bool {
	return next.kind == countToken || next.glued && (next.is == "label" || next.kind == otherToken && next.text != "" && next.text[0] < 0x80)
}

// spokenNumber joins the words of a number: one hundred and thirty.
func spokenNumber(tokens []token, i int) (token, int) {
	t := token{kind: numberToken}
	for ; i < len(tokens); i++ {
		w := tokens[i]
		switch joins := i+1 < len(tokens) && tokens[i+1].is == "word"; {
		case w.kind == moreToken && t.x >= 100 && joins:
		case w.is != "word" || w.kind != numberToken || w.x < 100 && t.x > 0 && int(t.x)%100 != 0 && (int(t.x)%10 != 0 || w.x > 9):
			return t, i
		case w.x == 100:
			t.x = max(t.x, 1) * 100
		default:
			t.x += w.x
		}
	}
	return t, i
}

// peek is the token at a place, or one that is nothing.
func peek(tokens []token, i int) *token {
	if i < 0 || i >= len(tokens) {
		return &token{kind: commaToken}
	}
	return &tokens[i]
}

// withUnit reads the unit of a number, which tokens[i] follows, and the smaller unit
// behind.
func withUnit(t token, tokens []token, i int) (token, int) {
	for peek(tokens, i).kind == aboutToken && (peek(tokens, i+1).kind == unitToken || peek(tokens, i).text != "半") {
		i++
	}
	if peek(tokens, i).kind != unitToken {
		return t, i
	}
	t.is = tokens[i].is
	whole := t.digits > 0 || t.x == float64(int(t.x))
	t.x *= unitWorth[t.is]
	i++
	if !whole {
		return t, i
	}
	j := i
	if t.is == "ft" && peek(tokens, j).kind == moreToken && peek(tokens, j+2).is == "in" {
		j++
	}
	if peek(tokens, j).is == "word" {
		tokens[j].is = ""
	}
	rest := peek(tokens, j)
	if rest.kind != numberToken || rest.is != "" {
		return t, i
	}
	following := peek(tokens, j+1)
	small, ok := smaller(t.is, rest, following)
	if !ok {
		return t, i
	}
	t.x += small
	for i = j + 1; peek(tokens, i).kind == aboutToken; i++ {
	}
	if following.kind == unitToken {
		i = j + 2
	}
	return t, i
}

// smaller is what a number behind a unit adds to it, in cm or kg: the inches of feet,
// 65 of 1米65, 7 of 1米7, the pounds of stones.
func smaller(u string, rest, following *token) (x float64, ok bool) {
	bare := following.kind != unitToken
	switch {
	case u == "ft" && rest.x < 12 && (bare || following.is == "in"):
		return rest.x * inch, true
	case u == "st" && rest.x < 14 && (bare || following.is == "lb"):
		return rest.x * pound, true
	case u == "m" && bare && rest.digits == 2, u == "m" && rest.digits == 2 && following.is == "cm":
		return rest.x, true
	case u == "m" && bare && rest.digits == 1:
		return 10 * rest.x, true
	case u == "chi" && rest.digits == 1 && (bare || following.is == "cun"):
		return rest.x * 10 / 3, true
	}
	return 0, false
}

// ranges takes the middle of 58-60 kg, in place; 88-66-92 and 165-55 are none.
func ranges(tokens []token) []token {
	out := tokens[:0]
	for i := 0; i < len(tokens); i++ {
		t := tokens[i]
		dash, to := peek(tokens, i+1), peek(tokens, i+2)
		alone := peek(tokens, i+3).kind != slashToken && (len(out) == 0 || out[len(out)-1].kind != slashToken)
		if t.kind == numberToken && dash.kind == slashToken && dash.text != "/" && to.kind == numberToken && alone {
			low := t.x
			if t.is == "" && to.is != "" {
				low *= unitWorth[to.is]
			}
			if low < to.x && to.x < 1.2*low && (t.is == "" || t.is == to.is) {
				to.x = (low + to.x) / 2
				t, i = *to, i+2
			}
		}
		out = append(out, t)
	}
	return out
}
