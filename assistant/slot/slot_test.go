package slot

import (
	"slices"
	"strings"
	"testing"
	"time"

	"honeyguide/catalog/words"
	"honeyguide/packs"
)

func TestPhrasesAreRefused(t *testing.T) {
	for _, c := range []struct{ text, fault string }{
		{"price", "no field"},
		{"colour 1: red", `no field "colour"`},
		{"price cheap: cheaper", "no number"},
		{"more: one, , two", "no pattern"},
		{"more: a (b (c|d)|e)", "no pattern"},
		{"more: a (b|c", "no pattern"},
		{"more: a^b", "no pattern"},
	} {
		err := readPhrases("# a comment\n\n"+c.text, func(string, meaning) {})
		if err == nil || !strings.Contains(err.Error(), c.fault) || !strings.Contains(err.Error(), "line 3") {
			t.Errorf("%q: %v, want line 3 and %q", c.text, err, c.fault)
		}
	}
}

func TestExpand(t *testing.T) {
	for pattern, want := range map[string][]string{
		"a":                {"a"},
		"(a|b) c":          {"a c", "b c"},
		"x (a|) b":         {"x a b", "x  b"},
		"(更|)便宜(点|一点|)":    {"更便宜点", "更便宜一点", "更便宜", "便宜点", "便宜一点", "便宜"},
		"(very |)last one": {"very last one", "last one"},
		"(a|b)(c|d)":       {"ac", "ad", "bc", "bd"},
	} {
		var got []string
		expand("", pattern, func(name string) { got = append(got, name) })
		if !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", pattern, got, want)
		}
	}
}

// TestPhrasesSayWhatTheyAre reads every expression of phrases.txt alone, where each
// must say something, unless it hides.
func TestPhrasesSayWhatTheyAre(t *testing.T) {
	checked := 0
	err := readPhrases(phrasesText, func(name string, m meaning) {
		if len(packs.Split(name)) == 0 {
			t.Errorf("%q has no words", name)
		}
		if checked++; checked%5 == 0 && m.say != nil && len(flat(Read(name, wednesday))) == 0 {
			t.Errorf("%q says nothing", name)
		}
	})
	if err != nil || checked < 3000 {
		t.Errorf("%d expressions, %v", checked, err)
	}
}

func TestDates(t *testing.T) {
	sunday := time.Date(2026, time.December, 27, 23, 59, 0, 0, time.FixedZone("CST", 8*3600))
	for _, c := range []struct {
		text string
		now  time.Time
		want string
	}{
		{"today", wednesday, "2026-06-10"},
		{"今晚", wednesday, "2026-06-10"},
		{"the day after tomorrow", wednesday, "2026-06-12"},
		{"大后天", wednesday, "2026-06-13"},
		{"Wednesday", wednesday, "2026-06-17"},
		{"下周三", wednesday, "2026-06-17"},
		{"下个星期天", wednesday, "2026-06-21"},
		{"last Friday", wednesday, ""},
		{"上周五买的", wednesday, ""},
		{"every Monday", wednesday, ""},
		{"周末", sunday, "2026-12-27"},
		{"next weekend", sunday, "2027-01-02"},
		{"tomorrow", sunday, "2026-12-28"},
		{"end of the month", wednesday, "2026-06-30"},
		{"end of the month", sunday, "2026-12-31"},
		{"next month", sunday, "2027-01-01"},
		{"下个月", wednesday, "2026-07-01"},
		{"3rd of July", wednesday, "2026-07-03"},
		{"July the 4th", wednesday, "2026-07-04"},
		{"Jan 5", wednesday, "2027-01-05"},
		{"2月29日", wednesday, ""},
		{"31 June", wednesday, ""},
		{"十二月二十四号", wednesday, "2026-12-24"},
		{"2027年3月8日", wednesday, "2027-03-08"},
		{"2026/7/1", wednesday, "2026-07-01"},
		{"2026-13-40", wednesday, ""},
		{"12/24", wednesday, "2026-12-24"},
		{"24/12", wednesday, "2026-12-24"},
		{"3/4", wednesday, ""},
		{"by the 5th", wednesday, "2026-07-05"},
		{"8号之前", wednesday, "2026-07-08"},
		{"within two weeks", wednesday, "2026-06-24"},
		{"in a week", wednesday, "2026-06-17"},
		{"三天后", wednesday, "2026-06-13"},
		{"return within 30 days", wednesday, ""},
		{"fathers day", wednesday, "2026-06-21"},
		{"感恩节", wednesday, "2026-11-26"},
		{"christmas eve", sunday, "2027-12-24"},
		{"元旦", sunday, "2027-01-01"},
		{"春节", wednesday, "2027-02-06"},
		{"七夕", wednesday, "2026-08-19"},
		{"春节", time.Date(2040, 1, 1, 0, 0, 0, 0, time.UTC), ""},
		{"sun hat", wednesday, ""},
		{"by Sun", wednesday, "2026-06-14"},
		{"dress with sunflowers", wednesday, ""},
		{"may I see it", wednesday, ""},
	} {
		got := ""
		if day := Read(c.text, c.now).Date; !day.IsZero() {
			got = day.Format(time.DateOnly)
		}
		if got != c.want {
			t.Errorf("%s on %s: %q, want %q", c.text, c.now.Format(time.DateOnly), got, c.want)
		}
	}
}

// TestFeastsByTheMoon checks the table of feasts against the mean moon: the first day
// of a Chinese month is that of the new moon, which mean and true differ less than
// 15 hours about (Meeus, Astronomical Algorithms, chapter 49).
func TestFeastsByTheMoon(t *testing.T) {
	dayOfMonth := map[string]int{"春节": 1, "端午": 5, "七夕": 7, "中秋": 15}
	epoch := time.Date(2000, time.January, 6, 14, 20, 0, 0, time.UTC)
	month := time.Duration(29.530588861 * 24 * float64(time.Hour))
	checked := 0
	for _, f := range feasts {
		for name, day := range dayOfMonth {
			if !strings.Contains(f.names, name) {
				continue
			}
			for year, date := range f.moon {
				first := time.Date(year, time.Month(date[0]), date[1]-day+1, 4, 0, 0, 0, time.UTC) // noon in Beijing
				off := first.Sub(epoch) % month
				if off = min(off, month-off); off > 28*time.Hour {
					t.Errorf("%s %d: %v from the mean new moon", name, year, off)
				}
				checked++
			}
		}
	}
	if checked != 44 {
		t.Errorf("%d days checked", checked)
	}
}

func TestNumbers(t *testing.T) {
	for text, want := range map[string]float64{
		"300": 300, "1,299.50": 1299.5, "12,5": 12.5, "2k": 2000, "1.5k": 1500, "3百": 300, "1万5": 15000, "2w": 20000,
		"三百五": 350, "一千零五十": 1050, "一千五": 1500, "两万": 20000, "十五": 15, "二十": 20, "五": 5, "三百零五": 305, "一万二": 12000,
		"fifty": 50, "twenty five": 25, "a hundred": 100, "two hundred and fifty": 250, "two thousand": 2000,
	} {
		if got := Read(text, wednesday).Answer.Amount.Around; got != want {
			t.Errorf("%s: %g, want %g", text, got, want)
		}
	}
}

func TestLongTextIsCut(t *testing.T) {
	late := strings.Repeat("长", MaxRunes) + " 订单号 20240513001"
	if got := flat(Read(late, wednesday)); len(got) > 0 {
		t.Errorf("read behind the end: %v", got)
	}
	if got := Read("订单号 20240513001 "+late, wednesday).OrderNumber; got != "20240513001" {
		t.Errorf("order number %q", got)
	}
}

func TestTraditionalIsRead(t *testing.T) {
	for simplified, traditional := range map[string]string{
		"订单号 20240513001": "訂單號 20240513001", "太贵了": "太貴了", "换双鞋": "換雙鞋", "这两个哪个好": "這兩個哪個好", "不确定": "不確定", "３００": "300", "裤子不变": "褲子不變",
	} {
		if a, b := flat(Read(simplified, wednesday)), flat(Read(traditional, wednesday)); len(a) == 0 || !slices.Equal(a, b) {
			t.Errorf("%s: %v, %s: %v", simplified, a, traditional, b)
		}
	}
}

func TestRedact(t *testing.T) {
	for text, want := range map[string]string{
		"mail me at a.b+c@example.co.uk please":          "mail me at [email] please",
		"我的手机号13800138000，谢谢":                            "我的手机号[number]，谢谢",
		"手机１３８００１３８０００":                                  "手机[number]",
		"call +1 (415) 555-0132 now":                     "call [number] now",
		"order #A-10023 is late":                         "order [order] is late",
		"order number 12345":                             "order number [order]",
		"订单号：SO-2024/00017 没到":                           "订单号：[order] 没到",
		"單號20240513":                                     "單號[order]",
		"尾号1234":                                         "尾号[number]",
		"phone ending in 5678":                           "phone ending in [number]",
		"card 4111 1111 1111 1111":                       "card [card]",
		"身份证 11010519491231002X":                         "身份证 [card]",
		"SF1234567890123 到哪了":                            "[tracking] 到哪了",
		"send it to 12 Baker Street, apt 4 please":       "send it to [address] please",
		"地址是北京市朝阳区建国路88号3栋2单元501室":                       "[address]",
		"red dress under 500, size 38, for a 5 year old": "red dress under 500, size 38, for a 5 year old",
		"三百以内的红色连衣裙，170/88A，2026年新款":                     "三百以内的红色连衣裙，170/88A，2026年新款",
		"1000-2000元的手表，2026-06-10要":                      "1000-2000元的手表，2026-06-10要",
		"tel 010-62345678":                               "tel [number]",
		"7天无理由退货吗":                                       "7天无理由退货吗",
		"":                                               "",
	} {
		if got := Redact(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{"order #A-10023", "订单号 20240513001 尾号1234", "the second one, cheaper!!!", "我穿优衣库的L", "$50-$80", "换双鞋，外套不变", "2026-06-10", "三百五", "\xff第", "1'", "+1 (415)", "in in in", "第九九九", "https://", "W 32码半"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s := Read(text, wednesday)
		if s.Anger < 0 || s.Anger > 2 {
			t.Errorf("anger %d", s.Anger)
		}
		if len(s.PhoneEnding) != 0 && (len(s.PhoneEnding) != 4 || !isDigits(s.PhoneEnding)) {
			t.Errorf("ending %q", s.PhoneEnding)
		}
		for _, n := range s.Ordinals {
			if n == 0 || n > maxShown || n < -maxShown {
				t.Errorf("ordinal %d", n)
			}
		}
		if s.OrderNumber != strings.ToUpper(s.OrderNumber) || s.OrderNumber != "" && digitsIn(s.OrderNumber) < 2 {
			t.Errorf("order number %q", s.OrderNumber)
		}
		if a := s.Answer.Amount; a.Min < 0 || a.Max < 0 || a.Around < 0 || a.Max > 0 && a.Min > a.Max {
			t.Errorf("amount %v", a)
		}
		if again := Read(text, wednesday); !slices.Equal(flat(again), flat(s)) {
			t.Errorf("read again: %v, before %v", flat(again), flat(s))
		}
	})
}

func FuzzRedact(f *testing.F) {
	for _, seed := range []string{"13800138000", "a@b.cn", "order #A-10023", "订单号 12345", "1 a street", "尾号1234尾号5678", "4111 1111 1111 1111", "#1234-5678", "8#1234h-5678", "\xff@\xfe"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = words.Fold(text) // there are more digits than Redact knows
		redacted := Redact(text)
		if again := Redact(redacted); again != redacted {
			t.Errorf("%q, then %q", redacted, again)
		}
		s := Read(redacted, wednesday)
		if s.Email != "" || s.Phone != "" {
			t.Errorf("%q still names %q %q", redacted, s.Email, s.Phone)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	for _, text := range []string{
		"red dress", "Where is my order #A-10023? My phone ends in 5678.",
		"我平时穿优衣库的L，有没有38码的，太贵了，便宜一点，第二个也行，周五之前要",
		"I don't like these, show me something more formal and cheaper, keep the jacket but swap the shoes, and I usually wear M in Zara, by Friday please",
	} {
		name := []rune(text)
		b.Run(string(name[:min(len(name), 12)]), func(b *testing.B) {
			for b.Loop() {
				Read(text, wednesday)
			}
		})
	}
}

func BenchmarkRedact(b *testing.B) {
	for b.Loop() {
		Redact("Where is my order #A-10023? My phone is 13800138000, mail a@example.com, 北京市朝阳区建国路88号")
	}
}
