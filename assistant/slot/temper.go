package slot

import (
	"strings"
	"unicode"
)

// fond are words of joy, which explain exclamation marks.
var fond = []string{"love", "great", "thank", "wow", "amazing", "perfect", "nice", "beautiful", "happy", "awesome", "good", "hello", "hi ", "haha", "yes",
	"谢", "喜欢", "好看", "太棒", "漂亮", "开心", "哈哈", "不错", "你好", "好的", "太好了", "爱", "美"}

// findTemper adds what is shouted to what expressions say: capitals, and three
// exclamation marks where there is no joy.
func (r *reader) findTemper() {
	if len(r.tokens) == 0 || r.contains(fond) {
		return
	}
	if shouted(r.text) && r.has(plain) {
		r.Anger++
	}
	if strings.Contains(r.folded, "!!!") {
		r.Anger++
	}
	r.Anger = min(r.Anger, 2)
}

// plain are words of sentences: names of things in capitals have none of them.
var plain = set("i im my you your is are isnt arent not why where when this the what how it was dont cant")

// shouted tells whether a text of three words or more is in capitals.
func shouted(text string) bool {
	upper, lower := 0, 0
	for _, c := range text {
		switch {
		case unicode.IsUpper(c):
			upper++
		case unicode.IsLower(c), unicode.Is(unicode.Han, c):
			lower++
		}
	}
	return upper >= 10 && lower*8 < upper && len(strings.Fields(text)) >= 3
}
