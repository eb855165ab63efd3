package catalog

import (
	"context"
	"errors"
	"strings"

	"honeyguide/catalog/words"
)

// FAQChanges is what an import did. Rows that were not taken are in Errors, by
// line and field.
type FAQChanges struct {
	Added     int        `json:"added"`
	Updated   int        `json:"updated"`
	Unchanged int        `json:"unchanged"`
	Failed    int        `json:"failed"`
	Errors    []JobError `json:"errors" nullable:"false" doc:"Rows that were not taken; lines of a table count its header, those of a JSON list its places from 1"`
	Ignored   []string   `json:"ignored" nullable:"false" doc:"Columns that mean nothing here"`
}

// ImportFAQs takes answers in from a table with a header in English or Chinese,
// or from a JSON list. A row is matched with an answer of the store, its own or
// its packs', by id, or without one by question and language; fields that it
// lacks stay as they are. Good rows are taken whatever the others are. What is
// neither table nor list is a FieldError.
func (c *Catalog) ImportFAQs(ctx context.Context, storeID string, data []byte) (FAQChanges, error) {
	out := FAQChanges{Errors: []JobError{}, Ignored: []string{}}
	rows, err := readFAQs(data, &out.Ignored)
	if err != nil {
		return out, err
	}
	held, err := c.holdFAQs(ctx, storeID)
	if err != nil {
		return out, err
	}
	var put []FAQ
	for _, r := range rows {
		f, old, err := c.importRow(held, &r)
		var fault *FieldError
		switch {
		case errors.As(err, &fault):
			out.Failed++
			out.Errors = append(out.Errors, JobError{Line: r.line, ID: r.cells["id"], Field: fault.Field, Code: "invalid", Message: fault.Message})
		case err != nil:
			return out, err
		case old == nil:
			out.Added++
			put = append(put, f)
		case old.same(&f):
			out.Unchanged++
		default:
			out.Updated++
			put = append(put, f)
		}
	}
	return out, c.putFAQs(ctx, storeID, put)
}

// heldFAQs are a store's answers while an import is compared with them.
type heldFAQs struct {
	byID  map[string]*FAQ
	byAsk map[string]*FAQ // by question and language
	own   int             // how many there are of its own
	met   map[string]int  // id → line of this import
}

func (c *Catalog) holdFAQs(ctx context.Context, storeID string) (*heldFAQs, error) {
	h := &heldFAQs{byID: map[string]*FAQ{}, byAsk: map[string]*FAQ{}, met: map[string]int{}}
	for f, err := range c.allFAQs(ctx, storeID, "") {
		if err != nil {
			return nil, err
		}
		h.byID[f.ID] = &f
		if first, ok := h.byAsk[askKey(&f)]; !ok || first.Source == FromPack { // the store's own first
			h.byAsk[askKey(&f)] = &f
		}
		if f.Source != FromPack {
			h.own++
		}
	}
	return h, nil
}

func askKey(f *FAQ) string { return f.Language + " " + words.Fold(tidyLine(f.Question)) }

// importRow makes the answer that a row means, and returns what the store holds
// of it, or nil.
func (c *Catalog) importRow(h *heldFAQs, r *faqRow) (f FAQ, old *FAQ, err error) {
	if r.fault != nil {
		return f, nil, r.fault
	}
	if old, err = h.match(r); err != nil {
		return f, nil, err
	}
	f = FAQ{ID: newFAQID(), Enabled: true}
	if old != nil {
		f = *old
	}
	for _, field := range faqColumns {
		if cell, given := r.cells[field]; given && (field != "id" || cell != "") {
			if err := f.set(field, cell); err != nil {
				return f, nil, err
			}
		}
	}
	if err := firstError(f.Validate, func() error { return c.checkFAQID(f.ID) }); err != nil {
		return f, nil, err
	}
	if line, again := h.met[f.ID]; again {
		return f, nil, invalid("id", "%q stood in line %d already; the first one counts", f.ID, line)
	}
	if old == nil || old.Source == FromPack && !old.same(&f) {
		if h.own == MaxFAQs {
			return f, nil, invalid("id", "a store has at most %d answers of its own", MaxFAQs)
		}
		h.own++
	}
	h.met[f.ID] = r.line
	kept := f
	h.byID[f.ID], h.byAsk[askKey(&f)] = &kept, &kept
	return f, old, nil
}

// match finds what the store holds of a row.
func (h *heldFAQs) match(r *faqRow) (*FAQ, error) {
	if id := strings.TrimSpace(r.cells["id"]); id != "" {
		return h.byID[id], nil
	}
	asked := FAQ{Question: tidyLine(r.cells["question"]), Language: r.cells["language"]}
	if err := asked.tidyLanguage(); err != nil {
		return nil, err
	}
	return h.byAsk[askKey(&asked)], nil
}
