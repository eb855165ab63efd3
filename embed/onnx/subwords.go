package onnx

import (
	"encoding/json"
	"fmt"
)

// modelFile is a tokenizer's vocabulary. That of BPE is an object of ids, that
// of Unigram a list of pieces with scores.
type modelFile struct {
	Type         string
	Vocab        json.RawMessage
	Merges       json.RawMessage
	UnkToken     string `json:"unk_token"`
	Prefix       string `json:"continuing_subword_prefix"`
	Suffix       string `json:"end_of_word_suffix"`
	FuseUnk      bool   `json:"fuse_unk"`
	ByteFallback bool   `json:"byte_fallback"`
	IgnoreMerges bool   `json:"ignore_merges"`
	UnkID        *int64 `json:"unk_id"`
}

// newSubwords returns the model and the ids of its pieces.
func newSubwords(f *modelFile) (subwords, map[string]int64, error) {
	switch f.Type {
	case "BPE", "": // old files leave the type out
		b, err := newBPE(f)
		if err != nil {
			return nil, nil, err
		}
		return b, b.ids, nil
	case "Unigram":
		u, err := newUnigram(f)
		if err != nil {
			return nil, nil, err
		}
		return u, u.ids, nil
	}
	return nil, nil, unknown("model", f.Type)
}

// bytesOf returns the ids of the pieces <0x00> to <0xFF>, or nil if one lacks.
func bytesOf(ids map[string]int64) []int64 {
	all := make([]int64, 256)
	for b := range all {
		id, known := ids[fmt.Sprintf("<0x%02X>", b)]
		if !known {
			return nil
		}
		all[b] = id
	}
	return all
}
