package truth

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

// notionTable lists what is said in words and must be so: one notion a line, its key
// before a bar, its phrases behind it with semicolons between. In a phrase # is any
// number and _ any one word. A key that ends with a question mark is weak: only a
// record that says otherwise speaks against it. One that ends with a tilde is denied
// by its phrases, one with an exclamation mark is never to be said, and the key - is
// of phrases that claim nothing.
//
//go:embed notions.txt
var notionTable string

// node is a place in the tree of phrases.
type node struct {
	next map[string]*node
	key  string // of the phrase that ends here, or empty
}

var notionTree = sync.OnceValue(func() *node {
	root := &node{}
	for line := range strings.Lines(notionTable) {
		key, phrases, ok := strings.Cut(line, "|")
		if !ok || strings.HasPrefix(line, "//") {
			continue
		}
		for phrase := range strings.SplitSeq(phrases, ";") {
			at := root
			for _, t := range tokens(strings.TrimSpace(phrase)) {
				if at.next == nil {
					at.next = map[string]*node{}
				}
				if at.next[t.text] == nil {
					at.next[t.text] = &node{}
				}
				at = at.next[t.text]
			}
			if at != root {
				at.key = strings.TrimSpace(key)
			}
		}
	}
	return root
})

// notions claims what is said in words: the longest phrase at every place.
func (t *text) notions() {
	root, reach := notionTree(), 0
	for i := range t.all {
		key, end := t.follow(root, i)
		if key == "" || end <= reach { // inside a longer phrase
			continue
		}
		reach = end
		name, weak := strings.CutSuffix(key, "?")
		name, denies := strings.CutSuffix(name, "~")
		if name != "-" { // such as "feel free"
			c := claim{kind: notion, text: name, weak: weak, no: denies || t.denied(i)}
			switch { // not in stock is out of stock
			case c.no && name == "stock.in":
				c.text, c.no = "stock.out", false
			case c.no && name == "stock.out":
				c.text, c.no = "stock.in", false
			}
			t.add(c, i, end)
		}
	}
	t.acts()
}

// follow returns the key of the longest phrase that begins at a token.
func (t *text) follow(at *node, i int) (key string, end int) {
	if at.key != "" {
		key, end = at.key, i
	}
	if i >= len(t.all) || t.all[i].used || at.next == nil {
		return key, end
	}
	try := func(next *node, j int) {
		if next == nil {
			return
		}
		if k, e := t.follow(next, j); k != "" && (e > end || key == "") {
			key, end = k, e
		}
	}
	try(at.next[t.all[i].text], i+1)
	if at.next["_"] != nil && t.all[i].sort != sign {
		try(at.next["_"], i+1)
	}
	if at.next["#"] != nil {
		if n, ok := numeralAt(t.all, i); ok {
			try(at.next["#"], n.next)
		}
	}
	return key, end
}

// denied tells whether a word shortly before says no.
func (t *text) denied(i int) bool {
	for j := i - 1; j >= 0 && j >= i-5; j-- {
		s := t.all[j].text
		switch t.all[j].sort {
		case sign:
			if strings.Contains(",.;:!?，。；：！？、", s) {
				return false
			}
		case word:
			if denials[s] || strings.HasSuffix(s, "n't") {
				return true
			}
		case han:
			if j >= i-4 && strings.Contains("不没无未", s) && (t.word(j+1) == "" || !strings.Contains("仅但论过错少止管妨", t.word(j+1))) && !slices.Contains(noDenials, t.joined(j, 3)) {
				return true
			}
		}
	}
	return false
}

var (
	denials   = set("no not never without cannot neither nor none nothing isnt dont")
	noDenials = []string{"无理由", "无条件", "无门槛"}
)
