package catalog

import (
	"context"
	"testing"

	"honeyguide/embed"
)

// puzzled takes whatever is asked for something greenish.
type puzzled struct{ wordsOnly }

func (p puzzled) EncodeAsked(ctx context.Context, texts []string) ([]embed.Vector, error) {
	all := make([]string, len(texts))
	for i := range all {
		all[i] = "greenish"
	}
	return p.EncodeTexts(ctx, all)
}

// TestAsked: buyers' words are encoded as what is asked, products as what is found.
func TestAsked(t *testing.T) {
	t.Parallel()
	s := colouredShop(t, func(o *Options) {
		o.Encoder, o.Texts = newHues("pictures", 8), puzzled{wordsOnly{newHues("texts", 12)}}
	})
	s.catchUp()
	if got := s.found("quux"); len(got) == 0 || got[0] != "g" {
		t.Errorf("asked for something greenish it finds %v", got)
	}
}
