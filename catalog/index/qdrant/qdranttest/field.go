package qdranttest

import (
	"slices"

	"github.com/qdrant/go-client/qdrant"
)

// field compiles the condition on one field. A field that is missing fails it.
func (c compiler) field(f *qdrant.FieldCondition) (predicate, error) {
	switch {
	case f.GetMatch() != nil:
		return c.match(f.GetKey(), f.GetMatch())
	case f.GetRange() != nil:
		return c.valued(f.GetKey(), inRange(f.GetRange()), qdrant.PayloadSchemaType_Float, qdrant.PayloadSchemaType_Integer)
	case f.IsEmpty != nil:
		return c.empty(f.GetKey(), f.GetIsEmpty())
	case f.IsNull != nil:
		return c.null(f.GetKey(), f.GetIsNull())
	case f.GetDatetimeRange() != nil || f.GetGeoBoundingBox() != nil || f.GetGeoRadius() != nil || f.GetGeoPolygon() != nil || f.GetValuesCount() != nil:
		return nil, unimplemented("conditions on dates, places and counts")
	default:
		return nil, invalid("match", "At least one field condition must be specified")
	}
}

// valued holds for points with a value, or an element of a list, that passes the test.
func (c compiler) valued(key string, test func(*qdrant.Value) bool, types ...qdrant.PayloadSchemaType) (predicate, error) {
	at, err := c.path(key, types...)
	if err != nil {
		return nil, err
	}
	passes := func(v *qdrant.Value) bool { return anyElement(v, test) }
	return func(p *point) bool { return at.some(p.payload, passes) }, nil
}

func (c compiler) match(key string, match *qdrant.Match) (predicate, error) {
	const keyword, integer, boolean = qdrant.PayloadSchemaType_Keyword, qdrant.PayloadSchemaType_Integer, qdrant.PayloadSchemaType_Bool
	switch m := match.GetMatchValue().(type) {
	case *qdrant.Match_Keyword:
		return c.valued(key, oneOf(keywordOf, m.Keyword), keyword)
	case *qdrant.Match_Keywords:
		return c.valued(key, oneOf(keywordOf, m.Keywords.GetStrings()...), keyword)
	case *qdrant.Match_ExceptKeywords:
		return c.valued(key, noneOf(keywordOf, m.ExceptKeywords.GetStrings()), keyword)
	case *qdrant.Match_Integer:
		return c.valued(key, oneOf(integerOf, m.Integer), integer)
	case *qdrant.Match_Integers:
		return c.valued(key, oneOf(integerOf, m.Integers.GetIntegers()...), integer)
	case *qdrant.Match_ExceptIntegers:
		return c.valued(key, noneOf(integerOf, m.ExceptIntegers.GetIntegers()), integer)
	case *qdrant.Match_Boolean:
		return c.valued(key, oneOf(booleanOf, m.Boolean), boolean)
	default:
		return nil, unimplemented("matching of text")
	}
}

// oneOf tests for a value of the right type among those wanted.
func oneOf[T comparable](valueOf func(*qdrant.Value) (T, bool), wanted ...T) func(*qdrant.Value) bool {
	if len(wanted) > 16 {
		set := setOf(wanted)
		return func(v *qdrant.Value) bool {
			value, ok := valueOf(v)
			return ok && set[value]
		}
	}
	return func(v *qdrant.Value) bool {
		value, ok := valueOf(v)
		return ok && slices.Contains(wanted, value)
	}
}

// noneOf tests for a value, of any type but null, that is not among those unwanted.
func noneOf[T comparable](valueOf func(*qdrant.Value) (T, bool), unwanted []T) func(*qdrant.Value) bool {
	set := setOf(unwanted)
	return func(v *qdrant.Value) bool {
		if !isFull(v) {
			return false
		}
		value, ok := valueOf(v)
		return !ok || !set[value]
	}
}

func setOf[T comparable](values []T) map[T]bool {
	set := make(map[T]bool, len(values))
	for _, v := range values {
		set[v] = true
	}
	return set
}

func keywordOf(v *qdrant.Value) (string, bool) {
	s, ok := v.GetKind().(*qdrant.Value_StringValue)
	return v.GetStringValue(), ok && s != nil
}

func integerOf(v *qdrant.Value) (int64, bool) {
	n, ok := v.GetKind().(*qdrant.Value_IntegerValue)
	return v.GetIntegerValue(), ok && n != nil
}

func booleanOf(v *qdrant.Value) (bool, bool) {
	b, ok := v.GetKind().(*qdrant.Value_BoolValue)
	return v.GetBoolValue(), ok && b != nil
}

// inRange tests for a number within the bounds that are set.
func inRange(r *qdrant.Range) func(*qdrant.Value) bool {
	return func(v *qdrant.Value) bool {
		var x float64
		switch kind := v.GetKind().(type) {
		case *qdrant.Value_DoubleValue:
			x = kind.DoubleValue
		case *qdrant.Value_IntegerValue:
			x = float64(kind.IntegerValue)
		default:
			return false
		}
		return (r.Gt == nil || x > *r.Gt) && (r.Gte == nil || x >= *r.Gte) &&
			(r.Lt == nil || x < *r.Lt) && (r.Lte == nil || x <= *r.Lte)
	}
}
