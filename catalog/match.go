package catalog

// match says how well an answer fits. Where it is not known which cosines mean
// resemblance, a photo's answer is near at best and never nothing.
func match(p *probe, ranked []hit, relaxed bool) Match {
	if len(ranked) == 0 {
		return MatchNone
	}
	if p.view != nil {
		best := 0.0
		for _, h := range ranked {
			best = max(best, h.image)
		}
		switch {
		case p.level.known && best < p.level.near:
			return MatchNone
		case !p.level.known, best < p.level.yes:
			return MatchNear
		}
	}
	if relaxed || p.unread {
		return MatchNear
	}
	return MatchYes
}
