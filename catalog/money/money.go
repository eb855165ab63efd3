// Package money holds amounts in minor units and reads prices as people write them.
package money

// Money is an amount in a currency's minor unit, such as 4999 USD for $49.99.
type Money struct {
	Amount   int64  `json:"amount"`
	Currency string `json:"currency"` // ISO 4217, upper case
}
