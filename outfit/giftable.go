package outfit

import (
	"strings"
)

// interestWords are what somebody likes, for ranking.
func (s *giftSearch) interestWords() string {
	var all []string
	for _, key := range s.wish.Interests {
		all = append(all, s.wordsOf(key))
	}
	return strings.Join(all, " ")
}

// wordsOf are an interest's names in both languages, or the buyer's own words.
func (s *giftSearch) wordsOf(key string) string {
	names, ok := s.giving.Interests[key]
	if !ok {
		return key
	}
	return names.Show("en") + " " + names.Show("zh")
}

// giftable are the categories that rules advise for anybody alike, most often
// advised first, gift sets before all.
func (s *giftSearch) giftable() []idea {
	best := map[string]idea{"gifts.sets": {category: "gifts.sets", score: givenScore}, "gifts": {category: "gifts", score: givenScore - perPlace}}
	child := s.age(&s.wish) != nil && s.age(&s.wish)[1] < 13
	for _, rule := range s.rules {
		_, near := s.isTo(rule, &s.wish)
		if age := s.age(&s.wish); len(rule.Age) == 2 && (age == nil || age[1] < rule.Age[0] || age[0] > rule.Age[1]) || child && !near {
			continue
		}
		if len(rule.To) > 0 && !near && s.wish.Recipient != "" {
			continue
		}
		for _, category := range rule.Give {
			one := best[category]
			one.category, one.score = category, min(one.score+perPlace, givenScore-2*perPlace)
			best[category] = one
		}
	}
	return ranked(best)
}
