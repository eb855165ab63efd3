package words

import "strings"

// stopWords carry no meaning for finding products.
var stopWords = setOf(`a an the and or of in on at to for from by with is are be was were am
this that these those it its as your you our us we i me my he she his their they them
will would can could has have had do does did so if then than there here into any some`)

// particles are Chinese characters that only join words: they end a run.
const particles = "的了吗呢吧啊与及或"

// prefixes are single letters that form a word with the next one: t shirt,
// u neck, v neck, x large, e reader.
const prefixes = "tuvxe"

// units follow numbers.
var units = setOf(`gb tb mb ml cl l oz ounce ounces inch inches in cm mm m ft feet foot kg g mg lb lbs w v mah
ghz hz mhz mp pack pc pcs piece pieces ct count qt quart cup cups watt watts volt volts tc k`)

// irregular plurals, and possessives that shops write without an apostrophe.
var irregular = map[string]string{
	"men": "man", "mens": "man", "women": "woman", "womens": "woman",
	"children": "child", "childrens": "child", "feet": "foot", "mice": "mouse",
	"knives": "knife", "shelves": "shelf", "scarves": "scarf", "leaves": "leaf",
	"wolves": "wolf", "halves": "half", "loaves": "loaf", "teeth": "tooth",
}

func setOf(list string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(list) {
		set[word] = true
	}
	return set
}

func isStop(word string) bool { return stopWords[word] }

func isUnit(word string) bool { return units[word] }

// Stem brings an English plural to its singular and leaves other words alone.
// A fuller stemmer (Snowball) measured worse on shop queries: it joins words
// that shops keep apart, such as "organizer" and "organ".
func Stem(word string) string {
	n := len(word)
	if n < 3 || word[n-1] != 's' && word[n-1] != 'n' && word[n-1] != 't' && word[n-1] != 'e' && word[n-1] != 'h' {
		return word
	}
	if singular, ok := irregular[word]; ok {
		return singular
	}
	if n < 4 || word[n-1] != 's' {
		return word
	}
	switch {
	case strings.HasSuffix(word, "ies") && n > 4:
		return word[:n-3] + "y"
	case hasAnySuffix(word, "sses", "shes", "ches", "xes", "zzes"):
		return word[:n-2]
	case hasAnySuffix(word, "ss", "us", "is"):
		return word
	}
	return word[:n-1]
}

func hasAnySuffix(word string, suffixes ...string) bool {
	for _, s := range suffixes {
		if strings.HasSuffix(word, s) {
			return true
		}
	}
	return false
}

// cutUnit splits 16gb into 16 and gb. The unit is empty if word is nothing like it.
func cutUnit(word string) (number, unit string) {
	i := 0
	for i < len(word) && (isDigit(word[i]) || word[i] == '.') {
		i++
	}
	if i == 0 || !isUnit(word[i:]) {
		return word, ""
	}
	return word[:i], word[i:]
}

func isNumber(word string) bool {
	return word != "" && strings.Trim(word, "0123456789.") == ""
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isLetter(word string) bool {
	return len(word) == 1 && word[0] >= 'a' && word[0] <= 'z'
}
