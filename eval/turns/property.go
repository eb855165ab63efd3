package turns

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"honeyguide/assistant"
)

const (
	understood    = "understood."
	allUnderstood = "understood.*"
)

// property returns how a property is checked.
func property(name string) (check, error) {
	if c, ok := named()[name]; ok {
		return c, nil
	}
	for prefix, of := range map[string]func(field string) (check, error){
		"each product ": eachProduct, "any product ": anyProduct, "first product ": firstProduct,
		"each piece ": eachPiece, "any piece ": anyPiece,
	} {
		if field, ok := strings.CutPrefix(name, prefix); ok {
			return of(field)
		}
	}
	return field(name)
}

// named are the properties that are no field of the reply.
func named() map[string]check {
	return map[string]check{
		allUnderstood:       nothingElse,
		"new products only": newProducts,
		"same products":     sameProducts,
		"each outfit has":   outfitHas,
		"each outfit lacks": outfitLacks,
		"each outfit total": outfitTotal,
		"outfits differ":    outfitsDiffer,
		"keeps":             keepsPiece,
		"changes":           changesPiece,
		"source":            hasSource,
		"no source":         hasNoSource,
		"ticket":            hasTicket,
		"text has":          textHas,
		"text has not":      textHasNot,
	}
}

// field checks a field of the reply by its path.
func field(name string) (check, error) {
	path := strings.Split(name, ".")
	if !hasPath(reflect.TypeFor[assistant.Reply](), path) {
		return nil, fmt.Errorf("%q is no property: neither a field of the reply, such as intent or understood.colors, nor one of: %s, each product price and the like",
			name, strings.Join(slices.Sorted(maps.Keys(named())), ", "))
	}
	return func(a *answered, w want) (string, bool) {
		v := walk(a.fields, path)
		return show(v), w.holds(v, a.shown())
	}, nil
}

// hasPath reports whether a type's JSON can have a value at the path.
func hasPath(t reflect.Type, path []string) bool {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if len(path) == 0 {
		return true
	}
	switch t.Kind() {
	case reflect.Map:
		return hasPath(t.Elem(), path[1:])
	case reflect.Struct:
		for f := range t.Fields() {
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			if name == path[0] || name == "" && f.Anonymous && hasPath(f.Type, path) {
				return f.Anonymous && name == "" || hasPath(f.Type, path[1:])
			}
		}
	}
	return false
}

// nothingElse checks what was understood beyond what the turn names. The language is
// no slot, and what the turn is about changes with what was shown.
func nothingElse(a *answered, w want) (string, bool) {
	extra := a.extra()
	if w.absent {
		return strings.Join(extra, ", "), len(extra) == 0
	}
	return strings.Join(extra, ", "), w.holds(toAny(extra), a.shown())
}

// extra lists the slots that were understood and that the turn does not name.
func (a *answered) extra() []string {
	slots, _ := walk(a.fields, []string{"understood"}).(map[string]any)
	var extra []string
	for _, slot := range slices.Sorted(maps.Keys(slots)) {
		if slot == "language" || slot == "product_id" || empty(slots[slot]) {
			continue
		}
		isNamed := slices.ContainsFunc(a.turn.Expect, func(e Expectation) bool {
			return e.Property == understood+slot || strings.HasPrefix(e.Property, understood+slot+".")
		})
		if !isNamed {
			extra = append(extra, slot+" "+show(slots[slot]))
		}
	}
	return extra
}

func toAny(texts []string) []any {
	all := make([]any, len(texts))
	for i, text := range texts {
		all[i] = text
	}
	return all
}

// hasSource looks for a record by its kind, and by its id or a part of its title.
func hasSource(a *answered, w want) (string, bool) {
	var got []string
	for _, s := range a.reply.Sources {
		got = append(got, s.Kind+" "+s.ID+" "+s.Title)
		for _, c := range w.alternatives {
			kind, which, _ := strings.Cut(c.part, " ")
			if s.Kind == kind && (which == "" || same(s.ID, which) || contains(s.Title, which)) {
				return "", true
			}
		}
	}
	return show(toAny(got)), false
}

func hasNoSource(a *answered, w want) (string, bool) {
	_, has := hasSource(a, w)
	return show(walk(a.fields, []string{"sources", "id"})), !has
}

func hasTicket(a *answered, w want) (string, bool) {
	return show(toAny(a.tickets)), w.among(toAny(a.tickets), nil)
}

func textHas(a *answered, w want) (string, bool) {
	return shorten(a.reply.Text, 300), w.holds(a.reply.Text, nil)
}

func textHasNot(a *answered, w want) (string, bool) {
	return shorten(a.reply.Text, 300), !w.holds(a.reply.Text, nil)
}
