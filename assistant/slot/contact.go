package slot

import (
	"regexp"
	"strings"
)

// How contacts are written in folded text.
var (
	emailForm = regexp.MustCompile(`[a-z0-9][a-z0-9._%+-]*@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}`)
	linkForm  = regexp.MustCompile(`(?:https?://|www\.)[^\s，。；]+`)
	phoneForm = regexp.MustCompile(`\+?\(?\d[\d ().-]{5,}\d`)
	// endingForm is what leads to the last four digits of a phone, and they.
	endingForm = regexp.MustCompile(`(?:尾号|末(?:尾)?[四4]位(?:数|数字)?|末[四4]码|后(?:面)?[四4]位(?:数|数字)?|后[四4]码|尾数|end(?:s|ing)?(?: in| with| digits)?|last (?:four|4)(?: digits| numbers| of (?:my|the) (?:phone|mobile|number))*)` +
		`[ :：,，]{0,3}(?:of my phone |number |is |are |in |with |应该|就)?(?:是|为)?[ :]{0,2}(\d{4})(?:\D|$)`)
	trackForm = regexp.MustCompile(`\b(1z[0-9a-z]{16}|sf\d{12,13}|[a-z]{2}\d{9}[a-z]{2}|(?:yt|jt|zto|sto|jd[a-z]{0,3}|ems|db[a-z]{0,2})\d{10,15})\b`)
	// trackSaid is what leads to the number of a parcel, and it.
	trackSaid = regexp.MustCompile(`(?:track(?:ing)?(?: ?(?:number|no|code|id|#))*|waybill(?: (?:number|no))?|(?:快递|物流|运)单?号?(?:码)?|运单)[ .:：#是为,]{0,4}(?:is )?([a-z]{0,5}[0-9][0-9a-z-]{8,24})`)
	// impersonalForm are days and ranges of round prices, which look like phones.
	impersonalForm = regexp.MustCompile(`^(?:(?:19|20)\d\d[-.](?:0?[1-9]|1[0-2])[-.](?:0?[1-9]|[12]\d|3[01])|[1-9]\d{1,3}0 ?- ?[1-9]\d{1,3}0)$`)
	// separators may stand in a phone number.
	separators = strings.NewReplacer(" ", "", "-", "", "(", "", ")", "", ".", "")
)

// findContacts reads addresses of mail, parcels' numbers and phones.
func (r *reader) findContacts() {
	for _, at := range r.links() {
		r.markBytes(at[0], at[1], hidden)
	}
	if strings.Contains(r.folded, "@") {
		if at := emailForm.FindStringIndex(r.folded); at != nil {
			r.Email = r.folded[at[0]:at[1]]
			r.markBytes(at[0], at[1], hidden)
		}
	}
	if digitsIn(r.folded) < 4 {
		return
	}
	if r.contains(endingCues) {
		r.findEnding()
	}
	if digitsIn(r.folded) < 7 {
		return
	}
	r.findTracking()
	r.findPhone()
}

// links are where addresses of pages stand, whose numbers are no numbers of orders.
func (r *reader) links() [][]int {
	if !strings.Contains(r.folded, "://") && !strings.Contains(r.folded, "www.") {
		return nil
	}
	return linkForm.FindAllStringIndex(r.folded, -1)
}

// ends tells whether what stands before is not of a bank card.
func (r *reader) ends(at int) bool {
	before := r.folded[max(0, at-18):at]
	return !strings.Contains(before, "card") && !strings.Contains(before, "卡") && !strings.Contains(before, "order") && !strings.Contains(before, "订单")
}

// endingCues and trackCues are parts of what leads to an ending and to the number of a
// parcel: without them their forms need not be looked for.
var (
	endingCues = []string{"尾", "末", "后", "end", "last"}
	trackCues  = []string{"track", "waybill", "快递", "物流", "运"}
)

func (r *reader) findEnding() {
	if at := endingForm.FindStringSubmatchIndex(r.folded); at != nil && r.ends(at[0]) {
		r.PhoneEnding = r.folded[at[2]:at[3]]
		r.markBytes(at[0], at[3], hidden)
	}
}

func (r *reader) findTracking() {
	forms := []*regexp.Regexp{trackSaid, trackForm}
	if !r.contains(trackCues) {
		forms = forms[1:]
	}
	for _, form := range forms {
		at := form.FindStringSubmatchIndex(r.folded)
		if at != nil && r.unmarked(at[2], at[3]) {
			r.Tracking = strings.ToUpper(r.folded[at[2]:at[3]])
			r.markBytes(at[2], at[3], hidden)
			return
		}
	}
}

// findPhone takes what can only be a phone before what only may be one.
func (r *reader) findPhone() {
	for _, spoken := range []bool{false, r.has(phoneWords) || r.contains(phoneSaid)} {
		for _, at := range phoneForm.FindAllStringIndex(r.folded, -1) {
			if !r.unmarked(at[0], at[1]) || r.glued(at[0], at[1]) || spoken && orderSaid.MatchString(r.folded[:at[0]]) {
				continue
			}
			if number, ok := phone(r.folded[at[0]:at[1]], spoken); ok {
				r.Phone = number
				r.markBytes(at[0], at[1], hidden)
				return
			}
		}
	}
}

// glued tells whether a letter, or the rest of a code, touches a part of the text.
func (r *reader) glued(from, to int) bool {
	return from > 0 && isCode(r.folded[from-1]) || to < len(r.folded) && isCode(r.folded[to])
}

func isCode(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '/' || c == '_' || c == '#'
}

// unmarked tells whether nothing was made of a part of the text yet.
func (r *reader) unmarked(from, to int) bool {
	for i, t := range r.tokens {
		if t.Start < to && t.End > from && r.marks[i] != free {
			return false
		}
	}
	return true
}

var (
	phoneWords = set("phone mobile cell tel telephone call whatsapp sms text")
	phoneSaid  = []string{"my number", "电话", "手机", "号码", "联系"}
)

// phone is the number in what is written like one: with a +, a Chinese mobile
// number, or of 7 to 12 digits where the sentence speaks of phones.
func phone(written string, spoken bool) (number string, ok bool) {
	number = separators.Replace(written)
	digits := strings.TrimPrefix(number, "+")
	switch {
	case impersonalForm.MatchString(written):
		return "", false
	case number != digits:
		return number, len(digits) >= 8 && len(digits) <= 15
	case mobile(digits), len(digits) == 13 && strings.HasPrefix(digits, "86") && mobile(digits[2:]):
		return number, true
	case len(digits) == 10 && strings.ContainsAny(written, " -.()") && grouped(written):
		return number, true
	}
	return number, spoken && len(digits) >= 7 && len(digits) <= 12
}

// mobile tells whether digits are a number of a mobile phone in mainland China.
func mobile(digits string) bool {
	return len(digits) == 11 && digits[0] == '1' && digits[1] >= '3'
}

// grouped tells whether ten digits stand as 415-555-0132 or (415) 555-0132.
func grouped(written string) bool {
	parts := strings.FieldsFunc(written, func(c rune) bool { return c < '0' || c > '9' })
	return len(parts) == 3 && len(parts[0]) == 3 && len(parts[1]) == 3
}

func digitsIn(text string) int {
	n := 0
	for i := range len(text) {
		if text[i] >= '0' && text[i] <= '9' {
			n++
		}
	}
	return n
}
