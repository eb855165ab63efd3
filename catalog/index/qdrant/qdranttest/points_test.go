package qdranttest

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/qdrant/go-client/qdrant"
	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/proto"
)

func fields(payload map[string]*qdrant.Value) string {
	return strings.Join(slices.Sorted(maps.Keys(payload)), " ")
}

func TestUpsertReplacesTheWhole(t *testing.T) {
	c := start(t)
	c.create(newShop(shop))
	c.put(newTestPoint(1, vectors{"image": []float32{1, 0}, "words": map[uint32]float32{5: 1}}, map[string]any{"a": 1, "b": 2}))
	c.put(newTestPoint(1, vectors{"unit": []float32{0, 5}}, map[string]any{"c": 3}))
	all := c.server.Points(shop)
	if len(all) != 1 || fields(all[0].GetPayload()) != "c" {
		t.Fatalf("points %v", all)
	}
	named := all[0].GetVectors().GetVectors().GetVectors()
	if got := named["unit"].GetDense().GetData(); len(named) != 1 || !slices.Equal(got, []float32{0, 1}) {
		t.Errorf("vectors %v", named)
	}
	c.put(newTestPoint(1, vectors{}, nil))
	if all = c.server.Points(shop); fields(all[0].GetPayload()) != "c" {
		t.Errorf("an upsert without payload left %v", all[0].GetPayload())
	}
}

func TestUpsertRefuses(t *testing.T) {
	c := start(t)
	c.create(newShop(shop))
	good := newTestPoint(1, vectors{"image": []float32{1, 0}}, nil)
	repeated := qdrant.NewVectorsMap(map[string]*qdrant.Vector{"words": qdrant.NewVectorSparse([]uint32{1, 1}, []float32{1, 2})})
	for _, test := range []struct {
		name    string
		point   *qdrant.PointStruct
		words   string
		written int // of the good point before it
	}{
		{"unknown vector", newTestPoint(2, vectors{"absent": []float32{1}}, nil), "Wrong input: Not existing vector name error: absent", 1},
		{"wrong size", newTestPoint(2, vectors{"image": []float32{1}}, nil), "Wrong input: Vector dimension error: expected dim: 2, got 1", 1},
		{"repeated index", &qdrant.PointStruct{Id: qdrant.NewIDNum(2), Vectors: repeated}, "must be unique", 0},
		{"no vectors", &qdrant.PointStruct{Id: qdrant.NewIDNum(2)}, "Expected some vectors", 0},
		{"no id", &qdrant.PointStruct{Vectors: vectors{}.proto()}, "Empty ID is not allowed", 0},
		{"text as id", &qdrant.PointStruct{Id: qdrant.NewID("sku-1"), Vectors: vectors{}.proto()}, "Unable to parse UUID: sku-1", 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			c.server.Wipe()
			c.create(newShop(shop))
			err := c.upsert(&qdrant.UpsertPoints{CollectionName: shop, Points: []*qdrant.PointStruct{good, test.point}})
			refused(t, err, codes.InvalidArgument, test.words)
			if got := len(c.server.Points(shop)); got != test.written {
				t.Errorf("%d points are written, want %d", got, test.written)
			}
		})
	}
	refused(t, c.upsert(&qdrant.UpsertPoints{CollectionName: shop}), codes.InvalidArgument, "Empty update request")
	refused(t, c.upsert(&qdrant.UpsertPoints{CollectionName: "absent", Points: []*qdrant.PointStruct{good}}), codes.NotFound, "doesn't exist")
}

func TestWithoutWaitLater(t *testing.T) {
	c := start(t)
	c.create(newShop(shop))
	up := &qdrant.UpsertPoints{CollectionName: shop, Points: []*qdrant.PointStruct{newTestPoint(1, vectors{}, nil)}}
	result, err := c.Upsert(t.Context(), up)
	if err != nil || result.GetStatus() != qdrant.UpdateStatus_Acknowledged {
		t.Fatalf("%v, %v", result, err)
	}
	for deadline := time.Now().Add(5 * time.Second); len(c.server.Points(shop)) == 0; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the point is still invisible")
		}
	}
	up.Points[0] = newTestPoint(2, vectors{}, nil)
	if _, err := c.Upsert(t.Context(), up); err != nil {
		t.Fatal(err)
	}
	c.put(newTestPoint(3, vectors{}, nil))
	if n := len(c.server.Points(shop)); n != 3 {
		t.Errorf("%d points after a write that waited, want 3", n)
	}
}

// Nothing of a write without wait is seen at once: a server that settles late shows it.
func TestWithoutWaitNotYet(t *testing.T) {
	s := store{}
	s.wipe()
	if err := s.create(newShop(shop)); err != nil {
		t.Fatal(err)
	}
	c, _ := s.find(shop)
	operation, err := c.upsert([]*qdrant.PointStruct{newTestPoint(1, vectors{}, nil)}, nil, false)
	if err != nil {
		t.Fatal(err)
	}
	c.mu.Lock() // as long as it is held nothing settles
	c.pending = append(c.pending, operation)
	seen := len(c.holdings())
	c.settleLocked()
	after := len(c.holdings())
	c.mu.Unlock()
	if seen != 0 || after != 1 {
		t.Errorf("%d points before it settles and %d after", seen, after)
	}
}

func TestDelete(t *testing.T) {
	c := start(t)
	c.create(newShop(shop))
	for id := range uint64(6) {
		c.put(newTestPoint(id, vectors{}, map[string]any{"even": id%2 == 0}))
	}
	for _, test := range []struct {
		selector *qdrant.PointsSelector
		left     string
	}{
		{qdrant.NewPointsSelector(qdrant.NewIDNum(1), qdrant.NewIDNum(99)), "0 2 3 4 5"},
		{qdrant.NewPointsSelectorFilter(&qdrant.Filter{Must: []*qdrant.Condition{qdrant.NewMatchBool("even", true)}}), "3 5"},
		{qdrant.NewPointsSelector(), "3 5"},
		{qdrant.NewPointsSelectorFilter(&qdrant.Filter{}), ""},
	} {
		if _, err := c.Delete(t.Context(), &qdrant.DeletePoints{CollectionName: shop, Wait: proto.Bool(true), Points: test.selector}); err != nil {
			t.Fatal(err)
		}
		var left []string
		for _, p := range c.server.Points(shop) {
			left = append(left, idText(p.GetId()))
		}
		if got := strings.Join(left, " "); got != test.left {
			t.Errorf("left %q, want %q", got, test.left)
		}
	}
}

func TestScroll(t *testing.T) {
	c := start(t)
	c.create(newShop(shop))
	const first, second = "0189f7c0-0000-7000-8000-000000000001", "0189f7c0-0000-7000-8000-000000000002"
	for _, id := range []*qdrant.PointId{qdrant.NewID(second), qdrant.NewIDNum(20), qdrant.NewID(first), qdrant.NewIDNum(3)} {
		c.put(&qdrant.PointStruct{Id: id, Vectors: vectors{}.proto(), Payload: qdrant.NewValueMap(map[string]any{"id": idText(id)})})
	}
	var got []string
	request := &qdrant.ScrollPoints{CollectionName: shop, Limit: proto.Uint32(3)}
	for pages := 0; ; pages++ {
		points, next, err := c.ScrollAndOffset(t.Context(), request)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range points {
			got = append(got, p.GetPayload()["id"].GetStringValue())
		}
		if request.Offset = next; next == nil {
			if pages != 1 {
				t.Errorf("%d pages", pages+1)
			}
			break
		}
	}
	if want := []string{"3", "20", first, second}; !slices.Equal(got, want) {
		t.Errorf("scrolled %q, want %q", got, want)
	}
	points, err := c.Get(t.Context(), &qdrant.GetPoints{CollectionName: shop, Ids: []*qdrant.PointId{qdrant.NewID(strings.ToUpper(second)), qdrant.NewIDNum(99), qdrant.NewIDNum(3)}})
	if err != nil || len(points) != 2 || idText(points[0].GetId()) != second || len(points[0].GetPayload()) > 0 {
		t.Errorf("got %v, %v", points, err)
	}
	n, err := c.Count(t.Context(), &qdrant.CountPoints{CollectionName: shop, Filter: &qdrant.Filter{Must: []*qdrant.Condition{qdrant.NewHasID(qdrant.NewIDNum(3), qdrant.NewID(first))}}})
	if err != nil || n != 2 {
		t.Errorf("count %d, %v", n, err)
	}
}

func TestFacet(t *testing.T) {
	c := start(t)
	c.create(newShop(shop))
	for id, colours := range []any{"红", []any{"红", "蓝", "蓝"}, []any{}, "绿", "红", 7} {
		c.put(newTestPoint(uint64(id), vectors{}, map[string]any{"colour": colours}))
	}
	request := &qdrant.FacetCounts{CollectionName: shop, Key: "colour", Limit: proto.Uint64(2)}
	_, err := c.Facet(t.Context(), request)
	refused(t, err, codes.InvalidArgument, "No appropriate index for faceting: `colour`")
	c.index("colour", qdrant.FieldType_FieldTypeKeyword)
	hits, err := c.Facet(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, h := range hits {
		got = append(got, fmt.Sprint(h.GetValue().GetStringValue(), h.GetCount()))
	}
	if want := []string{"红3", "绿1"}; !slices.Equal(got, want) {
		t.Errorf("facets %q, want %q", got, want)
	}
}

func TestUpdateBatch(t *testing.T) {
	c := start(t)
	c.create(newShop(shop))
	_, err := c.UpdateBatch(t.Context(), &qdrant.UpdateBatchPoints{CollectionName: shop, Wait: proto.Bool(true), Operations: []*qdrant.PointsUpdateOperation{
		qdrant.NewPointsUpdateUpsert(&qdrant.PointsUpdateOperation_PointStructList{Points: []*qdrant.PointStruct{newTestPoint(1, vectors{}, nil), newTestPoint(2, vectors{}, nil)}}),
		qdrant.NewPointsUpdateDeletePoints(&qdrant.PointsUpdateOperation_DeletePoints{Points: qdrant.NewPointsSelector(qdrant.NewIDNum(1))}),
	}})
	if all := c.server.Points(shop); err != nil || len(all) != 1 || all[0].GetId().GetNum() != 2 {
		t.Errorf("points %v, %v", all, err)
	}
}
