package catalog

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"honeyguide/packs"
)

// packPrefix begins the ids of the packs' answers: pack:<pack>:<question>:<language>.
const packPrefix = "pack:"

// golden are the packs' answers, which every store of their trade gives unless it
// has changed or hidden them.
type golden struct {
	faqs  []FAQ // ascending by id
	packs *packs.Packs
	pack  []string
	at    map[string]int // place by id

	known func() (*knownFAQs, error) // made when first asked for
}

func newGolden(p *packs.Packs) *golden {
	g := &golden{packs: p, at: map[string]int{}}
	g.known = sync.OnceValues(g.load)
	for _, pack := range p.All() {
		for _, q := range pack.Questions {
			for language, a := range map[string]*packs.Answer{"en": &q.En, "zh": &q.Zh} {
				g.faqs = append(g.faqs, FAQ{
					ID:       packPrefix + pack.Key + ":" + q.ID + ":" + language,
					Question: a.Ask, Phrasings: nonNil(a.Also), Answer: a.Answer, Language: language, Category: q.Topic,
					Enabled: true, ProductIDs: []string{}, Source: FromPack, State: FAQLive,
				})
			}
		}
	}
	slices.SortFunc(g.faqs, func(a, b FAQ) int { return cmp.Compare(a.ID, b.ID) })
	for i := range g.faqs {
		g.at[g.faqs[i].ID] = i
		g.pack = append(g.pack, packOf(g.faqs[i].ID))
	}
	return g
}

func packOf(id string) string {
	pack, _, _ := strings.Cut(strings.TrimPrefix(id, packPrefix), ":")
	return pack
}

// of returns the packs' answer of an id, if a store has that pack.
func (g *golden) of(store *Store, id string) (FAQ, bool) {
	i, ok := g.at[id]
	if !ok || !store.has(g.pack[i]) {
		return FAQ{}, false
	}
	return g.faqs[i], true
}

// after returns those of a store's packs that come after an id, ascending.
func (g *golden) after(store *Store, id string) []FAQ {
	from, found := slices.BinarySearchFunc(g.faqs, id, func(f FAQ, id string) int { return cmp.Compare(f.ID, id) })
	if found {
		from++
	}
	var some []FAQ
	for i := from; i < len(g.faqs); i++ {
		if store.has(g.pack[i]) {
			some = append(some, g.faqs[i])
		}
	}
	return some
}

// has reports whether a store uses a pack.
func (s *Settings) has(pack string) bool {
	return len(s.Packs) == 0 || slices.Contains(s.Packs, pack)
}
