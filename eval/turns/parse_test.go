package turns

import (
	"errors"
	"strings"
	"testing"
	"time"
)

func parse(t *testing.T, text string) *File {
	t.Helper()
	f, err := Parse("cases.txt", strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestParse(t *testing.T) {
	f := parse(t, "\ufefflang: zh\r\nnow: 2026-11-20T10:00\ngiven order: {\"id\":\"A1\"}\n\n// a remark\n"+
		"# 第一个\npage: p1\n> 你好\nintent: smalltalk\nasked:\n> 便宜点\n>> 谢谢\nexcept: stock, numbers\nnow: 2026-11-21T08:30\n"+
		"# second\nlang: en\nlocale: en-GB\n>\nphoto: of p2, cropped, darker\n")
	if len(f.Given) != 1 || f.Given[0] != (Given{Line: 3, Kind: "order", JSON: `{"id":"A1"}`}) {
		t.Errorf("given %+v", f.Given)
	}
	if len(f.Cases) != 2 {
		t.Fatalf("%d cases", len(f.Cases))
	}
	one, two := f.Cases[0], f.Cases[1]
	noon := time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC)
	if one.Name != "第一个" || one.Line != 6 || one.Settings != (Settings{Lang: "zh", Now: noon, Page: "p1"}) || len(one.Turns) != 2 {
		t.Errorf("the first case: %+v", one)
	}
	if turn := one.Turns[0]; turn.Text != "你好" || turn.Line != 8 || len(turn.Expect) != 2 || turn.Expect[1].Property != "asked" || turn.Expect[1].Value != "" {
		t.Errorf("its first turn: %+v", turn)
	}
	if turn := one.Turns[1]; turn.Text != "便宜点\n谢谢" || len(turn.Except) != 2 || turn.Now.Day() != 21 {
		t.Errorf("its second turn: %+v", turn)
	}
	if two.Settings != (Settings{Lang: "en", Now: noon, Locale: "en-GB"}) {
		t.Errorf("the second case: %+v", two)
	}
	if p := two.Turns[0].Photo; p == nil || p.Product != "p2" || len(p.Changes) != 2 {
		t.Errorf("its photo: %+v", p)
	}
}

// Every fault is told with its line and the way out.
func TestFaults(t *testing.T) {
	for _, c := range []struct{ text, says string }{
		{"", "cases.txt:0: there is no case; begin one"},
		{"lang: fr\n# a\n> b\n", "cases.txt:1: lang is en, zh or any"},
		{"# a\n> b\n", "cases.txt:1: the case \"a\" does not say the language"},
		{"lang: en\n# a\n# b\n> c\n", "cases.txt:2: the case \"a\" has no turn; add a line such as"},
		{"lang: en\n#\n> c\n", "cases.txt:2: a case needs a name"},
		{"lang: en\n> c\n", "cases.txt:2: a turn needs a case"},
		{"lang: en\n>> c\n# a\n> b\n", "cases.txt:2: >> adds"},
		{"lang: en\n# a\n>\nintent: gift\n", "cases.txt:3: the turn has neither words nor a photo"},
		{"lang: en\n# a\n> b\nwhatever\n", "cases.txt:4: \"whatever\" is neither"},
		{"lang: en\n# a\n> b\ncolour: red\n", "cases.txt:4: \"colour\" is no property"},
		{"lang: en\n# a\n> b\nunderstood.colour: red\n", "cases.txt:4: \"understood.colour\" is no property"},
		{"lang: en\n# a\n> b\neach product colour: red\n", "cases.txt:4: \"colour\" is no field of a product: age_group, brand"},
		{"lang: en\n# a\n> b\nproducts: <= many\n", "cases.txt:4: products: \"many\" is no number"},
		{"lang: en\n# a\n> b\nproducts: 1..x\n", "cases.txt:4: products: \"x\" is no number"},
		{"lang: en\n# a\n> b\nintent: gift |\n", "cases.txt:4: intent: an alternative is empty"},
		{"lang: en\n# a\n> b\nunderstood.product_id: shown zero\n", "cases.txt:4: understood.product_id: shown zero: say shown 1"},
		{"lang: en\n# a\n> b\nunderstood.product_id: shown 0\n", "cases.txt:4: understood.product_id: shown 0: say shown 1"},
		{"lang: en\n# a\n> b\nnew products only: no\n", "cases.txt:4: new products only: the only value is yes"},
		{"lang: en\n# a\n> b\ntext has:\n", "cases.txt:4: text has: needs words"},
		{"lang: en\n# a\n> b\nexcept: prices\n", "cases.txt:4: except: \"prices\" is not among what always holds: language"},
		{"lang: en\n# a\n> b\nphoto: of\n", "cases.txt:4: photo:"},
		{"lang: en\n# a\n> b\nphoto: ../x.jpg\n", "cases.txt:4: photo: \"../x.jpg\" is neither"},
		{"lang: en\n# a\n> b\nphoto: of p, upside down\n", "cases.txt:4: photo: \"upside down\" is none of"},
		{"lang: en\n# a\nmood: good\n> b\n", "cases.txt:3: \"mood\" is no setting"},
		{"lang: en\nnow: noon\n# a\n> b\n", "cases.txt:2: \"noon\" is no time such as"},
		{"lang: en\ngiven weather: {}\n# a\n> b\n", "cases.txt:2: given \"weather\" is not known"},
		{"lang: en\ngiven order: id 1\n# a\n> b\n", "cases.txt:2: what is given is JSON"},
		{"lang: en\n# a\n> b\ngiven order: {}\n", "cases.txt:4: what is given stands at the top"},
		{"lang: en\n# a\n> " + strings.Repeat("x", maxLine) + "\n", "cases.txt:3:"},
	} {
		_, err := Parse("cases.txt", strings.NewReader(c.text))
		if err == nil || !errors.Is(err, ErrCases) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%.60q: %v, want %s", c.text, err, c.says)
		}
	}
}

func TestFaultsAreToldTogether(t *testing.T) {
	_, err := Parse("cases.txt", strings.NewReader("lang: en\n# a\n> b\nx: 1\ny: 2\n"))
	if err == nil || !strings.Contains(err.Error(), ":4:") || !strings.Contains(err.Error(), ":5:") {
		t.Errorf("%v", err)
	}
	_, err = Parse("cases.txt", strings.NewReader("lang: en\n# a\n> b\n"+strings.Repeat("x: 1\n", 1000)))
	if n := strings.Count(err.Error(), "\n"); n >= maxFaults+5 {
		t.Errorf("%d lines of faults", n)
	}
}

// Whatever comes, a file or faults come back, and what was taken can be compared.
func FuzzParse(f *testing.F) {
	f.Add("lang: en\n# a\n> b\nintent: gift | search\nproducts: 1..3\neach product price: < shown max\n")
	f.Add("given order: {}\n# a\nlang: zh\n>\nphoto: of p, cropped\nunderstood.*:\n")
	f.Add("lang: any\n# a\n> b\n>> c\nexcept: text\nunderstood.colors: red, blue\ntext has not: not x|y\n")
	for _, name := range []string{"gift_zh", "outfit_en", "photo"} {
		text, err := own.ReadFile("cases/" + name + ".txt")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	f.Fuzz(func(t *testing.T, text string) {
		file, err := Parse("fuzz.txt", strings.NewReader(text))
		if err != nil {
			if !errors.Is(err, ErrCases) || !strings.Contains(err.Error(), "fuzz.txt:") {
				t.Fatal(err)
			}
			return
		}
		a := answer(nil)
		for _, c := range file.Cases {
			for i := range c.Turns {
				a.turn = &c.Turns[i]
				a.compare()
			}
		}
	})
}
