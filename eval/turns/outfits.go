package turns

import (
	"fmt"
	"slices"
	"strings"

	"honeyguide/outfit"
)

// eachOutfit checks all outfits; none is a failure.
func eachOutfit(a *answered, check func(o *outfit.Outfit) (string, bool)) (string, bool) {
	if len(a.reply.Outfits) == 0 {
		return "there is no outfit", false
	}
	for i := range a.reply.Outfits {
		if got, ok := check(&a.reply.Outfits[i]); !ok {
			return fmt.Sprintf("outfit %d: %s", i+1, got), false
		}
	}
	return "", true
}

func slots(o *outfit.Outfit) []string {
	all := make([]string, len(o.Pieces))
	for i := range o.Pieces {
		all[i] = o.Pieces[i].Slot
	}
	return all
}

// outfitHas checks that each outfit has all the slots of an alternative.
func outfitHas(a *answered, w want) (string, bool) {
	return eachOutfit(a, func(o *outfit.Outfit) (string, bool) {
		return strings.Join(slots(o), ", "), w.among(toAny(slots(o)), nil)
	})
}

// outfitLacks checks that no outfit has any of the slots.
func outfitLacks(a *answered, w want) (string, bool) {
	return eachOutfit(a, func(o *outfit.Outfit) (string, bool) {
		for _, slot := range w.names() {
			if slices.Contains(slots(o), slot) {
				return "there is a piece for " + slot, false
			}
		}
		return "", true
	})
}

// names are all the texts of a want.
func (w want) names() []string {
	var all []string
	for _, c := range w.alternatives {
		all = append(all, c.list...)
		if c.text != "" {
			all = append(all, c.text)
		}
	}
	return all
}

func outfitTotal(a *answered, w want) (string, bool) {
	return eachOutfit(a, func(o *outfit.Outfit) (string, bool) {
		sum := int64(0)
		for i := range o.Pieces {
			sum += o.Pieces[i].Product.Cost().Amount
		}
		if sum != o.Total.Amount {
			return fmt.Sprintf("the total says %d, the pieces cost %d", o.Total.Amount, sum), false
		}
		return fmt.Sprint(sum), w.holds(float64(sum), a.shown())
	})
}

// outfitsDiffer checks that there are two or more, and that no two share half of
// the pieces of the smaller one.
func outfitsDiffer(a *answered, _ want) (string, bool) {
	all := a.reply.Outfits
	if len(all) < 2 {
		return fmt.Sprintf("%d outfits", len(all)), false
	}
	for i := range all {
		for j := range i {
			if shared := common(&all[i], &all[j]); 2*shared >= min(len(all[i].Pieces), len(all[j].Pieces)) {
				return fmt.Sprintf("outfits %d and %d share %d pieces", j+1, i+1, shared), false
			}
		}
	}
	return "", true
}

func common(a, b *outfit.Outfit) (n int) {
	for i := range a.Pieces {
		if slices.ContainsFunc(b.Pieces, func(p outfit.Piece) bool { return p.Product.ID == a.Pieces[i].Product.ID }) {
			n++
		}
	}
	return n
}

// worn returns the first outfit that was shown last, or nil: what changes of pieces go by.
func (a *answered) worn() *outfit.Outfit {
	for _, r := range slices.Backward(a.before) {
		if len(r.Outfits) > 0 {
			return &r.Outfits[0]
		}
	}
	return nil
}

func inSlot(o *outfit.Outfit, slot string) string {
	for i := range o.Pieces {
		if o.Pieces[i].Slot == slot {
			return o.Pieces[i].Product.ID
		}
	}
	return ""
}

// rest stands for all slots but those that the turn changes.
const rest = "rest"

// keepsPiece checks that the first outfit has in the slots what was shown there.
func keepsPiece(a *answered, w want) (string, bool) {
	names := w.names()
	if worn := a.worn(); worn != nil && slices.Contains(names, rest) {
		names = slices.DeleteFunc(slots(worn), a.changes)
	}
	return a.comparePieces(names, true)
}

// changes tells whether the turn expects another piece in a slot.
func (a *answered) changes(slot string) bool {
	return slices.ContainsFunc(a.turn.Expect, func(e Expectation) bool {
		return e.Property == "changes" && slices.Contains(e.want.names(), slot)
	})
}

// changesPiece checks that the first outfit has in the slots what was not shown there.
func changesPiece(a *answered, w want) (string, bool) {
	return a.comparePieces(w.names(), false)
}

func (a *answered) comparePieces(names []string, kept bool) (string, bool) {
	worn := a.worn()
	if worn == nil || len(a.reply.Outfits) == 0 {
		return "there is no outfit, or none was shown before", false
	}
	for _, slot := range names {
		was, is := inSlot(worn, slot), inSlot(&a.reply.Outfits[0], slot)
		if was == "" || is == "" || (was == is) != kept {
			return fmt.Sprintf("%s for %s after %s", show(is), slot, show(was)), false
		}
	}
	return "", true
}
