package demo

import "strings"

// shade is a colour of the shop: its name in both languages and on the screen.
type shade struct {
	en, zh string
	rgba
}

// shades are all colours that products come in.
func shades() []shade {
	return []shade{
		{"black", "黑色", hex(0x222226)},
		{"white", "白色", hex(0xf7f7f5)},
		{"grey", "灰色", hex(0x8a8b8f)},
		{"charcoal", "炭灰色", hex(0x43464c)},
		{"grey melange", "麻灰色", hex(0xb4b5ba)},
		{"silver", "银色", hex(0xc4c6ca)},
		{"red", "红色", hex(0xc8272f)},
		{"burgundy", "酒红色", hex(0x7a1a33)},
		{"rust", "砖红色", hex(0xb5491f)},
		{"orange", "橙色", hex(0xee7f28)},
		{"peach", "蜜桃色", hex(0xfac4a2)},
		{"yellow", "黄色", hex(0xf3d040)},
		{"mustard", "姜黄色", hex(0xd0a02a)},
		{"green", "绿色", hex(0x2f8a4a)},
		{"olive", "橄榄绿", hex(0x6c6d38)},
		{"sea green", "薄荷绿", hex(0x6dbfa3)},
		{"teal", "水鸭色", hex(0x1b7a7d)},
		{"blue", "蓝色", hex(0x2f66b8)},
		{"light blue", "浅蓝色", hex(0xa6c6e4)},
		{"navy blue", "藏青色", hex(0x232f55)},
		{"purple", "紫色", hex(0x74429a)},
		{"lavender", "薰衣草色", hex(0xb4a1da)},
		{"pink", "粉色", hex(0xf2a0bd)},
		{"rose", "玫瑰色", hex(0xdd5c7e)},
		{"brown", "棕色", hex(0x74482c)},
		{"coffee brown", "咖啡色", hex(0x4c3124)},
		{"tan", "驼色", hex(0xba8c5a)},
		{"beige", "米色", hex(0xdac8a9)},
		{"khaki", "卡其色", hex(0xb19d72)},
		{"cream", "奶油色", hex(0xf3e9d4)},
		{"gold", "金色", hex(0xcfa83c)},
		{"copper", "紫铜色", hex(0xb06c42)},
	}
}

// title is the English name as in a headline.
func (s shade) title() string { return titled(s.en) }

// stem is the Chinese name without the word for colour, as it stands before another word.
func (s shade) stem() string { return strings.TrimSuffix(s.zh, "色") }

// titled writes every word with a capital.
func titled(s string) string {
	words := strings.Fields(s)
	for i, w := range words {
		words[i] = strings.ToUpper(w[:1]) + w[1:]
	}
	return strings.Join(words, " ")
}
