package qdranttest

import (
	"maps"
	"slices"

	"github.com/qdrant/go-client/qdrant"
)

// choice says which names of something an answer carries.
type choice struct {
	all    bool
	names  []string // these, if not all
	except []string // but these
}

var (
	nothing    = choice{}
	everything = choice{all: true}
)

func (c choice) has(name string) bool {
	return (c.all || slices.Contains(c.names, name)) && !slices.Contains(c.except, name)
}

// payloadChoice reads a selector; otherwise is what holds without one.
func payloadChoice(selector *qdrant.WithPayloadSelector, otherwise choice) (choice, error) {
	var fields []string
	chosen := otherwise
	switch option := selector.GetSelectorOptions().(type) {
	case *qdrant.WithPayloadSelector_Enable:
		chosen = choice{all: option.Enable}
	case *qdrant.WithPayloadSelector_Include:
		fields = slices.Clone(option.Include.GetFields())
		chosen = choice{names: fields}
	case *qdrant.WithPayloadSelector_Exclude:
		fields = slices.Clone(option.Exclude.GetFields())
		chosen = choice{all: true, except: fields}
	}
	for i, field := range fields {
		at, err := parsePath(field)
		if err != nil {
			return nothing, err
		}
		if len(at) > 1 {
			return nothing, unimplemented("selection of payload inside of objects")
		}
		fields[i] = at[0].key
	}
	return chosen, nil
}

func vectorChoice(selector *qdrant.WithVectorsSelector) choice {
	switch option := selector.GetSelectorOptions().(type) {
	case *qdrant.WithVectorsSelector_Enable:
		return choice{all: option.Enable}
	case *qdrant.WithVectorsSelector_Include:
		return choice{names: option.Include.GetNames()}
	default:
		return nothing
	}
}

// chosenPayload returns the fields of the payload that are chosen.
func (p *point) chosenPayload(fields choice) map[string]*qdrant.Value {
	if fields.all && len(fields.except) == 0 {
		return p.payload
	}
	chosen := maps.Clone(p.payload)
	maps.DeleteFunc(chosen, func(name string, _ *qdrant.Value) bool { return !fields.has(name) })
	return chosen
}

// chosenVectors returns the vectors that are chosen, nil if there are none.
func (p *point) chosenVectors(names choice) *qdrant.VectorsOutput {
	vectors := map[string]*qdrant.VectorOutput{}
	for name, v := range p.dense {
		if names.has(name) {
			vectors[name] = &qdrant.VectorOutput{Vector: &qdrant.VectorOutput_Dense{Dense: &qdrant.DenseVector{Data: v}}}
		}
	}
	for name, v := range p.sparse {
		if names.has(name) {
			vectors[name] = &qdrant.VectorOutput{Vector: &qdrant.VectorOutput_Sparse{
				Sparse: &qdrant.SparseVector{Indices: v.indices, Values: v.values},
			}}
		}
	}
	if len(vectors) == 0 {
		return nil
	}
	if single := vectors[""]; single != nil && len(vectors) == 1 {
		return &qdrant.VectorsOutput{VectorsOptions: &qdrant.VectorsOutput_Vector{Vector: single}}
	}
	return &qdrant.VectorsOutput{VectorsOptions: &qdrant.VectorsOutput_Vectors{
		Vectors: &qdrant.NamedVectorsOutput{Vectors: vectors},
	}}
}

func (p *point) hasVector(name string) bool {
	_, dense := p.dense[name]
	_, sparse := p.sparse[name]
	return dense || sparse
}

// retrieved is a point as an answer carries it.
func (h holding) retrieved(payload, vectors choice) *qdrant.RetrievedPoint {
	return &qdrant.RetrievedPoint{
		Id:       h.id.proto(),
		Payload:  h.chosenPayload(payload),
		Vectors:  h.chosenVectors(vectors),
		ShardKey: h.key,
	}
}
