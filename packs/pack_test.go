package packs

import (
	"bytes"
	"errors"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"go.yaml.in/yaml/v3"
)

// TestPacks holds every pack to what is promised of it.
func TestPacks(t *testing.T) {
	p := mustLoad(t)
	if len(p.All()) < 30 {
		t.Errorf("%d packs", len(p.All()))
	}
	for _, pack := range p.All() {
		if len(pack.Questions) != 20 || len(pack.Pairs) < 10 || len(pack.Gifts) < 10 || len(pack.Sets) == 0 || len(pack.Attributes) < 3 {
			t.Errorf("%s: %d questions, %d pairs, %d gifts, %d sets, %d attributes", pack.Key,
				len(pack.Questions), len(pack.Pairs), len(pack.Gifts), len(pack.Sets), len(pack.Attributes))
		}
		asked := map[string]bool{}
		for _, q := range pack.Questions {
			for _, said := range slices.Concat([]string{q.En.Ask, q.Zh.Ask}, q.En.Also, q.Zh.Also) {
				if folded := strings.ToLower(said); asked[folded] {
					t.Errorf("%s: %q is asked twice", pack.Key, said)
				} else {
					asked[folded] = true
				}
			}
		}
	}
	for _, c := range p.Categories() {
		if c.Google == "" || strings.Contains(c.Google, ">>") {
			t.Errorf("category %s maps to %q of Google's taxonomy", c.Key, c.Google)
		}
		if _, ok := p.Pack(c.Pack); !ok {
			t.Errorf("category %s is of pack %q", c.Key, c.Pack)
		}
	}
}

// TestNoUnknownFields reads all data strictly, so that a misspelt field is found.
func TestNoUnknownFields(t *testing.T) {
	names, err := fs.Glob(data, "data/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	more, err := fs.Glob(data, "data/packs/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range append(names, more...) {
		text, err := data.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		d := yaml.NewDecoder(bytes.NewReader(text))
		d.KnownFields(true)
		var into any = &file{}
		if strings.HasPrefix(name, "data/packs/") {
			into = &packFile{}
		}
		if err := d.Decode(into); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestOrder: slots, attributes and sizes come in the order of their file.
func TestOrder(t *testing.T) {
	clothing, ok := mustLoad(t).Pack("clothing")
	if !ok {
		t.Fatal("no clothing")
	}
	var slots []string
	for _, slot := range clothing.Sets[0].Slots {
		slots = append(slots, slot.Key)
	}
	if clothing.Sets[0].Key != "outfit" || !slices.Equal(slots[:3], []string{"top", "bottom", "dress"}) {
		t.Errorf("set %s has the slots %v", clothing.Sets[0].Key, slots)
	}
	rows := clothing.Sizes[0].Rows
	if rows[0].Size != "XXS" || rows[0].Measures["chest"][1] > rows[1].Measures["chest"][0] || rows[0].Also["uk"] == "" {
		t.Errorf("the first sizes are %+v", rows[:2])
	}
}

func TestGivingWords(t *testing.T) {
	g := mustLoad(t).Giving()
	if mother := g.Recipients["mother"]; mother.Gender != "female" || !slices.Contains(mother.Zh, "妈妈") {
		t.Errorf("mother is %+v", mother)
	}
	if g.Recipients["friend"].Gender != "" || g.Occasions["christmas"].Date != "12-25" || len(g.Interests) < 40 {
		t.Errorf("friend %+v, christmas %+v, %d interests", g.Recipients["friend"], g.Occasions["christmas"], len(g.Interests))
	}
	for kind, words := range map[string][]Names{
		"recipient": names(g.Recipients, func(r Recipient) Names { return r.Names }),
		"occasion":  names(g.Occasions, func(d GivingDay) Names { return d.Names }),
		"interest":  names(g.Interests, func(n Names) Names { return n }),
	} {
		seen := map[string]bool{}
		for _, n := range words {
			if len(n.En) == 0 || len(n.Zh) == 0 {
				t.Errorf("a %s without names in one language: %+v", kind, n)
			}
			for _, name := range n.All() {
				if seen[name] {
					t.Errorf("%s: %q means two things", kind, name)
				}
				seen[name] = true
			}
		}
	}
}

func names[V any](all map[string]V, of func(V) Names) (list []Names) {
	for v := range maps.Values(all) {
		list = append(list, of(v))
	}
	return list
}

// TestPackRefuses spoils a pack in each way that the loader must notice.
func TestPackRefuses(t *testing.T) {
	const good = `
pack: lamps
version: 1
names: {en: Lamps, zh: 灯具}
categories:
  lamps: {en: [lamps], zh: [灯]}
attributes:
  socket: {names: {en: Socket, zh: 灯头}, values: {e14: {en: [e14], zh: [小螺口]}}}
sets:
  desk: {names: {en: Desk, zh: 书桌}, slots: {lamp: {names: {en: Lamp, zh: 灯}, take: [lamps]}}, plans: [{need: [lamp]}]}
pairs:
  - {when: [lamps], take: [lamps], why: {en: Two are brighter., zh: 两盏更亮。}}
gifts:
  - {give: [lamps], to: [friend], age: [18, 90], why: {en: For the desk., zh: 放书桌上。}}
sizes:
  shade: {names: {en: Shade, zh: 灯罩}, take: [lamps], by: [length], unit: cm, rows: [{size: S, length: [10, 20]}]}
questions:
  - {id: bulb, topic: use, en: {ask: "Which bulb?", also: [what bulb], answer: "See the label."}, zh: {ask: "用什么灯泡？", also: [灯泡型号], answer: "看标签。"}}
`
	giving := `recipients: {friend: {en: [friend], zh: [朋友]}}` + "\n"
	read := func(text string) error {
		_, err := load(fstest.MapFS{"data/giving.yaml": {Data: []byte(giving)}, "data/packs/lamps.yaml": {Data: []byte(text)}})
		return err
	}
	if err := read(good); err != nil {
		t.Fatalf("a good pack: %v", err)
	}
	for _, c := range [][3]string{
		{"the pack's key", "pack: lamps", "pack: lights"},
		{"no version", "version: 1", "version: 0"},
		{"one language", "{en: Lamps, zh: 灯具}", "{en: Lamps}"},
		{"a slot of no category", "zh: 灯}, take: [lamps]}}, plans", "zh: 灯}, take: [shades]}}, plans"},
		{"a plan of no slot", "need: [lamp]", "need: [shade]"},
		{"a plan that needs nothing", "need: [lamp]", "may: [lamp]"},
		{"a pair of no category", "{when: [lamps]", "{when: [sofas]"},
		{"a pair without a reason", "why: {en: Two are brighter., zh: 两盏更亮。}", "why: {en: Two are brighter.}"},
		{"an unknown season", "{when: [lamps], take", "{season: [monsoon], when: [lamps], take"},
		{"an unknown gender", "{when: [lamps], take", "{gender: any, when: [lamps], take"},
		{"an unknown recipient", "to: [friend]", "to: [enemy]"},
		{"an age that ends before it begins", "age: [18, 90]", "age: [90, 18]"},
		{"a custom of nobody", "{give: [lamps], to", "{custom: xx, avoid: [lamps], to"},
		{"a gift that gives and avoids", "give: [lamps], to", "give: [lamps], avoid: [lamps], to"},
		{"an unknown measure", "by: [length]", "by: [girth]"},
		{"a size without its measure", "{size: S, length: [10, 20]}", "{size: S, waist: [10, 20]}"},
		{"a size that ends before it begins", "length: [10, 20]", "length: [20, 10]"},
		{"a size without its end", "length: [10, 20]", "length: [10]"},
		{"an unknown unit", "unit: cm", "unit: inch"},
		{"an unknown topic", "topic: use", "topic: gossip"},
		{"an answer in one language", `answer: "看标签。"`, `answer: ""`},
	} {
		if err := read(strings.Replace(good, c[1], c[2], 1)); !errors.Is(err, ErrInvalid) {
			t.Errorf("%s: got %v", c[0], err)
		}
	}
}
