package intent

import (
	"math/rand/v2"
	"strings"
	"unicode"
)

// vary says a text as another buyer would type it: with a greeting or a courtesy,
// with a curse, without marks, shortened, mistyped.
func vary(text, label string, r *rand.Rand) string {
	chance := func(p float64) bool { return r.Float64() < p }
	one := func(of ...string) string { return of[r.IntN(len(of))] }
	isHan := strings.IndexFunc(text, func(c rune) bool { return unicode.Is(unicode.Han, c) }) >= 0
	wants := label != "unknown" && !strings.HasPrefix(label, "smalltalk")
	switch {
	case isHan:
		if wants && chance(0.25) {
			text = one("你好，", "您好 ", "在吗，", "亲，", "请问", "请问一下", "你好 请问", "hi ", "那个，", "我想问下", "客服，", "麻烦问下", "老板，") + text
		}
		if wants && chance(0.2) {
			text += one("，谢谢", "谢谢", "呢", "呀", "啊", "哦", " 亲", "，急", "？？", "~", "哈", "吗？", "。")
		}
		if chance(0.08) {
			text = without(text, r)
		}
	default:
		if wants && chance(0.2) {
			text = one("hi, ", "hello ", "hey ", "good morning, ", "excuse me, ", "hi there, ", "ok ", "so ", "um ", "sorry but ", "hello can you help, ") + text
		}
		if wants && chance(0.15) {
			text += one(" please", " pls", " thanks", ", thank you", " asap", " ??", " thx", " mate", ", help", " can you help me?", ", could you help me")
		}
		if wants && chance(0.08) {
			text = insert(text, one("fucking", "bloody", "damn", "goddamn", "freaking", "stupid"), r)
		}
		if chance(0.2) {
			text = shorten.Replace(text)
		}
		if chance(0.35) {
			text = mistype(text, r)
		}
		if chance(0.05) {
			text = mistype(text, r)
		}
	}
	if chance(0.3) {
		text = strings.Map(func(c rune) rune {
			if strings.ContainsRune("?!,.？！，。'", c) {
				return -1
			}
			return c
		}, text)
	}
	return text
}

var shorten = strings.NewReplacer("you", "u", "your", "ur", "please", "pls", "are", "r", "want to", "wanna", "because", "cuz", "going to", "gonna", "tomorrow", "tmrw", "and", "&", "don't", "dont")

func insert(text, word string, r *rand.Rand) string {
	fields := strings.Fields(text)
	at := r.IntN(len(fields)) + 1
	return strings.Join(append(append(append([]string{}, fields[:at]...), word), fields[at:]...), " ")
}

// without drops one character.
func without(text string, r *rand.Rand) string {
	all := []rune(text)
	if len(all) < 5 {
		return text
	}
	at := r.IntN(len(all))
	return string(all[:at]) + string(all[at+1:])
}

// mistype swaps, drops, doubles or replaces a letter, or joins two words.
func mistype(text string, r *rand.Rand) string {
	all := []rune(text)
	if len(all) < 5 {
		return text
	}
	at := 1 + r.IntN(len(all)-2)
	switch r.IntN(5) {
	case 0:
		all[at], all[at+1] = all[at+1], all[at]
	case 1:
		return string(all[:at]) + string(all[at+1:])
	case 2:
		return string(all[:at]) + string(all[at]) + string(all[at:])
	case 3:
		all[at] = rune('a' + r.IntN(26))
	default:
		if i := strings.IndexByte(text[at:], ' '); i >= 0 {
			return text[:at+i] + text[at+i+1:]
		}
	}
	return string(all)
}
