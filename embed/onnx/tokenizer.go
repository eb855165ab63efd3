package onnx

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"
)

// maxText is how many bytes of a text are read. The tokens that a tower takes
// come from far fewer.
const maxText = 16 << 10

// tokenizer turns texts into token ids as a tokenizer.json says. Kinds that
// CLIP, SigLIP and SigLIP 2 use are known: byte-pair encoding over bytes or with
// bytes as the fallback, and unigram. It never changes once made.
type tokenizer struct {
	prepare       func(string) string // what the model's family does before, which the file does not say
	raw, normal   *added
	normalise     func(string) string
	split         func(pieces []string, first bool) []string
	model         subwords
	before, after []int64 // around every text
	ids           map[string]int64
}

// subwords appends the ids of one piece of text, which is valid UTF-8 and not empty.
type subwords interface {
	encode(ids []int64, piece string) []int64
}

// tokenizerFile is tokenizer.json.
type tokenizerFile struct {
	Added []struct {
		ID         int64
		Content    string
		SingleWord bool `json:"single_word"`
		Left       bool `json:"lstrip"`
		Right      bool `json:"rstrip"`
		Normalized bool
	} `json:"added_tokens"`
	Normalizer *component `json:"normalizer"`
	Splitter   *component `json:"pre_tokenizer"`
	Processor  *component `json:"post_processor"`
	Model      modelFile
}

// component is a part of a tokenizer; which fields count depends on the type.
type component struct {
	Type          string
	Normalizers   []component
	Pretokenizers []component
	Processors    []component

	Pattern struct{ Regex, String string }
	Content string

	Charsmap   []byte `json:"precompiled_charsmap"`
	StripLeft  bool   `json:"strip_left"`
	StripRight bool   `json:"strip_right"`
	Prepend    string

	Behavior    string
	Invert      bool
	Replacement string
	Scheme      string `json:"prepend_scheme"`
	PrefixSpace *bool  `json:"add_prefix_space"`
	Split       *bool

	Cls, Sep json.RawMessage
	Single   []struct {
		Special struct{ ID string } `json:"SpecialToken"`
		Text    *struct{}           `json:"Sequence"`
	}
	Specials map[string]struct{ IDs []int64 } `json:"special_tokens"`
}

// newTokenizer reads a tokenizer.json.
func newTokenizer(data []byte) (*tokenizer, error) {
	var f tokenizerFile
	if err := json.Unmarshal(data, &f); err != nil {
		return nil, err
	}
	t := &tokenizer{prepare: func(s string) string { return s }}
	var err error
	if t.model, t.ids, err = newSubwords(&f.Model); err != nil {
		return nil, err
	}
	if t.normalise, err = normaliser(f.Normalizer); err != nil {
		return nil, err
	}
	if t.split, err = splitter(f.Splitter); err != nil {
		return nil, err
	}
	if err := t.readTemplate(f.Processor); err != nil {
		return nil, err
	}
	var raw, normal []addedToken
	for _, a := range f.Added {
		if a.Content == "" || a.SingleWord {
			continue // never matches, or only whole words, which buyers do not write
		}
		token := addedToken{a.ID, a.Content, a.Left, a.Right}
		t.ids[a.Content] = a.ID
		if a.Normalized {
			token.text = t.normalise(a.Content)
			normal = append(normal, token)
		} else {
			raw = append(raw, token)
		}
	}
	t.raw, t.normal = newAdded(raw), newAdded(normal)
	return t, nil
}

// readTemplate reads what stands before and after a text.
func (t *tokenizer) readTemplate(c *component) error {
	if c == nil {
		return nil
	}
	switch c.Type {
	case "Sequence":
		for i := range c.Processors {
			if err := t.readTemplate(&c.Processors[i]); err != nil {
				return err
			}
		}
	case "ByteLevel": // speaks of offsets only
	case "RobertaProcessing", "BertProcessing":
		var word string
		var cls, sep int64
		if json.Unmarshal(c.Cls, &[]any{&word, &cls}) != nil || json.Unmarshal(c.Sep, &[]any{&word, &sep}) != nil {
			return fmt.Errorf("post_processor: cls and sep are a token and its id")
		}
		t.before, t.after = []int64{cls}, []int64{sep}
	case "TemplateProcessing":
		side := &t.before
		for _, s := range c.Single {
			if s.Text != nil {
				side = &t.after
				continue
			}
			special, known := c.Specials[s.Special.ID]
			if !known {
				return fmt.Errorf("post_processor: the special token %q has no ids", s.Special.ID)
			}
			*side = append(*side, special.IDs...)
		}
	default:
		return unknown("post_processor", c.Type)
	}
	return nil
}

func unknown(part, kind string) error {
	return fmt.Errorf("%s: the type %q is not one of CLIP's or SigLIP's", part, kind)
}

// encode returns a text's ids, at most limit, with those that belong around
// every text. limit has room for these.
func (t *tokenizer) encode(text string, limit int) []int64 {
	if len(text) > maxText {
		cut := maxText
		for !utf8.RuneStart(text[cut]) {
			cut--
		}
		text = text[:cut]
	}
	text = t.prepare(strings.ToValidUTF8(text, "\ufffd"))
	ids := append(make([]int64, 0, 32), t.before...)
	first := true
	for _, s := range t.raw.split(text) {
		if s.token {
			ids, first = append(ids, s.id), false
			continue
		}
		for _, s := range t.normal.split(t.normalise(s.text)) {
			if s.token {
				ids = append(ids, s.id)
			} else {
				for _, piece := range t.split([]string{s.text}, first) {
					if piece != "" {
						ids = t.model.encode(ids, piece)
					}
				}
			}
			first = false
		}
	}
	return append(ids[:min(len(ids), limit-len(t.after))], t.after...)
}
