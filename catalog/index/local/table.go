package local

import (
	"strings"
	"sync"

	"honeyguide/catalog/index"
)

// table holds the entries of one store and kind by slot.
type table struct {
	mu sync.RWMutex // guards what follows

	ids     []string          // by slot
	slots   map[string]uint32 // of live entries, by id
	live    bitset            // slots in use
	spaces  map[string]*space
	words   *lexicon
	tags    map[tag]*slotSet
	numbers map[string]*column
}

// tag is one value of a field.
type tag struct{ field, value string }

func newTable() *table {
	return &table{
		slots:   map[string]uint32{},
		spaces:  map[string]*space{},
		words:   &lexicon{terms: map[uint32]*[]posting{}},
		tags:    map[tag]*slotSet{},
		numbers: map[string]*column{},
	}
}

// put writes a valid entry in place of any with its id. It copies all it keeps,
// strings too, since they may be parts of larger ones.
func (t *table) put(e *index.Entry) {
	t.remove(e.ID)
	slot := t.add(strings.Clone(e.ID))
	for name, v := range e.Vectors {
		s := t.spaces[name]
		if s == nil {
			s = &space{dim: len(v)}
			t.spaces[strings.Clone(name)] = s
		}
		s.put(slot, v)
	}
	t.words.put(slot, e.Words)
	for field, values := range e.Tags {
		for _, value := range values {
			t.tagged(tag{field, value}).add(slot)
		}
	}
	for field, v := range e.Numbers {
		c := t.numbers[field]
		if c == nil {
			c = new(column)
			t.numbers[strings.Clone(field)] = c
		}
		c.add(slot, v)
	}
}

// add gives id the next slot.
func (t *table) add(id string) uint32 {
	slot := uint32(len(t.ids))
	t.ids = append(t.ids, id)
	t.slots[id] = slot
	t.live.add(slot)
	return slot
}

func (t *table) tagged(g tag) *slotSet {
	s := t.tags[g]
	if s == nil {
		s = new(slotSet)
		t.tags[tag{strings.Clone(g.field), strings.Clone(g.value)}] = s
	}
	return s
}

// remove leaves the slot of id dead, if it has one. What lies under a dead slot
// stays until the table is compacted; nothing selects it.
func (t *table) remove(id string) {
	slot, ok := t.slots[id]
	if !ok {
		return
	}
	delete(t.slots, id)
	t.ids[slot] = ""
	t.live.remove(slot)
	t.words.remove(slot)
}

// gone is where compaction moves a dead slot.
const gone = ^uint32(0)

// compacted returns a table of the live entries, in the same order. It only reads t.
func (t *table) compacted() *table {
	c := newTable()
	moves := make([]uint32, len(t.ids))
	for slot, id := range t.ids {
		moves[slot] = gone
		if t.live.has(uint32(slot)) {
			moves[slot] = c.add(id)
		}
	}
	for name, s := range t.spaces {
		if moved := s.moved(moves); len(moved.blocks) > 0 {
			c.spaces[name] = moved
		}
	}
	c.words = t.words.moved(moves)
	for g, s := range t.tags {
		if moved := s.moved(moves); !moved.empty() {
			c.tags[g] = moved
		}
	}
	for field, n := range t.numbers {
		if moved := n.moved(moves); len(moved.slots) > 0 {
			c.numbers[field] = moved
		}
	}
	return c
}
