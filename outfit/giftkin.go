package outfit

import (
	"strings"

	"honeyguide/packs"
)

// whose are the Chinese words that make a name of kin out of one character: 我哥.
const whose = "我咱俺你他她"

// kinNames are what Chinese speakers call relatives in one character, which is a
// name only behind the characters of before, and relatives whose longer names
// begin with such a one but are somebody else.
var kinNames = []struct{ recipient, before, names, longer string }{
	{"brother", whose + "老大二三", "哥弟", "妹夫 堂哥 堂弟"},
	{"sister", whose + "老大二三", "姐妹嫂", "弟妹 弟媳 堂姐 堂妹"},
	{"sister", whose + "大小", "姨姑", "舅妈 姑妈 婶婶 伯母"},
	{"brother", whose + "大小", "叔舅伯", "姑父 姨父 姑丈 姨丈"},
	{"sister", "小", "妹", ""},
	{"brother", "小", "弟", ""},
	{"father", whose + "老", "爸爹", ""},
	{"mother", whose + "老", "妈娘", ""},
	{"grandfather", whose, "爷", ""},
	{"grandmother", whose, "奶", ""},
}

// learnKin adds the names of kin that the packs do not have.
func (g *Giver) learnKin() {
	add := func(key, name string) {
		if _, ok := g.words.Get(name); !ok {
			g.words.Add(name, said{recipient, key})
		}
	}
	for _, kin := range kinNames {
		for _, before := range kin.before {
			for _, name := range kin.names {
				add(kin.recipient, string(before)+string(name))
			}
		}
		for name := range strings.FieldsSeq(kin.longer) {
			add(kin.recipient, name)
		}
	}
}

// isOfChild tells whether a boy or girl is named in English, where that is mostly
// a child; in Chinese 女孩 may as well be a woman.
func isOfChild(tokens []packs.Token) bool {
	for i, t := range tokens {
		if isOneOf(t.Text, "boy", "boys", "girl", "girls") && !isOneOf(word(tokens, i-1), "birthday", "my", "party", "hen") {
			return true
		}
	}
	return false
}
