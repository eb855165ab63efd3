package outfit

// readHeights finds the height among the numbers that no name is told for: by its unit,
// by the person before it, or by the weight behind it.
func (r *bodyReader) readHeights() {
	for i := range r.tokens {
		if _, known := r.got["height"]; known {
			return
		}
		t := &r.tokens[i]
		if t.kind != numberToken || r.used[i] || !r.isFree(i) || r.ofThing(i) && !r.ofPerson(i) {
			continue
		}
		switch {
		case t.is != "":
			if r.bodily && r.isTall(t, 130) {
				r.take("height", *t, i)
			}
		case r.isTall(t, 140) && r.ofPerson(i) && !r.isListed(i), r.isTall(t, 130) && r.beforeWeight(i):
			r.take("height", *t, i)
		}
	}
}

// isTall tells whether a number can be the height of a grown person, or of a child if
// the text is of one.
func (r *bodyReader) isTall(t *token, least float64) bool {
	if r.small {
		least = 50
	}
	x, ok := r.worth("height", *t)
	return ok && x >= least && x < 220
}

// isListed tells whether a bare number begins others that are no weight: a phone's.
func (r *bodyReader) isListed(i int) bool {
	next := peek(r.tokens, i+1)
	if next.kind == slashToken {
		next = peek(r.tokens, i+2)
	}
	return next.kind == numberToken && next.is == "" && !r.isHeavy(next, r.tokens[i].x)
}

// neighbour is the number that stands before or behind another, past a comma, a slash or
// an and; -1 for none.
func (r *bodyReader) neighbour(i, step int) int {
	i += step
	if k := peek(r.tokens, i).kind; k == commaToken && i >= 0 && i < len(r.tokens) || k == slashToken || k == moreToken {
		i += step
	}
	if peek(r.tokens, i).kind == numberToken && !r.used[i] {
		return i
	}
	return -1
}

// beforeWeight tells whether a weight follows a bare number: 165 55kg, 165/55.
func (r *bodyReader) beforeWeight(i int) bool {
	j := r.neighbour(i, 1)
	if j < 0 || !r.isFree(j) {
		return false
	}
	if next := &r.tokens[j]; next.is != "" {
		_, ok := r.worth("weight", *next)
		return ok
	}
	height, _ := r.worth("height", r.tokens[i])
	return r.bodily && peek(r.tokens, i+1).kind != moreToken && peek(r.tokens, j+1).kind != numberToken && r.neighbour(j, 1) < 0 && r.isHeavy(&r.tokens[j], height)
}

// isHeavy tells whether a bare number can be the weight of a person of a height, in kg,
// 斤 or pounds.
func (r *bodyReader) isHeavy(t *token, height float64) bool {
	kg := t.x * r.weightUnit(t.x, height)
	index := kg / (height * height / 1e4)
	return t.is == "" && height > 0 && index > 13.5 && index < 45
}

// readWeights finds the weight among the numbers that no name is told for: by its unit,
// or beside the height.
func (r *bodyReader) readWeights() {
	least := 25.
	if r.small {
		least = 2
	}
	for i := range r.tokens {
		if _, known := r.got["weight"]; known {
			return
		}
		t := &r.tokens[i]
		if t.kind != numberToken || r.used[i] || !r.isFree(i) || r.ofThing(i) && peek(r.tokens, i-1).kind != numberToken {
			continue
		}
		if t.is == "" {
			if r.besideHeight(i) {
				r.take("weight", *t, i)
			}
		} else if kg, ok := r.worth("weight", *t); ok && r.bodily && kg >= least && kg < 250 {
			r.take("weight", *t, i)
		}
	}
}

// besideHeight tells whether a bare number is the weight behind the height: 5'6, 130.
func (r *bodyReader) besideHeight(i int) bool {
	j := i - 1
	if k := peek(r.tokens, j).kind; (k == commaToken || k == slashToken || k == moreToken) && j > 0 {
		j--
	}
	tall, ok := r.got["height"]
	if !ok || j < 0 || !r.used[j] || r.tokens[j] != tall {
		return false
	}
	height, _ := r.worth("height", tall)
	return r.isHeavy(&r.tokens[i], height)
}
