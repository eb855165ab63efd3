package qdrant_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	client "github.com/qdrant/go-client/qdrant"
	"google.golang.org/protobuf/proto"

	"honeyguide/catalog/index"
	"honeyguide/catalog/index/indextest"
	"honeyguide/catalog/index/qdrant"
	"honeyguide/catalog/index/qdrant/qdranttest"
)

// last is the last request of a method.
func last[M proto.Message](t *testing.T, server *qdranttest.Server, method string) M {
	t.Helper()
	request, ok := server.LastRequest(method).(M)
	if !ok {
		t.Fatalf("there was no %s, but %v", method, server.LastRequest(method))
	}
	return request
}

// info describes a kind's collection.
func info(t *testing.T, server *qdranttest.Server) *client.CollectionInfo {
	t.Helper()
	i, err := raw(t, server.Addr()).GetCollectionInfo(context.Background(), "honeyguide.product")
	if err != nil {
		t.Fatal(err)
	}
	return i
}

// rich is an entry with everything.
func rich(id string) index.Entry {
	e := product(id, 1, 0)
	e.Vectors["text"] = []float32{0, 1, 0}
	e.Tags = map[string][]string{"color": {"red", "蓝"}, "fit=size": {"M"}}
	return e
}

func TestSearchIsOneRequest(t *testing.T) {
	server := qdranttest.Start(t)
	x := opened(t, server, func(o *qdrant.Options) { o.Exact, o.HNSW.Ef = false, 77 })
	put(t, x, rich("a"))
	finds(t, x, nearest(1, 0), "a")
	before := server.Requests("QueryBatch")
	image := nearest(1, 0)[0]
	price := 3.0
	image.Filter = index.Filter{{Field: "color", AnyOf: []string{"red", "green"}}, {Field: "color", NoneOf: []string{"black"}}, {Field: "price", Min: &price}}
	text, words := image, image
	text.Space, text.Vector = "text", []float32{0, 1, 0}
	words.Space, words.Words = index.Words, index.Sparse{Terms: []uint32{7, 9}, Weights: []float32{1, 0}}
	hits, err := x.Search(context.Background(), []index.Query{image, text, words})
	if err != nil || len(hits[0])*len(hits[1])*len(hits[2]) != 1 {
		t.Fatalf("Search gave %v, %v", hits, err)
	}
	if n := server.Requests("QueryBatch") - before; n != 1 || server.Requests("Points/Query") > 0 {
		t.Errorf("the search took %d requests", n)
	}
	batch := last[*client.QueryBatchPoints](t, server, "QueryBatch")
	using := []string{}
	for _, q := range batch.GetQueryPoints() {
		using = append(using, q.GetUsing())
		if got := q.GetWithPayload().GetInclude().GetFields(); !slices.Equal(got, []string{"id"}) {
			t.Errorf("%s asks for the payload %q", q.GetUsing(), got)
		}
		if q.GetWithVectors() != nil {
			t.Errorf("%s asks for vectors", q.GetUsing())
		}
		if must, not := len(q.GetFilter().GetMust()), len(q.GetFilter().GetMustNot()); must != 3 || not != 1 {
			t.Errorf("%s has %d and %d conditions", q.GetUsing(), must, not)
		}
	}
	if want := []string{"image", "text", "words"}; !slices.Equal(using, want) {
		t.Errorf("the spaces are %q, want %q", using, want)
	}
	if p := batch.GetQueryPoints()[0].GetParams(); p.GetExact() || p.GetHnswEf() != 77 {
		t.Errorf("the parameters are %v", p)
	}
	if got := batch.GetQueryPoints()[2].GetQuery().GetNearest().GetSparse().GetIndices(); !slices.Equal(got, []uint32{7}) {
		t.Errorf("the terms are %v, want only the one with a weight", got)
	}
	exact := opened(t, server)
	finds(t, exact, nearest(1, 0), "a")
	if p := last[*client.QueryBatchPoints](t, server, "QueryBatch").GetQueryPoints()[0].GetParams(); !p.GetExact() || p.HnswEf != nil {
		t.Errorf("the parameters are %v", p)
	}
}

// TestNothingToAsk: what cannot find anything costs no request.
func TestNothingToAsk(t *testing.T) {
	server := qdranttest.Start(t)
	x := opened(t, server)
	put(t, x, product("a", 1, 0))
	low := 1.0
	for name, change := range map[string]func(*index.Query){
		"no values":      func(q *index.Query) { q.Filter = index.Filter{{Field: "color", AnyOf: []string{}}} },
		"unknown number": func(q *index.Query) { q.Filter = index.Filter{{Field: "none", Min: &low}} },
		"unknown space":  func(q *index.Query) { q.Space = "none" },
		"no terms":       func(q *index.Query) { q.Space = index.Words },
		"other kind":     func(q *index.Query) { q.Kind = index.FAQs },
	} {
		t.Run(name, func(t *testing.T) {
			before := server.Requests("QueryBatch")
			queries := nearest(1, 0)
			change(&queries[0])
			finds(t, x, queries)
			if n := server.Requests("QueryBatch") - before; n != 0 {
				t.Errorf("it took %d requests", n)
			}
		})
	}
}

func TestWritesWait(t *testing.T) {
	server := qdranttest.Start(t)
	x := opened(t, server)
	put(t, x, rich("a"))
	if err := x.Delete(context.Background(), "shop", index.Products, []string{"a"}); err != nil {
		t.Fatal(err)
	}
	put(t, x, rich("a"))
	wide := product("b", 1, 0)
	wide.Vectors["late"] = []float32{1}
	put(t, x, wide) // which copies
	for method, wait := range map[string]bool{
		"UpdateBatch":      last[*client.UpdateBatchPoints](t, server, "UpdateBatch").GetWait(),
		"Points/Delete":    last[*client.DeletePoints](t, server, "Points/Delete").GetWait(),
		"Upsert":           last[*client.UpsertPoints](t, server, "Upsert").GetWait(),
		"CreateFieldIndex": last[*client.CreateFieldIndexCollection](t, server, "CreateFieldIndex").GetWait(),
	} {
		if !wait {
			t.Errorf("%s does not wait", method)
		}
	}
}

func TestSizesOfWrites(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ entries, dim, requests int }{{1, 2, 1}, {1000, 2, 1}, {1001, 2, 2}, {2500, 2, 3}, {300, 1 << 14, 3}} {
		t.Run(fmt.Sprintf("%dx%d", c.entries, c.dim), func(t *testing.T) {
			server := qdranttest.Start(t)
			x := opened(t, server)
			entries, vector := make([]index.Entry, c.entries), make([]float32, c.dim)
			vector[0] = 1
			for i := range entries {
				entries[i] = product(fmt.Sprint(i), vector...)
			}
			put(t, x, entries...)
			if n := server.Requests("UpdateBatch"); n != c.requests {
				t.Errorf("%d requests, want %d", n, c.requests)
			}
			batch := last[*client.UpdateBatchPoints](t, server, "UpdateBatch")
			if size := proto.Size(batch); size > 9<<20 {
				t.Errorf("a request has %d bytes", size)
			}
			if n := len(server.Points("honeyguide.product")); n != c.entries {
				t.Errorf("there are %d points", n)
			}
			ids := make([]string, c.entries)
			for i := range ids {
				ids[i] = entries[i].ID
			}
			if held, err := x.Held(context.Background(), "shop", index.Products, ids); err != nil || len(held) != c.entries {
				t.Errorf("Held gave %d sums, %v", len(held), err)
			}
			if got := len(last[*client.GetPoints](t, server, "Points/Get").GetIds()); got > 1000 {
				t.Errorf("%d ids in one request", got)
			}
		})
	}
}

// TestIndexesComeFirst: Qdrant builds a tenant's graph only if it knows of tenants
// before the points.
func TestIndexesComeFirst(t *testing.T) {
	t.Parallel()
	server := qdranttest.Start(t)
	x := opened(t, server, func(o *qdrant.Options) { o.Numbers = []string{"price", "stars of 5"} })
	server.Slow(20 * time.Millisecond) // of the write, too
	done := make(chan error, 1)
	go func() { done <- x.Put(context.Background(), []index.Entry{rich("a")}) }()
	for server.Requests("UpdateBatch") == 0 {
		time.Sleep(time.Millisecond)
	}
	if n := server.Requests("CreateFieldIndex"); n != 4 {
		t.Errorf("%d indexes before the first point, want 4", n)
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	server.Slow(0)
	if n := server.Requests("CreateFieldIndex"); n != 4 {
		t.Errorf("%d indexes, want 4", n)
	}
	schema := info(t, server).GetPayloadSchema()
	if p := schema["store"].GetParams().GetKeywordIndexParams(); !p.GetIsTenant() || p.EnableHnsw != nil && !p.GetEnableHnsw() {
		t.Errorf("the store's index is %v", schema["store"])
	}
	if p := schema["tags"].GetParams().GetKeywordIndexParams(); p.GetIsTenant() || p.EnableHnsw == nil || p.GetEnableHnsw() {
		t.Errorf("the tags' index is %v", schema["tags"])
	}
	for _, path := range []string{"numbers.price", `numbers."stars~20of~205"`} {
		if p := schema[path].GetParams().GetFloatIndexParams(); p == nil || p.EnableHnsw == nil || p.GetEnableHnsw() {
			t.Errorf("the index of %s is %v", path, schema[path])
		}
	}
}

// TestPointIDs are the same in every version of the program: other ones would
// make every point twice.
func TestPointIDs(t *testing.T) {
	server := qdranttest.Start(t)
	x := opened(t, server)
	other := rich("a")
	other.Store = "店"
	put(t, x, rich("a"), other)
	got := map[string]string{}
	for _, p := range server.Points("honeyguide.product") {
		got[p.GetPayload()["store"].GetStringValue()] = p.GetId().GetUuid()
		if id := p.GetPayload()["id"].GetStringValue(); id != "a" {
			t.Errorf("the payload's id is %q", id)
		}
	}
	want := map[string]string{"shop": "8812d168-7d74-5fb7-9878-13537862690c", "店": "dfebd948-9508-52b9-9fca-fbd4ac2c4d19"}
	for store, id := range want {
		if got[store] != id {
			t.Errorf("the id in %s is %s, want %s", store, got[store], id)
		}
	}
}

func TestCollections(t *testing.T) {
	server := qdranttest.Start(t)
	x := opened(t, server, func(o *qdrant.Options) {
		o.HNSW, o.OnDisk, o.Shards, o.Replicas, o.Model = qdrant.HNSW{M: 24, EfConstruct: 200}, true, 3, 2, "CLIP/模型"
		o.Spaces, o.Numbers = map[string]int{"image": 2, "另": 5}, []string{"price"}
	})
	put(t, x, product("a", 1, 0))
	c := info(t, server).GetConfig()
	if h := c.GetHnswConfig(); h.GetM() != 0 || h.GetPayloadM() != 24 || h.GetEfConstruct() != 200 || !h.GetOnDisk() {
		t.Errorf("the graph is %v", h)
	}
	p := c.GetParams()
	if p.GetShardNumber() != 3 || p.GetReplicationFactor() != 2 || !p.GetOnDiskPayload() {
		t.Errorf("the parameters are %v", p)
	}
	vectors := p.GetVectorsConfig().GetParamsMap().GetMap()
	for name, size := range map[string]uint64{"image": 2, "~e5~8f~a6": 5} {
		if v := vectors[name]; v.GetSize() != size || v.GetDistance() != client.Distance_Dot || !v.GetOnDisk() {
			t.Errorf("the space %s is %v", name, v)
		}
	}
	if s := p.GetSparseVectorsConfig().GetMap()["words"]; s.GetModifier() != client.Modifier_Idf || !s.GetIndex().GetOnDisk() {
		t.Errorf("the words are %v", s)
	}
	if got := c.GetMetadata()["model"].GetStringValue(); got != "CLIP/模型" {
		t.Errorf("the model is %q", got)
	}
	if alias, all := server.Aliases(), server.Collections(); len(all) != 1 || alias["honeyguide.product"] != all[0] || !strings.Contains(all[0], "CLIP~2f") {
		t.Errorf("the aliases are %v, the collections %q", alias, all)
	}
	plain := qdranttest.Start(t)
	put(t, opened(t, plain), product("a", 1, 0))
	if h := info(t, plain).GetConfig().GetHnswConfig(); h.GetM() != 0 || h.GetPayloadM() != 16 || h.GetEfConstruct() != 100 || h.GetOnDisk() {
		t.Errorf("by default the graph is %v", h)
	}
}

func TestQuantization(t *testing.T) {
	for q, ok := range map[qdrant.Quantization]func(*client.QuantizationConfig) bool{
		"":          func(c *client.QuantizationConfig) bool { return c == nil },
		qdrant.None: func(c *client.QuantizationConfig) bool { return c == nil },
		qdrant.Scalar: func(c *client.QuantizationConfig) bool {
			return c.GetScalar().GetType() == client.QuantizationType_Int8 && c.GetScalar().GetAlwaysRam()
		},
		qdrant.Binary: func(c *client.QuantizationConfig) bool { return c.GetBinary().GetAlwaysRam() },
	} {
		server := qdranttest.Start(t)
		put(t, opened(t, server, func(o *qdrant.Options) { o.Quantization = q }), product("a", 1, 0))
		if got := info(t, server).GetConfig().GetQuantizationConfig(); !ok(got) {
			t.Errorf("%q gives %v", q, got)
		}
	}
}

func bigStores(stores ...string) option {
	return func(o *qdrant.Options) { o.BigStores = stores }
}

// TestBigStores: they have shards of their own, and only those are asked.
func TestBigStores(t *testing.T) {
	server := qdranttest.Start(t, qdranttest.Cluster())
	x := opened(t, server, bigStores("big", "huge"), func(o *qdrant.Options) { o.Shards = 2 })
	var all []index.Entry
	for i := range 10 { // in turns
		for _, store := range []string{"big", "shop", "huge", "other"} {
			e := product(fmt.Sprint(i), 1, 0)
			e.Store = store
			all = append(all, e)
		}
	}
	put(t, x, all...)
	if n := server.Requests("UpdateBatch"); n != 3 {
		t.Errorf("%d requests, want one for each shard key", n)
	}
	key := map[string]string{"big": "store:big", "huge": "store:huge", "shop": "shared", "other": "shared"}
	for _, p := range server.Points("honeyguide.product") {
		if store := p.GetPayload()["store"].GetStringValue(); p.GetShardKey().GetKeyword() != key[store] {
			t.Errorf("a point of %s lies under %v", store, p.GetShardKey())
		}
	}
	selects := func(s *client.ShardKeySelector, want string) {
		t.Helper()
		if keys := s.GetShardKeys(); len(keys) != 1 || keys[0].GetKeyword() != want {
			t.Errorf("it selects %v, want %s", keys, want)
		}
	}
	other := opened(t, server) // which learns of them from the collection
	for store, want := range key {
		q := nearest(1, 0)
		q[0].Store, q[0].Limit = store, 3
		finds(t, other, q, "0", "1", "2")
		selects(last[*client.QueryBatchPoints](t, server, "QueryBatch").GetQueryPoints()[0].GetShardKeySelector(), want)
		if err := other.Delete(context.Background(), store, index.Products, []string{"0"}); err != nil {
			t.Error(err)
		}
		selects(last[*client.DeletePoints](t, server, "Points/Delete").GetShardKeySelector(), want)
		finds(t, other, q, "1", "2", "3")
		if held, err := other.Held(context.Background(), store, index.Products, []string{"0", "1"}); err != nil || len(held) != 1 {
			t.Errorf("Held gave %v, %v", held, err)
		}
		selects(last[*client.GetPoints](t, server, "Points/Get").GetShardKeySelector(), want)
	}
	wide := product("wide", 0, 1)
	wide.Vectors["late"] = []float32{1}
	put(t, x, wide) // copies all
	walked := 0
	if err := x.Walk(context.Background(), index.Products, func(keys []index.Key) error { walked += len(keys); return nil }); err != nil || walked != 37 {
		t.Errorf("walked over %d keys, %v", walked, err)
	}
	for _, p := range server.Points("honeyguide.product") {
		if store := p.GetPayload()["store"].GetStringValue(); p.GetShardKey().GetKeyword() != key[store] {
			t.Errorf("after the copy a point of %s lies under %v", store, p.GetShardKey())
		}
	}
}

func TestBigStoresNeedACluster(t *testing.T) {
	server := qdranttest.Start(t)
	x := opened(t, server, bigStores("big"))
	err := x.Put(context.Background(), []index.Entry{product("a", 1, 0)})
	if err == nil || !strings.Contains(err.Error(), "cluster mode") {
		t.Errorf("Put gave %v", err)
	}
	if all := server.Collections(); len(all) > 0 {
		t.Errorf("it left %q", all)
	}
}

// TestContractOfBigStores: with shards of their own, too.
func TestContractOfBigStores(t *testing.T) {
	t.Parallel()
	addr := qdranttest.Start(t, qdranttest.Cluster()).Addr()
	big := bigStores("shop", "another")
	indextest.Run(t, func(t *testing.T) index.Index { return open(t, addr, newPrefix(t, addr), big) })
	indextest.RunLasting(t, func(t *testing.T) (index.Lasting, func(string) index.Lasting) {
		prefix := newPrefix(t, addr)
		return open(t, addr, prefix, big), func(model string) index.Lasting {
			return open(t, addr, prefix, big, func(o *qdrant.Options) { o.Model = model })
		}
	})
}

// TestRefusedValues: an entry that does not fit is refused before any is written.
func TestRefusedValues(t *testing.T) {
	server := qdranttest.Start(t)
	x := opened(t, server)
	put(t, x, product("a", 1, 0))
	faq := product("faq", 1, 0)
	faq.Kind = "faq"
	before := server.Requests("UpdateBatch")
	if err := x.Put(context.Background(), []index.Entry{faq, product("b", 1, 0, 0)}); !errors.Is(err, index.ErrInvalid) || !strings.Contains(err.Error(), `"b"`) {
		t.Errorf("Put gave %v", err)
	}
	if n := server.Requests("UpdateBatch") - before; n != 0 {
		t.Errorf("it wrote %d times", n)
	}
}
