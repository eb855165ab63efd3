package qdranttest

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/qdrant/go-client/qdrant"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
)

// client is a raw client of a server under test.
type client struct {
	*testing.T
	*qdrant.Client
	server *Server
}

// start starts a server and connects to it.
func start(t *testing.T, options ...Option) *client {
	t.Helper()
	s := Start(t, options...)
	return connect(t, s, &qdrant.Config{SkipCompatibilityCheck: true})
}

func connect(t *testing.T, s *Server, config *qdrant.Config) *client {
	t.Helper()
	host, port, err := net.SplitHostPort(s.Addr())
	if err != nil {
		t.Fatal(err)
	}
	config.Host = host
	if config.Port, err = strconv.Atoi(port); err != nil {
		t.Fatal(err)
	}
	if s.CertPEM() != nil {
		roots := x509.NewCertPool()
		roots.AppendCertsFromPEM(s.CertPEM())
		config.UseTLS, config.TLSConfig = true, &tls.Config{RootCAs: roots}
	}
	config.PoolSize = 1
	c, err := qdrant.NewClient(config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return &client{t, c, s}
}

// shop is the collection that most tests use.
const shop = "shop"

// newShop is a request for a collection with a dense vector "image" of two
// numbers and a sparse one "words" with IDF.
func newShop(name string) *qdrant.CreateCollection {
	return &qdrant.CreateCollection{
		CollectionName: name,
		VectorsConfig: qdrant.NewVectorsConfigMap(map[string]*qdrant.VectorParams{
			"image": {Size: 2, Distance: qdrant.Distance_Dot},
			"unit":  {Size: 2, Distance: qdrant.Distance_Cosine},
		}),
		SparseVectorsConfig: qdrant.NewSparseVectorsConfig(map[string]*qdrant.SparseVectorParams{
			"words": {Modifier: qdrant.Modifier_Idf.Enum()},
			"plain": {},
		}),
	}
}

func (c *client) create(request *qdrant.CreateCollection) {
	c.Helper()
	if err := c.CreateCollection(c.Context(), request); err != nil {
		c.Fatal(err)
	}
}

// vectors are named: []float32 is dense, map[uint32]float32 sparse.
type vectors map[string]any

func (v vectors) proto() *qdrant.Vectors {
	named := map[string]*qdrant.Vector{}
	for name, one := range v {
		switch one := one.(type) {
		case []float32:
			named[name] = qdrant.NewVectorDense(one)
		case map[uint32]float32:
			indices, values := split(one)
			named[name] = qdrant.NewVectorSparse(indices, values)
		}
	}
	return qdrant.NewVectorsMap(named)
}

func split(sparse map[uint32]float32) (indices []uint32, values []float32) {
	for index, value := range sparse {
		indices, values = append(indices, index), append(values, value)
	}
	return indices, values
}

// newTestPoint is a point with a number as its id.
func newTestPoint(id uint64, v vectors, payload map[string]any) *qdrant.PointStruct {
	return &qdrant.PointStruct{Id: qdrant.NewIDNum(id), Vectors: v.proto(), Payload: qdrant.NewValueMap(payload)}
}

func (c *client) put(points ...*qdrant.PointStruct) {
	c.Helper()
	if err := c.upsert(&qdrant.UpsertPoints{CollectionName: shop, Points: points}); err != nil {
		c.Fatal(err)
	}
}

// upsert waits.
func (c *client) upsert(request *qdrant.UpsertPoints) error {
	request.Wait = proto.Bool(true)
	_, err := c.Upsert(c.Context(), request)
	return err
}

// query answers by the ids, as text, and scores.
func (c *client) query(q *qdrant.QueryPoints) (string, []float32) {
	c.Helper()
	if q.CollectionName == "" {
		q.CollectionName = shop
	}
	points, err := c.Query(c.Context(), q)
	if err != nil {
		c.Fatal(err)
	}
	var ids []string
	var scores []float32
	for _, p := range points {
		ids, scores = append(ids, idText(p.GetId())), append(scores, p.GetScore())
	}
	return strings.Join(ids, " "), scores
}

func idText(id *qdrant.PointId) string {
	if id.GetUuid() != "" {
		return id.GetUuid()
	}
	return strconv.FormatUint(id.GetNum(), 10)
}

func near(name string, vector ...float32) *qdrant.QueryPoints {
	return &qdrant.QueryPoints{Query: qdrant.NewQueryDense(vector), Using: &name}
}

func asking(name string, words map[uint32]float32) *qdrant.QueryPoints {
	indices, values := split(words)
	return &qdrant.QueryPoints{Query: qdrant.NewQuerySparse(indices, values), Using: &name}
}

// refused fails unless err has the code and its text the words.
func refused(t *testing.T, err error, code codes.Code, words string) {
	t.Helper()
	if status.Code(err) != code || !strings.Contains(err.Error(), words) {
		t.Errorf("error %v, want %v with %q", err, code, words)
	}
}

// within is a context that ends soon.
func within(t *testing.T, d time.Duration) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), d)
	t.Cleanup(cancel)
	return ctx
}
