package outfit

import (
	"slices"
	"testing"
)

func TestRoles(t *testing.T) {
	a := New(loaded(t))
	for _, c := range []struct {
		text        string
		had, wanted []string
	}{
		{"what goes with a navy blazer", []string{"outerwear.blazers"}, nil},
		{"what shoes go with blue jeans for men under 3000", []string{"bottoms.jeans"}, []string{"shoes"}},
		{"which belt should I wear with black trousers?", []string{"bottoms.trousers"}, []string{"belts"}},
		{"shoes for my saree", []string{"ethnic.sarees"}, []string{"shoes"}},
		{"I just bought a shirt and jeans, what now", []string{"tops.shirts", "bottoms.jeans"}, nil},
		{"I need a bag to go with my heels", []string{"shoes.heels"}, []string{"bags"}},
		{"something to match my skirt", []string{"bottoms.skirts"}, nil},
		{"我刚买了一双鞋,该配什么衣服?", []string{"shoes"}, nil},
		{"什么鞋配牛仔裤", []string{"bottoms.jeans"}, []string{"shoes"}},
		{"红色连衣裙搭什么颜色的包？", []string{"dresses"}, []string{"bags"}},
		{"白衬衫怎么搭配", []string{"tops.shirts"}, nil},
		{"配什么裤子合适", nil, []string{"bottoms.trousers"}},
		{"a bag to go with it", nil, []string{"bags"}},
		{"sandals that match these?", nil, []string{"shoes.sandals"}},
		{"I just bought a pair of shoes, what clothes go with them?", []string{"shoes"}, nil},
		{"包包搭配这件", nil, []string{"bags"}},
		{"有没有包可以配这件", nil, []string{"bags"}},
		{"这条连衣裙配个包", []string{"dresses"}, []string{"bags"}},
		{"hello", nil, nil},
		{"", nil, nil},
	} {
		spoken, wanted := a.roles(c.text)
		var had []string
		for _, s := range spoken {
			had = append(had, s.category)
		}
		if !slices.Equal(had, c.had) || !slices.Equal(wanted, c.wanted) {
			t.Errorf("%q: has %v, wants %v; want %v, %v", c.text, had, wanted, c.had, c.wanted)
		}
		if a.NamesAnchor(c.text) != (len(c.had) > 0) {
			t.Errorf("%q names an anchor: %t", c.text, a.NamesAnchor(c.text))
		}
	}
}

func FuzzRoles(f *testing.F) {
	a := New(loaded(f))
	for _, text := range []string{"what shoes go with blue jeans", "红色连衣裙搭什么颜色的包？", "\xff with \x00 for"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		had, wanted := a.roles(text)
		for _, s := range had {
			if _, ok := a.packs.Category(s.category); !ok {
				t.Errorf("%q has %q, no category", text, s.category)
			}
		}
		for _, key := range wanted {
			if _, ok := a.packs.Category(key); !ok {
				t.Errorf("%q wants %q, no category", text, key)
			}
		}
	})
}
