package outfit

import (
	"slices"

	"honeyguide/catalog"
	"honeyguide/packs"
)

// notes say what is true of the whole answer: what was given up, what is not
// known, what was left out.
func (s *giftSearch) notes() []catalog.Reason {
	notes := []catalog.Reason{}
	say := func(field, en, zh string) {
		notes = append(notes, catalog.Reason{Field: field, Text: pick(s.wish.Language, en, zh)})
	}
	from := func(source giftSource) bool {
		return slices.ContainsFunc(s.found, func(g gift) bool { return g.source == source })
	}
	if s.barred {
		for _, a := range s.avoided {
			if !a.custom && packs.IsA(s.wish.Category, a.category) {
				say("category", "What you asked for is left out. "+a.why.En, "您要找的这类没有推荐："+a.why.Zh)
				break
			}
		}
	}
	if s.foreign != "" {
		say("budget_max", "The budget is in another currency than this shop's ("+s.store.Currency+"), so it was not used.", "预算的货币与本店（"+s.store.Currency+"）不同，未按预算筛选。")
	}
	if s.wish.Category != "" && !s.barred && len(s.found) > 0 && !from(byWish) {
		kind := s.packs.CategoryName(s.wish.Category, s.wish.Language)
		say("category", "Nothing here among "+kind+" fits, so these are other things.", "没有合适的"+kind+"，以下是别的礼物。")
	}
	switch {
	case len(s.found) == 0 && s.late:
		say("need_by", "Nothing that fits would arrive in time.", "合适的礼物都赶不上您要的日子。")
	case len(s.found) == 0 && s.wish.BudgetMax != nil:
		say("budget_max", "Nothing that fits is within this budget.", "这个预算内没有合适的礼物。")
	case len(s.found) == 0:
		say("gift", "This shop has nothing that fits.", "本店没有合适的礼物。")
	case from(byRule) || from(byWish):
	case from(byInterest):
		say("interests", "Nothing here is made for this occasion; these fit what they like.", "没有专门对应的礼物，以下按爱好为您挑选。")
	default:
		say("gift", "Nothing here is made for this wish; these are things that are often given.", "没有专门对应的礼物，以下是大家常送的。")
	}
	if !s.wish.NeedBy.IsZero() && s.store.Delivery == nil {
		say("need_by", "The shop has not said how long delivery takes, so please ask whether it comes in time.", "店铺没有说明配送时间，能否按时送到请先咨询。")
	} else if s.late && len(s.found) > 0 {
		say("need_by", "What would come too late is left out.", "赶不上的礼物已经略去。")
	}
	return notes
}

// pick is the words in a language.
func pick(language, en, zh string) string {
	if language == "zh" {
		return zh
	}
	return en
}

// capital begins a sentence with a capital.
func capital(s string) string {
	if s == "" || s[0] < 'a' || s[0] > 'z' {
		return s
	}
	return string(s[0]-'a'+'A') + s[1:]
}
