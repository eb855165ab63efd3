// Package money holds amounts in minor units, reads prices as people write
// them, and writes them for people.
package money

import "strings"

// Money is an amount in a currency's minor unit, such as 4999 USD for $49.99.
type Money struct {
	Amount   int64  `json:"amount"`
	Currency string `json:"currency"` // ISO 4217, upper case
}

// String is Format in English, such as "$49.99".
func (m Money) String() string { return Format(m, "en") }

// codes are the active currencies of ISO 4217, each of three letters and a space.
const codes = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP " +
	"BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL " +
	"GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW " +
	"KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN " +
	"NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK " +
	"SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS " +
	"VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG "

// Valid reports whether currency is an active ISO 4217 code in upper case.
func Valid(currency string) bool {
	return len(currency) == 3 && !strings.Contains(currency, " ") && strings.Contains(codes, currency+" ")
}

// Exponent is the number of decimals of a currency's minor unit after ISO 4217:
// 0 for JPY, 3 for KWD, 2 for most and for codes that are not valid.
func Exponent(currency string) int {
	switch currency {
	case "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF",
		"UGX", "VND", "VUV", "XAF", "XOF", "XPF":
		return 0
	case "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND":
		return 3
	}
	return 2
}
