package catalog

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"honeyguide/packs"
)

// SizeRow is a size of a chart. In JSON its measures stand beside its size:
// {"size":"M","chest":[86,90],"also":{"eu":"38"}}.
type SizeRow struct {
	Size     string
	Measures map[string]packs.Range // by measure, from and to
	Also     map[string]string      // the label in other systems: eu, uk, us, cn
}

// MarshalJSON writes the measures beside the size.
func (r SizeRow) MarshalJSON() ([]byte, error) {
	flat := map[string]any{"size": r.Size}
	for measure, span := range r.Measures {
		flat[measure] = span
	}
	if len(r.Also) > 0 {
		flat["also"] = r.Also
	}
	return json.Marshal(flat)
}

// UnmarshalJSON reads what MarshalJSON writes.
func (r *SizeRow) UnmarshalJSON(data []byte) error {
	var flat map[string]json.RawMessage
	if err := json.Unmarshal(data, &flat); err != nil {
		return err
	}
	*r = SizeRow{Measures: map[string]packs.Range{}}
	for name, value := range flat {
		var err error
		switch name {
		case "size":
			err = json.Unmarshal(value, &r.Size)
		case "also":
			err = json.Unmarshal(value, &r.Also)
		default:
			var span []float64
			if err = json.Unmarshal(value, &span); err == nil && len(span) != 2 {
				err = fmt.Errorf("has %d numbers, needs from and to", len(span))
			}
			if err == nil {
				r.Measures[name] = packs.Range{span[0], span[1]}
			}
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

func (r *SizeRow) validate(at string, known []string) error {
	r.Size = strings.TrimSpace(r.Size)
	if r.Size == "" || len(r.Size) > maxLabel {
		return invalid(at+".size", "must have 1 to %d bytes", maxLabel)
	}
	if len(r.Measures) == 0 {
		return invalid(at, "needs a measure, such as chest:[86,90]")
	}
	for measure, span := range r.Measures {
		if !slices.Contains(known, measure) {
			return invalid(at+"."+measure, "is no measure; use one of %s", strings.Join(known, ", "))
		}
		if !(0 <= span[0] && span[0] <= span[1] && span[1] <= maxMeasure) {
			return invalid(at+"."+measure, "must run from low to high between 0 and %d", maxMeasure)
		}
	}
	return nil
}

// measuresOf are the measures that the packs' own tables know, ascending.
func measuresOf(p *packs.Packs) []string {
	var all []string
	for _, pack := range p.All() {
		for _, system := range pack.Sizes {
			for _, row := range system.Rows {
				for measure := range row.Measures {
					if !slices.Contains(all, measure) {
						all = append(all, measure)
					}
				}
			}
		}
	}
	slices.Sort(all)
	return all
}
