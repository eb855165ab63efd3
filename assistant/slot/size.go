package slot

import "strings"

var (
	sizeSystems = map[string]string{"eu": "EU", "eur": "EU", "european": "EU", "uk": "UK", "british": "UK", "us": "US", "american": "US", "usa": "US", "cn": "CN", "chinese": "CN", "jp": "JP", "japanese": "JP", "japan": "JP"}
	hanSystems  = map[string]string{"欧": "EU", "英": "UK", "美": "US", "国": "CN", "日": "JP"}
	letterSizes = map[string]string{"s": "S", "m": "M", "l": "L", "xs": "XS", "xl": "XL", "xxs": "XXS", "xxl": "XXL", "xxxl": "XXXL", "xxxxl": "XXXXL"}
	namedSizes  = map[string]string{"small": "S", "medium": "M", "large": "L"}
	hanSizes    = map[string]string{"小": "S", "中": "M", "大": "L"}
)

// letter is the system of S, M and L.
const letter = "letter"

// sizeAt reads the size that begins at a token. What could be any number or letter
// is read only where loose.
func (r *reader) sizeAt(i int, loose bool) (s Size, end int) {
	if i >= len(r.tokens) || r.marks[i] == hidden {
		return s, i
	}
	if w := r.word(i); w == "size" || w == "sz" {
		return r.sizeAt(i+1+r.isWord(i+1, "is"), true)
	}
	for _, read := range []func(*reader, int) (Size, int){(*reader).oneSize, (*reader).systemSize, (*reader).bodySize, (*reader).numberSize, (*reader).letterSize} {
		if s, end := read(r, i); end > i {
			return s, end
		}
	}
	if !loose {
		return s, i
	}
	return r.looseSize(i)
}

// oneSize reads 均码 and "one size".
func (r *reader) oneSize(i int) (Size, int) {
	switch two := r.word(i) + r.word(i+1); two {
	case "均码", "onesize", "freesize":
		return Size{"ONE SIZE", letter}, i + 2
	}
	return Size{}, i
}

// systemSize reads "EU 42", "42 eu", "uk size 8" and 欧码42.
func (r *reader) systemSize(i int) (Size, int) {
	system, at := sizeSystems[r.word(i)], i+1
	if system == "" && r.word(i+1) == "码" {
		system, at = hanSystems[r.word(i)], i+2
	}
	if system != "" {
		at += r.isWord(at, "size")
		at += r.isWord(at, "码")
		if label, end := r.sizeNumber(at); end > at {
			return Size{label, system}, end
		}
		return Size{}, i
	}
	label, end := r.sizeNumber(i)
	if end == i {
		return Size{}, i
	}
	if system = sizeSystems[r.word(end)]; system != "" {
		return Size{label, system}, end + 1
	}
	if system = hanSystems[r.word(end)]; system != "" && r.word(end+1) == "码" {
		return Size{label, system}, end + 2
	}
	return Size{}, i
}

// sizeNumber reads the digits of a size: 8, 8.5, 42.
func (r *reader) sizeNumber(i int) (label string, end int) {
	w := r.word(i)
	if w == "" || w[0] < '0' || w[0] > '9' || strings.Contains(w, ",") || i < len(r.marks) && r.marks[i] == hidden {
		return "", i
	}
	if v, _, ok := r.digitsAt(i); !ok || v <= 0 || v > 250 || len(w) > 5 {
		return "", i
	}
	return w, i + 1
}

// bodySize reads 170/88A.
func (r *reader) bodySize(i int) (Size, int) {
	if i+1 >= len(r.tokens) || r.gap(i+1) != "/" || len(r.word(i)) < 2 || !isDigits(r.word(i)) || !isDigits(r.word(i+1)) || len(r.word(i+1)) < 2 || len(r.word(i)) > 3 {
		return Size{}, i
	}
	end := i + 2
	if w := r.word(end); len(w) == 1 && w >= "a" && w <= "e" && r.gap(end) == "" {
		end++
	}
	return Size{strings.ToUpper(r.said(i, end)), "CN"}, end
}

// numberSize reads 42码, 38.5码 and 26号.
func (r *reader) numberSize(i int) (Size, int) {
	label, end := r.sizeNumber(i)
	if end == i || r.word(end) != "码" {
		return Size{}, i
	}
	if r.word(end+1) == "半" {
		return Size{label + ".5", "CN"}, end + 2
	}
	return Size{label, "CN"}, end + 1
}

// letterSize reads XL, 2XL, M码 and 大码.
func (r *reader) letterSize(i int) (Size, int) {
	w, end := r.word(i), i+1
	if len(w) == 1 && w >= "2" && w <= "9" && (r.word(end) == "xl" || r.word(end) == "xs" || r.word(end) == "x") && r.gap(end) == "" {
		label := w + "XL"
		if r.word(end) == "xs" {
			label = w + "XS"
		}
		return Size{label, letter}, end + 1 + r.isWord(end+1, "码") + r.isWord(end+1, "号")
	}
	if label := hanSizes[w]; label != "" && r.word(end) == "号" {
		return Size{label, letter}, end + 1
	}
	label := letterSizes[w]
	sized := r.word(end) == "码" || r.word(end) == "号"
	if label == "" || len(w) == 1 && !sized {
		return Size{}, i
	}
	if sized {
		end++
	}
	return Size{label, letter}, end
}

// looseSize reads what is a size only where one is expected: M, 42, medium, W32, 34C.
func (r *reader) looseSize(i int) (Size, int) {
	w := r.word(i)
	if label := letterSizes[w]; label != "" {
		return Size{label, letter}, i + 1
	}
	if label := namedSizes[w]; label != "" {
		return Size{label, letter}, i + 1
	}
	if r.word(i) == "extra" && namedSizes[r.word(i+1)] != "" {
		return Size{"X" + namedSizes[r.word(i+1)], letter}, i + 2
	}
	if w == "w" || w == "l" {
		if label, end := r.sizeNumber(i + 1); end > i+1 {
			return Size{"W" + label, ""}, end
		}
	}
	label, end := r.sizeNumber(i)
	if end > i && len(r.word(end)) == 1 && r.word(end) >= "a" && r.word(end) <= "g" && r.gap(end) == "" {
		return Size{label + strings.ToUpper(r.word(end)), ""}, end + 1
	}
	if end > i && r.measured(end) {
		return Size{}, i
	}
	return Size{label, ""}, end
}

// measured tells whether a unit follows a number.
func (r *reader) measured(i int) bool {
	return units[r.word(i)] && (r.gap(i) == "" || r.gap(i) == " " && r.word(i) != "in")
}

var units = set(`fluid fl ounce ounces pound pounds inches piece count ct qt watt watts volt gallon gallons wide cm mm m inch inches in kg kgs lb lbs pounds g ml l oz gb tb year years yo day days week weeks month months people persons pcs pieces pairs
	pack packs dollars usd eur euros yuan rmb bucks k ft feet minutes hours percent items shirts shoes
	元 块 岁 天 个 件 双 条 厘 公 斤 米 年 月 日 人 寸 次 张 点 折 只 多 千 百 万 % 小 分 升 毫 克 款`)

// findSizes reads usual sizes and the sizes asked for.
func (r *reader) findSizes() {
	r.usualSize()
	if r.UsualSize.Label == "" {
		r.hanUsualSize()
	}
	if r.UsualSize.Label == "" {
		r.askedSizes()
	}
}

// usualSize reads "I usually wear M in Zara", "in Nike I take a 43".
func (r *reader) usualSize() {
	if size, end := r.sizeAt(0, false); end > 0 && r.brandAfter(end) { // "UK 8 in Clarks"
		if _, n := brands().Longest(r.tokens[end+1:]); n > 0 {
			r.UsualSize, r.UsualBrand = size, r.brandIn(end+1)
			return
		}
	}
	for i := range r.tokens {
		at, strict := r.wearing(i)
		if at == 0 {
			continue
		}
		article := at
		for usualFillers[r.word(at)] {
			at++
		}
		loose := !strict || r.word(at) == "size" || at > article && r.word(at-1) == "a"
		size, end := r.sizeAt(at, true)
		if end == at || !loose && size.System == "" && !r.brandAfter(end) {
			continue
		}
		r.UsualSize = size
		if r.brandAfter(end) {
			r.UsualBrand = r.brandIn(end + 1)
		} else if i > 1 {
			r.UsualBrand = r.brandBefore(i)
		}
		r.mark(i, end, claimed)
		return
	}
}

// wearing tells where the size may stand after words that say what is worn, 0 where
// there are none. After strict ones a bare number may be anything.
func (r *reader) wearing(i int) (at int, strict bool) {
	w := r.word(i)
	subject := wearers[r.word(i-1)] || often[r.word(i-1)]
	switch {
	case w == "wear" && subject, w == "wears" && i > 0, w == "wearing":
		return i + 1, false
	case w == "im" || w == "am" && r.word(i-1) == "i":
		return i + 1, true
	case (w == "take" || w == "takes" || w == "need" || w == "buy" || w == "get") && subject && (w != "need" || often[r.word(i-1)]):
		return i + 1, true
	case w == "size" && (r.word(i-1) == "usual" || r.word(i-1) == "normal" || r.word(i-1) == "my" || r.word(i-1) == "regular" || r.word(i-1) == "shoe") && r.word(i+1) == "is":
		return i + 2, false
	case (w == "are" || w == "is") && i > 1 && r.ownBrand(i) != "":
		return i + 1, true
	}
	return 0, false
}

var (
	wearers      = set("i he she we they")
	often        = set("usually normally always generally typically mostly often")
	usualFillers = set("a an the about around usually normally always generally typically mostly size in")
)

// ownBrand is the brand of "my Nike shoes are 42", read backwards from the verb.
func (r *reader) ownBrand(i int) string {
	for at := max(0, i-5); at < i; at++ {
		if r.word(at) != "my" {
			continue
		}
		if brand, n := brands().Longest(r.tokens[at+1 : i]); n > 0 {
			return brand
		}
	}
	return ""
}

// brandAfter tells whether a brand may follow: "in Zara", "at H&M", "from Gap".
func (r *reader) brandAfter(i int) bool {
	w := r.word(i)
	return !r.breaks(i) && (w == "in" || w == "at" || w == "from" || w == "by" || w == "for" || w == "with") && r.brandIn(i+1) != ""
}

// brandIn is the brand that is named at a token: a known one, or up to two words
// that are no garments.
func (r *reader) brandIn(i int) string {
	if i >= len(r.tokens) {
		return ""
	}
	if brand, n := brands().Longest(r.tokens[i:]); n > 0 {
		return brand
	}
	end := i
	for end < len(r.tokens) && end < i+2 && (end == i || !r.breaks(end)) && isLatin(r.word(end)) && !noBrands[r.word(end)] && len(r.word(end)) > 1 {
		end++
	}
	if end < len(r.tokens) && !r.breaks(end) && end == i {
		return ""
	}
	return r.said(i, end)
}

var noBrands = set(`jeans shoes tops top dresses dress trousers pants shirts shirt tshirts general most everything heels boots bras bra eu us uk
	jackets coats sneakers skirts sweaters clothes this that these those it the my a an all other both suits men women mens womens length width
	and but or so is are which who sizes sizing size usually normally i you what will would do me my black white red blue`)

func isLatin(w string) bool { return w != "" && w[0] >= 'a' && w[0] <= 'z' }

// brandBefore is the brand of "in Nike I wear", or of "my Nike shoes are".
func (r *reader) brandBefore(i int) string {
	if brand := r.ownBrand(i); brand != "" {
		return brand
	}
	for at := max(0, i-6); at < i; at++ {
		if w := r.word(at); w == "in" || w == "at" || w == "with" || w == "for" {
			if brand, n := brands().Longest(r.tokens[at+1 : i]); n > 0 {
				return brand
			}
			if brand := r.brandIn(at + 1); brand != "" && at+2 < len(r.tokens) && (r.breaks(at+2) || wearers[r.word(at+2)]) {
				return strings.TrimSuffix(brand, " i")
			}
		}
	}
	return ""
}

// hanUsualSize reads 我穿优衣库的L, 耐克42码, 平时穿M.
func (r *reader) hanUsualSize() {
	for i := range r.tokens {
		brand, n := brands().Longest(r.tokens[i:])
		switch {
		case n > 0 && isHanPart(r, i, n):
			at := r.skip(i+n, "的 我 一 般 平 时 都 是 通 常 鞋 码 子 穿 买 拿 男 女 款 衣 服 里 在")
			worn := strings.ContainsAny(r.said(i+n, at), "穿是买我") || r.contains([]string{"穿"})
			if size, end := r.sizeAt(at, worn); end > at && !r.asks(end) {
				r.UsualSize, r.UsualBrand = size, brand
				r.mark(i, end, claimed)
				return
			}
		case r.word(i) == "穿" && !r.able(i):
			at := r.skip(i+1, "的 是 都 一 般")
			size, end := r.sizeAt(at, true)
			if end > at && !r.fitting(end) && !r.measured(end) {
				r.UsualSize = size
				r.UsualBrand, _ = brands().Longest(r.tokens[min(end+r.isWord(end, "的"), len(r.tokens)):])
				r.mark(i, end, claimed)
				return
			}
		case r.contains(usuals) && (r.word(i) == "是" || r.word(i) == "买" || r.word(i) == "码" || r.word(i) == "常" || r.word(i) == "时" || r.word(i) == "般"):
			at := r.skip(i+1, "是 买 穿 的 都 拿")
			if size, end := r.sizeAt(at, true); end > at && !r.measured(end) {
				r.UsualSize = size
				return
			}
		}
	}
}

var usuals = []string{"平时", "平常", "一般穿", "一般买", "通常", "我的尺码", "我的码", "我脚"}

// isHanPart tells whether a brand at a token is named in a sentence with Chinese.
func isHanPart(r *reader, i, n int) bool {
	return isHan(r.word(i)) || isHan(r.word(i+n)) || isHan(r.word(i+n+1)) || i > 0 && isHan(r.word(i-1))
}

// skip passes the words of a list.
func (r *reader) skip(i int, list string) int {
	for i < len(r.tokens) && len(r.word(i)) == 3 && strings.Contains(list, r.word(i)) {
		i++
	}
	return i
}

// able tells whether 穿 asks what can be worn: 能穿, 该穿, 适合穿.
func (r *reader) able(i int) bool {
	switch r.word(i - 1) {
	case "能", "该", "以", "合", "要", "想", "好", "够":
		return true
	}
	return false
}

// fitting tells whether what follows a size asks whether it fits.
func (r *reader) fitting(i int) bool {
	rest := r.said(min(i, len(r.tokens)), len(r.tokens))
	for _, w := range []string{"合适", "可以吗", "行吗", "能穿", "会不会", "合不合"} {
		if strings.HasPrefix(rest, w) {
			return true
		}
	}
	return false
}
