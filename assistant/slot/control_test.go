package slot

import (
	"regexp"
	"strings"
)

// controls are what anybody would write in an hour: one pattern for each slot.
var controls = []struct {
	form *regexp.Regexp
	slot string // $1 is what was found
}{
	{regexp.MustCompile(`(?:order|订单号?|#)\D{0,4}([a-z0-9-]*\d{4,}[0-9/-]*)`), "order=$1"},
	{regexp.MustCompile(`\b(1[3-9]\d{9})\b`), "phone=$1"},
	{regexp.MustCompile(`(?:尾号|ending in|last four)\D*(\d{4})`), "ending=$1"},
	{regexp.MustCompile(`(\S+@\S+)`), "email=$1"},
	{regexp.MustCompile(`\bfirst\b|第一`), "ref=1"},
	{regexp.MustCompile(`\bsecond\b|第二`), "ref=2"},
	{regexp.MustCompile(`\bthird\b|第三`), "ref=3"},
	{regexp.MustCompile(`\blast\b|最后`), "ref=-1"},
	{regexp.MustCompile(`\bthis\b|\bthat\b|\bit\b|这|那`), "this"},
	{regexp.MustCompile(`\bthese\b|\bboth\b|这两|这些`), "all"},
	{regexp.MustCompile(`cheap|expensive|便宜|贵`), "price=-1"},
	{regexp.MustCompile(`\bmore\b|\bothers?\b|别的|换一批`), "more"},
	{regexp.MustCompile(`\bnot\b|don't like|不喜欢|不要`), "reject"},
	{regexp.MustCompile(`brand|牌子|品牌`), "notbrand"},
	{regexp.MustCompile(`colou?r|颜色`), "notcolor"},
	{regexp.MustCompile(`formal|正式`), "formality=1"},
	{regexp.MustCompile(`casual|休闲`), "formality=-1"},
	{regexp.MustCompile(`\blonger|长一点`), "length=1"},
	{regexp.MustCompile(`\bshorter|短一点`), "length=-1"},
	{regexp.MustCompile(`\bdarker|深一点`), "shade=-1"},
	{regexp.MustCompile(`\blighter|浅一点`), "shade=1"},
	{regexp.MustCompile(`instead|改成|换成`), "instead"},
	{regexp.MustCompile(`start over|重新`), "restart"},
	{regexp.MustCompile(`what about|呢`), "ellipsis"},
	{regexp.MustCompile(`^(?:yes|ok|好|是|可以)`), "yes"},
	{regexp.MustCompile(`^(?:no|不)`), "no"},
	{regexp.MustCompile(`\bany|随便|都可以`), "any"},
	{regexp.MustCompile(`know|sure|不知道`), "dontknow"},
	{regexp.MustCompile(`^(\d+)$`), "around=$1"},
	{regexp.MustCompile(`\b(s|m|l|xl|xxl)\b`), "size=letter $1"},
	{regexp.MustCompile(`(\d+)码`), "size=CN $1"},
	{regexp.MustCompile(`tomorrow|明天`), "date=2026-06-11"},
	{regexp.MustCompile(`friday|周五`), "date=2026-06-12"},
	{regexp.MustCompile(`\benglish|英文`), "language=en"},
	{regexp.MustCompile(`\bchinese|中文`), "language=zh"},
	{regexp.MustCompile(`ridiculous|useless|投诉`), "anger=1"},
	{regexp.MustCompile(`fuck|骗子|垃圾`), "anger=2"},
}

// plainWords is the control: the patterns alone.
func plainWords(text string) []string {
	var all []string
	text = strings.ToLower(text)
	for _, c := range controls {
		if at := c.form.FindStringSubmatchIndex(text); at != nil {
			slot := string(c.form.ExpandString(nil, c.slot, text, at))
			name, value, _ := strings.Cut(slot, "=")
			if name == "order" || name == "size" && strings.HasPrefix(value, "letter") {
				slot = name + "=" + strings.Replace(strings.ToUpper(value), "LETTER", "letter", 1)
			}
			all = append(all, slot)
		}
	}
	return all
}
