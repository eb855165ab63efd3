package index

import (
	"fmt"
	"math"
	"slices"
	"unicode/utf8"
)

// largest bounds weights and the lengths of vectors, so that no score leaves
// the finite float32 numbers. Unit vectors are far below it.
const largest = 1e18

// Validate returns an ErrInvalid that names what no engine accepts: an empty
// store, kind or id, text that is not UTF-8, a vector under the name Words or
// longer than MaxDim, a repeated term, a number that is not finite.
func (e *Entry) Validate() error {
	if err := validateKey(e.Store, e.Kind); err != nil {
		return err
	}
	if err := validateName("id", e.ID); err != nil {
		return err
	}
	for space, v := range e.Vectors {
		if err := validateVector(space, v); err != nil {
			return err
		}
	}
	if err := e.Words.validate(); err != nil {
		return err
	}
	for field, values := range e.Tags {
		if err := validateTag(field, values); err != nil {
			return err
		}
	}
	for field, v := range e.Numbers {
		if err := validateNumber(field, v); err != nil {
			return err
		}
	}
	return nil
}

// Validate returns an ErrInvalid that names what no engine accepts: as of an
// Entry, an empty space, a limit out of bounds, or a condition that uses none
// of its parts or several.
func (q *Query) Validate() error {
	if err := validateKey(q.Store, q.Kind); err != nil {
		return err
	}
	if q.Limit < 1 || q.Limit > MaxLimit {
		return fmt.Errorf("%w: limit %d is not between 1 and %d", ErrInvalid, q.Limit, MaxLimit)
	}
	for i := range q.Filter {
		if err := q.Filter[i].validate(); err != nil {
			return err
		}
	}
	if q.Space == Words {
		return q.Words.validate()
	}
	return validateVector(q.Space, q.Vector)
}

func validateKey(store string, kind Kind) error {
	if err := validateName("store", store); err != nil {
		return err
	}
	return validateName("kind", string(kind))
}

func validateName(what, s string) error {
	if s == "" {
		return fmt.Errorf("%w: empty %s", ErrInvalid, what)
	}
	return validateText(what, s)
}

func validateText(what, s string) error {
	if !utf8.ValidString(s) {
		return fmt.Errorf("%w: %s %q is not UTF-8", ErrInvalid, what, s)
	}
	return nil
}

func validateTag(field string, values []string) error {
	if err := validateName("field", field); err != nil {
		return err
	}
	for _, v := range values {
		if err := validateText("value of "+field, v); err != nil {
			return err
		}
	}
	return nil
}

func validateNumber(field string, v float64) error {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return fmt.Errorf("%w: number %s is %v", ErrInvalid, field, v)
	}
	return validateName("field", field)
}

func validateVector(space string, v []float32) error {
	if space == Words {
		return fmt.Errorf("%w: the space %q has no dense vectors", ErrInvalid, Words)
	}
	if len(v) == 0 || len(v) > MaxDim {
		return fmt.Errorf("%w: the vector of space %q has %d numbers, want 1 to %d", ErrInvalid, space, len(v), MaxDim)
	}
	var square float64
	for _, x := range v {
		square += float64(x) * float64(x)
	}
	if !(square <= largest*largest) { // also false if a number is NaN or infinite
		return fmt.Errorf("%w: the vector of space %q is not finite", ErrInvalid, space)
	}
	return validateName("space", space)
}

func (s Sparse) validate() error {
	if len(s.Terms) != len(s.Weights) {
		return fmt.Errorf("%w: %d terms with %d weights", ErrInvalid, len(s.Terms), len(s.Weights))
	}
	for _, w := range s.Weights {
		if !(w >= 0 && w <= largest) {
			return fmt.Errorf("%w: the weight of a term is %v", ErrInvalid, w)
		}
	}
	if term, repeated := repeatedTerm(s.Terms); repeated {
		return fmt.Errorf("%w: term %d is repeated", ErrInvalid, term)
	}
	return nil
}

func repeatedTerm(terms []uint32) (uint32, bool) {
	if !slices.IsSorted(terms) {
		var room [128]uint32 // spares most entries an allocation
		terms = append(room[:0], terms...)
		slices.Sort(terms)
	}
	for i := 1; i < len(terms); i++ {
		if terms[i] == terms[i-1] {
			return terms[i], true
		}
	}
	return 0, false
}

func (c *Condition) validate() error {
	parts := 0
	for _, used := range []bool{c.AnyOf != nil, c.NoneOf != nil, c.Min != nil || c.Max != nil} {
		if used {
			parts++
		}
	}
	if parts != 1 {
		return fmt.Errorf("%w: the condition on %q uses %d of its parts, want 1", ErrInvalid, c.Field, parts)
	}
	for _, bound := range []*float64{c.Min, c.Max} {
		if bound == nil {
			continue
		}
		if err := validateNumber(c.Field, *bound); err != nil {
			return err
		}
	}
	return validateTag(c.Field, slices.Concat(c.AnyOf, c.NoneOf))
}
