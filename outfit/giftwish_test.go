package outfit

import (
	"slices"
	"strings"
	"testing"

	"honeyguide/catalog"
	"honeyguide/catalog/query"
	"honeyguide/packs"
)

// Where a kind of thing was named, every present is of that kind; where none
// fits, that is said, and others are shown.
func TestOnlyTheKindAskedFor(t *testing.T) {
	c, store := smallShop(t, nil)
	few := int64(5000)
	for name, test := range map[string]struct {
		request GiftRequest
		kind    bool
	}{
		"said":            {GiftRequest{Text: "a watch for my father"}, true},
		"said in Chinese": {GiftRequest{Text: "给我爸买块手表"}, true},
		"with a day":      {GiftRequest{Text: "a watch as a graduation gift for my nephew, max 300"}, true},
		"kept":            {GiftRequest{Given: GiftWish{Category: "watches", Recipient: "mother"}}, true},
		"too dear":        {GiftRequest{Text: "a watch for my father", Given: GiftWish{BudgetMax: &few}}, false},
	} {
		a := advise(t, c, store, test.request)
		if a.Wish.Category != "watches" || len(a.Gifts) == 0 {
			t.Errorf("%s: %s", name, show(a))
		}
		for _, g := range a.Gifts {
			if packs.IsA(g.Product.Category, "watches") != test.kind {
				t.Errorf("%s: %s", name, show(a))
			}
		}
		told := slices.ContainsFunc(a.Notes, func(n catalog.Reason) bool { return n.Field == "category" })
		if told == test.kind {
			t.Errorf("%s: notes %v", name, a.Notes)
		}
	}
}

// What is made for children is given to children only, or where it was asked for.
func TestChildrensThings(t *testing.T) {
	c, store := smallShop(t, nil)
	for text, childrens := range map[string]bool{
		"housewarming gift for friends":             false,
		"朋友搬新家":                                     false,
		"gift for my sister":                        false,
		"a present":                                 false,
		"gift for my wife":                          false,
		"sneakers for my sister as a gift":          false,
		"kids' sneakers as a gift for my friend":    true,
		"gift for a boy":                            true,
		"present for a 7 year old":                  true,
		"gift for friends who have a new baby":      true,
		"送给我同学的孩子":                                  true,
		"gift for my friend who is into toys":       true,
		"gift for my daughter, she turned 30 today": false,
	} {
		a := advise(t, c, store, GiftRequest{Text: text, Limit: MaxGifts})
		shown := slices.ContainsFunc(a.Gifts, func(g catalog.Found) bool { return g.Product.AgeGroup == "kids" })
		if shown != childrens {
			t.Errorf("%s: %s", text, show(a))
		}
	}
}

// A shop that has things for children only shows them to a friend as well.
func TestShopForChildren(t *testing.T) {
	s := &giftSearch{Giver: NewGiver(loaded(t)), wish: GiftWish{Recipient: "friend"}}
	if !s.forAdults() || len(s.not("").AgeGroups) == 0 {
		t.Error("a friend is a child")
	}
	for _, key := range childrensKinds {
		if _, ok := s.packs.Category(key); !ok {
			t.Errorf("%s is no category", key)
		}
	}
	for _, key := range childrensPacks {
		if _, ok := s.packs.Pack(key); !ok {
			t.Errorf("%s is no pack", key)
		}
	}
	s.childrens = true
	if s.forAdults() || len(s.not("").AgeGroups) > 0 {
		t.Error("children's things are still left out")
	}
}

// What is ruled out is no present, neither now nor where the wish is given again.
func TestRuledOut(t *testing.T) {
	c, store := smallShop(t, nil)
	for text, not := range map[string]string{
		"anniversary gift for my wife, no clothes please": "dresses",
		"送老婆的礼物，不要衣服":                                     "dresses",
		"gift for my wife, not jewellery":                 "jewellery",
		"送老婆礼物，她已经有围巾了":                                   "scarves",
	} {
		first := advise(t, c, store, GiftRequest{Text: text, Limit: MaxGifts})
		if len(first.Wish.Not.Categories) == 0 || len(first.Wish.Interests) > 0 {
			t.Errorf("%s: %+v", text, first.Wish)
		}
		again := advise(t, c, store, GiftRequest{Given: first.Wish, Limit: MaxGifts})
		for _, a := range []*GiftAdvice{first, again} {
			if len(a.Gifts) == 0 || slices.ContainsFunc(a.Gifts, func(g catalog.Found) bool { return packs.IsA(g.Product.Category, not) }) {
				t.Errorf("%s: %s", text, show(a))
			}
		}
	}
	asked := advise(t, c, store, GiftRequest{Text: "a dress for my wife", Given: GiftWish{Not: query.Exclusions{Categories: []string{"dresses"}}}})
	if !slices.Equal(idsOf(asked), []string{"dress"}) {
		t.Errorf("what was asked for: %s", show(asked))
	}
}

func TestKinAndLikes(t *testing.T) {
	g := NewGiver(loaded(t))
	for text, want := range map[string]string{
		"我哥喜欢露营，送他什么": "brother camping", "我姐过生日": "sister ", "给我弟买个礼物": "brother ", "送我妹": "sister ", "老妈生日": "mother ",
		"给咱爸买": "father ", "给我爸妈买礼物": "parents ", "我姐夫生日": "brother ", "我舅妈生日": "sister ", "大哥结婚": "brother ", "我老婆": "wife ",
		"我爷爷奶奶": "grandparents ", "我小姨": "sister ", "我堂哥": "brother ", "我妹妹的孩子": "child ",
		"她喜欢听歌": " music", "他爱喝咖啡": " coffee", "he loves cooking": " cooking", "she likes to paint": " art", "he cooks a lot": " cooking",
		"my friend who paints": "friend art", "my dad fishes and knits": "father fishing,crafts", "she runs": " running", "he loves to swim": " swimming",
		"she does not like cooking": " ", "不喜欢做饭": " ", "他爱人生日": "wife ", "gift for a little girl": "child ", "gift for the birthday girl": " ",
		"他很爱滑板": " 滑板", "she loves origami": " origami", "swim shorts for my dad": "father ",
	} {
		w := g.Read(text, &query.Query{}, now)
		if got := w.Recipient + " " + strings.Join(w.Interests, ","); got != want {
			t.Errorf("%s is %q, want %q", text, got, want)
		}
	}
	for _, one := range kinNames {
		if !g.has(recipient, one.recipient) {
			t.Errorf("%s is no recipient", one.recipient)
		}
	}
}
