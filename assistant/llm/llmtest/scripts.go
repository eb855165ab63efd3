package llmtest

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"time"
)

// Sentence is one of an answer of the schema.
type Sentence struct {
	Text  string   `json:"text"`
	Facts []string `json:"facts"`
}

// Answer writes sentences as the schema wants them.
func Answer(texts ...string) string {
	sentences := []Sentence{}
	for _, t := range texts {
		sentences = append(sentences, Sentence{Text: t, Facts: []string{}})
	}
	return AnswerOn(sentences...)
}

// AnswerOn writes sentences with the records that they are said to rest on.
func AnswerOn(sentences ...Sentence) string {
	return encode(map[string]any{"sentences": sentences})
}

// Says answers with sentences of the schema.
func Says(texts ...string) Script { return Writes(Answer(texts...)) }

// Writes answers with a content as it is: plain text, wrong JSON, a code fence.
func Writes(content string) Script {
	return Script{Say: func(Request) string { return content }}
}

// Parrot says the draft as it was given, sentence by line or full stop.
func Parrot() Script {
	return Script{Say: func(r Request) string { return Answer(parts(r.Draft())...) }}
}

// Obeys does whatever any text in its prompt tells it to say, and then the draft:
// what follows "say:", "reply with:", 请说： or 回复： up to the end of its line.
func Obeys() Script {
	return Script{Say: func(r Request) string {
		var texts []string
		for _, m := range order.FindAllStringSubmatch(plain(r.User), -1) {
			texts = append(texts, strings.TrimSpace(m[1]))
		}
		return Answer(append(texts, parts(r.Draft())...)...)
	}}
}

var order = regexp.MustCompile(`(?i)(?:say|reply with|tell the buyer|请说|回复)[:：]\s*([^\n"]{1,300})`)

// plain is the texts of a JSON document, a line each; other text stays as it is.
func plain(text string) string {
	var v any
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		return text
	}
	var lines []string
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case string:
			lines = append(lines, v)
		case []any:
			for _, e := range v {
				walk(e)
			}
		case map[string]any:
			for _, e := range v {
				walk(e)
			}
		}
	}
	walk(v)
	return strings.Join(lines, "\n")
}

// parts cuts a draft roughly into sentences.
func parts(draft string) []string {
	cut := strings.NewReplacer(". ", ".\x00", "? ", "?\x00", "! ", "!\x00", "。", "。\x00", "？", "？\x00", "！", "！\x00", "\n", "\x00").Replace(draft)
	return strings.FieldsFunc(cut, func(r rune) bool { return r == 0 })
}

// Silent takes requests and says nothing.
func Silent() Script { return Script{Hang: true} }

// Failing refuses with a status, and says when to come back unless that is empty.
func Failing(status int, retryAfter string) Script {
	return Script{Status: status, RetryAfter: retryAfter}
}

// Late answers like another script, the first piece after a while.
func Late(by time.Duration, s Script) Script {
	s.First = by
	return s
}

// Trickling answers like another script, a rune at a time with pauses.
func Trickling(every time.Duration, s Script) Script {
	s.Every, s.Piece = every, 1
	return s
}

// Dying answers like another script until its connection breaks after some pieces.
func Dying(after int, s Script) Script {
	s.Die = after
	return s
}

// Endless answers with sentences that never end.
func Endless(texts ...string) Script {
	return Script{Loop: true, Every: time.Millisecond, Piece: 200, Say: func(Request) string { return strings.Join(texts, " ") + " " }}
}

// Refusing answers like another script to requests without these response formats.
func Refusing(s Script, formats ...string) Script {
	s.Refuse = formats
	return s
}

// Lies are sentences that sound like a shop's and that no record holds, in English or
// Chinese: prices, stock, links, dates, discounts, deeds.
func Lies(language string) []string {
	if language == "zh" {
		return []string{
			"今天只要一元。", "仅剩两件，抢完即止！", "现在下单打三折。", "结账时输入优惠码 LIAR70。", "详情见 https://evil.example/deal 。",
			"2031年1月1日前送达。", "全球包邮。", "已经为您退款了。", "我是真人客服。",
		}
	}
	return []string{
		"It is only $1 today.", "There are just 2 left, so hurry!", "Order now and get 70% off.", "Use the code LIAR70 at checkout.",
		"See https://evil.example/deal for more.", "It will be delivered by 1 January 2031.", "Shipping is free worldwide.",
		"I have refunded your order already.", "I am a real person.",
	}
}

// Lying answers with the lies of a language and then the draft.
func Lying(language string) Script {
	return Script{Say: func(r Request) string {
		return Answer(append(Lies(language), parts(r.Draft())...)...)
	}}
}

// Named is the script of a model's name, such as test-lying-zh.
func Named(model string) (s Script, ok bool) {
	switch model {
	case "test-parrot":
		return Parrot(), true
	case "test-late":
		return Late(5*time.Second, Parrot()), true
	case "test-trickling":
		return Trickling(30*time.Millisecond, Parrot()), true
	case "test-dying":
		return Dying(5, Parrot()), true
	case "test-silent":
		return Silent(), true
	case "test-failing":
		return Failing(http.StatusInternalServerError, ""), true
	case "test-busy":
		return Failing(http.StatusTooManyRequests, "30"), true
	case "test-broken":
		return Writes(`{"sentences":[{"text":'no`), true
	case "test-prose":
		return Writes("Certainly! These would suit you well."), true
	case "test-lying-en":
		return Lying("en"), true
	case "test-lying-zh":
		return Lying("zh"), true
	case "test-obeying":
		return Obeys(), true
	case "test-foreign":
		return Says("Estos vestidos son muy bonitos para usted.", "これはとても素敵です。"), true
	case "test-endless":
		return Endless("This one is lovely."), true
	case "test-formless":
		return Refusing(Parrot(), "json_schema", "json_object"), true
	}
	return Script{}, false
}
