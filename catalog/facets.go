package catalog

import (
	"cmp"
	"hash/fnv"
	"maps"
	"slices"
	"sync"

	"honeyguide/catalog/index"
	"honeyguide/catalog/query"
	"honeyguide/packs"
)

// facets count the values that each store's products carry, by tag field. A
// query's words become filters only on values that are here. They follow the
// index: what it holds is counted, no more and no less.
type facets struct {
	names  func() *query.Names // of the packs, made when first needed
	mu     sync.Mutex          // guards stores, not what they hold
	stores map[string]*storeFacets
}

// storeFacets are one store's.
type storeFacets struct {
	mu       sync.Mutex
	counts   map[string]map[string]int // field → value → products
	numbers  map[facet]uint32          // each value met so far, numbered from 0
	values   []facet                   // by number
	products map[string][]uint32       // product → numbers of its values
	known    *query.Vocabulary         // made from counts and named; nil when a value came or went
	named    map[string][]string       // the merchant's names that known was made with
}

type facet struct{ field, value string }

func (f *facets) init(p *packs.Packs) {
	f.names = sync.OnceValue(func() *query.Names { return query.NewNames(p) })
	f.stores = map[string]*storeFacets{}
}

// of returns a store's facets with their lock held.
func (f *facets) of(storeID string) *storeFacets {
	f.mu.Lock()
	s := f.stores[storeID]
	if s == nil {
		s = &storeFacets{counts: map[string]map[string]int{}, numbers: map[facet]uint32{}, products: map[string][]uint32{}}
		f.stores[storeID] = s
	}
	f.mu.Unlock()
	s.mu.Lock()
	return s
}

// put counts products' values in place of those they had.
func (f *facets) put(entries []index.Entry) {
	for i := range entries {
		if entries[i].Kind == index.Products {
			s := f.of(entries[i].Store)
			s.put(&entries[i])
			s.mu.Unlock()
		}
	}
}

// remove takes products' values away.
func (f *facets) remove(storeID string, ids []string) {
	s := f.of(storeID)
	defer s.mu.Unlock()
	for _, id := range ids {
		s.remove(id)
	}
}

// put counts a product's values before it takes the old ones away, so that a
// value that stays never seems to have gone.
func (s *storeFacets) put(e *index.Entry) {
	var numbers []uint32
	for field, values := range e.Tags {
		for _, value := range values {
			n, ok := s.numbers[facet{field, value}]
			if !ok {
				n = uint32(len(s.values))
				s.numbers[facet{field, value}] = n
				s.values = append(s.values, facet{field, value})
			}
			numbers = append(numbers, n)
			s.count(n, 1)
		}
	}
	s.remove(e.ID)
	s.products[e.ID] = numbers
}

func (s *storeFacets) remove(id string) {
	for _, n := range s.products[id] {
		s.count(n, -1)
	}
	delete(s.products, id)
}

func (s *storeFacets) count(n uint32, by int) {
	v := s.values[n]
	counts := s.counts[v.field]
	if counts == nil {
		counts = map[string]int{}
		s.counts[v.field] = counts
	}
	before := counts[v.value]
	if before+by == 0 {
		delete(counts, v.value)
	} else {
		counts[v.value] = before + by
	}
	if before == 0 || before+by == 0 {
		s.known = nil
	}
}

// vocabulary returns what a store's buyers can name.
func (f *facets) vocabulary(store *Store) *query.Vocabulary {
	s := f.of(store.ID)
	defer s.mu.Unlock()
	if s.known == nil || !maps.EqualFunc(s.named, store.Names, slices.Equal[[]string]) {
		s.known, s.named = f.names().Vocabulary(store.Currency, s.counts, store.Names), store.Names
	}
	return s.known
}

// find returns a store's values of a field that same accepts, in no order.
func (f *facets) find(storeID, field string, same func(string) bool) []string {
	s := f.of(storeID)
	defer s.mu.Unlock()
	var found []string
	for value := range s.counts[field] {
		if same(value) {
			found = append(found, value)
		}
	}
	return found
}

// has reports whether a product of a store carries a value.
func (f *facets) has(storeID, field, value string) bool {
	s := f.of(storeID)
	defer s.mu.Unlock()
	return s.counts[field][value] > 0
}

// size returns how many products of a store are counted.
func (f *facets) size(storeID string) int {
	s := f.of(storeID)
	defer s.mu.Unlock()
	return len(s.products)
}

// sample returns up to n ids of a store's products, by chance, but the same of the
// same products.
func (f *facets) sample(storeID string, n int) []string {
	s := f.of(storeID)
	ids := slices.Collect(maps.Keys(s.products))
	s.mu.Unlock()
	slices.SortFunc(ids, func(a, b string) int { return cmp.Or(cmp.Compare(chance(a), chance(b)), cmp.Compare(a, b)) })
	return ids[:min(n, len(ids))]
}

func chance(id string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(id))
	return h.Sum64()
}
