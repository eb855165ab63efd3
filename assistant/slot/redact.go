package slot

import "regexp"

// personal are the forms of what tells who somebody is, in the order in which they
// are taken out, and what takes their place. Digits may be of full width.
var personal = []struct {
	form *regexp.Regexp
	by   string
}{
	{regexp.MustCompile(`(?i)[a-z0-9._%+-]+[@＠][a-z0-9-]+(?:\.[a-z0-9-]+)+`), "[email]"},
	{regexp.MustCompile(`(?i)\b(?:1z[0-9a-z]{16}|sf[0-9０-９]{12,13}|[a-z]{2}[0-9]{9}[a-z]{2})\b`), "[tracking]"},
	{regexp.MustCompile(`(?i)\b[0-9０-９]{17}[0-9０-９x]\b`), "[card]"},
	{regexp.MustCompile(`(?i)\b((?:order|purchase|invoice|ord|po)s?\s*(?:number|no\.?|id)*[\s:：]*(?:is\s+)?)#?[a-z]{0,5}-?[0-9０-９][0-9a-z０-９/_-]{2,}`), "${1}[order]"},
	{regexp.MustCompile(`(?i)((?:订单|訂單|单号|單號|编号|編號)(?:编号|號|号|号码)?\s*(?:是|为|：|:)*\s*)#?[a-z]{0,5}-?[0-9０-９][0-9a-z０-９/_-]{2,}`), "${1}[order]"},
	{regexp.MustCompile(`[0-9０-９]{4}(?:[ -]?[0-9０-９]{4}){2,3}(?:[ -]?[0-9０-９]{1,4})?`), "[card]"},
	{regexp.MustCompile(`[+＋]?[(（]?[0-9０-９](?:[ ().（）－-]{0,2}[0-9０-９]){6,}`), "[number]"},
	{regexp.MustCompile(`(?i)((?:尾号|末[四4][位码]|后[四4][位码]|ending(?: in| with)?|ends (?:in|with)|last (?:four|4)(?: digits)?)[^0-9０-９\[\]]{0,8})[0-9０-９]{3,4}`), "${1}[number]"},
	{regexp.MustCompile(`(?i)#?\b[a-z]{1,4}-[0-9０-９]{4,}(?:[-/][0-9０-９]+)*|#[0-9０-９]{4,}`), "[order]"},
	{regexp.MustCompile(`(?i)\b[0-9]{1,5}[a-z]?,? (?:[\p{L}.'-]+ ){1,3}(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|boulevard|blvd|way|court|ct|square|terrace|place)\b\.?(?:,? *(?:apt|apartment|flat|unit|suite) *#?[0-9a-z]+)?`), "[address]"},
	{regexp.MustCompile(`(?:\p{Han}{2,8}(?:省|自治区))?(?:\p{Han}{2,6}市)?(?:\p{Han}{1,6}[区县區縣])?\p{Han}{1,8}(?:路|街|大道|巷|弄|胡同|道)[0-9０-９一二三四五六七八九十百]+(?:号|號|弄)(?:[0-9０-９a-zA-Z一二三四五六七八九十-]+(?:号楼|栋|幢|单元|室|楼|层|号|座))*`), "[address]"},
	{regexp.MustCompile(`\p{Han}{2,8}(?:小区|花园|公寓|大厦|村|苑)[0-9０-９一二三四五六七八九十]+(?:号楼|栋|幢|单元|号)(?:[0-9０-９a-zA-Z一二三四五六七八九十-]+(?:号楼|栋|幢|单元|室|楼|层|号|座))*`), "[address]"},
}

// Redact takes addresses of mail, phone, card, order and parcel numbers and, roughly,
// postal addresses out of a text, for logs and for what others may come to read.
// A word in brackets says what stood there. Names of people stay. Redacting what is
// redacted changes nothing.
func Redact(text string) string {
	for { // what is taken out may lay bare another; each round leaves fewer digits or at signs
		before := text
		for _, p := range personal {
			if p.by == "[number]" {
				text = p.form.ReplaceAllStringFunc(text, hideNumber)
				continue
			}
			text = p.form.ReplaceAllString(text, p.by)
		}
		if text == before {
			return text
		}
	}
}

// hideNumber hides what is written like a phone number, unless it is a day or a range
// of prices.
func hideNumber(written string) string {
	if impersonalForm.MatchString(written) {
		return written
	}
	return "[number]"
}
