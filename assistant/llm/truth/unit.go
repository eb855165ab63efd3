package truth

// unit is what a number counts; factor brings it to the unit of its name.
type unit struct {
	name   string
	factor float64
}

var units = map[string]unit{
	"second": {"second", 1}, "sec": {"second", 1}, "秒": {"second", 1}, "秒钟": {"second", 1},
	"minute": {"minute", 1}, "min": {"minute", 1}, "分钟": {"minute", 1},
	"hour": {"day", 1. / 24}, "hr": {"day", 1. / 24}, "小时": {"day", 1. / 24}, "钟头": {"day", 1. / 24},
	"day": {"day", 1}, "天": {"day", 1}, "日": {"day", 1}, "week": {"day", 7}, "周": {"day", 7}, "星期": {"day", 7}, "礼拜": {"day", 7},
	"工作日": {"workday", 1}, "fortnight": {"day", 14}, "month": {"month", 1}, "月": {"month", 1}, "year": {"year", 1}, "yr": {"year", 1}, "年": {"year", 1},
	"岁": {"age", 1}, "周岁": {"age", 1}, "mm": {"mm", 1}, "毫米": {"mm", 1}, "cm": {"mm", 10}, "centimeter": {"mm", 10}, "centimetre": {"mm", 10},
	"厘米": {"mm", 10}, "公分": {"mm", 10}, "m": {"mm", 1000}, "meter": {"mm", 1000}, "metre": {"mm", 1000}, "米": {"mm", 1000},
	"km": {"km", 1}, "公里": {"km", 1}, "inch": {"inch", 1}, "inche": {"inch", 1}, "in": {"inch", 1}, "\"": {"inch", 1}, "″": {"inch", 1},
	"英寸": {"inch", 1}, "寸": {"inch", 1}, "ft": {"foot", 1}, "feet": {"foot", 1}, "foot": {"foot", 1}, "英尺": {"foot", 1},
	"g": {"g", 1}, "gram": {"g", 1}, "克": {"g", 1}, "kg": {"g", 1000}, "kilo": {"g", 1000}, "公斤": {"g", 1000}, "千克": {"g", 1000}, "斤": {"g", 500},
	"lb": {"lb", 1}, "pound": {"lb", 1}, "磅": {"lb", 1}, "oz": {"oz", 1}, "ounce": {"oz", 1}, "盎司": {"oz", 1},
	"ml": {"ml", 1}, "毫升": {"ml", 1}, "l": {"ml", 1000}, "liter": {"ml", 1000}, "litre": {"ml", 1000}, "升": {"ml", 1000},
	"°": {"degree", 1}, "°c": {"degree", 1}, "°f": {"°f", 1}, "degree": {"degree", 1}, "度": {"degree", 1}, "摄氏度": {"degree", 1},
	"star": {"star", 1}, "星": {"star", 1}, "颗星": {"star", 1}, "pack": {"pack", 1},
}

// unitAt reads the unit that follows a number and how many tokens it takes. A word
// that is written onto digits is a unit of its own: 5000mAh.
func (t *text) unitAt(i int) (u unit, n int) {
	skip := 0
	switch w := t.word(i); w {
	case "个":
		skip = 1
	case "business", "working":
		if singular(t.word(i+1)) == "day" {
			return unit{"workday", 1}, 2
		}
	case "full", "calendar", "whole", "more":
		skip = 1
	}
	u, n = longest(t, i+skip, units)
	if n == 0 && i+skip < len(t.all) && t.all[i+skip].sort == word {
		if v, ok := units[singular(t.word(i+skip))]; ok {
			u, n = v, 1
		}
	}
	switch {
	case u.name == "degree" && t.word(i) == "°" && t.word(i+1) == "c":
		return u, 2
	case u.name == "degree" && t.word(i) == "°" && t.word(i+1) == "f":
		return units["°f"], 2
	case n == 0 && i < len(t.all) && t.all[i].sort == word && !t.all[i].spaced && t.all[i].text != "x":
		return unit{t.all[i].text, 1}, 1
	case n == 0 || t.word(i) == "in" && t.all[i].spaced: // "2 in black"
		return unit{}, 0
	case u.name == "year" && (t.word(i+skip+n) == "old"):
		return unit{"age", 1}, skip + n + 1
	}
	return u, skip + n
}

// currencyAt reads the currency that stands before a number.
func (t *text) currencyAt(i int) (currencies []string, n int) {
	if t.word(i) == "" {
		return nil, 0
	}
	if i+1 < len(t.all) && t.all[i].sort == word && t.all[i+1].sort == sign && !t.all[i+1].spaced {
		if c, ok := currencySigns[t.word(i)+t.word(i+1)]; ok {
			return c, 2
		}
	}
	if c, ok := currencySigns[t.word(i)]; ok {
		return c, 1
	}
	c, k := longest(t, i, currencyWords)
	if k == 1 && t.all[i].sort == han {
		return nil, 0 // 元 and 块 stand behind numbers
	}
	return c, k
}

var (
	dollars = []string{"USD", "CAD", "AUD", "NZD", "HKD", "TWD", "SGD", "MXN", "ARS", "CLP", "COP"}
	rupees  = []string{"INR", "PKR", "LKR", "NPR", "MUR"}
	kuai    = []string{"CNY", "TWD", "HKD", "MOP", "SGD"}
)

// currencySigns stand before numbers; some mean several currencies.
var currencySigns = map[string][]string{
	"$": dollars, "us$": {"USD"}, "hk$": {"HKD"}, "nt$": {"TWD"}, "s$": {"SGD"}, "a$": {"AUD"}, "au$": {"AUD"}, "c$": {"CAD"}, "ca$": {"CAD"},
	"nz$": {"NZD"}, "r$": {"BRL"}, "mx$": {"MXN"}, "¥": {"CNY", "JPY"}, "cn¥": {"CNY"}, "jp¥": {"JPY"}, "€": {"EUR"}, "£": {"GBP", "EGP"},
	"₹": {"INR"}, "rs": rupees, "rs.": rupees, "₩": {"KRW"}, "₽": {"RUB"}, "฿": {"THB"}, "₫": {"VND"}, "₱": {"PHP"}, "₺": {"TRY"}, "₪": {"ILS"},
}

// currencyWords stand behind numbers, codes before them as well.
var currencyWords = map[string][]string{
	"元": kuai, "块": kuai, "圆": kuai, "块钱": kuai, "元钱": kuai, "人民币": {"CNY"}, "美元": {"USD"}, "美金": {"USD"}, "欧元": {"EUR"}, "英镑": {"GBP"},
	"港币": {"HKD"}, "港元": {"HKD"}, "日元": {"JPY"}, "台币": {"TWD"}, "新台币": {"TWD"}, "韩元": {"KRW"}, "卢比": rupees,
	"dollar": dollars, "dollars": dollars, "buck": dollars, "bucks": dollars, "rupee": rupees, "rupees": rupees, "yuan": {"CNY"}, "rmb": {"CNY"},
	"euro": {"EUR"}, "euros": {"EUR"}, "yen": {"JPY"}, "won": {"KRW"}, "baht": {"THB"}, "$": dollars, "€": {"EUR"}, "£": {"GBP", "EGP"}, "₹": {"INR"},
	"usd": {"USD"}, "inr": {"INR"}, "cny": {"CNY"}, "eur": {"EUR"}, "gbp": {"GBP"}, "jpy": {"JPY"}, "hkd": {"HKD"}, "twd": {"TWD"}, "sgd": {"SGD"},
	"aud": {"AUD"}, "cad": {"CAD"}, "nzd": {"NZD"}, "krw": {"KRW"}, "thb": {"THB"}, "myr": {"MYR"}, "idr": {"IDR"}, "php": {"PHP"}, "vnd": {"VND"},
	"brl": {"BRL"}, "mxn": {"MXN"}, "zar": {"ZAR"}, "aed": {"AED"}, "sar": {"SAR"}, "chf": {"CHF"}, "sek": {"SEK"}, "nok": {"NOK"}, "dkk": {"DKK"},
	"pln": {"PLN"}, "try": {"TRY"}, "ils": {"ILS"}, "rub": {"RUB"}, "kwd": {"KWD"}, "pkr": {"PKR"}, "lkr": {"LKR"}, "npr": {"NPR"}, "bdt": {"BDT"},
}
