package intent

import (
	"slices"
	"strings"
	"testing"
)

func TestReadMasksWhatHasTooManyForms(t *testing.T) {
	for text, want := range map[string]string{
		"Where's order #12345678?": "wheres order <long>",
		"under $50":                "under <price>",
		"€ 1,299.00 max":           "<price> max",
		"300元以内":                   "<price> 以 内",
		"50 dollars, 20块钱":         "<price> <price>",
		"身高165cm，体重100斤":           "身 高 <measure> 体 重 <measure>",
		"I am 1.75 m and 60kg":     "i am <measure> and <measure>",
		"38码":                      "<number> 码",
		"L码 or 2XL":                "<size> 码 or <size>",
		"two 8-packs":              "two <number> packs",
		"618活动":                    "618 活 动",
		"我要退貨":                     "我 要 退 货",
		"Don’t":                    "dont",
		"mp3 player":               "mp3 player",
		"3. 5":                     "<number> <number>",
		"!!!":                      "",
		"\xff":                     "",
		"5 S":                      "<number> <size>",
	} {
		if got := strings.Join(read(text).tokens, " "); got != want {
			t.Errorf("%q is read as %q, want %q", text, got, want)
		}
	}
}

func TestReadMarks(t *testing.T) {
	if r := read("why？"); !r.asks || r.shouts {
		t.Errorf("a question is %+v", r)
	}
	if r := read("now!!"); r.asks || !r.shouts {
		t.Errorf("a shout is %+v", r)
	}
	if r := read("now!"); r.shouts {
		t.Error("one mark is no shout")
	}
}

func TestReadKeepsBothEndsOfALongText(t *testing.T) {
	tokens := read("first " + strings.Repeat("、中", 3000) + " last").tokens
	if tokens[0] != "first" || tokens[len(tokens)-1] != "last" || len(tokens) > maxBytes/3 {
		t.Errorf("%d tokens, from %q to %q", len(tokens), tokens[0], tokens[len(tokens)-1])
	}
}

func TestConceptsAreFoundInBothLanguages(t *testing.T) {
	l, err := newLexicon("# words\n\nparcel = parcel, package, 包裹\nwhere = where, 哪里, 哪\nback = send back, 寄回\n", "back = return")
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string][]string{
		"Where are my packages?":         {"parcel", "where"},
		"包裹在哪里":                          {"parcel", "where"},
		"I am sending back the parcel":   {"back", "parcel"},
		"returned; send it; the backing": {"back"},
		"寄回":                             {"back"},
		"回寄":                             nil,
	} {
		var got []string
		for _, concept := range distinct(l.find(read(text).tokens)) {
			got = append(got, l.names[concept])
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%q speaks of %q, want %q", text, got, want)
		}
	}
	if _, err := newLexicon("parcel: parcel"); err == nil {
		t.Error("a line without a name is no error")
	}
}

func TestStem(t *testing.T) {
	for _, same := range [][]string{{"arrive", "arrives", "arrived", "arriving"}, {"ship", "ships", "shipped", "shipping"}, {"carry", "carries", "carried"}, {"cancel", "canceled", "cancels"}, {"is"}} {
		for _, word := range same[1:] {
			if stem(word) != stem(same[0]) {
				t.Errorf("the stem of %s is %s, that of %s is %s", same[0], stem(same[0]), word, stem(word))
			}
		}
	}
}
