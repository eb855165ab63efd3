package money

import (
	"errors"
	"math"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	for _, c := range []struct {
		text, fallback string
		amount         int64
		currency       string
	}{
		{"1.299,00 €", "", 129900, "EUR"},
		{"599.01.00 INR", "", 59901, "INR"},
		{"973.7.00", "INR", 97370, "INR"},
		{"$1,299.00", "", 129900, "USD"},
		{"USD 12", "", 1200, "USD"},
		{"12.5 USD", "EUR", 1250, "USD"},
		{"895.00 INR", "", 89500, "INR"},
		{"Rs. 1,29,900", "", 12990000, "INR"},
		{"Rs.500/-", "INR", 50000, "INR"},
		{"Rs 500", "PKR", 50000, "PKR"},
		{"₹499", "", 49900, "INR"},
		{"¥199", "", 19900, "CNY"},
		{"¥199", "JPY", 199, "JPY"},
		{"199元", "", 19900, "CNY"},
		{"199元", "TWD", 19900, "TWD"},
		{"１９９元", "", 19900, "CNY"},
		{"￥１，２９９．５０", "CNY", 129950, "CNY"},
		{"人民币 88", "", 8800, "CNY"},
		{"RMB88.8", "", 8880, "CNY"},
		{"1,980円", "", 1980, "JPY"},
		{"12,000원", "", 12000, "KRW"},
		{"CHF 1'299.–", "", 129900, "CHF"},
		{"CHF 1’299.-", "", 129900, "CHF"},
		{"Fr. 20", "", 2000, "CHF"},
		{"1 299,00 kr", "", 129900, "SEK"},
		{"1 299,00 kr", "NOK", 129900, "NOK"},
		{"299,-", "SEK", 29900, "SEK"},
		{"12 990 Ft", "", 1299000, "HUF"},
		{"£5", "", 500, "GBP"},
		{"US$5", "CAD", 500, "USD"},
		{"$5", "CAD", 500, "CAD"},
		{"$5 USD", "CAD", 500, "USD"},
		{"USD $5", "", 500, "USD"},
		{"HK$88", "", 8800, "HKD"},
		{"NT$1,280", "", 128000, "TWD"},
		{"R$ 1.234,56", "", 123456, "BRL"},
		{"R 99", "", 9900, "ZAR"},
		{"$.50", "", 50, "USD"},
		{".5", "USD", 50, "USD"},
		{"12.", "usd", 1200, "USD"},
		{"1.299", "EUR", 129900, "EUR"},
		{"1,299", "JPY", 1299, "JPY"},
		{"1.299", "KWD", 1299, "KWD"},
		{"1,299.500 KWD", "", 1299500, "KWD"},
		{"12.9900", "USD", 1299, "USD"},
		{"1234.500", "USD", 123450, "USD"},
		{"199.00", "JPY", 199, "JPY"},
		{"1.299.000", "EUR", 129900000, "EUR"},
		{"10,00,000", "INR", 100000000, "INR"},
		{"0.00", "USD", 0, "USD"},
		{"007", "USD", 700, "USD"},
		{" 12\u00a0345,6 zł ", "", 1234560, "PLN"},
		{"92233720368547758.07", "USD", math.MaxInt64, "USD"},
	} {
		got, err := Parse(c.text, c.fallback)
		if err != nil || got != (Money{c.amount, c.currency}) {
			t.Errorf("Parse(%q, %q) = %+v, %v, want %d %s", c.text, c.fallback, got, err, c.amount, c.currency)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, c := range []struct {
		text, fallback string
		want           error
		says           string
	}{
		{"", "USD", ErrPrice, "no digits"},
		{"free", "USD", ErrPrice, "no digits"},
		{"面议", "CNY", ErrPrice, "no digits"},
		{"1e3", "USD", ErrPrice, "exponent"},
		{"1.5E+03", "USD", ErrPrice, "exponent"},
		{"-5", "USD", ErrNegative, ""},
		{"$-5.00", "USD", ErrNegative, ""},
		{"−5 €", "EUR", ErrNegative, ""},
		{"($5)", "USD", ErrNegative, ""},
		{"10 - 20", "USD", ErrRange, ""},
		{"10–20元", "CNY", ErrRange, ""},
		{"¥10～20", "CNY", ErrRange, ""},
		{"$10 to $20", "USD", ErrRange, ""},
		{"12. 5", "USD", ErrRange, ""},
		{"10 20", "USD", ErrPrice, "separators"},
		{"1,29", "JPY", ErrPrice, "decimals"},
		{"12.345,678.9", "USD", ErrPrice, "separators"},
		{"1.23.45", "EUR", ErrPrice, "separators"},
		{"0,299,000", "EUR", ErrPrice, "separators"},
		{"0.299", "USD", ErrPrice, "more than 2 decimals"},
		{"12.50", "JPY", ErrPrice, "more than 0 decimals"},
		{"19.989999", "USD", ErrPrice, "more than 2 decimals"},
		{"12", "", ErrCurrency, "none given"},
		{"12", "XXQ", ErrCurrency, "none given"},
		{"12 bananas", "USD", ErrCurrency, "bananas"},
		{"from 12", "USD", ErrCurrency, "from"},
		{"1.2万", "CNY", ErrCurrency, "万"},
		{"€12 USD", "USD", ErrCurrency, "differ"},
		{"92233720368547758.08", "USD", ErrPrice, "too large"},
		{"99999999999999999999", "USD", ErrPrice, "too large"},
		{strings.Repeat("元", 100), "CNY", ErrPrice, "longer"},
	} {
		got, err := Parse(c.text, c.fallback)
		if !errors.Is(err, c.want) || got != (Money{}) {
			t.Errorf("Parse(%q, %q) = %+v, %v, want %v", c.text, c.fallback, got, err, c.want)
		} else if !strings.Contains(err.Error(), c.says) {
			t.Errorf("Parse(%q) says %q, want %q in it", c.text, err, c.says)
		}
	}
}

func TestFormat(t *testing.T) {
	for _, c := range []struct {
		amount           int64
		currency, locale string
		want             string
	}{
		{89500, "INR", "en", "₹895"},
		{12990000, "INR", "en-IN", "₹1,29,900"},
		{123456789000, "INR", "en-IN", "₹1,23,45,67,890"},
		{12990000, "INR", "en", "₹129,900"},
		{4999, "USD", "en", "$49.99"},
		{4999, "USD", "zh-CN", "US$49.99"},
		{19900, "CNY", "zh", "¥199"},
		{1980, "JPY", "en", "JP¥1,980"},
		{5, "USD", "", "$0.05"},
		{0, "EUR", "en", "€0"},
		{129900, "CHF", "en", "CHF 1,299"},
		{1299000, "KWD", "en", "KWD 1,299.000"},
		{-500, "GBP", "en", "-£5"},
		{math.MinInt64, "JPY", "en", "-JP¥9,223,372,036,854,775,808"},
	} {
		if got := Format(Money{c.amount, c.currency}, c.locale); got != c.want {
			t.Errorf("Format(%d %s, %q) = %q, want %q", c.amount, c.currency, c.locale, got, c.want)
		}
	}
	if got := (Money{129950, "USD"}).String(); got != "$1,299.50" {
		t.Errorf("String() = %q", got)
	}
	if got := Decimal(Money{-5, "KWD"}); got != "-0.005" {
		t.Errorf("Decimal = %q", got)
	}
}

// What Format writes, Parse reads back, in every currency and locale.
func TestFormatThenParse(t *testing.T) {
	for _, currency := range strings.Fields(codes) {
		for _, amount := range []int64{0, 7, 50, 100, 1299, 129900, 1234567, 987654321000} {
			for _, locale := range []string{"en", "en-IN", "zh"} {
				m := Money{amount, currency}
				if got, err := Parse(Format(m, locale), currency); err != nil || got != m {
					t.Errorf("Parse(%q) = %+v, %v, want %+v", Format(m, locale), got, err, m)
				}
			}
		}
	}
}

func TestCurrencies(t *testing.T) {
	for currency, want := range map[string]int{"JPY": 0, "KRW": 0, "VND": 0, "KWD": 3, "BHD": 3, "USD": 2, "CNY": 2, "": 2} {
		if got := Exponent(currency); got != want {
			t.Errorf("Exponent(%q) = %d, want %d", currency, got, want)
		}
	}
	for currency, want := range map[string]bool{"USD": true, "ZWG": true, "AED": true, "usd": false, "": false, "ED ": false, "USDX": false, "D A": false, "XYZ": false} {
		if got := Valid(currency); got != want {
			t.Errorf("Valid(%q) = %v, want %v", currency, got, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"1.299,00 €", "Rs. 1,29,900", "１９９元", "CHF 1'299.–", "10 - 20", "1e3", "$.50", "12 990 Ft"} {
		f.Add(seed, "USD")
	}
	f.Add("1.299", "KWD")
	f.Add(strings.Repeat("\xbd", 65), "USD")
	f.Fuzz(func(t *testing.T, text, fallback string) {
		m, err := Parse(text, fallback)
		if err != nil {
			if m != (Money{}) {
				t.Fatalf("Parse(%q) = %+v with error %v", text, m, err)
			}
			return
		}
		if m.Amount < 0 || !Valid(m.Currency) {
			t.Fatalf("Parse(%q, %q) = %+v", text, fallback, m)
		}
		for _, locale := range []string{"en", "zh", "en-IN"} {
			if again, err := Parse(Format(m, locale), m.Currency); err != nil || again != m {
				t.Fatalf("Parse(%q) = %+v, then %q reads as %+v, %v", text, m, Format(m, locale), again, err)
			}
		}
	})
}

func BenchmarkParse(b *testing.B) {
	for b.Loop() {
		if _, err := Parse("895.00 INR", "INR"); err != nil {
			b.Fatal(err)
		}
	}
}
