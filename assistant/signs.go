package assistant

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"honeyguide/catalog/query"
	"honeyguide/catalog/words"
)

// What follows are signs in the words that no reader of its own looks for. Texts are
// folded, unless said otherwise.

// asking is what questions have and names of things have not.
var asking = regexp.MustCompile(`[?？吗么呢]|怎|如何|什么|为何|多久|多少|多大|几|哪|能不能|可不可以|可以|是不是|是否|会不会|要不要|该|[不没]\s*$|\b(how|what|why|when|where|which|who|whose|can|could|do|does|did|is|are|will|would|should|may)\b`)

func isQuestion(text string) bool { return asking.MatchString(words.Fold(text)) }

// seeking is how one asks whether there is something to buy.
var seeking = regexp.MustCompile(`^(请问|你好|您好|亲)?[,， ]*(你们|店里|这里|咱家)*有(没有|没)?|\b(do you|d'you|you) (have|sell|carry|stock|got)\b|have you got|looking for|show me|i(’|')?m after|我(想|要|找)(要|买|找|看)?`)

// giving are the words of presents.
var giving = regexp.MustCompile(`送|礼|赠|\b(gift|gifts|present|presents|give|giving|surprise)\b`)

func saysGift(text string) bool { return giving.MatchString(words.Fold(text)) }

// alike are words that ask for more of a kind; unlike likeness they mean nothing else.
var alike = regexp.MustCompile(`\b(similar|like the|same as|alike)\b|差不多|类似|同款|相似|相近`)

// dressing are words of what goes together.
var dressing = regexp.MustCompile(`\b(wear|wears|goes?|going|match|matches|matching|pair|outfits?|looks?|style|complete|combine|together)\b|搭|配|穿|一套`)

var (
	cheapest = regexp.MustCompile(`\b(cheapest|least expensive|lowest price)\b|最便宜|价格最低`)
	dearest  = regexp.MustCompile(`\b(most expensive|dearest|priciest)\b|最贵|价格最高`)
)

// superlative is -1 where the cheapest is meant, 1 where the dearest is, else 0.
func superlative(text string) int {
	switch {
	case cheapest.MatchString(text):
		return -1
	case dearest.MatchString(text):
		return 1
	}
	return 0
}

// likeness are words that ask for the like of something.
var likeness = regexp.MustCompile(`\b(like|similar|same|alike|this|one)\b|类似|同款|同样|一样|差不多|相似|相近|这个|这种|这样|这款|这件`)

// disliking is how one turns a piece of an outfit down.
var disliking = regexp.MustCompile(`\b(don'?t|do not|not) (really |much )?(like|love|want|need)\b|\bhate\b|\binstead of\b|不喜欢|不要|不好看|不合适|换掉|不想要`)

// openFields are the words that leave a field open again.
var openFields = map[string]*regexp.Regexp{
	query.Color: regexp.MustCompile(`\b(any|all|every|whatever) colou?rs?\b|\bcolou?r (doesn'?t|does not) matter|颜色(都|随便|无所谓|不限|不重要)|(什么|任何|哪个|哪种)颜色都`),
	query.Brand: regexp.MustCompile(`\b(any|all|whatever) brands?\b|\bbrand (doesn'?t|does not) matter|(牌子|品牌)(都|随便|无所谓|不限|不重要)|(什么|任何|哪个)(牌子|品牌)都`),
	query.Price: regexp.MustCompile(`\b(any|whatever) price\b|\b(price|money) (doesn'?t|does not|is no) (matter|object)|价格(都|随便|无所谓|不限|不重要)|(多少钱|什么价)都`),
}

// inSize is a size by itself: «in 41», «那42呢».
var inSize = regexp.MustCompile(`(?i)^\s*(?:and\s+)?in\s+(?:size\s+)?(\d{1,2}(?:\.5)?|x{0,3}[sl]|m)\s*[?.!]*\s*$|^\s*那?(?:个|么)?(\d{2}(?:\.5)?)的?呢`)

// sleeved are words of sleeves, which the packs also know as names: 短袖 is a t-shirt, but
// beside shirts it says what they are to be like.
var sleeved = regexp.MustCompile(`\b(short|long|half)[- ]sleeved?s?\b|[长短中]袖`)

// isBare tells whether the message only names a thing and its properties: «red bags».
func (t *turn) isBare() bool {
	if t.asked.Filters.Category == "" || len(t.slots.Asked) > 0 || t.slots.Edit.Ellipsis || t.giving.Recipient != "" || t.giving.Occasion != "" {
		return false
	}
	rest := words.Fold(t.asked.Rest)
	for _, m := range t.asked.Mentions {
		if m.Negated {
			return false
		}
		rest = strings.ReplaceAll(rest, words.Fold(m.Text), " ")
	}
	return strings.TrimSpace(rest) == "" && len(words.Terms(t.sent.Text)) <= 8
}

// isShort tells whether the message is so short that it hardly asks anything of its own.
func (t *turn) isShort() bool {
	han := 0
	for _, r := range t.sent.Text {
		if unicode.Is(unicode.Han, r) {
			han++
		}
	}
	return han <= 16 && len(strings.Fields(t.sent.Text)) <= 7
}

// isPlace tells whether the message is hardly more than a place in the list: «the second
// one please».
func (t *turn) isPlace() bool {
	han := strings.ContainsFunc(t.sent.Text, func(r rune) bool { return unicode.Is(unicode.Han, r) })
	return han && utf8.RuneCountInString(t.sent.Text) <= 5 || !han && len(strings.Fields(t.sent.Text)) <= 4
}
