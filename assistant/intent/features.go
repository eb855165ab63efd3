package intent

import "unicode/utf8"

// feature is a trait of a text that a classifier weighs: its hash and how strong it
// is there.
type feature struct {
	hash  uint32
	value float32
	plain bool // a word, or a pair of Chinese characters: known, or strange
}

// Strengths of the kinds of features. Cross-validation is flat around these; without
// concepts it loses seven points of macro accuracy.
const (
	wordValue    = 1
	pairValue    = 0.9
	tripleValue  = 0.7
	pieceValue   = 0.35
	markValue    = 0.5
	conceptValue = 1.6
	bothValue    = 1
)

const (
	pieceLength = 4  // of the pieces of words
	maxConcepts = 12 // of a text, so that a long one costs no more
)

// features returns the features of a text; the same one may come twice.
func (l *lexicon) features(text string) []feature {
	r := read(text)
	if len(r.tokens) == 0 {
		return nil
	}
	mentions := l.find(r.tokens)
	all := wordFeatures(r.tokens, mentions)
	all = append(all, l.conceptFeatures(mentions)...)
	if r.asks {
		all = append(all, feature{mix(basis, "\x01?"), markValue, false})
	}
	if r.shouts {
		all = append(all, feature{mix(basis, "\x01!"), markValue, false})
	}
	length := string(rune('0' + min(9, len(r.tokens)/3)))
	return append(all, feature{mix(basis, "\x01length"+length), markValue, false})
}

// wordFeatures are the runs of one to three tokens, and the pieces of words. A word
// that a concept is mentioned by is not strange.
func wordFeatures(words []string, mentions []mention) []feature {
	told := make([]bool, len(words)+1)
	for _, m := range mentions {
		for i := m.from; i < m.to; i++ {
			told[i] = true
		}
	}
	tokens := append(append([]string{"^"}, words...), "$")
	all := make([]feature, 0, 6*len(tokens))
	for i, token := range tokens {
		h := mix(basis, token)
		if i > 0 && i < len(tokens)-1 {
			plain := !isHan(token) && token[0] != '<' && !told[i-1]
			all = append(all, feature{h, wordValue, plain})
			pieces(token, func(h uint32) { all = append(all, feature{h, pieceValue, false}) })
		}
		for n, value := range []float32{pairValue, tripleValue} {
			if i+n+1 >= len(tokens) {
				break
			}
			h = mix(mix(h, "\x00"), tokens[i+n+1])
			plain := n == 0 && isHan(token) && isHan(tokens[i+1]) && !told[i-1] && !told[i]
			all = append(all, feature{h, value, plain})
		}
	}
	return all
}

// conceptFeatures are the concepts of a text and their pairs.
func (l *lexicon) conceptFeatures(mentions []mention) []feature {
	var all []feature
	concepts := distinct(mentions)
	for i, one := range concepts {
		h := mix(mix(basis, "\x04"), l.names[one])
		all = append(all, feature{h, conceptValue, false})
		for _, other := range concepts[i+1 : min(len(concepts), maxConcepts)] {
			all = append(all, feature{mix(mix(h, "\x00"), l.names[other]), bothValue, false})
		}
		if i+1 == maxConcepts {
			break
		}
	}
	return all
}

// pieces hashes the neighbouring letters of a word, with its ends marked.
func pieces(word string, emit func(uint32)) {
	if isHan(word) || len(word) < pieceLength || word[0] == '<' {
		return
	}
	word = "_" + word + "_"
	for i := 0; i+pieceLength <= len(word); i++ {
		emit(mix(mix(basis, "\x02"), word[i:i+pieceLength]))
	}
}

// strange is the feature of a text of whose words a share is not known.
func strange(known, unknown int) feature {
	step := 0
	if unknown > 0 {
		step = 1 + 4*unknown/(known+unknown)
	}
	return feature{hash: mix(basis, "\x03"+string(rune('0'+step))), value: 1}
}

func isHan(token string) bool {
	return len(token) > 2 && token[0] >= 0xe3 && utf8.RuneCountInString(token) == 1
}

const basis = 2166136261 // of 32-bit FNV-1a

func mix(h uint32, s string) uint32 {
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}
