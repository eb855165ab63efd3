package qdranttest

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/qdrant/go-client/qdrant"
	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/proto"
)

func TestCollections(t *testing.T) {
	c := start(t)
	request := newShop(shop)
	request.HnswConfig = &qdrant.HnswConfigDiff{M: proto.Uint64(0), PayloadM: proto.Uint64(24)}
	request.QuantizationConfig = qdrant.NewQuantizationScalar(&qdrant.ScalarQuantization{Type: qdrant.QuantizationType_Int8})
	request.Metadata = qdrant.NewValueMap(map[string]any{"schema": 3})
	c.create(request)
	c.put(newTestPoint(1, vectors{"image": []float32{1, 0}}, map[string]any{"store": "a"}))
	c.index("store", qdrant.FieldType_FieldTypeKeyword)

	info, err := c.GetCollectionInfo(t.Context(), shop)
	if err != nil {
		t.Fatal(err)
	}
	config := info.GetConfig()
	if config.GetHnswConfig().GetM() != 0 || config.GetHnswConfig().GetPayloadM() != 24 || config.GetHnswConfig().GetEfConstruct() != 100 {
		t.Errorf("HNSW %v", config.GetHnswConfig())
	}
	if !proto.Equal(config.GetParams().GetVectorsConfig(), request.VectorsConfig) ||
		!proto.Equal(config.GetParams().GetSparseVectorsConfig(), request.SparseVectorsConfig) ||
		!proto.Equal(config.GetQuantizationConfig(), request.QuantizationConfig) ||
		config.GetMetadata()["schema"].GetIntegerValue() != 3 {
		t.Errorf("config %v", config)
	}
	index := info.GetPayloadSchema()["store"]
	if info.GetPointsCount() != 1 || info.GetStatus() != qdrant.CollectionStatus_Green ||
		index.GetDataType() != qdrant.PayloadSchemaType_Keyword || index.GetPoints() != 1 {
		t.Errorf("info %v", info)
	}

	err = c.UpdateCollection(t.Context(), &qdrant.UpdateCollection{
		CollectionName: shop, HnswConfig: &qdrant.HnswConfigDiff{EfConstruct: proto.Uint64(64)}, Metadata: qdrant.NewValueMap(map[string]any{"built": true}),
	})
	if err != nil {
		t.Fatal(err)
	}
	if info, err = c.GetCollectionInfo(t.Context(), shop); err != nil {
		t.Fatal(err)
	}
	config = info.GetConfig()
	if config.GetHnswConfig().GetEfConstruct() != 64 || config.GetHnswConfig().GetPayloadM() != 24 || len(config.GetMetadata()) != 2 {
		t.Errorf("after an update: %v", config)
	}
	if err := c.DeleteCollection(t.Context(), shop); err != nil || len(c.server.Collections()) > 0 {
		t.Errorf("deleted: %v, left %q", err, c.server.Collections())
	}
	if err := c.DeleteCollection(t.Context(), shop); err == nil {
		t.Error("the client does not report that the collection was absent")
	}
}

func (c *client) index(field string, kind qdrant.FieldType) {
	c.Helper()
	_, err := c.CreateFieldIndex(c.Context(), &qdrant.CreateFieldIndexCollection{
		CollectionName: shop, FieldName: field, FieldType: &kind, Wait: proto.Bool(true),
	})
	if err != nil {
		c.Fatal(err)
	}
}

func TestCreateRefuses(t *testing.T) {
	c := start(t)
	c.create(newShop(shop))
	c.alias(qdrant.NewAliasCreate("live", shop))
	tooLong := newShop("long")
	tooLong.VectorsConfig = qdrant.NewVectorsConfigMap(map[string]*qdrant.VectorParams{"v": {Size: 65537, Distance: qdrant.Distance_Dot}})
	for _, test := range []struct {
		name    string
		request *qdrant.CreateCollection
		code    codes.Code
		words   string
	}{
		{"existing", newShop(shop), codes.AlreadyExists, "Wrong input: Collection `shop` already exists!"},
		{"alias", newShop("live"), codes.InvalidArgument, "Alias with the same name already exists"},
		{"no name", newShop(""), codes.InvalidArgument, "collection_name"},
		{"slash", newShop("a/b"), codes.InvalidArgument, "cannot contain"},
		{"colon", newShop("a:b"), codes.InvalidArgument, "cannot contain"},
		{"long name", newShop(strings.Repeat("名", 86)), codes.InvalidArgument, "255"},
		{"long vector", tooLong, codes.InvalidArgument, "65536"},
	} {
		t.Run(test.name, func(t *testing.T) {
			refused(t, c.CreateCollection(t.Context(), test.request), test.code, test.words)
		})
	}
	c.create(newShop("店铺"))
	_, err := c.GetCollectionInfo(t.Context(), "absent")
	refused(t, err, codes.NotFound, "Not found: Collection `absent` doesn't exist!")
}

func (c *client) alias(actions ...*qdrant.AliasOperations) {
	c.Helper()
	if err := c.UpdateAliases(c.Context(), actions); err != nil {
		c.Fatal(err)
	}
}

func TestAliases(t *testing.T) {
	c := start(t)
	c.create(newShop(shop))
	c.create(newShop("other"))
	c.alias(qdrant.NewAliasCreate("live", shop), qdrant.NewAliasCreate("第二", shop))
	for _, name := range []string{shop, "live", "other"} {
		if exists, err := c.CollectionExists(t.Context(), name); err != nil || !exists {
			t.Errorf("%s exists: %v, %v", name, exists, err)
		}
	}
	if err := c.upsert(&qdrant.UpsertPoints{CollectionName: "live", Points: []*qdrant.PointStruct{newTestPoint(7, vectors{}, nil)}}); err != nil {
		t.Fatal(err)
	}
	if n := len(c.server.Points(shop)); n != 1 {
		t.Errorf("a point put by alias: %d points", n)
	}
	c.alias(qdrant.NewAliasDelete("live"), qdrant.NewAliasCreate("live", "other"), qdrant.NewAliasRename("第二", "second"), qdrant.NewAliasDelete("absent"))
	if want := map[string]string{"live": "other", "second": shop}; !maps.Equal(c.server.Aliases(), want) {
		t.Errorf("aliases %v, want %v", c.server.Aliases(), want)
	}
	of, err := c.ListCollectionAliases(t.Context(), shop)
	if err != nil || !slices.Equal(of, []string{"second"}) {
		t.Errorf("aliases of %s: %q, %v", shop, of, err)
	}
	if err := c.DeleteCollection(t.Context(), "live"); err == nil {
		t.Error("a collection was deleted by alias")
	}
	if err := c.DeleteCollection(t.Context(), "other"); err != nil {
		t.Fatal(err)
	}
	if all, err := c.ListAliases(t.Context()); err != nil || len(all) != 1 {
		t.Errorf("aliases %v, %v: want those of a deleted collection gone", all, err)
	}
}

func TestAliasRefusals(t *testing.T) {
	c := start(t)
	c.create(newShop(shop))
	c.create(newShop("other"))
	for _, test := range []struct {
		name   string
		action *qdrant.AliasOperations
		code   codes.Code
		words  string
	}{
		{"of nothing", qdrant.NewAliasCreate("live", "absent"), codes.NotFound, "Collection `absent` doesn't exist!"},
		{"a collection's name", qdrant.NewAliasCreate("other", shop), codes.AlreadyExists, "already exists"},
		{"rename nothing", qdrant.NewAliasRename("absent", "live"), codes.NotFound, "Alias absent does not exists!"},
		{"no action", &qdrant.AliasOperations{}, codes.InvalidArgument, "Malformed"},
	} {
		t.Run(test.name, func(t *testing.T) {
			err := c.UpdateAliases(t.Context(), []*qdrant.AliasOperations{qdrant.NewAliasCreate("kept", shop), test.action})
			refused(t, err, test.code, test.words)
			if c.server.Aliases()["kept"] != shop {
				t.Error("the action before the failing one is undone, which Qdrant does not do")
			}
		})
	}
}

func TestShardKeys(t *testing.T) {
	c := start(t, Cluster())
	request := newShop(shop)
	request.ShardingMethod = qdrant.ShardingMethod_Custom.Enum()
	c.create(request)
	a, b := qdrant.NewShardKey("a"), qdrant.NewShardKeyNum(2)
	one := func(id uint64, words map[uint32]float32, keys ...*qdrant.ShardKey) error {
		up := &qdrant.UpsertPoints{CollectionName: shop, Points: []*qdrant.PointStruct{newTestPoint(id, vectors{"words": words}, nil)}}
		if len(keys) > 0 {
			up.ShardKeySelector = &qdrant.ShardKeySelector{ShardKeys: keys[:1]}
		}
		if len(keys) > 1 {
			up.ShardKeySelector.Fallback = keys[1]
		}
		return c.upsert(up)
	}
	refused(t, one(1, nil), codes.InvalidArgument, "Wrong input: Shard key not specified")
	refused(t, one(1, nil, a), codes.InvalidArgument, `Wrong input: Shard key "a" not found`)
	for _, key := range []*qdrant.ShardKey{a, b} {
		if err := c.CreateShardKey(t.Context(), shop, &qdrant.CreateShardKey{ShardKey: key}); err != nil {
			t.Fatal(err)
		}
	}
	refused(t, c.CreateShardKey(t.Context(), shop, &qdrant.CreateShardKey{ShardKey: a}), codes.InvalidArgument, "already exists")
	if keys, err := c.ListShardKeys(t.Context(), shop); err != nil || len(keys) != 2 {
		t.Errorf("shard keys %v, %v", keys, err)
	}
	// Word 1 is rare in shard a and common in shard 2, so the same point counts more in a.
	for _, err := range []error{
		one(1, map[uint32]float32{1: 1}, a), one(2, map[uint32]float32{2: 1}, a), one(3, map[uint32]float32{3: 1}, a),
		one(4, map[uint32]float32{1: 1}, b), one(5, map[uint32]float32{1: 1, 2: 1}, qdrant.NewShardKey("absent"), b),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	ids, scores := c.query(asking("words", map[uint32]float32{1: 1}))
	if len(scores) != 3 || !strings.HasPrefix(ids, "1 ") || scores[0] <= scores[1] {
		t.Errorf("all shards: %s %v", ids, scores)
	}
	q := asking("words", map[uint32]float32{1: 1})
	q.ShardKeySelector = &qdrant.ShardKeySelector{ShardKeys: []*qdrant.ShardKey{a}}
	if ids, _ := c.query(q); ids != "1" {
		t.Errorf("shard a: %s", ids)
	}
	q.ShardKeySelector.ShardKeys[0] = qdrant.NewShardKey("absent")
	_, err := c.Query(t.Context(), q)
	refused(t, err, codes.InvalidArgument, `Bad request: Shard key "absent" not found`)
	q.ShardKeySelector.Fallback = b
	if ids, _ := c.query(q); len(ids) != len("4 5") {
		t.Errorf("the fallback: %s", ids)
	}
	q.ShardKeySelector.Fallback = qdrant.NewShardKey("absent too")
	_, err = c.Query(t.Context(), q)
	refused(t, err, codes.NotFound, "Neither target shard key")
	for range 2 {
		if err := c.DeleteShardKey(t.Context(), shop, &qdrant.DeleteShardKey{ShardKey: a}); err != nil {
			t.Fatal(err)
		}
	}
	if left := c.server.Points(shop); len(left) != 2 || keyName(left[0].GetShardKey()) != "2" {
		t.Errorf("left %v", left)
	}
}

func TestShardKeysNeedACluster(t *testing.T) {
	c := start(t)
	c.create(newShop(shop))
	if keys, err := c.ListShardKeys(t.Context(), shop); err != nil || len(keys) > 0 {
		t.Errorf("shard keys %v, %v", keys, err)
	}
	err := c.CreateShardKey(t.Context(), shop, &qdrant.CreateShardKey{ShardKey: qdrant.NewShardKey("a")})
	refused(t, err, codes.InvalidArgument, "Bad request: Distributed mode disabled")
}
