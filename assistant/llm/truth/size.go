package truth

import "strings"

// sizeAt reads sizes: M, 2XL, "size 38", EU 42, UK8, 38码, "size medium".
func (t *text) sizeAt(i int) int {
	w := t.word(i)
	switch {
	case t.all[i].sort == digits && (t.word(i+1) == "xl" || t.word(i+1) == "xs") && !t.all[i+1].spaced:
		return t.add(claim{kind: size, text: w + t.word(i+1)}, i, t.sizeEnd(i+2))
	case t.all[i].sort == word && t.isLetterSize(i):
		return t.add(claim{kind: size, text: letterSize(w)}, i, t.sizeEnd(i+1))
	case w == "size" || w == "sizes" || w == "尺" && t.word(i+1) == "码":
		if next := t.namedSize(i); next > i {
			return next
		}
	case sizeSystems[w]:
		if n, ok := numeralAt(t.all, i+1); ok && !n.spelled && t.raw[t.all[i].from] <= 'Z' {
			return t.add(claim{kind: size, text: t.word(i + 1), unit: system(w)}, i, n.next)
		}
	case len(w) > 2 && len(w) < 7 && sizeSystems[w[:2]] && strings.Trim(w[2:], "0123456789") == "":
		return t.add(claim{kind: size, text: w[2:], unit: w[:2]}, i, i+1)
	case t.wordSize(i) != "":
		return t.add(claim{kind: size, text: t.wordSize(i)}, i, i+1)
	}
	return t.numberedSize(i)
}

// numberedSize reads 38码 and 42号, which may be the 24th of a month as well.
func (t *text) numberedSize(i int) int {
	n, ok := numeralAt(t.all, i)
	if !ok || n.spelled && !n.grouped {
		return i
	}
	c := claim{kind: size, text: t.all[i].text}
	if t.all[i].sort == han {
		c.text = trimFloat(n.value)
	}
	switch w := t.word(n.next); {
	case w == "码" && t.word(n.next+1) != "头":
		return t.add(c, i, n.next+1)
	case w == "号" && n.value < 60:
		if n.value <= 31 {
			c.day.day = int(n.value)
		}
		return t.add(c, i, n.next+1)
	}
	return i
}

// namedSize reads what follows the word "size", perhaps through "is" and 是.
func (t *text) namedSize(i int) int {
	j := i + 1
	if t.word(i) == "尺" {
		j = i + 2
	}
	if w := t.word(j); w == "is" || w == "are" || w == "是" || w == ":" || w == "为" {
		j++
	}
	if sizeSystems[t.word(j)] && t.word(j) != "us" || t.word(j) == "us" && t.whole(j+1) > 0 {
		j++
	}
	if s := sizeWords[t.word(j)]; s != "" {
		return t.add(claim{kind: size, text: s}, i, j+1)
	}
	if n, ok := numeralAt(t.all, j); ok && !n.spelled {
		return t.add(claim{kind: size, text: t.word(j)}, i, n.next)
	}
	return i
}

// wordSize reads "a medium would fit".
func (t *text) wordSize(i int) string {
	s := sizeWords[t.word(i)]
	if prev := t.word(i - 1); s == "" || prev != "a" && prev != "an" && prev != "the" {
		return ""
	}
	switch t.word(i + 1) {
	case "would", "should", "will", "fits", "fit", "is", "or", "if", ".", "size":
		return s
	}
	return ""
}

// isLetterSize tells whether a token is a size of letters that stands for itself,
// unlike the first of L-shaped or of M&S.
func (t *text) isLetterSize(i int) bool {
	tok := t.all[i]
	raw := t.raw[tok.from:tok.to]
	if letterSize(tok.text) == "" || raw != strings.ToUpper(raw) {
		return false
	}
	if tok.to < len(t.raw) && (t.raw[tok.to] == '-' || t.raw[tok.to] == '&') && i+1 < len(t.all) {
		return t.raw[tok.to] == '-' && letterSize(t.all[i+1].text) != ""
	}
	return !(tok.from > 0 && (t.raw[tok.from-1] == '&' || t.raw[tok.from-1] == '-' && t.all[i].sort == word && i > 0 && t.all[i-1].sort == word && letterSize(t.all[i-1].text) == ""))
}

// letterSize is the one spelling of a size of letters, or nothing: xxl is 2xl.
func letterSize(w string) string {
	switch w {
	case "s", "m", "l", "xs", "xl":
		return w
	}
	if n := len(w) - 1; n >= 2 && n <= 6 && strings.Trim(w[:n], "x") == "" && (w[n] == 'l' || w[n] == 's') {
		return string(rune('0'+n)) + "x" + w[n:]
	}
	return ""
}

func (t *text) sizeEnd(i int) int {
	if w := t.word(i); w == "码" || w == "号" {
		return i + 1
	}
	return i
}

func system(w string) string {
	if w == "eur" {
		return "eu"
	}
	return w
}

var (
	sizeSystems = set("eu eur uk us")
	sizeWords   = map[string]string{"small": "s", "medium": "m", "large": "l"}
)

// codeAt reads coupon codes, order numbers and names of models: SAVE20, SF1234567.
func (t *text) codeAt(i int) int {
	tok := t.all[i]
	raw := t.raw[tok.from:tok.to]
	coupon := t.before(i, 3, couponWords)
	switch {
	case tok.sort == digits && len(raw) >= 7 && strings.Trim(raw, "0123456789") == "":
	case tok.sort != word || len(raw) < 3 || raw != strings.ToUpper(raw):
		return i
	case !strings.ContainsAny(raw, "0123456789") && !coupon:
		return i
	}
	c := claim{kind: code, text: tok.text}
	if coupon {
		c.unit = "coupon"
	}
	return t.add(c, i, i+1)
}

var couponWords = set("code coupon voucher promo 优惠码 惠码 折扣码 扣码 口令 券码 惠券")
