package money

import "slices"

// written lists the currencies that a symbol or word may stand for, the likeliest
// first, or nil where it is not known. It is lower case, without spaces, and in
// half-width characters; "¥" is both the yen's and the yuan's.
func written(symbol string) []string {
	switch symbol {
	case "$":
		return []string{"USD", "CAD", "AUD", "NZD", "HKD", "TWD", "SGD", "MXN", "ARS", "CLP", "COP", "BND", "JMD", "TTD"}
	case "¥":
		return []string{"CNY", "JPY"}
	case "元", "圆", "圓", "块", "塊":
		return []string{"CNY", "TWD", "HKD", "MOP", "SGD"}
	case "£":
		return []string{"GBP", "EGP", "GIP", "FKP", "SHP", "LBP"}
	case "kr", "kr.":
		return []string{"SEK", "NOK", "DKK", "ISK"}
	case "rs", "rs.", "₨":
		return []string{"INR", "PKR", "LKR", "NPR", "MUR", "SCR"}
	}
	if code := unambiguous(symbol); code != "" {
		return []string{code}
	}
	return nil
}

func unambiguous(symbol string) string {
	switch symbol {
	case "us$", "u$s", "美元", "美金", "dollars", "dollar":
		return "USD"
	case "€", "欧元", "歐元", "euro", "euros":
		return "EUR"
	case "rmb", "cn¥", "人民币", "人民幣":
		return "CNY"
	case "jp¥", "円", "日元", "日圆", "日圓":
		return "JPY"
	case "hk$", "港币", "港幣", "港元":
		return "HKD"
	case "nt$", "ntd", "台币", "臺幣", "台幣", "新台币", "新台幣":
		return "TWD"
	case "s$", "sg$":
		return "SGD"
	case "a$", "au$":
		return "AUD"
	case "c$", "ca$":
		return "CAD"
	case "nz$":
		return "NZD"
	case "mx$":
		return "MXN"
	case "r$":
		return "BRL"
	case "₹":
		return "INR"
	case "英镑", "英鎊":
		return "GBP"
	}
	return local(symbol)
}

func local(symbol string) string {
	switch symbol {
	case "fr", "fr.", "sfr", "sfr.":
		return "CHF"
	case "ft":
		return "HUF"
	case "zł", "zl":
		return "PLN"
	case "kč":
		return "CZK"
	case "lei":
		return "RON"
	case "₽", "руб", "руб.":
		return "RUB"
	case "₴":
		return "UAH"
	case "₸":
		return "KZT"
	case "₺", "tl":
		return "TRY"
	case "₩", "원", "韩元", "韓元":
		return "KRW"
	case "₫", "đ":
		return "VND"
	case "฿":
		return "THB"
	case "₪":
		return "ILS"
	case "₱":
		return "PHP"
	case "₦":
		return "NGN"
	case "rm":
		return "MYR"
	case "rp", "rp.":
		return "IDR"
	case "r":
		return "ZAR"
	}
	return ""
}

// choose picks the currency that a symbol's candidates and the default agree
// on: the default where it is among them, else the likeliest.
func choose(candidates []string, fallback string) string {
	if slices.Contains(candidates, fallback) {
		return fallback
	}
	return candidates[0]
}
