package qdranttest

import (
	"math"
	"strings"
	"testing"

	"github.com/qdrant/go-client/qdrant"
	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/proto"
)

// A collection may have one vector without a name, and older clients send the
// numbers of vectors in another place.
func TestUnnamedVector(t *testing.T) {
	c := start(t)
	c.create(&qdrant.CreateCollection{
		CollectionName: shop, VectorsConfig: qdrant.NewVectorsConfig(&qdrant.VectorParams{Size: 2, Distance: qdrant.Distance_Dot}),
		SparseVectorsConfig: qdrant.NewSparseVectorsConfig(map[string]*qdrant.SparseVectorParams{"plain": {}}),
	})
	c.put(
		&qdrant.PointStruct{Id: qdrant.NewIDNum(1), Vectors: qdrant.NewVectors(1, 0)},
		&qdrant.PointStruct{Id: qdrant.NewIDNum(2), Vectors: qdrant.NewVectorsMap(map[string]*qdrant.Vector{
			"": {Data: []float32{2, 0}}, "plain": {Data: []float32{4, 3}, Indices: &qdrant.SparseIndices{Data: []uint32{8, 7}}},
		})},
	)
	if ids, _ := c.query(&qdrant.QueryPoints{Query: qdrant.NewQueryDense([]float32{1, 0})}); ids != "2 1" {
		t.Errorf("found %s", ids)
	}
	if ids, scores := c.query(asking("plain", map[uint32]float32{7: 1})); ids != "2" || scores[0] != 3 {
		t.Errorf("found %s %v", ids, scores)
	}
	if v := c.server.Points(shop)[0].GetVectors().GetVector().GetDense().GetData(); len(v) != 2 {
		t.Errorf("the vector without a name is %v", v)
	}
}

// Qdrant takes what is not a number, and puts it first.
func TestNotANumber(t *testing.T) {
	c := start(t)
	c.create(newShop(shop))
	c.put(
		newTestPoint(1, vectors{"image": []float32{1, 0}}, nil),
		newTestPoint(2, vectors{"image": []float32{float32(math.NaN()), 0}}, nil),
		newTestPoint(3, vectors{"image": []float32{9, 0}}, nil),
	)
	if ids, _ := c.query(near("image", 1, 0)); ids != "2 3 1" {
		t.Errorf("found %s", ids)
	}
}

func TestDeleteVectors(t *testing.T) {
	c := start(t)
	c.create(newShop(shop))
	c.put(
		newTestPoint(1, vectors{"image": []float32{1, 0}, "words": map[uint32]float32{5: 1}}, map[string]any{"store": "a"}),
		newTestPoint(2, vectors{"words": map[uint32]float32{5: 1}}, nil),
	)
	remove := func(names ...string) error {
		_, err := c.UpdateBatch(t.Context(), &qdrant.UpdateBatchPoints{CollectionName: shop, Wait: proto.Bool(true), Operations: []*qdrant.PointsUpdateOperation{
			qdrant.NewPointsUpdateDeleteVectors(&qdrant.PointsUpdateOperation_DeleteVectors{
				PointsSelector: qdrant.NewPointsSelector(qdrant.NewIDNum(1), qdrant.NewIDNum(99)),
				Vectors:        &qdrant.VectorsSelector{Names: names},
			}),
		}})
		return err
	}
	if err := remove("words", "unit"); err != nil {
		t.Fatal(err)
	}
	left := c.server.Points(shop)[0]
	if named := left.GetVectors().GetVectors().GetVectors(); len(named) != 1 || named["image"] == nil || fields(left.GetPayload()) != "store" {
		t.Errorf("left %v", left)
	}
	ids, scores := c.query(asking("words", map[uint32]float32{5: 1}))
	if want := math.Log(0.5/1.5 + 1); ids != "2" || math.Abs(float64(scores[0])-want) > 1e-6 {
		t.Errorf("found %s %v, want 2 with %v", ids, scores, want)
	}
	refused(t, remove(), codes.InvalidArgument, "must specify vector names")
	refused(t, remove("absent"), codes.InvalidArgument, "Not existing vector name error: absent")
}

// A collection of several shards keeps statistics by shard, and is otherwise
// one collection to its readers.
func TestSeveralShards(t *testing.T) {
	c := start(t)
	request := newShop(shop)
	request.ShardNumber = proto.Uint32(4)
	c.create(request)
	var ids []string
	for id := range uint64(41) { // which four shards cannot share evenly
		c.put(newTestPoint(id, vectors{"image": []float32{float32(id), 0}, "words": map[uint32]float32{1: 1, uint32(10 + id): 1}}, nil)) // replaced below, in its shard
		c.put(newTestPoint(id, vectors{"image": []float32{float32(id), 0}, "words": map[uint32]float32{1: 1}}, nil))
		ids = append([]string{idText(qdrant.NewIDNum(id))}, ids...)
	}
	got, _ := c.query(with(near("image", 1, 0), func(q *qdrant.QueryPoints) { q.Limit = proto.Uint64(100) }))
	if want := strings.Join(ids, " "); got != want {
		t.Errorf("found %s, want %s", got, want)
	}
	_, scores := c.query(with(asking("words", map[uint32]float32{1: 1}), func(q *qdrant.QueryPoints) { q.Limit = proto.Uint64(100) }))
	different := map[float32]bool{}
	for _, score := range scores {
		different[score] = true
	}
	if len(scores) != 41 || len(different) < 2 {
		t.Errorf("%d scores, %d different; want those of several shards", len(scores), len(different))
	}
	up := &qdrant.UpsertPoints{CollectionName: shop, Points: []*qdrant.PointStruct{newTestPoint(1, vectors{}, nil)}, ShardKeySelector: &qdrant.ShardKeySelector{ShardKeys: []*qdrant.ShardKey{qdrant.NewShardKey("a")}}}
	refused(t, c.upsert(up), codes.InvalidArgument, `Shard key "a" not found`)
}
