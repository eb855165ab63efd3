package qdranttest

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/qdrant/go-client/qdrant"
	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/proto"
)

func TestDense(t *testing.T) {
	c := start(t)
	c.create(newShop(shop))
	c.put(
		newTestPoint(1, vectors{"image": []float32{1, 0}, "unit": []float32{3, 0}}, nil),
		newTestPoint(2, vectors{"image": []float32{3, 3}, "unit": []float32{0, 0}}, nil),
		newTestPoint(3, vectors{"image": []float32{2, 0}}, nil),
		newTestPoint(4, vectors{}, nil),
	)
	for _, test := range []struct {
		name   string
		query  *qdrant.QueryPoints
		ids    string
		scores []float32
	}{
		{"dot", near("image", 1, 0), "2 3 1", []float32{3, 2, 1}},
		{"negative", near("image", -1, 0), "1 3 2", []float32{-1, -2, -3}},
		{"cosine", near("unit", 2, 0), "1 2", []float32{1, 0}},
		{"limit", with(near("image", 1, 0), func(q *qdrant.QueryPoints) { q.Limit = proto.Uint64(1) }), "2", []float32{3}},
		{"offset", with(near("image", 1, 0), func(q *qdrant.QueryPoints) { q.Limit, q.Offset = proto.Uint64(1), proto.Uint64(1) }), "3", []float32{2}},
		{"far offset", with(near("image", 1, 0), func(q *qdrant.QueryPoints) { q.Offset = proto.Uint64(9) }), "", nil},
		{"threshold", with(near("image", 1, 0), func(q *qdrant.QueryPoints) { q.ScoreThreshold = proto.Float32(2) }), "2 3", []float32{3, 2}},
		{"no query", &qdrant.QueryPoints{Limit: proto.Uint64(2)}, "1 2", []float32{0, 0}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if ids, scores := c.query(test.query); ids != test.ids || fmt.Sprint(scores) != fmt.Sprint(test.scores) {
				t.Errorf("found %s %v, want %s %v", ids, scores, test.ids, test.scores)
			}
		})
	}
}

func with(q *qdrant.QueryPoints, change func(*qdrant.QueryPoints)) *qdrant.QueryPoints {
	change(q)
	return q
}

func TestDefaultLimitAndTies(t *testing.T) {
	c := start(t)
	c.create(newShop(shop))
	var points []*qdrant.PointStruct
	for id := range uint64(500) {
		points = append(points, newTestPoint(id, vectors{"image": []float32{1, 0}}, nil))
	}
	c.put(points...)
	ids, scores := c.query(near("image", 1, 0))
	if len(scores) != 10 {
		t.Errorf("%d hits without a limit, want 10", len(scores))
	}
	if strings.HasPrefix(ids, "0 1 2") {
		t.Errorf("equal points come by id: %s", ids)
	}
}

// The scores of words, by hand. Five points have the vector, of two stores: the
// filter plays no role in how rare a word is.
func TestIDF(t *testing.T) {
	c := start(t)
	c.create(newShop(shop))
	a, b := map[string]any{"store": "a"}, map[string]any{"store": "b"}
	c.put(
		newTestPoint(1, vectors{"words": map[uint32]float32{10: 2, 20: 1}, "plain": map[uint32]float32{10: 2}}, a),
		newTestPoint(2, vectors{"words": map[uint32]float32{10: 1}}, a),
		newTestPoint(3, vectors{"words": map[uint32]float32{10: 1}}, b),
		newTestPoint(4, vectors{"words": map[uint32]float32{30: 1}}, b),
		newTestPoint(5, vectors{"words": map[uint32]float32{20: 0}}, b),
		newTestPoint(6, vectors{"words": map[uint32]float32{}}, a), // counts for nothing
		newTestPoint(7, vectors{"image": []float32{1, 1}}, a),
	)
	idf := func(n, df float64) float64 { return math.Log((n-df+0.5)/(df+0.5) + 1) }
	for _, test := range []struct {
		name   string
		query  *qdrant.QueryPoints
		ids    string
		scores []float64
	}{
		{"all", with(asking("words", map[uint32]float32{10: 3, 20: 1}), only("a")), "1 2", []float64{6*idf(5, 3) + idf(5, 2), 3 * idf(5, 3)}},
		{"another store", with(asking("words", map[uint32]float32{20: 1}), only("b")), "5", []float64{0}},
		{"unknown", asking("words", map[uint32]float32{99: 1}), "", nil},
		{"nothing", asking("words", nil), "", nil},
		{"without IDF", asking("plain", map[uint32]float32{10: 3}), "1", []float64{6}},
	} {
		t.Run(test.name, func(t *testing.T) {
			ids, scores := c.query(test.query)
			if ids != test.ids || len(scores) != len(test.scores) {
				t.Fatalf("found %s %v, want %s %v", ids, scores, test.ids, test.scores)
			}
			for i := range scores {
				if math.Abs(float64(scores[i])-test.scores[i]) > 1e-5 {
					t.Errorf("scores %v, want %v", scores, test.scores)
				}
			}
		})
	}
}

func only(store string) func(*qdrant.QueryPoints) {
	return func(q *qdrant.QueryPoints) {
		q.Filter = &qdrant.Filter{Must: []*qdrant.Condition{qdrant.NewMatch("store", store)}}
	}
}

// Replaced and deleted points no longer count.
func TestIDFFollowsChanges(t *testing.T) {
	c := start(t)
	c.create(newShop(shop))
	c.put(
		newTestPoint(1, vectors{"words": map[uint32]float32{10: 1}}, nil),
		newTestPoint(2, vectors{"words": map[uint32]float32{10: 1}}, nil),
		newTestPoint(3, vectors{"words": map[uint32]float32{10: 1}}, nil),
	)
	c.put(newTestPoint(2, vectors{"words": map[uint32]float32{11: 1}}, nil))
	_, err := c.Delete(t.Context(), &qdrant.DeletePoints{CollectionName: shop, Wait: proto.Bool(true), Points: qdrant.NewPointsSelector(qdrant.NewIDNum(3))})
	if err != nil {
		t.Fatal(err)
	}
	_, scores := c.query(asking("words", map[uint32]float32{10: 1}))
	if want := float32(math.Log(2)); len(scores) != 1 || math.Abs(float64(scores[0]-want)) > 1e-6 {
		t.Errorf("scores %v, want %v", scores, want)
	}
}

func TestQueryRefuses(t *testing.T) {
	c := start(t)
	c.create(newShop(shop))
	words, image := "words", "image"
	for _, test := range []struct {
		name  string
		query *qdrant.QueryPoints
		code  codes.Code
		text  string
	}{
		{"unknown vector", near("absent", 1, 0), codes.InvalidArgument, "Wrong input: Not existing vector name error: absent"},
		{"no vector name", &qdrant.QueryPoints{Query: qdrant.NewQueryDense([]float32{1, 0})}, codes.InvalidArgument, "Not existing vector name"},
		{"wrong size", near("image", 1, 0, 0), codes.InvalidArgument, "Wrong input: Vector dimension error: expected dim: 2, got 3"},
		{"dense for sparse", near("words", 1, 0), codes.InvalidArgument, "Conversion between sparse and regular vectors failed"},
		{"sparse for dense", asking("image", map[uint32]float32{1: 1}), codes.InvalidArgument, "Conversion between"},
		{"repeated index", &qdrant.QueryPoints{Query: qdrant.NewQuerySparse([]uint32{3, 1, 3}, []float32{1, 2, 3}), Using: &words}, codes.InvalidArgument, "indices: must be unique"},
		{"lengths", &qdrant.QueryPoints{Query: qdrant.NewQuerySparse([]uint32{3, 1}, []float32{1}), Using: &words}, codes.InvalidArgument, "must be the same length as indices"},
		{"limit", &qdrant.QueryPoints{Query: qdrant.NewQueryDense([]float32{1, 0}), Using: &image, Limit: proto.Uint64(0)}, codes.InvalidArgument, "limit"},
		{"collection", &qdrant.QueryPoints{CollectionName: "absent"}, codes.NotFound, "Collection `absent` doesn't exist!"},
		{"path", with(near("image", 1, 0), func(q *qdrant.QueryPoints) {
			q.Filter = &qdrant.Filter{Must: []*qdrant.Condition{qdrant.NewMatch("a b", "c")}}
		}), codes.InvalidArgument, "Invalid json path: 'a b'"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if test.query.CollectionName == "" {
				test.query.CollectionName = shop
			}
			_, err := c.Query(t.Context(), test.query)
			refused(t, err, test.code, test.text)
			_, err = c.QueryBatch(t.Context(), &qdrant.QueryBatchPoints{
				CollectionName: test.query.CollectionName, QueryPoints: []*qdrant.QueryPoints{near("image", 1, 0), test.query},
			})
			refused(t, err, test.code, test.text)
		})
	}
}

func TestAnswersCarryWhatIsAsked(t *testing.T) {
	c := start(t)
	c.create(newShop(shop))
	c.put(newTestPoint(1, vectors{"image": []float32{1, 0}, "words": map[uint32]float32{5: 2}}, map[string]any{"id": "红裙", "store": "a"}))
	for _, test := range []struct {
		name    string
		payload *qdrant.WithPayloadSelector
		vectors *qdrant.WithVectorsSelector
		fields  string
		names   int
	}{
		{"nothing", nil, nil, "", 0},
		{"all", qdrant.NewWithPayload(true), qdrant.NewWithVectors(true), "id store", 2},
		{"some", qdrant.NewWithPayloadInclude("id", "absent"), qdrant.NewWithVectorsInclude("words"), "id", 1},
		{"all but some", qdrant.NewWithPayloadExclude("id"), qdrant.NewWithVectors(false), "store", 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			q := near("image", 1, 0)
			q.CollectionName, q.WithPayload, q.WithVectors = shop, test.payload, test.vectors
			points, err := c.Query(t.Context(), q)
			if err != nil || len(points) != 1 {
				t.Fatalf("%v, %v", points, err)
			}
			if got := fields(points[0].GetPayload()); got != test.fields {
				t.Errorf("fields %s, want %s", got, test.fields)
			}
			if got := points[0].GetVectors().GetVectors().GetVectors(); len(got) != test.names {
				t.Errorf("vectors %v, want %d", got, test.names)
			}
		})
	}
}

// 10,000 points are searched in a few milliseconds, so that tests are quick.
func BenchmarkQuery(b *testing.B) {
	const dim = 128
	s := store{}
	s.wipe()
	request := newShop(shop)
	request.VectorsConfig.GetParamsMap().GetMap()["image"].Size = dim
	if err := s.create(request); err != nil {
		b.Fatal(err)
	}
	c, _ := s.find(shop)
	for id := range uint64(10_000) {
		v := make([]float32, dim)
		for i := range v {
			v[i] = float32((id*7919 + uint64(i)*104729) % 1000)
		}
		p, err := c.newPoint(newTestPoint(id, vectors{"image": v, "words": map[uint32]float32{uint32(id % 50): 1}}, map[string]any{"store": fmt.Sprint(id % 10)}))
		if err != nil {
			b.Fatal(err)
		}
		c.rings[""][0].put(p)
	}
	for name, q := range map[string]*qdrant.QueryPoints{
		"dense":    near("image", make([]float32, dim)...),
		"filtered": with(near("image", make([]float32, dim)...), only("3")),
		"words":    asking("words", map[uint32]float32{1: 1, 2: 2, 3: 3}),
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := c.query(b.Context(), q, false); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func TestCancelledQuery(t *testing.T) {
	c := start(t)
	c.create(newShop(shop))
	c.server.Slow(time.Minute)
	q := near("image", 1, 0)
	q.CollectionName = shop
	_, err := c.Query(within(t, 30*time.Millisecond), q)
	refused(t, err, codes.DeadlineExceeded, "")
}
