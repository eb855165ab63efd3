package onnx

import (
	"encoding/json"
	"fmt"
	"math"
	"unicode/utf8"
)

// unigram cuts a text into the pieces whose scores, logarithms of their
// probabilities, have the highest sum.
type unigram struct {
	ids     map[string]int64
	scores  []float64 // by id
	longest int       // bytes of a piece
	bytes   []int64
	unknown int64   // -1: none, what is unknown is left out
	penalty float64 // the score of an unknown character
}

// worse is by how much an unknown character is worse than the worst piece, in
// SentencePiece and its followers.
const worse = 10

func newUnigram(f *modelFile) (*unigram, error) {
	var pieces [][2]json.RawMessage
	if err := json.Unmarshal(f.Vocab, &pieces); err != nil || len(pieces) == 0 {
		return nil, fmt.Errorf("model: vocab is a list of pieces with scores: %v", err)
	}
	u := &unigram{ids: make(map[string]int64, len(pieces)), scores: make([]float64, len(pieces)), unknown: -1}
	lowest := math.Inf(1)
	for i, p := range pieces {
		var text string
		if json.Unmarshal(p[0], &text) != nil || json.Unmarshal(p[1], &u.scores[i]) != nil {
			return nil, fmt.Errorf("model: entry %d of vocab is not a piece with its score", i)
		}
		u.ids[text] = int64(i)
		u.longest = max(u.longest, len(text))
		lowest = min(lowest, u.scores[i])
	}
	u.penalty = lowest - worse
	if f.ByteFallback {
		u.bytes = bytesOf(u.ids)
	}
	if f.UnkID != nil {
		if *f.UnkID < 0 || *f.UnkID >= int64(len(pieces)) {
			return nil, fmt.Errorf("model: unk_id %d is not in vocab", *f.UnkID)
		}
		u.unknown = *f.UnkID
	}
	return u, nil
}

// place is a byte of the text: the best way to it from the beginning.
type place struct {
	score float64
	from  int // where the last piece begins; -1: not reached
	id    int64
}

// encode is Viterbi's algorithm over the places between characters.
func (u *unigram) encode(ids []int64, text string) []int64 {
	places := make([]place, len(text)+1)
	for i := range places {
		places[i].from = -1
	}
	for start, r := range text {
		size := utf8.RuneLen(r)
		alone := false
		reach := func(end int, id int64, score float64) {
			if score += places[start].score; places[end].from < 0 || score > places[end].score {
				places[end] = place{score, start, id}
			}
		}
		for end := start + size; end <= min(len(text), start+u.longest); end++ {
			if end < len(text) && !utf8.RuneStart(text[end]) {
				continue
			}
			if id, known := u.ids[text[start:end]]; known {
				reach(end, id, u.scores[id])
				alone = alone || end == start+size
			}
		}
		if !alone {
			reach(start+size, -1, u.penalty)
		}
	}
	return u.walk(ids, text, places)
}

// walk appends the best way's pieces. Neighbouring unknown characters are one
// unknown piece, or their bytes.
func (u *unigram) walk(ids []int64, text string, places []place) []int64 {
	var ends []int
	for at := len(text); at > 0; at = places[at].from {
		ends = append(ends, at)
	}
	unknownLast := false
	for i := len(ends) - 1; i >= 0; i-- {
		p := places[ends[i]]
		switch {
		case p.id >= 0 && p.id != u.unknown:
			ids = append(ids, p.id)
			unknownLast = false
			continue
		case u.bytes != nil:
			for at := p.from; at < ends[i]; at++ {
				ids = append(ids, u.bytes[text[at]])
			}
		case u.unknown >= 0 && !unknownLast:
			ids = append(ids, u.unknown)
		}
		unknownLast = true
	}
	return ids
}
