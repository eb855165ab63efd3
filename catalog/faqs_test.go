package catalog

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"honeyguide/catalog/index"
	"honeyguide/catalog/index/qdrant/qdranttest"
)

const noPacks = "none" // a key that is no pack

// newFAQShop is a shop of these packs.
func newFAQShop(t testing.TB, packs []string, mend ...func(*Options)) *shop {
	t.Helper()
	s := newShop(t, mend...)
	s.setPacks(packs...)
	return s
}

func (s *shop) setPacks(packs ...string) {
	s.t.Helper()
	if _, err := s.ChangeStore(context.Background(), s.store, func(set *Settings) { set.Packs = packs }); err != nil {
		s.t.Fatal(err)
	}
}

func (s *shop) putFAQ(f FAQ) FAQ {
	s.t.Helper()
	kept, err := s.PutFAQ(context.Background(), s.store, f)
	if err != nil {
		s.t.Fatal(err)
	}
	return kept
}

func (s *shop) faqs(filter FAQFilter) []FAQ {
	s.t.Helper()
	list, err := s.FAQs(context.Background(), s.store, filter, "", 100_000)
	if err != nil {
		s.t.Fatal(err)
	}
	return list
}

func (s *shop) importFAQs(data string) FAQChanges {
	s.t.Helper()
	changes, err := s.ImportFAQs(context.Background(), s.store, []byte(data))
	if err != nil {
		s.t.Fatal(err)
	}
	return changes
}

func wantChanges(t testing.TB, c FAQChanges, want string) {
	t.Helper()
	if got := fmt.Sprintf("%d added, %d updated, %d unchanged, %d failed", c.Added, c.Updated, c.Unchanged, c.Failed); got != want {
		t.Errorf("%s, want %s: %v", got, want, c.Errors)
	}
}

func TestFAQRecord(t *testing.T) {
	ctx, s := context.Background(), newFAQShop(t, []string{noPacks})
	until := time.Date(2027, 1, 2, 3, 4, 5, 0, time.FixedZone("", 8*3600))
	added, err := s.AddFAQ(ctx, s.store, FAQ{Question: "  怎么 退货? ", Phrasings: []string{"可以退吗", "", "可以退吗", "怎么 退货?"}, Answer: " 七天内。\n", Enabled: true,
		ProductIDs: []string{" p1 ", "p1"}, ValidTo: &until, Source: FromPack})
	if err != nil {
		t.Fatal(err)
	}
	want := FAQ{ID: added.ID, Question: "怎么 退货?", Phrasings: []string{"可以退吗"}, Answer: "七天内。", Language: "zh", Enabled: true,
		ProductIDs: []string{"p1"}, ValidTo: &until, Source: FromMerchant, State: FAQLive}
	got, err := s.FAQ(ctx, s.store, added.ID)
	if err != nil || !got.same(&want) || got.Source != want.Source || !strings.HasPrefix(got.ID, "faq_") {
		t.Errorf("kept %+v, %v; want %+v", got, err, want)
	}
	if err := s.DeleteFAQ(ctx, s.store, added.ID); err != nil {
		t.Error(err)
	}
	for _, err := range []error{s.DeleteFAQ(ctx, s.store, added.ID), second(s.FAQ(ctx, s.store, added.ID)), second(s.FAQ(ctx, "st_other", added.ID))} {
		if !errors.Is(err, ErrNotFound) {
			t.Errorf("gave %v, want ErrNotFound", err)
		}
	}
}

func second[T any](_ T, err error) error { return err }

func TestFAQRefusals(t *testing.T) {
	s := newFAQShop(t, []string{noPacks})
	early, late := time.Unix(0, 0), time.Unix(1, 0)
	for field, f := range map[string]FAQ{
		"question":       {ID: "a", Question: " ", Answer: "yes"},
		"answer":         {ID: "a", Question: "really?", Answer: strings.Repeat("好", maxAnswer+1)},
		"language":       {ID: "a", Question: "really?", Answer: "yes", Language: "not a language"},
		"state":          {ID: "a", Question: "really?", Answer: "yes", State: "dead"},
		"valid_to":       {ID: "a", Question: "really?", Answer: "yes", ValidFrom: &late, ValidTo: &early},
		"phrasings[1]":   {ID: "a", Question: "really?", Answer: "yes", Phrasings: []string{"ok", "a|b"}},
		"phrasings[0]":   {ID: "a", Question: "really?", Answer: "yes", Phrasings: []string{"\xff"}},
		"phrasings":      {ID: "a", Question: "really?", Answer: "yes", Phrasings: many(maxPhrasings + 1)},
		"product_ids":    {ID: "a", Question: "really?", Answer: "yes", ProductIDs: many(maxFAQProducts + 1)},
		"product_ids[0]": {ID: "a", Question: "really?", Answer: "yes", ProductIDs: []string{strings.Repeat("p", maxFAQID+1)}},
		"category":       {ID: "a", Question: "really?", Answer: "yes", Category: strings.Repeat("c", maxFAQCategory+1)},
		"id":             {ID: "pack:none:such:en", Question: "really?", Answer: "yes"},
	} {
		_, err := s.PutFAQ(context.Background(), s.store, f)
		var fault *FieldError
		if !errors.As(err, &fault) || fault.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	if n := len(s.faqs(FAQFilter{})); n != 0 {
		t.Errorf("kept %d that it refused", n)
	}
}

func many(n int) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprint("number ", i)
	}
	return list
}

// The packs' answers are a store's until it changes or hides them.
func TestGoldenFAQs(t *testing.T) {
	ctx, s := context.Background(), newFAQShop(t, []string{"drinks", noPacks})
	all := s.faqs(FAQFilter{})
	if len(all) != 40 || all[0].Source != FromPack || !strings.HasPrefix(all[0].ID, "pack:drinks:") {
		t.Fatalf("%d answers, the first %+v", len(all), all[0])
	}
	if n := len(s.faqs(FAQFilter{Language: "zh-CN", Text: "开水"})); n == 0 || n >= 20 {
		t.Errorf("%d answers in Chinese on boiling water", n)
	}
	id := "pack:drinks:tea-temperature:en"
	theirs, err := s.FAQ(ctx, s.store, id)
	if err != nil {
		t.Fatal(err)
	}
	ours := theirs
	ours.Answer = "Ask our tea master."
	s.putFAQ(ours)
	s.golden.faqs[s.golden.at[id]].Answer = "as another version of the packs has it"
	if got, err := s.FAQ(ctx, s.store, id); err != nil || got.Answer != ours.Answer || got.Source != FromMerchant {
		t.Errorf("overridden: %+v, %v", got, err)
	}
	if err := s.DeleteFAQ(ctx, s.store, id); err != nil {
		t.Fatal(err)
	}
	if _, err := s.FAQ(ctx, s.store, id); !errors.Is(err, ErrNotFound) || len(s.faqs(FAQFilter{})) != 39 {
		t.Errorf("hidden, it is still there: %v", err)
	}
	s.setPacks(noPacks)
	if _, err := s.FAQ(ctx, s.store, "pack:drinks:tea-temperature:zh"); !errors.Is(err, ErrNotFound) || len(s.faqs(FAQFilter{})) != 0 {
		t.Errorf("of a pack that the store has not: %v", err)
	}
	s.setPacks()
	if n := len(s.faqs(FAQFilter{})); n != len(s.golden.faqs)-1 {
		t.Errorf("all packs have %d answers", n)
	}
}

// A list read page by page is the list, whoever's the answers are.
func TestFAQPages(t *testing.T) {
	ctx, s := context.Background(), newFAQShop(t, []string{"drinks", "pets"})
	for i := range 30 {
		id := fmt.Sprintf("%c%02d", "aqz"[i%3], i)
		s.putFAQ(FAQ{ID: id, Question: "Number " + id, Answer: "yes", Enabled: true, Category: []string{"odd", "even"}[i%2]})
	}
	var paged []FAQ
	for after := ""; ; {
		some, err := s.FAQs(ctx, s.store, FAQFilter{}, after, 7)
		if err != nil {
			t.Fatal(err)
		}
		if paged = append(paged, some...); len(some) < 7 {
			break
		}
		after = some[6].ID
	}
	whole := s.faqs(FAQFilter{})
	if len(whole) != 110 || !slices.EqualFunc(paged, whole, func(a, b FAQ) bool { return a.ID == b.ID }) || !slices.IsSortedFunc(whole, func(a, b FAQ) int { return strings.Compare(a.ID, b.ID) }) {
		t.Errorf("%d in pages, %d at once", len(paged), len(whole))
	}
	if n := len(s.faqs(FAQFilter{Category: "odd"})); n != 15 {
		t.Errorf("%d in a category", n)
	}
}

func TestFAQLimit(t *testing.T) {
	s := newFAQShop(t, []string{noPacks})
	list := make([]FAQ, MaxFAQs)
	rows := strings.Builder{}
	rows.WriteString("id,question,answer\n")
	for i := range list {
		fmt.Fprintf(&rows, "f%d,Question number %d,yes\n", i, i)
	}
	wantChanges(t, s.importFAQs(rows.String()), "10000 added, 0 updated, 0 unchanged, 0 failed")
	wantChanges(t, s.importFAQs("id,question,answer\nf7,Question number 7,no\nnew,One more,yes\n"), "0 added, 1 updated, 0 unchanged, 1 failed")
	if _, err := s.AddFAQ(context.Background(), s.store, FAQ{Question: "One more", Answer: "yes"}); !errors.Is(err, ErrInvalid) {
		t.Errorf("one more than the most: %v", err)
	}
}

// Answers are in the index, wherever that is, through crashes and outages.
func TestFAQsInQdrant(t *testing.T) {
	ctx, server := context.Background(), qdranttest.Start(t)
	model := "first"
	s := newFAQShop(t, []string{noPacks}, onQdrant(t, server, &model))
	s.catchUp()
	s.sync(table(rows(0, 3)...), Full)
	ask := func(id string, ways ...string) FAQ {
		return FAQ{ID: id, Question: ways[0], Phrasings: ways[1:], Answer: "yes", Enabled: true}
	}
	s.putFAQ(ask("a", "Do you ship abroad?", "delivery to other countries", "国外能寄吗"))
	s.putFAQ(ask("b", "怎么退货", "退货流程"))
	s.inStep(3 + 2)
	server.Stop()
	s.putFAQ(ask("a", "Do you ship abroad?"))
	s.putFAQ(ask("c", "How do I pay?"))
	if err := s.DeleteFAQ(ctx, s.store, "b"); err != nil {
		t.Fatal(err)
	}
	server.Restart()
	s.restart()
	s.catchUp()
	s.inStep(3 + 2)
	server.Wipe()
	s.catchUp()
	s.inStep(3 + 2)
	if err := s.sight().index.Delete(ctx, s.store, index.FAQs, []string{"a"}); err != nil {
		t.Fatal(err)
	}
	if d, err := s.projection.Check(ctx); err != nil || d.Missing != 1 || len(d.Examples) != 1 || !strings.Contains(d.Examples[0], "faq a") {
		t.Errorf("%+v, %v", d, err)
	}
	model = "second"
	s.restart()
	if n, err := s.Reencode(ctx); n != 3 || err != nil { // answers have no vectors
		t.Errorf("made %d anew, %v", n, err)
	}
	s.catchUp()
	s.inStep(3 + 2)
}

// An index in memory holds after a restart what it held before.
func TestFAQsAfterARestart(t *testing.T) {
	s := newFAQShop(t, []string{noPacks})
	s.putFAQ(FAQ{ID: "a", Question: "Do you ship abroad?", Answer: "yes", Enabled: true})
	s.putFAQ(FAQ{ID: "b", Question: "国外能寄吗", Answer: "能", Enabled: true})
	if err := s.DeleteFAQ(context.Background(), s.store, "b"); err != nil {
		t.Fatal(err)
	}
	s.restart()
	hits, err := s.sight().index.Search(context.Background(), []index.Query{{Store: s.store, Kind: index.FAQs, Space: index.Words, Words: lookUp("ship 国外能寄吗", wording{}), Limit: 9}})
	if err != nil || len(hits[0]) != 1 || hits[0][0].ID != "a" {
		t.Errorf("%v, %v", hits, err)
	}
	if n, err := s.Pending(context.Background()); n != 0 || err != nil {
		t.Errorf("%d pending, %v", n, err)
	}
}

func TestFAQExport(t *testing.T) {
	ctx, s := context.Background(), newFAQShop(t, []string{"drinks"})
	until := time.Date(2027, 1, 2, 3, 4, 5, 6e6, time.UTC)
	s.putFAQ(FAQ{ID: "a,\"", Question: "Do you, \"really\"?", Phrasings: []string{"one", "two, or"}, Answer: "Line one\nline 二", ProductIDs: []string{"p", "q"},
		ValidFrom: &until, ValidTo: &until, State: FAQPending, Source: FromAgent, Category: "款式"})
	s.putFAQ(FAQ{ID: "pack:drinks:tea-temperature:en", Question: "How hot?", Answer: "Very.", Enabled: true})
	before := s.faqs(FAQFilter{})
	for name, write := range map[string]func(*bytes.Buffer) error{
		"csv":  func(b *bytes.Buffer) error { return s.ExportFAQs(ctx, s.store, b) },
		"json": func(b *bytes.Buffer) error { return s.ExportFAQList(ctx, s.store, b) },
	} {
		var file bytes.Buffer
		if err := write(&file); err != nil {
			t.Fatal(name, err)
		}
		wantChanges(t, s.importFAQs(file.String()), fmt.Sprintf("0 added, 0 updated, %d unchanged, 0 failed", len(before)))
	}
	if after := s.faqs(FAQFilter{}); len(after) != len(before) || after[0].Source != FromAgent {
		t.Errorf("%d answers became %d", len(before), len(after))
	}
}
