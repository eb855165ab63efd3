package catalog

// thresholds are the cosines of a photo and the nearest picture of a store from
// which on the photo resembles it, and from which on it does so a little.
//
// They belong to an encoder. docs/benchmarks.md has the error rates they were
// chosen by.
type thresholds struct{ yes, near float64 }

// shownPhotos are those of the built-in encoder.
var shownPhotos = thresholds{yes: 0.88, near: 0.82}

// match says how well an answer fits.
func match(t thresholds, p *probe, ranked []hit, relaxed bool) Match {
	if len(ranked) == 0 {
		return MatchNone
	}
	if p.view != nil {
		best := 0.0
		for _, h := range ranked {
			best = max(best, h.image)
		}
		switch {
		case best < t.near:
			return MatchNone
		case best < t.yes:
			return MatchNear
		}
	}
	if relaxed {
		return MatchNear
	}
	return MatchYes
}
