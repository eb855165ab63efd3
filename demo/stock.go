package demo

// model is a product line: one silhouette with its story, in several colours.
type model struct {
	id       string
	draw     drawing
	brand    string
	kind     string // product type
	who      who
	sizes    string
	season   string
	occasion string
	material string
	price    int // in cents
	en, zh   text
	colors   []way
}

// text is a model's name and story in one language.
type text struct{ name, story string }

// who is whom a model is made for.
type who int

const (
	everyone who = iota
	women
	men
	children
	girls
)

// feed gives the gender and age group.
func (w who) feed() (gender, age string) {
	switch w {
	case women:
		return "female", "adult"
	case men:
		return "male", "adult"
	case children:
		return "unisex", "kids"
	case girls:
		return "female", "kids"
	}
	return "unisex", "adult"
}

// way is one colour of a model: a main colour, a second one for the pattern or
// the trimmings, and what differs in the shop.
type way struct {
	color, with string
	pattern     pattern
	sale        int // cents, or 0
	soldOut     bool
}

// in lists plain colours.
func in(colors ...string) []way {
	ways := make([]way, len(colors))
	for i, c := range colors {
		ways[i] = way{color: c}
	}
	return ways
}

// item is one product: a model in one of its colours.
type item struct {
	model
	way
	base, second shade
}

// shelves are the models in the order of the feed.
func shelves() [][]model {
	return [][]model{
		tShirts(),
		smallTops(),
		shirts(),
		sweaters(),
		hoodies(),
		summerDresses(),
		otherDresses(),
		skirts(),
		jeans(),
		trouserRack(),
		jackets(),
		blazersAndRain(),
		sneakers(),
		heelsAndFlats(),
		boots(),
		handbags(),
		backpacks(),
		hatsAndScarves(),
		watches(),
		sunglassesShelf(),
		mugs(),
		cushions(),
		lamps(),
		vases(),
		bottles(),
		plants(),
		headphoneShelf(),
		speakers(),
		phoneCases(),
	}
}

// stock lists every item of the shop.
func stock() []item {
	named := map[string]shade{}
	for _, s := range shades() {
		named[s.en] = s
	}
	var items []item
	for _, shelf := range shelves() {
		for _, m := range shelf {
			for _, w := range m.colors {
				second := named["white"]
				if w.with != "" {
					second = named[w.with]
				}
				items = append(items, item{m, w, named[w.color], second})
			}
		}
	}
	return items
}
