package outfit

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"honeyguide/catalog"
	"honeyguide/catalog/index/local"
	"honeyguide/catalog/query"
	"honeyguide/db"
	"honeyguide/embed/builtin"
	"honeyguide/packs"
)

var encoder = sync.OnceValues(builtin.New)

// giftShop is a catalogue with one store that holds a feed.
func giftShop(t testing.TB, feed string, set catalog.Settings) (*catalog.Catalog, string) {
	t.Helper()
	ctx := context.Background()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	folder := t.TempDir()
	d, err := db.Open(ctx, filepath.Join(folder, "shop.db"))
	must(err)
	t.Cleanup(func() { d.Close() })
	enc, err := encoder()
	must(err)
	c, err := catalog.Open(ctx, catalog.Options{DB: d, Index: local.New(), Encoder: enc, Packs: loaded(t), Folder: folder, Log: slog.New(slog.DiscardHandler)})
	must(err)
	store, err := c.NewStore(ctx, set)
	must(err)
	j, err := c.Sync(ctx, store.ID, feed, catalog.Full, false, func(catalog.Job) {})
	must(err)
	if j.Failed > 0 {
		t.Fatalf("%d rows failed: %+v", j.Failed, j.Errors[0])
	}
	return c, store.ID
}

func smallShop(t testing.TB, change func(*catalog.Settings)) (*catalog.Catalog, string) {
	set := catalog.Settings{Name: "礼物店", Currency: "CNY", Locale: "en"}
	if change != nil {
		change(&set)
	}
	return giftShop(t, "testdata/gifts.csv", set)
}

// now is a Wednesday.
var now = time.Date(2026, 11, 18, 15, 0, 0, 0, time.UTC)

func advise(t *testing.T, c *catalog.Catalog, store string, r GiftRequest) *GiftAdvice {
	t.Helper()
	r.Now = now
	advice, err := NewGiver(loaded(t)).Gifts(context.Background(), c, store, r)
	if err != nil {
		t.Fatal(err)
	}
	return advice
}

func show(a *GiftAdvice) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%+v\n", a.Wish)
	for _, g := range a.Gifts {
		fmt.Fprintf(&b, "  %.3f %s [%s] %v\n", g.Score, g.Product.ID, g.Product.Category, g.Why)
	}
	fmt.Fprintf(&b, "  notes %v", a.Notes)
	return b.String()
}

func idsOf(a *GiftAdvice) []string {
	var ids []string
	for _, g := range a.Gifts {
		ids = append(ids, g.Product.ID)
	}
	return ids
}

// TestGiftsAdvised reads what buyers write: what must be understood, which
// products must be advised and which must not, and words of reasons and notes.
func TestGiftsAdvised(t *testing.T) {
	plain, plainStore := smallShop(t, nil)
	for _, c := range []struct {
		text       string
		understood string // "field=value …"
		with, not  string // ids
		says       string // somewhere in reasons or notes
	}{
		{"我女朋友过生日,送什么好?300以内", "recipient=girlfriend occasion=birthday gender=female budget_max=30000 language=zh", "perfume scarf", "necklace-dear watch-m wallet shoes umbrella", "¥300的预算内"},
		{"gift for my dad who loves fishing, under 300", "recipient=father gender=male interests=fishing budget_max=30000", "rod belt", "watch-m scarf necklace-gold", "Lines, hooks"},
		{"给同事的乔迁礼物", "recipient=colleague occasion=housewarming gender=", "plant mug", "bras roses", ""},
		{"present for a 7 year old", "age=7 gender=", "blocks picture-book plush", "belt watch-m necklace-gold wine", ""},
		{"5岁男孩生日礼物", "age=5 gender=male occasion=birthday", "blocks plush game", "bras scarf wine", ""},
		{"umbrella for my girlfriend", "category=umbrellas recipient=girlfriend", "umbrella", "", "as you asked"},
		{"送女朋友一把雨伞", "category=umbrellas recipient=girlfriend", "umbrella", "shoes", "谐音"},
		{"送女朋友什么好", "recipient=girlfriend", "perfume", "umbrella shoes clock knife", ""},
		{"wine for a 12 year old", "age=12 category=food.wine", "blocks", "wine whisky-gone", "not for minors"},
		{"something for my friend who is into kpop", "recipient=friend interests=kpop gender=", "", "", ""},
		{"中秋节送岳母", "recipient=mother occasion=mid-autumn gender=female", "tea set", "clock watch-m", "好事成双"},
		{"a gift for my friend's daughter, she is 30", "recipient=daughter gender=female", "", "wallet", ""},
		{"what to get my wife for our anniversary", "recipient=wife occasion=anniversary gender=female", "roses necklace-dear", "belt wallet", ""},
		{"母亲节礼物", "recipient=mother occasion=mothers-day gender=female", "carnations scarf", "belt", ""},
		{"something for my doctor", "recipient= gender=", "set", "", "often given"},
		{"gift for my sister under 50 euros", "recipient=sister budget_max=", "", "", "another currency"},
		{"探病送什么花", "occasion=get-well", "", "plant lilies", ""},
	} {
		t.Run(c.text, func(t *testing.T) {
			a := advise(t, plain, plainStore, GiftRequest{Text: c.text})
			fields := fieldsOf(&a.Wish)
			for pair := range strings.FieldsSeq(c.understood) {
				if field, value, _ := strings.Cut(pair, "="); fields[field] != value {
					t.Errorf("%s is %q, want %q", field, fields[field], value)
				}
			}
			ids := idsOf(a)
			for id := range strings.FieldsSeq(c.with) {
				if !slices.Contains(ids, id) {
					t.Errorf("%s is not advised", id)
				}
			}
			for id := range strings.FieldsSeq(c.not) {
				if slices.Contains(ids, id) {
					t.Errorf("%s is advised", id)
				}
			}
			if !strings.Contains(show(a), c.says) {
				t.Errorf("nothing says %q", c.says)
			}
			if t.Failed() {
				t.Log(show(a))
			}
		})
	}
}

// fieldsOf are a wish's fields by the names of the API.
func fieldsOf(w *GiftWish) map[string]string {
	f := map[string]string{"recipient": w.Recipient, "occasion": w.Occasion, "gender": w.Gender, "category": w.Category,
		"language": w.Language, "interests": strings.Join(w.Interests, ",")}
	if w.Age != nil {
		f["age"] = fmt.Sprint(*w.Age)
	}
	if w.BudgetMin != nil {
		f["budget_min"] = fmt.Sprint(*w.BudgetMin)
	}
	if w.BudgetMax != nil {
		f["budget_max"] = fmt.Sprint(*w.BudgetMax)
	}
	if !w.NeedBy.IsZero() {
		f["need_by"] = w.NeedBy.Format(time.DateOnly)
	}
	return f
}

// TestBudgetsAreKept asks for everybody and everything with every budget: no
// gift is dearer, none is out of stock, none comes twice, each has a reason.
func TestBudgetsAreKept(t *testing.T) {
	c, store := smallShop(t, nil)
	asked, advised := 0, 0
	for recipient := range loaded(t).Giving().Recipients {
		for _, occasion := range []string{"", "birthday", "wedding", "spring-festival"} {
			for _, budget := range []int64{0, 1500, 10000, 25900, 30000, 100000} {
				a := advise(t, c, store, GiftRequest{Given: GiftWish{Recipient: recipient, Occasion: occasion, BudgetMax: &budget}})
				asked, advised = asked+1, advised+len(a.Gifts)
				seen := map[string]bool{}
				for _, g := range a.Gifts {
					group := g.Product.ItemGroupID
					if g.Product.Cost().Amount > budget || g.Product.Availability != catalog.InStock || len(g.Why) == 0 || g.Why[0].Text == "" ||
						seen[g.Product.ID] || group != "" && seen[group] || g.Score <= 0 || g.Score > 1 {
						t.Fatalf("%s %s %d: %s", recipient, occasion, budget, show(a))
					}
					seen[g.Product.ID], seen[group] = true, true
				}
				if len(a.Gifts) == 0 && len(a.Notes) == 0 {
					t.Fatalf("%s %s %d: nothing, and nothing said", recipient, occasion, budget)
				}
				if !slices.IsSortedFunc(a.Gifts, func(a, b catalog.Found) int { return int(1e4*b.Score) - int(1e4*a.Score) }) {
					t.Fatalf("not by fit: %s", show(a))
				}
			}
		}
	}
	t.Logf("%d wishes, %d gifts, all within their budgets", asked, advised)
}

func TestGivenWinsOverWords(t *testing.T) {
	c, store := smallShop(t, nil)
	limit, age := int64(6900), 8
	a := advise(t, c, store, GiftRequest{Text: "我女朋友过生日,300以内", Limit: 2, Given: GiftWish{
		Recipient: "儿子", Occasion: "Christmas", Age: &age, BudgetMax: &limit, Language: "en", Interests: []string{"画画", "dinosaurs"}}})
	got := fieldsOf(&a.Wish)
	for field, want := range map[string]string{"recipient": "son", "occasion": "christmas", "age": "8", "budget_max": "6900", "language": "en", "interests": "art,dinosaurs"} {
		if got[field] != want {
			t.Errorf("%s is %q, want %q", field, got[field], want)
		}
	}
	if got["gender"] != male || len(a.Gifts) > 2 {
		t.Errorf("%s", show(a))
	}
}

func TestGiftsInTime(t *testing.T) {
	for _, test := range []struct {
		delivery *catalog.Delivery
		needBy   string
		gifts    bool
		says     string
	}{
		{nil, "2026-11-20", true, "has not said how long"},
		{&catalog.Delivery{MinDays: 1, MaxDays: 2}, "2026-11-20", true, "Arrives between 19 November and 20 November, in time"},
		{&catalog.Delivery{MinDays: 1, MaxDays: 5}, "2026-11-20", true, "it may come too late"},
		{&catalog.Delivery{MinDays: 3, MaxDays: 5}, "2026-11-20", false, "Nothing that fits would arrive in time"},
		{&catalog.Delivery{MinDays: 3, MaxDays: 5}, "", true, ""},
	} {
		c, store := smallShop(t, func(s *catalog.Settings) { s.Delivery = test.delivery })
		r := GiftRequest{Text: "birthday present for my sister"}
		if test.needBy != "" {
			r.Given.NeedBy, _ = time.Parse(time.DateOnly, test.needBy)
		}
		a := advise(t, c, store, r)
		if (len(a.Gifts) > 0) != test.gifts || !strings.Contains(show(a), test.says) || slices.Contains(idsOf(a), "slow") {
			t.Errorf("%+v: %s", test, show(a))
		}
	}
}

func TestGiftsOfChineseStore(t *testing.T) {
	c, store := smallShop(t, func(s *catalog.Settings) { s.Locale = "zh-CN" })
	a := advise(t, c, store, GiftRequest{Given: GiftWish{Recipient: "friend"}, Limit: MaxGifts})
	for _, id := range []string{"umbrella", "clock", "knife"} {
		if slices.Contains(idsOf(a), id) {
			t.Errorf("%s is advised", id)
		}
	}
	if a.Wish.Language != "zh" {
		t.Errorf("answers in %s", a.Wish.Language)
	}
}

func TestGiftRefusals(t *testing.T) {
	c, store := smallShop(t, nil)
	low, high, old, below := int64(10), int64(9), 121, int64(-1)
	for field, r := range map[string]GiftRequest{
		"limit":      {Limit: 21},
		"recipient":  {Given: GiftWish{Recipient: "martian"}},
		"occasion":   {Given: GiftWish{Occasion: "doomsday"}},
		"gender":     {Given: GiftWish{Gender: "robot"}},
		"age":        {Given: GiftWish{Age: &old}},
		"budget_min": {Given: GiftWish{BudgetMin: &low, BudgetMax: &high}},
		"budget_max": {Given: GiftWish{BudgetMax: &below}},
		"need_by":    {Given: GiftWish{NeedBy: now.AddDate(0, 0, -1)}},
	} {
		r.Now = now
		var fault *catalog.FieldError
		if _, err := NewGiver(loaded(t)).Gifts(context.Background(), c, store, r); !errors.As(err, &fault) || fault.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	if _, err := NewGiver(loaded(t)).Gifts(context.Background(), c, "st_none", GiftRequest{Now: now}); !errors.Is(err, catalog.ErrNotFound) {
		t.Errorf("an unknown store: %v", err)
	}
}

func TestDaysAndAges(t *testing.T) {
	for text, want := range map[string]string{
		"by friday": "2026-11-20", "before next friday": "2026-11-27", "下周五前": "2026-11-27", "周五前要": "2026-11-20", "星期天之前": "2026-11-22",
		"25 december": "2026-12-25", "december 25th": "2026-12-25", "by dec 3": "2026-12-03", "12月25日": "2026-12-25", "1月3号": "2027-01-03",
		"十二月二十五日": "2026-12-25", "tomorrow": "2026-11-19", "明天": "2026-11-19", "后天": "2026-11-20", "大后天": "2026-11-21", "in 3 days": "2026-11-21",
		"within two weeks": "2026-12-02", "三天内": "2026-11-21", "一周内": "2026-11-25", "next week": "2026-11-23", "下周": "2026-11-23", "2026-12-01": "2026-12-01",
		"wednesday": "2026-11-25", "this weekend": "2026-11-21", "周末": "2026-11-21", "月底": "2026-11-30", "3rd of march": "",
		"gift for mum": "", "under 300": "", "周岁": "", "30 february": "", "12 roses": "",
	} {
		got := ""
		if at := dayIn(packs.Split(text), now); !at.IsZero() {
			got = at.Format(time.DateOnly)
		}
		if text == "3rd of march" {
			want = "2027-03-03"
		}
		if got != want {
			t.Errorf("%s is %q, want %q", text, got, want)
		}
	}
	for text, want := range map[string]int{
		"a 7 year old": 7, "a seven-year-old": 7, "5岁": 5, "五岁": 5, "二十五岁": 25, "两岁半": 2, "her 30th birthday": 30, "turning 18": 18,
		"6 months old": 0, "8个月大的宝宝": 0, "60大寿": 60, "aged 12": 12, "twenty one years old": 21, "1周岁": 1,
		"under 50": -1, "for 300": -1, "gift for him": -1, "500 years old": -1,
	} {
		age, ok := ageIn(packs.Split(text))
		if !ok {
			age = -1
		}
		if age != want {
			t.Errorf("%s is %d, want %d", text, age, want)
		}
	}
}

// A rule that gives several things may speak of one of them only.
func TestReasonsOfOtherThings(t *testing.T) {
	s := &giftSearch{Giver: NewGiver(loaded(t))}
	plants := &idea{give: []string{"home.plants", "home.lamps"}, why: packs.Text{En: "Green plants fill a new home with life.", Zh: "绿植让新家更有生气。"}}
	open := &idea{give: plants.give, why: packs.Text{En: "Useful every day.", Zh: "天天用得上。"}}
	for _, c := range []struct {
		idea     *idea
		category string
		want     bool
	}{{plants, "home.plants", true}, {plants, "home.lamps", false}, {open, "home.lamps", true}} {
		if got := s.speaksOf(c.idea, c.category); got != c.want {
			t.Errorf("%q speaks of %s: %t", c.idea.why.En, c.category, got)
		}
	}
}

// What Chinese custom advises against is marked as such in the packs, and other
// advice is not.
func TestCustomsAreMarked(t *testing.T) {
	g := NewGiver(loaded(t))
	for category, want := range map[string]string{"home.clocks": "zh", "umbrellas": "zh", "shoes": "zh", "kitchen.knives": "zh", "food.wine": ""} {
		spoken := false
		for _, rule := range g.avoids {
			if slices.Contains(rule.Avoid, category) {
				if spoken = true; rule.Custom != want {
					t.Errorf("%s is avoided by the custom %q, want %q", category, rule.Custom, want)
				}
			}
		}
		if !spoken {
			t.Errorf("no rule speaks of %s", category)
		}
	}
	for key, others := range kin {
		for _, one := range append(others, key) {
			if !g.has(recipient, one) {
				t.Errorf("%s is no recipient", one)
			}
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, text := range []string{"我女朋友过生日,送什么好?300以内", "gift for a 7 year old by next friday, loves", "下周五前 送给朋友的女儿", "2026-12-25 dec 31st 二十五岁", "大后天 in a week"} {
		f.Add(text)
	}
	g := NewGiver(loaded(f))
	f.Fuzz(func(t *testing.T, text string) {
		w := g.Read(text, &query.Query{}, now)
		if w.Age != nil && (*w.Age < 0 || *w.Age > maxAge) || !w.NeedBy.IsZero() && w.NeedBy.Before(day(now)) || w.Recipient != "" && !g.has(recipient, w.Recipient) {
			t.Errorf("%q is %+v", text, w)
		}
	})
}

func BenchmarkGifts(b *testing.B) {
	c, store := giftShop(b, "testdata/gifts.csv", catalog.Settings{Name: "礼物店", Currency: "CNY", Locale: "en"})
	g := NewGiver(loaded(b))
	for b.Loop() {
		if _, err := g.Gifts(context.Background(), c, store, GiftRequest{Text: "我女朋友过生日,送什么好?300以内", Now: now}); err != nil {
			b.Fatal(err)
		}
	}
}
