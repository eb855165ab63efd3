package catalog

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"honeyguide/catalog/words"
	"honeyguide/packs"
)

//go:embed faqconcepts.txt
var conceptsText string

// concepts know which words of a question mean nearly the same: those of the file,
// and the names that the packs give to what shops sell and to its properties.
type concepts struct {
	of      map[string][]uint32 // by the stems of a word or of several
	longest map[string]int      // name in tokens, by its first
	kinds   map[uint32]bool     // of the kind of answer that is asked for: how long, which
	trades  map[uint32][]string // the packs of those that are sold
}

// nothing is the concept of words that say nothing.
const nothing = "-"

// ofShop is the concept of questions on what a store does: do you, 你们.
var ofShop = conceptID("?shop")

func newConcepts(text string, known *packs.Packs) (*concepts, error) {
	c := &concepts{of: map[string][]uint32{}, longest: map[string]int{}, kinds: map[uint32]bool{}, trades: map[uint32][]string{}}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		name, list, ok := strings.Cut(line, " = ")
		if !ok {
			return nil, fmt.Errorf("faq concepts: %.40q has no \" = \"", line)
		}
		id := conceptID(name)
		c.kinds[id] = name[0] == '?'
		c.add(id, strings.Split(list, ", "))
	}
	for _, category := range known.Categories() {
		for _, key := range known.Ancestry(category.Key) {
			id := conceptID("category " + key)
			c.trades[id] = append(c.trades[id], category.Pack)
			c.add(id, category.Names.All())
		}
	}
	for _, attribute := range packs.Attributes() {
		c.addValues(attribute, known.Values(attribute))
	}
	for _, pack := range known.All() {
		for _, a := range pack.Attributes {
			c.addValues(a.Key, a.Values)
		}
	}
	return c, nil
}

func conceptID(name string) uint32 {
	if name == nothing {
		return 0
	}
	return words.Hash("\x02" + name)
}

func (c *concepts) addValues(attribute string, values []packs.Value) {
	for _, v := range values {
		c.add(conceptID(attribute+" "+v.Key), v.Names.All())
	}
}

func (c *concepts) add(id uint32, names []string) {
	for _, name := range names {
		tokens := tokensOf(words.Fold(name))
		key := strings.Join(tokens, " ")
		if len(tokens) == 0 {
			continue
		}
		c.longest[tokens[0]] = max(c.longest[tokens[0]], len(tokens))
		if !slices.Contains(c.of[key], id) {
			c.of[key] = append(c.of[key], id)
		}
	}
}

// read returns what a folded text speaks of, each once, hashed, ascending: the
// concepts of its words, and the words that belong to none.
func (c *concepts) read(folded string) []uint32 {
	tokens := tokensOf(folded)
	var all []uint32
	run := "" // of characters without a concept
	flush := func() {
		all = append(all, pairsOf(run)...)
		run = ""
	}
	for i := 0; i < len(tokens); {
		ids, n := c.longestAt(tokens[i:])
		switch {
		case n > 0:
			flush()
			for _, id := range ids {
				if id != 0 {
					all = append(all, id)
				}
			}
			i += n
			continue
		case isHan(tokens[i]):
			run += tokens[i]
		default:
			flush()
			all = append(all, words.Hash("\x03"+tokens[i]))
		}
		i++
	}
	flush()
	return unique(all)
}

// pairsOf are the pairs of neighbouring characters, or the one that there is.
func pairsOf(run string) (pairs []uint32) {
	r := []rune(run)
	for i := 0; i+2 <= len(r); i++ {
		pairs = append(pairs, words.Hash("\x03"+string(r[i:i+2])))
	}
	if len(r) == 1 {
		pairs = append(pairs, words.Hash("\x03"+run))
	}
	return pairs
}

// longestAt returns the concepts of the longest name at the start of tokens, and
// its length, 0 where there is none.
func (c *concepts) longestAt(tokens []string) (ids []uint32, n int) {
	var buffer [64]byte
	key := buffer[:0]
	for i, token := range tokens[:min(len(tokens), c.longest[tokens[0]])] {
		if i > 0 {
			key = append(key, ' ')
		}
		key = append(key, token...)
		if found, ok := c.of[string(key)]; ok {
			ids, n = found, i+1
		}
	}
	return ids, n
}

// tokensOf are the stems of a folded text's words, its numbers and its Chinese
// characters.
func tokensOf(folded string) []string {
	var tokens []string
	begin := -1
	end := func(at int) {
		if begin >= 0 {
			tokens = append(tokens, inflection(strings.ReplaceAll(folded[begin:at], "'", "")))
		}
		begin = -1
	}
	for i, r := range folded {
		switch {
		case unicode.Is(unicode.Han, r):
			end(i)
			tokens = append(tokens, string(r))
		case unicode.IsLetter(r) || unicode.IsDigit(r) || r == '\'' && begin >= 0:
			if begin < 0 {
				begin = i
			}
		default:
			end(i)
		}
	}
	end(len(folded))
	return tokens
}

func isHan(token string) bool {
	first, _ := utf8.DecodeRuneInString(token)
	return unicode.Is(unicode.Han, first)
}

// inflection cuts an English word's ending, roughly, so that "arrives", "arrived"
// and "arriving" are one.
func inflection(word string) string {
	for _, ending := range []string{"ing", "ies", "ied", "ed", "es", "s", "e", "y"} {
		rest, ok := strings.CutSuffix(word, ending)
		if !ok || len(rest) < 3 {
			continue
		}
		n := len(rest)
		if (ending == "ing" || ending == "ed") && rest[n-1] == rest[n-2] && !strings.ContainsRune("ls", rune(rest[n-1])) {
			rest = rest[:n-1]
		}
		return rest
	}
	return word
}
