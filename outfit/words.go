package outfit

import (
	"regexp"
	"slices"
)

// spoken is a part of a request that names a thing.
type spoken struct {
	text, category string
	joined         bool // it stands after "with" or the like
	asked          bool // "what shoes"
	beside         bool // "shoes to go with it"
}

var (
	// breaks part a request into the things it names. Group 1 is what joins the
	// thing after it to the one before.
	breaks = regexp.MustCompile(`(?i)\b(with|for|match|matches|matching|to)\b|\b(?:go|goes|and|wear|wearing|i|should)\b|[,.;:!?，。；：！？、和]|该|应该|(配|搭|穿)`)
	asking = regexp.MustCompile(`(?i)\b(what|which|need|find|any|recommend)\b|什么|什麼|甚麼|哪|啥|想买|要买|推荐|有没有|有沒有`)
	// counted is how Chinese asks for one more thing after 配: 配个包, 搭一双鞋.
	counted = regexp.MustCompile(`^\s*[一几幾]?[个個双雙条條件顶頂款只隻]`)
	// pointing is what follows a thing that is wanted beside one without a name: "a bag
	// to go with it".
	pointing = regexp.MustCompile(`(?i)^\s*(?:(?:to|that)\s+)?(?:(?:go|goes|wear)\s+)?(?:with|for|match|matches|to)\s+(?:it|this|these|that|those|them)\W*$|^搭?[配搭](?:它|这个|這個|这件|這件|这条|這條|这双|這雙|这款|這款)\P{L}*$`)
)

// NamesAnchor tells whether words name a thing that an outfit may be made around, not
// only what is wanted: "什么裤子合适" and "a bag to go with it" name none.
func (a *Advisor) NamesAnchor(text string) bool {
	had, _ := a.roles(text)
	return len(had) > 0
}

// roles tells, from the words, what is had already from what is wanted: "what
// shoes go with jeans" has jeans, "我买了一双鞋，配什么上衣" has shoes, "shoes for my
// saree" has a saree.
func (a *Advisor) roles(text string) (had []spoken, wanted []string) {
	var parts []spoken
	start, joined := 0, false
	cut := func(end int) {
		part := spoken{text: text[start:end], joined: joined}
		if part.category, _ = a.packs.CategoryOf("", part.text); part.category != "" {
			part.asked = asking.MatchString(part.text) || joined && counted.MatchString(part.text)
			part.beside = !joined && pointing.MatchString(text[end:])
			parts = append(parts, part)
		}
	}
	for _, m := range breaks.FindAllStringSubmatchIndex(text, -1) {
		cut(m[0])
		start, joined = m[1], m[2] >= 0 || m[4] >= 0
	}
	cut(len(text))
	asked := slices.ContainsFunc(parts, func(p spoken) bool { return p.asked })
	for i, p := range parts {
		switch {
		case p.asked || p.beside, !asked && !p.joined && i+1 < len(parts) && parts[i+1].joined:
			wanted = append(wanted, p.category)
		default:
			had = append(had, p)
		}
	}
	return had, wanted
}
