package packs

import (
	"strings"
)

// Lexicon finds names in split text, the longest first. Names are compared
// without case, apostrophes and hyphens. The zero Lexicon is empty.
type Lexicon[V any] struct {
	root node[V]
}

type node[V any] struct {
	next  map[string]*node[V]
	value *V
}

// Add gives a name a value, in place of the one it had. A name without letters
// or digits is not added.
func (l *Lexicon[V]) Add(name string, value V) {
	l.add(words(name), value)
}

// Get returns the value of a name and whether it has one.
func (l *Lexicon[V]) Get(name string) (value V, ok bool) {
	n := &l.root
	for _, word := range words(name) {
		if n = n.next[word]; n == nil {
			return value, false
		}
	}
	if n.value == nil {
		return value, false
	}
	return *n.value, true
}

// Longest matches at the first token and returns the value of the longest name
// there and how many tokens it takes, 0 if none. A name does not run across a
// comma, a full stop or the like. Two words that together make a name match it
// too: "hand bag", "hand-bag".
func (l *Lexicon[V]) Longest(tokens []Token) (value V, count int) {
	n := &l.root
	for i, t := range tokens {
		if i > 0 && !joins(t.Gap) {
			break
		}
		if n = n.next[t.Text]; n == nil {
			break
		}
		if n.value != nil {
			value, count = *n.value, i+1
		}
	}
	if count < 2 && len(tokens) > 1 && isCompound(tokens[0], tokens[1]) {
		if n := l.root.next[tokens[0].Text+tokens[1].Text]; n != nil && n.value != nil {
			return *n.value, 2
		}
	}
	return value, count
}

// AddVariants adds the plural of every English name and the compound of every
// name of two English words ("flipflops"), where no other name is spelt so.
func (l *Lexicon[V]) AddVariants() {
	type name struct {
		words []string
		value V
	}
	var names []name
	l.root.each(nil, func(words []string, value V) {
		names = append(names, name{append([]string(nil), words...), value})
	})
	for _, n := range names {
		last := n.words[len(n.words)-1]
		if isWord(last) && len(last) > 2 && !strings.HasSuffix(last, "s") {
			l.addNew(append(append([]string(nil), n.words[:len(n.words)-1]...), plural(last)), n.value)
		}
		if len(n.words) == 2 && isWord(n.words[0]) && isWord(last) {
			l.addNew([]string{n.words[0] + last}, n.value)
		}
	}
}

// Words calls yield with every English word of the names, some repeated.
func (l *Lexicon[V]) Words(yield func(word string)) {
	l.root.each(nil, func(words []string, _ V) {
		for _, word := range words {
			if isWord(word) {
				yield(word)
			}
		}
	})
}

func (l *Lexicon[V]) add(words []string, value V) {
	if len(words) == 0 {
		return
	}
	n := &l.root
	for _, word := range words {
		if n.next == nil {
			n.next = map[string]*node[V]{}
		}
		if n.next[word] == nil {
			n.next[word] = &node[V]{}
		}
		n = n.next[word]
	}
	n.value = &value
}

func (l *Lexicon[V]) addNew(words []string, value V) {
	n := &l.root
	for _, word := range words {
		if n = n.next[word]; n == nil {
			break
		}
	}
	if n == nil || n.value == nil {
		l.add(words, value)
	}
}

func (n *node[V]) each(prefix []string, yield func(words []string, value V)) {
	if n.value != nil {
		yield(prefix, *n.value)
	}
	for word, next := range n.next {
		next.each(append(prefix, word), yield)
	}
}

// words returns the texts of a name's tokens.
func words(name string) []string {
	var words []string
	for _, t := range Split(fold(name)) {
		words = append(words, t.Text)
	}
	return words
}

// isWord tells whether a token is an English word.
func isWord(token string) bool {
	return len(token) > 0 && token[0] >= 'a' && token[0] <= 'z'
}

// isCompound tells whether two tokens may be one word written apart, as in
// "hand bag" or "H&M".
func isCompound(a, b Token) bool {
	if !isWord(a.Text) || !isWord(b.Text) || len(b.Gap) != 1 || !joins(b.Gap) {
		return false
	}
	return b.Gap == "&" || len(a.Text) > 1 && len(b.Text) > 1
}

// joins tells whether a name may run across the gap.
func joins(gap string) bool {
	return len(gap) <= 3 && strings.Trim(gap, " -&/.'_+·") == ""
}

// plural returns the regular plural of an English word.
func plural(word string) string {
	n := len(word)
	switch {
	case strings.HasSuffix(word, "ch"), strings.HasSuffix(word, "sh"), strings.HasSuffix(word, "x"):
		return word + "es"
	case word[n-1] == 'y' && !strings.ContainsRune("aeiou", rune(word[n-2])):
		return word[:n-1] + "ies"
	}
	return word + "s"
}
