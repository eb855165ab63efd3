package qdranttest

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/qdrant/go-client/qdrant"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
)

func TestHealthAndKey(t *testing.T) {
	s := Start(t, APIKey("secret"), Version("1.16.0"), TLS())
	for _, test := range []struct {
		key   string
		code  codes.Code
		words string
	}{
		{"secret", codes.OK, ""},
		{"", codes.Unauthenticated, "Must provide an API key or an Authorization bearer token"},
		{"wrong", codes.Unauthenticated, "Invalid API key or JWT"},
	} {
		c := connect(t, s, &qdrant.Config{APIKey: test.key, SkipCompatibilityCheck: true})
		reply, err := c.HealthCheck(t.Context())
		if err != nil || reply.GetVersion() != "1.16.0" {
			t.Errorf("health with key %q: %v, %v", test.key, reply, err)
		}
		_, err = c.ListCollections(t.Context())
		if test.code == codes.OK {
			if err != nil {
				t.Error(err)
			}
			continue
		}
		refused(t, err, test.code, test.words)
	}
}

func TestStopAndRestart(t *testing.T) {
	c := start(t)
	c.create(newShop(shop))
	c.server.Stop()
	c.server.Stop()
	_, err := c.ListCollections(t.Context())
	refused(t, err, codes.Unavailable, "")
	addr := c.server.Addr()
	c.server.Restart()
	names, err := eventually(t, func() ([]string, error) { return c.ListCollections(t.Context()) })
	if err != nil || len(names) != 1 || c.server.Addr() != addr {
		t.Errorf("after a restart at %s, was %s: %q, %v", c.server.Addr(), addr, names, err)
	}
	c.server.Wipe()
	if names, err := c.ListCollections(t.Context()); err != nil || len(names) > 0 {
		t.Errorf("after a wipe: %q, %v", names, err)
	}
}

// eventually tries again while the client waits before it connects again.
func eventually[T any](t *testing.T, try func() (T, error)) (answer T, err error) {
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if answer, err = try(); status.Code(err) != codes.Unavailable {
			break
		}
	}
	return answer, err
}

func TestStopEndsRequests(t *testing.T) {
	c := start(t)
	c.server.Slow(time.Minute)
	failed := make(chan error, 1)
	go func() {
		_, err := c.ListCollections(context.Background())
		failed <- err
	}()
	for c.server.Requests("List") == 0 {
		time.Sleep(time.Millisecond)
	}
	c.server.Stop()
	refused(t, <-failed, codes.Unavailable, "")
}

func TestRefuse(t *testing.T) {
	c := start(t)
	c.server.Refuse(codes.ResourceExhausted, 2)
	for i, want := range []codes.Code{codes.ResourceExhausted, codes.ResourceExhausted, codes.OK} {
		if _, err := c.GetCollectionsClient().List(t.Context(), &qdrant.ListCollectionsRequest{}); status.Code(err) != want {
			t.Errorf("request %d: %v, want %v", i, err, want)
		}
	}
	c.server.Refuse(codes.Unavailable, -1)
	for range 3 {
		_, err := c.ListCollections(t.Context())
		refused(t, err, codes.Unavailable, "refused by the test")
	}
	c.server.Refuse(codes.OK, 0)
	if _, err := c.ListCollections(t.Context()); err != nil {
		t.Error(err)
	}
	if n := c.server.Requests("List"); n != 7 {
		t.Errorf("%d requests, want 7", n)
	}
}

func TestCut(t *testing.T) {
	c := start(t)
	c.create(newShop(shop))
	c.server.Cut(1)
	err := c.upsert(&qdrant.UpsertPoints{CollectionName: shop, Points: []*qdrant.PointStruct{newTestPoint(1, vectors{}, nil)}})
	refused(t, err, codes.Unavailable, "")
	if n := len(c.server.Points(shop)); n != 0 {
		t.Errorf("%d points", n)
	}
	if _, err := eventually(t, func() ([]string, error) { return c.ListCollections(t.Context()) }); err != nil {
		t.Errorf("after a cut: %v", err)
	}
}

func TestLateAndLost(t *testing.T) {
	c := start(t)
	c.create(newShop(shop))
	up := func(ctx context.Context, id uint64) error {
		_, err := c.Upsert(ctx, &qdrant.UpsertPoints{CollectionName: shop, Wait: proto.Bool(true), Points: []*qdrant.PointStruct{newTestPoint(id, vectors{}, nil)}})
		return err
	}
	c.server.Late(1)
	refused(t, up(within(t, 50*time.Millisecond), 1), codes.DeadlineExceeded, "")
	c.server.Lose(1)
	refused(t, up(t.Context(), 2), codes.Unavailable, "lost")
	if err := up(t.Context(), 3); err != nil {
		t.Error(err)
	}
	if n := len(c.server.Points(shop)); n != 3 {
		t.Errorf("%d points, want all 3", n)
	}
}

func TestLastRequest(t *testing.T) {
	c := start(t)
	c.create(newShop(shop))
	c.put(newTestPoint(9, vectors{}, nil))
	last, ok := c.server.LastRequest("Upsert").(*qdrant.UpsertPoints)
	if !ok || !last.GetWait() || last.GetPoints()[0].GetId().GetNum() != 9 {
		t.Errorf("last request %v", last)
	}
	if c.server.LastRequest("Points/Get") != nil || c.server.Requests("Points/Upsert") != 1 || c.server.Requests("sert") != 0 {
		t.Error("requests are told apart wrongly")
	}
}

// noisy records what a test would fail with.
type noisy struct {
	testing.TB
	failures chan string
}

func (n *noisy) Errorf(format string, args ...any) { n.failures <- fmt.Sprintf(format, args...) }

func TestUnimplementedFailsTheTest(t *testing.T) {
	outer := &noisy{t, make(chan string, 1)}
	c := connect(t, Start(outer), &qdrant.Config{SkipCompatibilityCheck: true})
	c.create(newShop(shop))
	_, err := c.QueryGroups(t.Context(), &qdrant.QueryPointGroups{CollectionName: shop})
	refused(t, err, codes.Unimplemented, "not implemented")
	select {
	case <-outer.failures:
	default:
		t.Error("the test does not fail")
	}
}

// Writers, readers and faults at once, for the race detector.
func TestConcurrent(t *testing.T) {
	c := start(t)
	c.create(newShop(shop))
	c.put(newTestPoint(0, vectors{"image": []float32{1, 0}}, map[string]any{"store": "a"}))
	var group sync.WaitGroup
	for worker := range uint64(4) {
		group.Go(func() {
			for i := range uint64(25) {
				wait := i%2 == 0
				_, err := c.Upsert(t.Context(), &qdrant.UpsertPoints{CollectionName: shop, Wait: &wait, Points: []*qdrant.PointStruct{
					newTestPoint(worker*100+i, vectors{"image": []float32{1, float32(i)}, "words": map[uint32]float32{uint32(i): 1}}, map[string]any{"store": "a"}),
				}})
				if err != nil {
					t.Error(err)
				}
			}
		})
		group.Go(func() {
			for range 25 {
				q := with(near("image", 1, 1), only("a"))
				q.CollectionName, q.WithPayload, q.WithVectors = shop, qdrant.NewWithPayload(true), qdrant.NewWithVectors(true)
				if points, err := c.Query(t.Context(), q); err != nil || len(points) == 0 {
					t.Errorf("%v, %v", points, err)
				}
				c.server.Slow(time.Microsecond)
			}
		})
	}
	group.Wait()
}
