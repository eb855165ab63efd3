// Package intent tells what a buyer wants with a sentence, in English and Chinese.
//
// A sentence becomes features: words or Chinese characters and their runs up to three,
// pieces of words that survive typing errors, masks for numbers, prices, measures and
// sizes, the concepts of data/concepts.txt that its words stand for in either language,
// and how many words are strange. A linear softmax weighs them for every label, an
// intent with its act, and a temperature makes its probabilities true.
//
// The weights are learnt from the phrasings in data/phrasings, which are the project's
// own: sentences with {alternatives}, [what may be missing] and the slots of slots.txt,
// under the label they are of. They are learnt anew by
//
//	go test ./assistant/intent -run TestTrain -train -v
//
// and the same phrasings give the same weights. The sentences of testdata measure them.
package intent

// Intent is what a turn is about.
type Intent string

// The intents.
const (
	Search    Intent = "search"    // find products by words
	Similar   Intent = "similar"   // products like a photo or a product
	Outfit    Intent = "outfit"    // what goes with something
	Gift      Intent = "gift"      // a present for somebody
	Size      Intent = "size"      // which size fits
	FAQ       Intent = "faq"       // a question on the shop, its service or its goods
	Order     Intent = "order"     // an order: its state, a return, a complaint
	Promotion Intent = "promotion" // offers and coupons
	Compare   Intent = "compare"   // which of several
	Handover  Intent = "handover"  // a person is wanted
	Smalltalk Intent = "smalltalk" // greetings, thanks, who are you
	Unknown   Intent = "unknown"   // none of them
)

// Guess is a reading of a sentence.
type Guess struct {
	Intent Intent
	// Act is finer, where there is something finer: status, ship, chase, return, refund,
	// exchange, cancel, change and complaint of an order; hello, thanks, bye, praise,
	// insult, who, able, how, joke, sorry, yes and no of small talk; asked and anger of
	// a handover.
	Act string
	P   float64 // that the intent is right, 0 to 1, calibrated
}
