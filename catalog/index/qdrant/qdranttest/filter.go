package qdranttest

import (
	"cmp"
	"slices"
	"strings"

	"github.com/qdrant/go-client/qdrant"
)

// predicate decides about a point.
type predicate func(*point) bool

// compiler turns filters into predicates. With strict it refuses conditions on
// fields without a fitting index.
type compiler struct {
	strict  bool
	indexes map[string]*qdrant.PayloadSchemaInfo
}

// filter compiles a filter; one that is nil or empty lets everything pass.
func (c compiler) filter(f *qdrant.Filter) (predicate, error) {
	must, err := c.all(f.GetMust())
	if err != nil {
		return nil, err
	}
	should, err := c.all(f.GetShould())
	if err != nil {
		return nil, err
	}
	mustNot, err := c.all(f.GetMustNot())
	if err != nil {
		return nil, err
	}
	several, err := c.all(f.GetMinShould().GetConditions())
	if err != nil {
		return nil, err
	}
	minimum := int(f.GetMinShould().GetMinCount())
	return func(p *point) bool {
		return atLeast(must, p, len(must)) &&
			(len(should) == 0 || atLeast(should, p, 1)) &&
			(len(mustNot) == 0 || !atLeast(mustNot, p, 1)) &&
			atLeast(several, p, minimum)
	}, nil
}

// atLeast reports whether at least so many of the predicates hold.
func atLeast(predicates []predicate, p *point, wanted int) bool {
	for i, holds := range predicates {
		if wanted <= 0 || len(predicates)-i < wanted {
			break
		}
		if holds(p) {
			wanted--
		}
	}
	return wanted <= 0
}

func (c compiler) all(conditions []*qdrant.Condition) ([]predicate, error) {
	predicates := make([]predicate, len(conditions))
	for i, condition := range conditions {
		var err error
		if predicates[i], err = c.condition(condition); err != nil {
			return nil, err
		}
	}
	return predicates, nil
}

func (c compiler) condition(condition *qdrant.Condition) (predicate, error) {
	switch one := condition.GetConditionOneOf().(type) {
	case *qdrant.Condition_Field:
		return c.field(one.Field)
	case *qdrant.Condition_IsEmpty:
		return c.empty(one.IsEmpty.GetKey(), true)
	case *qdrant.Condition_IsNull:
		return c.null(one.IsNull.GetKey(), true)
	case *qdrant.Condition_HasId:
		return hasID(one.HasId.GetHasId())
	case *qdrant.Condition_HasVector:
		return func(p *point) bool { return p.hasVector(one.HasVector.GetHasVector()) }, nil
	case *qdrant.Condition_Filter:
		return c.filter(one.Filter)
	case *qdrant.Condition_Nested:
		return c.nested(one.Nested)
	default:
		return nil, malformed("Malformed Condition type")
	}
}

func hasID(given []*qdrant.PointId) (predicate, error) {
	ids, err := parseIDs(given)
	if err != nil {
		return nil, err
	}
	wanted := make(map[pointID]bool, len(ids))
	for _, id := range ids {
		wanted[id] = true
	}
	return func(p *point) bool { return wanted[p.id] }, nil
}

// nested holds for a point with an object at the key, or in a list there, for
// which the filter holds.
func (c compiler) nested(condition *qdrant.NestedCondition) (predicate, error) {
	at, err := parsePath(strings.TrimSuffix(condition.GetKey(), "[]"))
	if err != nil {
		return nil, err
	}
	holds, err := compiler{}.filter(condition.GetFilter())
	if err != nil {
		return nil, err
	}
	return func(p *point) bool {
		return at.some(p.payload, func(v *qdrant.Value) bool {
			return anyElement(v, func(v *qdrant.Value) bool {
				object := v.GetStructValue()
				return object != nil && holds(&point{payload: object.GetFields()})
			})
		})
	}, nil
}

// empty holds for a point whose field is missing, null or an empty list, or not if want is false.
func (c compiler) empty(key string, want bool) (predicate, error) {
	at, err := c.path(key)
	if err != nil {
		return nil, err
	}
	return func(p *point) bool { return !at.some(p.payload, isFull) == want }, nil
}

func isFull(v *qdrant.Value) bool {
	switch kind := v.GetKind().(type) {
	case *qdrant.Value_NullValue, nil:
		return false
	case *qdrant.Value_ListValue:
		return len(kind.ListValue.GetValues()) > 0
	default:
		return true
	}
}

// null holds for a point whose field is null or a list with a null, or not if want is false.
func (c compiler) null(key string, want bool) (predicate, error) {
	at, err := c.path(key)
	if err != nil {
		return nil, err
	}
	isNull := func(v *qdrant.Value) bool {
		_, null := v.GetKind().(*qdrant.Value_NullValue)
		return null
	}
	return func(p *point) bool {
		return at.some(p.payload, func(v *qdrant.Value) bool { return anyElement(v, isNull) }) == want
	}, nil
}

// path parses a key and, if strict, refuses one without an index of one of the
// types, of any if there are none.
func (c compiler) path(key string, types ...qdrant.PayloadSchemaType) (path, error) {
	at, err := parsePath(key)
	if err != nil || !c.strict {
		return at, err
	}
	index := c.indexes[at.String()]
	if index == nil || len(types) > 0 && !slices.Contains(types, index.GetDataType()) {
		names := make([]string, len(types))
		for i, t := range types {
			names[i] = strings.ToLower(t.String())
		}
		return nil, badRequest("Index required but not found for \"%s\" of one of the following types: [%s]. Help: Create an index for this key or use a different filter.",
			at, cmp.Or(strings.Join(names, ", "), "keyword, integer, float, bool, geo, datetime, text, uuid"))
	}
	return at, nil
}

// anyElement tests a value or, if it is a list, its elements.
func anyElement(v *qdrant.Value, test func(*qdrant.Value) bool) bool {
	if list, ok := v.GetKind().(*qdrant.Value_ListValue); ok {
		return slices.ContainsFunc(list.ListValue.GetValues(), test)
	}
	return test(v)
}
