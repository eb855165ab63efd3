package outfit

import (
	"strconv"

	"honeyguide/packs"
)

// ageIn finds the age that a text names, in whole years: "a 7 year old", 五岁,
// "her 30th birthday", "6 months old".
func ageIn(tokens []packs.Token) (years int, ok bool) {
	for i := range tokens {
		n, count := numberIn(tokens[i:])
		if count == 0 || n > maxAge {
			continue
		}
		switch at := i + count; {
		case isOneOf(word(tokens, at), "岁", "歲", "yo", "yrs", "大寿") || word(tokens, at) == "周" && word(tokens, at+1) == "岁",
			isOneOf(word(tokens, at), "year", "years", "yr") && word(tokens, at+1) == "old",
			word(tokens, at) == "大" && word(tokens, at+1) == "寿",
			isOneOf(word(tokens, at), "st", "nd", "rd", "th") && word(tokens, at+1) == "birthday",
			isOneOf(word(tokens, i-1), "aged", "age", "turning", "turns", "turned"):
			return n, true
		case isOneOf(word(tokens, at), "month", "months") && word(tokens, at+1) == "old", word(tokens, at) == "个" && word(tokens, at+1) == "月" && word(tokens, at+2) == "大":
			return n / 12, true
		}
	}
	return 0, false
}

// word is the text of a token, or nothing outside the text.
func word(tokens []packs.Token, i int) string {
	if i < 0 || i >= len(tokens) {
		return ""
	}
	return tokens[i].Text
}

func isOneOf(w string, of ...string) bool {
	for _, o := range of {
		if w == o {
			return true
		}
	}
	return false
}

var (
	smallWords = []string{"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
		"thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"}
	tensWords = []string{"", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"}
	hanDigits = map[string]int{"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
)

// numberIn reads the whole number that tokens begin with and how many of them
// it takes, 0 if none: 12, twelve, twenty five, 十二, 二十五.
func numberIn(tokens []packs.Token) (n, count int) {
	first := word(tokens, 0)
	if v, err := strconv.Atoi(first); err == nil {
		return v, 1
	}
	for v, w := range smallWords {
		if first == w {
			return v, 1
		}
	}
	for v, w := range tensWords {
		if w != "" && first == w {
			for unit, w := range smallWords[1:10] {
				if word(tokens, 1) == w {
					return v*10 + unit + 1, 2
				}
			}
			return v * 10, 1
		}
	}
	return hanNumber(tokens)
}

// hanNumber reads a number of Chinese characters up to 99.
func hanNumber(tokens []packs.Token) (n, count int) {
	if d, ok := hanDigits[word(tokens, 0)]; ok {
		n, count = d, 1
	}
	if word(tokens, count) != "十" {
		return n, count
	}
	n, count = max(n, 1)*10, count+1
	if d, ok := hanDigits[word(tokens, count)]; ok {
		n, count = n+d, count+1
	}
	return n, count
}
