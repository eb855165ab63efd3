package qdranttest

import (
	"maps"

	"github.com/qdrant/go-client/qdrant"
)

// shard holds the points of one shard, which has statistics of its own.
type shard struct {
	key   *qdrant.ShardKey
	rows  []*point
	slots map[pointID]int // in rows
	terms map[string]*termStatistics
}

// termStatistics counts the points of one sparse vector.
type termStatistics struct {
	points int            // that have the vector
	having map[uint32]int // that have the index
}

// keep gives a point that is about to be put the vectors that it lacks of the one
// in its place, as happens in a segment of Qdrant that is optimised.
func (s *shard) keep(p *point) {
	slot, ok := s.slots[p.id]
	if !ok {
		return
	}
	old := s.rows[slot]
	dense, sparse := maps.Clone(old.dense), maps.Clone(old.sparse)
	maps.Copy(dense, p.dense)
	maps.Copy(sparse, p.sparse)
	p.dense, p.sparse = dense, sparse
}

// put adds a point or replaces it as a whole, but for one thing: a point sent
// without payload keeps what it had, as in a segment of Qdrant that is optimised.
func (s *shard) put(p *point) {
	if slot, ok := s.slots[p.id]; ok && len(p.payload) == 0 {
		p.payload = s.rows[slot].payload
	}
	s.remove(p.id)
	s.slots[p.id] = len(s.rows)
	s.rows = append(s.rows, p)
	s.count(p, 1)
}

// remove drops a point, if it is there.
func (s *shard) remove(id pointID) {
	slot, ok := s.slots[id]
	if !ok {
		return
	}
	s.count(s.rows[slot], -1)
	last := len(s.rows) - 1
	s.rows[slot] = s.rows[last]
	s.slots[s.rows[slot].id] = slot
	s.rows[last] = nil
	s.rows = s.rows[:last]
	delete(s.slots, id)
}

// count adds a point to the statistics, or takes it away.
func (s *shard) count(p *point, n int) {
	for name, v := range p.sparse {
		if len(v.indices) == 0 {
			continue
		}
		t := s.terms[name]
		t.points += n
		for _, index := range v.indices {
			if t.having[index] += n; t.having[index] == 0 {
				delete(t.having, index)
			}
		}
	}
}

// matching are the ids of the points that pass.
func (s *shard) matching(passes predicate) []pointID {
	var ids []pointID
	for _, p := range s.rows {
		if passes(p) {
			ids = append(ids, p.id)
		}
	}
	return ids
}
