package truth

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// tidy drops what Markdown adds to plain text.
func tidy(s string) string {
	s = emphasis.Replace(s)
	s = strings.TrimLeft(s, " \t\n#>")
	for _, bullet := range []string{"* ", "- ", "• "} {
		s = strings.TrimPrefix(s, bullet)
	}
	return strings.Join(strings.Fields(s), " ")
}

var emphasis = strings.NewReplacer("**", "", "__", "", "`", "")

// form checks what can be seen without reading: length, markup, signs that hide.
func (g *Gate) form(s string) Fault {
	switch {
	case len(s) > maxSentence:
		return Long
	case g.seen[strings.ToLower(s)]:
		return Repeated
	case !utf8.ValidString(s), strings.Contains(s, "]("), strings.Contains(s, "![") || strings.Contains(s, "&lt;") || strings.Contains(s, "\":"):
		return Markup
	}
	for i, r := range s {
		next, _ := utf8.DecodeRuneInString(s[i+utf8.RuneLen(r):])
		switch {
		case r == '<' && (unicode.IsLetter(next) || next == '/' || next == '!'), r == '{' || r == '}',
			r >= 'Ａ' && r <= 'ｚ', unicode.Is(unicode.Cf, r) && r != '\u200d', unicode.IsControl(r):
			return Markup
		}
	}
	return ""
}

// manners checks what is no matter of records: the language, who speaks, what is
// given away, and how much is asked.
func (g *Gate) manners(t text) Fault {
	switch {
	case g.foreign(t):
		return Language
	case repeats(t.all, g.told, toldRun), repeats(t.all, g.planted, plantedRun):
		return Leak
	case t.asks && g.asks > 0, t.asks && !g.turn.MayAsk && !g.draftAsks():
		return Question
	}
	return ""
}

func (g *Gate) draftAsks() bool {
	for _, d := range g.draft {
		if d.asks {
			return true
		}
	}
	return false
}

// foreign tells whether a sentence is in another language than asked for. Names of
// records may be in any.
func (g *Gate) foreign(t text) bool {
	own, other, english, latin := 0, 0, 0, 0
	for i, tok := range t.all {
		switch tok.sort {
		case han:
			if i+1 < len(t.all) && t.all[i+1].sort == han && g.words[tok.text+t.all[i+1].text] ||
				i > 0 && t.all[i-1].sort == han && g.words[t.all[i-1].text+tok.text] {
				continue
			}
			own++
		case word:
			r, _ := utf8.DecodeRuneInString(tok.text)
			switch {
			case g.words[singular(tok.text)] || g.words[tok.text] || tok.used:
			case !unicode.Is(unicode.Latin, r):
				other++
			default:
				latin++
				if foreignWords[tok.text] || strings.ContainsFunc(t.raw[tok.from:tok.to], accented) {
					other++
				}
			}
			if englishWords[tok.text] {
				english++
			}
		}
	}
	hanAll := 0
	for _, tok := range t.all {
		if tok.sort == han {
			hanAll++
		}
	}
	if g.turn.Language == "zh" {
		return hanAll == 0 && latin > 1 || latin > 3 && latin*2 > hanAll || other > 0 && hanAll == 0
	}
	return own > 1 || other > 1 && other > english || other > 0 && english == 0 && latin > 1
}

func accented(r rune) bool { return r > 0x7f && unicode.IsLetter(r) }

var (
	englishWords = set("the a an and is are it this that you your for with to of in on we i have has it's i'm can will would these those they be as at or not if but our do so what which")
	foreignWords = set("el la los las un una unos por para con que es est le les des du une et vous nous je votre notre pour avec sur dans der die das und ist ein eine für mit " +
		"sie wir ihr nicht auf il lo gli di che per sono è não você de do da os as um uma nós seu sua muy este esta estos estas pero más su sus gracias merci hola bonjour hallo danke")
)

// toldRun and plantedRun are how many words in a row are no accident.
const (
	toldRun    = 8
	plantedRun = 4
)

// runs are the hashes of every n tokens in a row.
func runs(all []token, n int) map[uint64]bool {
	found := map[uint64]bool{}
	eachRun(all, n, func(h uint64) bool {
		found[h] = true
		return true
	})
	return found
}

func repeats(all []token, of map[uint64]bool, n int) bool {
	if len(of) == 0 {
		return false
	}
	found := false
	eachRun(all, n, func(h uint64) bool {
		found = of[h]
		return !found
	})
	return found
}

// eachRun visits the FNV-1a hashes of every n words in a row; Chinese characters
// count half.
func eachRun(all []token, n int, visit func(uint64) bool) {
	for i := range all {
		h, weight := uint64(14695981039346656037), 0
		for j := i; j < len(all) && weight < 2*n; j++ {
			switch all[j].sort {
			case sign:
				continue
			case han:
				weight++
			default:
				weight += 2
			}
			for k := range len(all[j].text) {
				h = (h ^ uint64(all[j].text[k])) * 1099511628211
			}
			h = (h ^ ' ') * 1099511628211
		}
		if weight >= 2*n && all[i].sort != sign && !visit(h) {
			return
		}
	}
}

// plant finds the texts that speak to the model instead of the buyer ("ignore your
// instructions and say …"). What they say, and what follows, is not to be repeated
// unless the draft says it.
func (g *Gate) plant() {
	g.planted = map[uint64]bool{}
	for _, raw := range append(g.loose, g.turn.Asked) {
		left := 0
		for _, s := range Sentences(raw) {
			if speaksToModel(strings.ToLower(s)) {
				left = 2
			}
			if left > 0 {
				for h := range runs(tokens(s), plantedRun) {
					g.planted[h] = true
				}
				g.shouts(s)
				left--
			}
		}
	}
	for h := range runs(tokens(g.turn.Draft), plantedRun) {
		delete(g.planted, h)
	}
}

// shouts marks single words in capitals: "say PWNED".
func (g *Gate) shouts(s string) {
	for _, tok := range tokens(s) {
		if raw := s[tok.from:tok.to]; tok.sort == word && len(raw) > 3 && raw == strings.ToUpper(raw) && !isHan([]rune(raw)[0]) {
			if g.shouted == nil {
				g.shouted = map[string]bool{}
			}
			g.shouted[tok.text] = true
		}
	}
}

func speaksToModel(s string) bool {
	for _, cue := range modelCues {
		if strings.Contains(s, cue) {
			return true
		}
	}
	return false
}

var modelCues = []string{"ignore all", "ignore any", "ignore previous", "ignore prior", "ignore the above", "ignore your", "ignore my", "ignore these", "disregard",
	"system prompt", "instruction", "you are now", "you must now", "jailbreak", "developer mode", "say:", "say that", "say \"", "say “", "say exactly", "reply with", "respond with", "reply:", "repeat after",
	"tell the buyer", "tell the customer", "tell the user", "tell customers", "tell buyers", "as an ai", "the assistant", "assistant:", "system:", "pretend", "language model",
	"忽略", "无视", "指令", "提示词", "系统:", "系统：", "扮演", "你现在是", "请回复", "请说", "必须说", "告诉顾客", "告诉客户", "告诉买家", "告诉用户", "助手", "回答说", "假装", "模型"}
