package qdranttest

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"hash/fnv"
	"math"
	"slices"

	"github.com/google/uuid"
	"github.com/qdrant/go-client/qdrant"
)

// pointID is a number or a UUID.
type pointID struct {
	number uint64
	uuid   uuid.UUID
	isUUID bool
}

func parseID(id *qdrant.PointId) (pointID, error) {
	switch option := id.GetPointIdOptions().(type) {
	case *qdrant.PointId_Num:
		return pointID{number: option.Num}, nil
	case *qdrant.PointId_Uuid:
		u, err := uuid.Parse(option.Uuid)
		if err != nil {
			return pointID{}, malformed("Unable to parse UUID: %s", option.Uuid)
		}
		return pointID{uuid: u, isUUID: true}, nil
	default:
		return pointID{}, malformed("Empty ID is not allowed")
	}
}

func parseIDs(ids []*qdrant.PointId) ([]pointID, error) {
	parsed := make([]pointID, len(ids))
	for i, id := range ids {
		var err error
		if parsed[i], err = parseID(id); err != nil {
			return nil, err
		}
	}
	return parsed, nil
}

func (id pointID) proto() *qdrant.PointId {
	if id.isUUID {
		return qdrant.NewIDUUID(id.uuid.String())
	}
	return qdrant.NewIDNum(id.number)
}

// compare orders numbers before UUIDs.
func (id pointID) compare(other pointID) int {
	switch {
	case id.isUUID != other.isUUID && id.isUUID:
		return 1
	case id.isUUID != other.isUUID:
		return -1
	}
	return cmp.Or(cmp.Compare(id.number, other.number), bytes.Compare(id.uuid[:], other.uuid[:]))
}

// hash says in which of several shards the point is, and its place among equals.
func (id pointID) hash() uint64 {
	h := fnv.New64a()
	h.Write(binary.LittleEndian.AppendUint64(id.uuid[:], id.number))
	return h.Sum64()
}

// point is a stored point. Once stored it never changes.
type point struct {
	id      pointID
	hash    uint64
	payload map[string]*qdrant.Value
	dense   map[string][]float32
	sparse  map[string]sparseVector
}

// sparseVector is sorted by index.
type sparseVector struct {
	indices []uint32
	values  []float32
}

// newPoint checks a point and converts it.
func (c *collection) newPoint(given *qdrant.PointStruct) (*point, error) {
	if given.GetVectors() == nil {
		return nil, malformed("Expected some vectors")
	}
	id, err := parseID(given.GetId())
	if err != nil {
		return nil, err
	}
	p := &point{
		id: id, hash: id.hash(), payload: given.GetPayload(),
		dense: map[string][]float32{}, sparse: map[string]sparseVector{},
	}
	switch vectors := given.GetVectors().GetVectorsOptions().(type) {
	case *qdrant.Vectors_Vector:
		return p, c.addVector(p, "", vectors.Vector)
	case *qdrant.Vectors_Vectors:
		for name, v := range vectors.Vectors.GetVectors() {
			if err := c.addVector(p, name, v); err != nil {
				return nil, err
			}
		}
		return p, nil
	default:
		return nil, malformed("Expected some vectors")
	}
}

// addVector gives a point its vector of one name.
func (c *collection) addVector(p *point, name string, given *qdrant.Vector) error {
	dense, sparse, err := readVector(given)
	if err != nil {
		return err
	}
	if err := c.checkVector(name, dense, sparse); err != nil {
		return err
	}
	if sparse != nil {
		p.sparse[name] = *sparse
	} else {
		p.dense[name] = normalise(dense, c.dense[name].GetDistance())
	}
	return nil
}

// readVector reads the ways in which a dense or sparse vector may be sent.
func readVector(v *qdrant.Vector) ([]float32, *sparseVector, error) {
	switch kind := v.GetVector().(type) {
	case *qdrant.Vector_Dense:
		return kind.Dense.GetData(), nil, nil
	case *qdrant.Vector_Sparse:
		sparse, err := newSparse(kind.Sparse.GetIndices(), kind.Sparse.GetValues())
		return nil, sparse, err
	case nil:
		return olderVector(v)
	default:
		return nil, nil, unimplemented("vectors but dense and sparse ones")
	}
}

// olderVector reads a vector as clients before 1.16 send it.
func olderVector(v *qdrant.Vector) ([]float32, *sparseVector, error) {
	//lint:ignore SA1019 that is what it reads
	numbers, indices := v.GetData(), v.GetIndices()
	if indices == nil {
		return numbers, nil, nil
	}
	sparse, err := newSparse(indices.GetData(), numbers)
	return nil, sparse, err
}

func newSparse(indices []uint32, values []float32) (*sparseVector, error) {
	if len(indices) != len(values) {
		return nil, invalid("values", "must be the same length as indices")
	}
	order := make([]int, len(indices))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(indices[a], indices[b]) })
	sorted := &sparseVector{make([]uint32, len(indices)), make([]float32, len(indices))}
	for to, from := range order {
		sorted.indices[to], sorted.values[to] = indices[from], values[from]
		if to > 0 && sorted.indices[to] == sorted.indices[to-1] {
			return nil, invalid("indices", "must be unique")
		}
	}
	return sorted, nil
}

// checkVector compares a vector, sparse or else dense, with what the name holds.
func (c *collection) checkVector(name string, dense []float32, sparse *sparseVector) error {
	params, isDense := c.dense[name]
	_, isSparse := c.sparse[name]
	switch {
	case !isDense && !isSparse:
		return badInput("Not existing vector name error: %s", name)
	case isSparse != (sparse != nil):
		return badInput("Conversion between sparse and regular vectors failed")
	case isDense && len(dense) != int(params.GetSize()):
		return badInput("Vector dimension error: expected dim: %d, got %d", params.GetSize(), len(dense))
	}
	return nil
}

// normalise returns the vector as it is stored and compared: of length one for Cosine.
func normalise(v []float32, distance qdrant.Distance) []float32 {
	if distance != qdrant.Distance_Cosine {
		return v
	}
	var square float64
	for _, x := range v {
		square += float64(x) * float64(x)
	}
	if square < math.SmallestNonzeroFloat32 {
		return v
	}
	unit := make([]float32, len(v))
	for i, x := range v {
		unit[i] = float32(float64(x) / math.Sqrt(square))
	}
	return unit
}
