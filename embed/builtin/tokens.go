package builtin

import (
	"hash/crc32"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// How much of a text counts.
const (
	maxTokens = 64
	maxText   = 64 << 10 // bytes
)

// splitter hashes a text's words, their 4-grams, and Chinese characters and
// pairs, as tokens in train/data.py does. Its buffers are reused.
type splitter struct {
	tokens []uint32
	run    []byte // of letters and digits, or of Chinese characters
	ends   []int  // of each Chinese character in run
	edged  []byte // a word between < and >
	key    []byte
}

// split returns at most maxTokens hashes. They are valid until the next call.
func (s *splitter) split(text string) []uint32 {
	s.tokens, s.run, s.ends = s.tokens[:0], s.run[:0], s.ends[:0]
	for _, r := range text[:min(len(text), maxText)] {
		if len(s.tokens) == maxTokens {
			break
		}
		s.decompose(unicode.ToLower(r))
	}
	s.flush()
	return s.tokens
}

// decompose adds a lower-case character's compatibility decomposition without
// its accents. One character at a time, because norm breaks up long rows of
// accents in whole texts.
func (s *splitter) decompose(r rune) {
	if r < utf8.RuneSelf {
		s.add(r)
		return
	}
	var buffer [utf8.UTFMax]byte
	encoded := buffer[:utf8.EncodeRune(buffer[:], r)]
	parts := norm.NFKD.Properties(encoded).Decomposition()
	if parts == nil {
		parts = encoded
	}
	for len(parts) > 0 {
		part, size := utf8.DecodeRune(parts)
		if norm.NFKD.Properties(parts).CCC() == 0 {
			s.add(part)
		}
		parts = parts[size:]
	}
}

// add takes one normalised character: into the run, or as the end of it.
func (s *splitter) add(r rune) {
	switch {
	case r == '\'' || r == '\u2019': // joins: women's is womens
	case 0x4e00 <= r && r <= 0x9fff:
		if len(s.ends) == 0 {
			s.flush()
		}
		s.run = utf8.AppendRune(s.run, r)
		s.ends = append(s.ends, len(s.run))
	case 'a' <= r && r <= 'z' || '0' <= r && r <= '9':
		if len(s.ends) > 0 {
			s.flush()
		}
		s.run = append(s.run, byte(r))
	default:
		s.flush()
	}
}

// flush turns the run into tokens.
func (s *splitter) flush() {
	switch {
	case len(s.run) == 0:
		return
	case len(s.ends) > 0:
		s.characters()
	default:
		s.word()
	}
	s.run, s.ends = s.run[:0], s.ends[:0]
}

func (s *splitter) word() {
	s.token('w', s.run)
	if len(s.run) <= 2 {
		return
	}
	s.edged = append(append(append(s.edged[:0], '<'), s.run...), '>')
	for i := 0; i+4 <= len(s.edged) && i < maxTokens; i++ {
		s.token('g', s.edged[i:i+4])
	}
}

func (s *splitter) characters() {
	from := 0
	for _, to := range s.ends {
		s.token('c', s.run[from:to])
		from = to
	}
	from = 0
	for i, to := range s.ends[1:] {
		s.token('p', s.run[from:to])
		from = s.ends[i]
	}
}

func (s *splitter) token(kind byte, text []byte) {
	if len(s.tokens) < maxTokens {
		s.key = append(append(s.key[:0], kind), text...)
		s.tokens = append(s.tokens, crc32.ChecksumIEEE(s.key))
	}
}
