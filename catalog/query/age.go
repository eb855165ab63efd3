package query

// adultFrom is the age in years from which things for adults fit.
const adultFrom = 15

// findAges claims ages: "for a 5 year old", "aged 8", "3岁".
func (s *sentence) findAges() {
	for i := range s.tokens {
		if s.claims[i] != free {
			continue
		}
		value, end, _, ok := s.numberAt(i)
		if !ok {
			continue
		}
		from := i
		switch word := s.word(end); {
		case word == "岁" || word == "yo" || word == "yrs" || word == "周" && s.word(end+1) == "岁":
			end++
		case (word == "year" || word == "years" || word == "yr" || word == "month" || word == "months") && s.word(end+1) == "old":
			if word[0] == 'm' {
				value /= 12
			}
			end += 2
		case s.word(i-1) == "aged" || s.word(i-1) == "age":
			from = i - 1
		default:
			continue
		}
		if s.word(end) == "old" || s.word(end) == "的" {
			end++
		}
		group := "kids"
		if value >= adultFrom {
			group = "adult"
		}
		s.take(span{from: from, to: end, field: AgeGroup, value: group, exact: true})
	}
}

// findStock claims words about availability.
func (s *sentence) findStock() {
	for i := range s.tokens {
		in, n := s.v.phrases.available.Longest(s.tokens[i:])
		if n == 0 || !s.isFree(i, i+n) {
			continue
		}
		value := "true"
		if !in {
			value = "false"
		}
		s.take(span{from: i, to: i + n, field: Stock, value: value, exact: true})
	}
}
