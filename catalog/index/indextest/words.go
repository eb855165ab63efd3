package indextest

import "math"

// testWords keeps to what any ranking of words by frequency and rarity agrees on.
func testWords(s *shop) {
	s.put(
		worded("common", 1, 1, 10, 1),
		worded("rare", 2, 1, 11, 1),
		worded("often", 1, 1.5, 12, 1),
		worded("half", 1, 0.5, 13, 2),
		worded("zero", 1, 0, 14, 1),
		worded("none"),
		entry("dense", 1, 0),
		worded("big term", 1<<31, 1),
	)
	s.finds(asking(2, 1), "rare")
	s.finds(asking(1<<31, 1), "big term")
	s.finds(asking(99, 1))
	s.finds(asking())
	s.finds(asking(1, 0))
	s.finds(asking(14, 1), "zero")
	s.finds(asking(1, 1), "often", "common", "half")
	s.finds(asking(1, 1, 10, 1, 12, 0), "common", "often", "half")
	// A rare term counts for more than a frequent one, unless weights say otherwise.
	if got := ids(s.search(asking(10, 0, 1, 1, 2, 1))); len(got) != 4 || got[0] != "rare" {
		s.Errorf("found %q, want rare first of 4", got)
	}
	if got := ids(s.search(asking(1, 10, 2, 1))); len(got) != 4 || got[0] != "often" {
		s.Errorf("found %q, want often first of 4", got)
	}
	// Six entries have words; three of them term 1, one term 2.
	rarity := func(n float64) float64 { return math.Log(1 + (6-n+0.5)/(n+0.5)) }
	want := map[string]float64{"often": 2 * 1.5 * rarity(3), "common": 2 * rarity(3), "half": rarity(3), "rare": rarity(1)}
	for _, h := range s.search(asking(1, 2, 2, 1)) {
		if math.Abs(float64(h.Score)-want[h.ID]) > 1e-5 {
			s.Errorf("score of %s is %v, want %v", h.ID, h.Score, want[h.ID])
		}
	}
}

func testWordsReplaced(s *shop) {
	s.put(worded("a", 1, 1, 2, 1), worded("b", 1, 1), worded("c", 2, 1))
	s.put(worded("a", 3, 1), entry("c", 1, 0))
	s.finds(asking(1, 1), "b")
	s.finds(asking(2, 1))
	s.finds(asking(3, 1), "a")
	s.delete("a")
	s.finds(asking(1, 1, 2, 1, 3, 1), "b")
	s.put(worded("a", 2, 1))
	s.finds(asking(2, 1, 3, 1), "a")
}
