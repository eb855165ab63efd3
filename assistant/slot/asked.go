package slot

import "strings"

var (
	askingFor = []string{"do you have", "have you got", "have it in", "is there", "available", "in stock", "do they have",
		"got it in", "got this in", "get it in", "get this in", "any in", "do you carry", "do you stock", "is size", "you have", "got them in", "left in", "there in"}
	askingHan = []string{"有没有", "有吗", "还有", "有货", "没货", "缺货", "断码", "缺码", "没有了"}
)

// askedSizes reads the sizes whose being there is asked for.
func (r *reader) askedSizes() {
	english := r.contains(askingFor) || (r.word(0) == "does" || r.word(0) == "do") && strings.Contains(r.folded, " come in")
	for i := 0; i < len(r.tokens); i++ {
		loose := english && (r.word(i-1) == "in" || isArticle(r.word(i-1)) && r.word(i-2) == "in" || r.word(i-1) == "or" && len(r.Asked) > 0) ||
			r.askedHan(i) || r.joinsAsked(i)
		size, end := r.sizeAt(i, loose)
		if end == i {
			continue
		}
		if english || r.contains(askingHan) || r.joinsAsked(i) || r.asks(end) || r.askedHan(i) {
			r.Asked = append(r.Asked, size)
			r.mark(i, end, claimed)
		}
		i = end - 1
	}
}

func isArticle(w string) bool { return w == "a" || w == "an" || w == "the" }

// askedHan tells whether what stands at a token is asked for: 有39吗, 有没有M.
func (r *reader) askedHan(i int) bool {
	before := r.word(i - 1)
	return before == "有" && r.word(i-2) != "只" && r.clauseAsks(i) && r.gap(i) == ""
}

// joinsAsked tells whether a size joins another in what is asked: M和L都有吗.
func (r *reader) joinsAsked(i int) bool {
	before := r.word(i - 1)
	return len(r.Asked) > 0 && (before == "和" || before == "或" || before == "者" || before == "跟") ||
		letterSizes[r.word(i)] != "" && (r.word(i+1) == "和" || r.word(i+1) == "跟") && strings.Contains(r.folded, "都有")
}

// clauseAsks tells whether the clause goes on to a question within a few words, or
// began as one.
func (r *reader) clauseAsks(i int) bool {
	if r.word(i-2) == "没" || r.word(i-2) == "还" {
		return true
	}
	for at := i + 1; at < len(r.tokens) && at < i+5 && !r.breaks(at); at++ {
		if r.word(at) == "吗" || r.word(at) == "么" || r.word(at) == "嘛" || r.word(at) == "没" {
			return true
		}
	}
	return false
}

// asks tells whether what follows a size asks for it: 38码呢, 38码有吗, 42的有货吗.
func (r *reader) asks(i int) bool {
	at := i + r.isWord(i, "的")
	switch r.word(at) {
	case "呢", "有", "还":
		return true
	}
	return false
}
