package qdrant_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"google.golang.org/grpc/codes"

	"honeyguide/catalog/index"
	"honeyguide/catalog/index/qdrant"
	"honeyguide/catalog/index/qdrant/qdranttest"
)

// quick is a timeout that a test may wait for, and patience one that it never does.
const (
	quick    = time.Second
	patience = 15 * time.Second
)

func timeout(d time.Duration) option { return func(o *qdrant.Options) { o.Timeout = d } }

func quiet(o *qdrant.Options) { o.Log = slog.New(slog.NewTextHandler(io.Discard, nil)) }

// opened is an index that the test closes, over a server of its own.
func opened(t *testing.T, server *qdranttest.Server, change ...option) *qdrant.Index {
	t.Helper()
	x := open(t, server.Addr(), append([]option{quiet}, change...)...)
	t.Cleanup(func() { x.Close() })
	return x
}

func product(id string, vector ...float32) index.Entry {
	return index.Entry{
		Store: "shop", Kind: index.Products, ID: id, Vectors: map[string][]float32{"image": vector},
		Words: index.Sparse{Terms: []uint32{7}, Weights: []float32{1}}, Numbers: map[string]float64{"price": 5},
	}
}

func nearest(vector ...float32) []index.Query {
	return []index.Query{{Store: "shop", Kind: index.Products, Space: "image", Vector: vector, Limit: 10}}
}

func put(t testing.TB, x index.Index, entries ...index.Entry) {
	t.Helper()
	if err := x.Put(context.Background(), entries); err != nil {
		t.Fatalf("Put: %v", err)
	}
}

// finds fails unless the first query's hits are these.
func finds(t testing.TB, x index.Index, queries []index.Query, want ...string) {
	t.Helper()
	hits, err := x.Search(context.Background(), queries)
	if err != nil {
		t.Fatalf("Search: %v", err)
	}
	got := []string{}
	for _, h := range hits[0] {
		got = append(got, h.ID)
	}
	if !slices.Equal(got, want) {
		t.Errorf("found %q, want %q", got, want)
	}
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	down := qdranttest.Start(t)
	down.Stop()
	locked := qdranttest.Start(t, qdranttest.APIKey("right"))
	secure := qdranttest.Start(t, qdranttest.TLS())
	for _, c := range []struct {
		name string
		qdrant.Options
		want []string
	}{
		{"nothing there", qdrant.Options{Addr: down.Addr()}, []string{down.Addr(), "QDRANT_ADDR", "6334"}},
		{"no key", qdrant.Options{Addr: locked.Addr()}, []string{locked.Addr(), "QDRANT_API_KEY"}},
		{"wrong key", qdrant.Options{Addr: locked.Addr(), APIKey: "wrong"}, []string{locked.Addr(), "QDRANT_API_KEY"}},
		{"old version", qdrant.Options{Addr: qdranttest.Start(t, qdranttest.Version("1.9.2")).Addr()}, []string{"1.9.2", "1.16"}},
		{"odd version", qdrant.Options{Addr: qdranttest.Start(t, qdranttest.Version("?")).Addr()}, []string{`"?"`}},
		{"TLS without the certificate", qdrant.Options{Addr: "https://" + secure.Addr()}, []string{secure.Addr(), "certificate"}},
		{"TLS needed", qdrant.Options{Addr: secure.Addr()}, []string{secure.Addr(), "QDRANT_ADDR"}},
		{"IPv6", qdrant.Options{Addr: "[::1]:1"}, []string{"dial tcp [::1]:1", "QDRANT_ADDR"}},
		{"no port", qdrant.Options{Addr: "localhost"}, []string{`"localhost"`, "host:port"}},
		{"bad port", qdrant.Options{Addr: "localhost:99999"}, []string{"host:port"}},
		{"no host", qdrant.Options{Addr: ":6334"}, []string{"host:port"}},
		{"a path", qdrant.Options{Addr: "http://localhost:6334/x"}, []string{"host:port"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.Options.Timeout = 20 * time.Second
			start := time.Now()
			x, err := qdrant.Open(context.Background(), c.Options)
			if err == nil {
				x.Close()
				t.Fatal("Open succeeded")
			}
			for _, want := range c.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("the error %q lacks %q", err, want)
				}
			}
			if took := time.Since(start); took > patience {
				t.Errorf("it took %s", took)
			}
			if strings.Contains(err.Error(), "right") && c.APIKey == "right" {
				t.Error("the error tells the key")
			}
		})
	}
}

func TestOpen(t *testing.T) {
	t.Parallel()
	secure := qdranttest.Start(t, qdranttest.TLS(), qdranttest.APIKey("right"))
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(secure.CertPEM())
	for _, c := range []struct {
		name   string
		addr   string
		change option
	}{
		{"plain", qdranttest.Start(t).Addr(), quiet},
		{"http", "http://" + qdranttest.Start(t).Addr() + "/", quiet},
		{"key", qdranttest.Start(t, qdranttest.APIKey("right")).Addr(), func(o *qdrant.Options) { o.APIKey = "right" }},
		{"later version", qdranttest.Start(t, qdranttest.Version("v2.0.0-dev")).Addr(), quiet},
		{"TLS", "https://" + secure.Addr(), func(o *qdrant.Options) {
			o.APIKey, o.TLS = "right", &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			x := open(t, c.addr, quiet, c.change)
			defer x.Close()
			put(t, x, product("a", 1, 0))
			finds(t, x, nearest(1, 0), "a")
		})
	}
}

func TestOpenIsCancelled(t *testing.T) {
	t.Parallel()
	server := qdranttest.Start(t)
	server.Slow(time.Minute)
	ctx, cancel := context.WithTimeout(context.Background(), quick/3)
	defer cancel()
	if _, err := qdrant.Open(ctx, qdrant.Options{Addr: server.Addr()}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Open gave %v", err)
	}
}

// TestDown: a server that is away is told within the timeout, and used again
// when it is back.
func TestDown(t *testing.T) {
	t.Parallel()
	server := qdranttest.Start(t)
	x := opened(t, server, timeout(quick))
	put(t, x, product("a", 1, 0))
	server.Stop()
	for _, c := range []struct {
		name string
		call func() error
	}{
		{"Search", func() error { _, err := x.Search(context.Background(), nearest(1, 0)); return err }},
		{"Place", func() error { _, err := x.Place(context.Background(), index.Products); return err }},
		{"Put", func() error { return x.Put(context.Background(), []index.Entry{product("b", 1, 0)}) }},
		{"Delete", func() error { return x.Delete(context.Background(), "shop", index.Products, []string{"a"}) }},
	} {
		start := time.Now()
		if err := c.call(); !errors.Is(err, index.ErrUnavailable) || !strings.Contains(err.Error(), server.Addr()) {
			t.Errorf("%s gave %v", c.name, err)
		}
		if took := time.Since(start); took > 10*quick {
			t.Errorf("%s took %s", c.name, took)
		}
	}
	server.Restart()
	within(t, func() error { _, err := x.Search(context.Background(), nearest(1, 0)); return err })
	finds(t, x, nearest(1, 0), "a")
	put(t, x, product("b", 0, 1))
	finds(t, x, nearest(0, 1), "b", "a")
}

// within repeats f until it succeeds.
func within(t *testing.T, f func() error) {
	t.Helper()
	for start := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		err := f()
		if err == nil {
			return
		}
		if time.Since(start) > patience {
			t.Fatalf("still: %v", err)
		}
	}
}

func TestSlow(t *testing.T) {
	t.Parallel()
	server := qdranttest.Start(t)
	x := opened(t, server, timeout(quick))
	put(t, x, product("a", 1, 0))
	server.Slow(time.Minute)
	background := context.Background()
	for _, c := range []struct {
		name string
		ctx  func() (context.Context, context.CancelFunc)
		want error
	}{
		{"no deadline", func() (context.Context, context.CancelFunc) { return background, func() {} }, index.ErrUnavailable},
		{"late deadline", func() (context.Context, context.CancelFunc) { return context.WithTimeout(background, time.Minute) }, index.ErrUnavailable},
		{"early deadline", func() (context.Context, context.CancelFunc) { return context.WithTimeout(background, quick/5) }, context.DeadlineExceeded},
		{"cancelled before", func() (context.Context, context.CancelFunc) {
			ctx, cancel := context.WithCancel(background)
			cancel()
			return ctx, cancel
		}, context.Canceled},
		{"cancelled meanwhile", func() (context.Context, context.CancelFunc) {
			ctx, cancel := context.WithCancel(background)
			time.AfterFunc(quick/5, cancel)
			return ctx, cancel
		}, context.Canceled},
	} {
		for name, call := range map[string]func(context.Context) error{
			"Search": func(ctx context.Context) error { _, err := x.Search(ctx, nearest(1, 0)); return err },
			"Put":    func(ctx context.Context) error { return x.Put(ctx, []index.Entry{product("b", 1, 0)}) },
		} {
			t.Run(c.name+"/"+name, func(t *testing.T) {
				ctx, cancel := c.ctx()
				defer cancel()
				start := time.Now()
				err := call(ctx)
				if !errors.Is(err, c.want) || c.want != index.ErrUnavailable && errors.Is(err, index.ErrUnavailable) {
					t.Errorf("it gave %v, want %v", err, c.want)
				}
				if took := time.Since(start); took > 5*quick {
					t.Errorf("it took %s", took)
				}
			})
		}
	}
}

// TestTimeoutIsTotal: rounds for ties share one timeout.
func TestTimeoutIsTotal(t *testing.T) {
	t.Parallel()
	server := qdranttest.Start(t)
	x := opened(t, server, timeout(quick))
	entries := make([]index.Entry, 3000)
	for i := range entries {
		entries[i] = product(fmt.Sprint(i), 1, 0)
	}
	put(t, x, entries...)
	queries := nearest(1, 0)
	queries[0].Limit = 1
	finds(t, x, queries, "0")
	server.Slow(quick / 2) // each round passes alone
	start := time.Now()
	if _, err := x.Search(context.Background(), queries); !errors.Is(err, index.ErrUnavailable) {
		t.Errorf("Search gave %v", err)
	}
	if took := time.Since(start); took > 2*quick {
		t.Errorf("it took %s", took)
	}
}

func TestRetries(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		code     codes.Code
		requests int
		want     error
	}{
		{codes.Unavailable, 3, nil},
		{codes.Internal, 1, index.ErrUnavailable},
		{codes.ResourceExhausted, 1, index.ErrUnavailable},
		{codes.DataLoss, 1, index.ErrUnavailable},
		{codes.FailedPrecondition, 1, index.ErrUnavailable},
		{codes.PermissionDenied, 1, index.ErrUnavailable},
		{codes.InvalidArgument, 1, index.ErrInvalid},
	} {
		t.Run(c.code.String(), func(t *testing.T) {
			t.Parallel()
			server := qdranttest.Start(t)
			x := opened(t, server)
			put(t, x, product("a", 1, 0))
			server.Refuse(c.code, 2)
			before := server.Requests("QueryBatch")
			if _, err := x.Search(context.Background(), nearest(1, 0)); !errors.Is(err, c.want) {
				t.Errorf("Search gave %v, want %v", err, c.want)
			}
			if n := server.Requests("QueryBatch") - before; n != c.requests {
				t.Errorf("%d requests, want %d", n, c.requests)
			}
			server.Refuse(c.code, 0)
			finds(t, x, nearest(1, 0), "a")
		})
	}
}

// TestFaultyWrites: what was cut, lost or late is there once in the end.
func TestFaultyWrites(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]func(*qdranttest.Server, int){
		"cut": (*qdranttest.Server).Cut, "lost": (*qdranttest.Server).Lose,
		"refused": func(s *qdranttest.Server, n int) { s.Refuse(codes.Unavailable, n) },
	} {
		for _, state := range []string{"first", "later"} {
			for n := 1; n <= 3; n++ {
				t.Run(fmt.Sprint(name, state, n), func(t *testing.T) {
					t.Parallel()
					server := qdranttest.Start(t, qdranttest.Cluster())
					x := opened(t, server, func(o *qdrant.Options) { o.BigStores = []string{"shop"} })
					if state == "later" {
						put(t, x, product("a", 0, 1))
					}
					fault(server, n)
					put(t, x, product("a", 1, 0))
					finds(t, x, nearest(1, 0), "a")
					if n := len(server.Points("honeyguide.product")); n != 1 {
						t.Errorf("there are %d points", n)
					}
					if all := server.Collections(); len(all) != 1 {
						t.Errorf("there are the collections %q", all)
					}
					fault(server, n)
					if err := x.Delete(context.Background(), "shop", index.Products, []string{"a"}); err != nil {
						t.Errorf("Delete: %v", err)
					}
					finds(t, x, nearest(1, 0))
				})
			}
		}
	}
}

// TestLateWrite is carried out, though nobody waited for the answer.
func TestLateWrite(t *testing.T) {
	t.Parallel()
	server := qdranttest.Start(t)
	x := opened(t, server)
	put(t, x, product("a", 1, 0))
	server.Late(1)
	ctx, cancel := context.WithTimeout(context.Background(), quick)
	defer cancel()
	if err := x.Put(ctx, []index.Entry{product("b", 0, 1)}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Put gave %v", err)
	}
	finds(t, x, nearest(0, 1), "b", "a")
	put(t, x, product("b", 0.6, 0.8))
	finds(t, x, nearest(0, 1), "b", "a")
}

func TestCloseDuringSearch(t *testing.T) {
	t.Parallel()
	server := qdranttest.Start(t)
	x := opened(t, server)
	put(t, x, product("a", 1, 0))
	server.Slow(time.Minute)
	failed := make(chan error, 1)
	before := server.Requests("QueryBatch")
	go func() { _, err := x.Search(context.Background(), nearest(1, 0)); failed <- err }()
	for server.Requests("QueryBatch") == before {
		time.Sleep(time.Millisecond)
	}
	if err := x.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
	if err := <-failed; !errors.Is(err, index.ErrClosed) {
		t.Errorf("Search gave %v", err)
	}
	if _, err := x.Held(context.Background(), "shop", index.Products, nil); !errors.Is(err, index.ErrClosed) {
		t.Errorf("Held gave %v", err)
	}
	if _, err := x.Place(context.Background(), index.Products); !errors.Is(err, index.ErrClosed) {
		t.Errorf("Place gave %v", err)
	}
}

// TestWaitingForAMaker ends with the context.
func TestWaitingForAMaker(t *testing.T) {
	t.Parallel()
	server := qdranttest.Start(t)
	x := opened(t, server)
	put(t, x, product("a", 1, 0))
	server.Slow(time.Minute)
	ctx, cancel := context.WithCancel(context.Background())
	var making sync.WaitGroup
	wide := product("wide", 1, 0)
	wide.Vectors["late"] = []float32{1}
	making.Go(func() { x.Put(ctx, []index.Entry{wide}) })
	defer making.Wait()
	defer cancel()
	time.Sleep(quick / 10)
	short, cancelShort := context.WithTimeout(context.Background(), quick/3)
	defer cancelShort()
	if err := x.Delete(short, "shop", index.Products, []string{"a"}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Delete gave %v", err)
	}
}

// TestNoLeaks: nothing runs on after Close.
func TestNoLeaks(t *testing.T) {
	server := qdranttest.Start(t)
	before := runtime.NumGoroutine()
	for range 3 {
		x := open(t, server.Addr(), quiet, timeout(quick))
		put(t, x, product("a", 1, 0))
		finds(t, x, nearest(1, 0), "a")
		server.Slow(time.Minute)
		x.Search(context.Background(), nearest(1, 0))
		server.Slow(0)
		x.Close()
	}
	within(t, func() error {
		if now := runtime.NumGoroutine(); now > before {
			return fmt.Errorf("%d goroutines, there were %d", now, before)
		}
		return nil
	})
}
