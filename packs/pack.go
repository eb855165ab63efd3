package packs

// Pack is what is known of one trade beyond the names of its things: what
// completes what, what makes a present, how things are sized, what buyers ask.
type Pack struct {
	Key        string
	Version    int // raised when its content changes
	Names      Text
	Attributes []Attribute
	Sets       []Set
	Pairs      []Pair
	Gifts      []Gift
	Sizes      []SizeSystem
	Questions  []Question
}

// Text says one thing in several languages.
type Text struct {
	En   string `yaml:"en"`
	Zh   string `yaml:"zh"`   // simplified
	Hant string `yaml:"hant"` // traditional; empty where only the script differs
}

// In returns the text in a language ("zh"; anything else is English).
func (t Text) In(language string) string {
	if language == "zh" {
		return t.Zh
	}
	return t.En
}

// Attribute is something that buyers of a trade ask for, beside what all trades share.
type Attribute struct {
	Key    string
	Names  Text
	Values []Value
}

// Set is what buyers call complete: an outfit, a place setting, a photo kit.
type Set struct {
	Key   string
	Names Text
	Slots []Slot // in the order in which they are shown
	Plans []Plan
}

// Slot is a place in a set and the categories that fill it; those below them do too.
type Slot struct {
	Key   string
	Names Text     `yaml:"names"`
	Take  []string `yaml:"take"`
}

// Plan says which slots together are complete.
type Plan struct {
	Need []string `yaml:"need"` // all of these
	May  []string `yaml:"may"`  // these too, as far as there is something
}

// Pair says what goes with what.
type Pair struct {
	When     []string `yaml:"when"` // categories
	Take     []string `yaml:"take"` // categories, what goes best first
	Occasion []string `yaml:"occasion"`
	Season   []string `yaml:"season"`
	Gender   string   `yaml:"gender"`
	Why      Text     `yaml:"why"`
}

// Gift says for whom something makes a present, or that it makes none.
type Gift struct {
	Give  []string `yaml:"give"`  // categories
	Avoid []string `yaml:"avoid"` // categories, instead
	To    []string `yaml:"to"`    // recipients, any of them; none: anybody
	For   []string `yaml:"for"`   // occasions of giving, any of them
	Likes []string `yaml:"likes"` // interests, any of them
	Age   []int    `yaml:"age"`   // from and to, inclusive; none: any
	// Custom is the language of those whose custom the rule is (zh), by what names
	// sound like or things stand for; empty for what holds everywhere, such as no
	// wine for a child.
	Custom string `yaml:"custom"`
	Why    Text   `yaml:"why"`
}

// SizeSystem is a table of sizes with the measures of the body that they fit.
type SizeSystem struct {
	Key      string
	Names    Text      `yaml:"names"`
	Take     []string  `yaml:"take"` // categories
	Gender   string    `yaml:"gender"`
	AgeGroup string    `yaml:"age_group"`
	By       []string  `yaml:"by"`   // measures, the most important first
	Unit     string    `yaml:"unit"` // of lengths; weight is in kg
	Rows     []SizeRow `yaml:"rows"` // ascending
	Tip      Text      `yaml:"tip"`
}

// SizeRow is one size.
type SizeRow struct {
	Size     string
	Measures map[string]Range
	Also     map[string]string // the label in other systems: uk, us, cn
}

// Range is from and to, inclusive.
type Range [2]float64

// Question is what buyers of a trade ask, with an answer that helps in any shop
// and that a merchant may change.
type Question struct {
	ID    string `yaml:"id"`
	Topic string `yaml:"topic"`
	En    Answer `yaml:"en"`
	Zh    Answer `yaml:"zh"`
}

// Answer is a question in one language, other ways to ask it, and its answer.
type Answer struct {
	Ask    string   `yaml:"ask"`
	Also   []string `yaml:"also"`
	Answer string   `yaml:"answer"`
}

// The keys that questions, size systems and set plans choose from.
var (
	topics   = []string{"care", "fit", "material", "use", "safety", "choose", "delivery", "returns", "warranty", "other"}
	measures = []string{"foot", "chest", "underbust", "waist", "hip", "height", "weight", "inseam", "neck", "head", "wrist",
		"finger", "hand", "sleeve", "shoulder", "bust_difference", "bed_width", "bed_length", "age", "back", "length", "people"}
)
