package outfit

import (
	"testing"

	"honeyguide/packs"
)

// A reason is told of a piece only where what it names is there.
func TestReasonHolds(t *testing.T) {
	p := loaded(t)
	a := New(p)
	dress := &packs.Pair{When: []string{"dresses"}, Take: []string{"shoes.heels", "bags.clutches", "jewellery.earrings"},
		Why: packs.Text{En: "A clutch does not cover the line of the dress; earrings bring light to the face.", Zh: "手拿包不压裙子线条，耳环把亮点带到脸旁。"}}
	pocket := &packs.Pair{When: []string{"outerwear.blazers"}, Take: []string{"ties.pocket-squares"},
		Why: packs.Text{En: "Without a tie a pocket square is enough.", Zh: "不打领带，一块口袋巾就够了。"}}
	brown := &packs.Pair{When: []string{"shoes.formal"}, Take: []string{"bottoms.jeans"},
		Why: packs.Text{En: "Brown looks soft beside denim.", Zh: "棕色配丹宁很柔和。"}}
	open := &packs.Pair{When: []string{"dresses"}, Take: []string{"shoes.heels"}, Why: packs.Text{En: "Made for each other.", Zh: "天生一对。"}}
	for _, pair := range []*packs.Pair{dress, pocket, brown, open} {
		a.claims[pair] = claimOf(p, pair.Why)
	}
	of := func(category string, colors ...string) *option {
		return &option{thing: thing{category: category, colors: colors}}
	}
	clutch, earrings, heels := of("bags.clutches"), of("jewellery.earrings"), of("shoes.heels")
	for _, c := range []struct {
		name   string
		rule   *packs.Pair
		piece  *option
		anchor thing
		beside []*option
		want   bool
	}{
		{"named, and the other thing is there", dress, clutch, thing{category: "dresses"}, []*option{clutch, earrings}, true},
		{"named, and the other thing is not there", dress, clutch, thing{category: "dresses"}, []*option{clutch, heels}, false},
		{"others are named", dress, heels, thing{category: "dresses"}, []*option{clutch, earrings, heels}, false},
		{"names a kind of the piece", pocket, of("ties"), thing{category: "outerwear.blazers"}, []*option{of("ties")}, false},
		{"names nothing", open, heels, thing{category: "dresses"}, []*option{heels}, true},
		{"the colour is the anchor's", brown, of("bottoms.jeans", "blue"), thing{category: "shoes.formal", colors: []string{"brown"}}, nil, true},
		{"the colour is nobody's", brown, of("bottoms.jeans", "blue"), thing{category: "shoes.formal", colors: []string{"black"}}, nil, false},
	} {
		if got := a.holds(&ruled{pair: c.rule}, c.piece, &c.anchor, c.beside); got != c.want {
			t.Errorf("%s: %t", c.name, got)
		}
	}
}
