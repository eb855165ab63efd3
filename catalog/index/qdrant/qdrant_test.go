package qdrant_test

import (
	"context"
	"crypto/rand"
	"net"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	client "github.com/qdrant/go-client/qdrant"

	"honeyguide/catalog/index"
	"honeyguide/catalog/index/indextest"
	"honeyguide/catalog/index/qdrant"
	"honeyguide/catalog/index/qdrant/qdranttest"
)

// TestContract runs over the server of the tests, which behaves as Qdrant does.
func TestContract(t *testing.T) {
	t.Parallel()
	addr := qdranttest.Start(t).Addr()
	indextest.Run(t, func(t *testing.T) index.Index { return open(t, addr, newPrefix(t, addr)) })
	indextest.RunLasting(t, lasting(addr))
}

// TestOptimized: where Qdrant has optimised, an upsert does not replace all.
func TestOptimized(t *testing.T) {
	t.Parallel()
	addr := qdranttest.Start(t, qdranttest.Optimized(), qdranttest.Strict()).Addr()
	indextest.Run(t, func(t *testing.T) index.Index { return open(t, addr, newPrefix(t, addr)) })
}

// TestRealQdrant is the same over the server that QDRANT_TEST_ADDR names.
func TestRealQdrant(t *testing.T) {
	addr := realAddr(t)
	indextest.Run(t, func(t *testing.T) index.Index { return open(t, addr, newPrefix(t, addr)) })
	indextest.RunLasting(t, lasting(addr))
}

// realAddr is a real server's, if there is one.
func realAddr(t testing.TB) string {
	t.Helper()
	addr := os.Getenv("QDRANT_TEST_ADDR")
	if addr == "" {
		if os.Getenv("QDRANT_REQUIRED") == "1" {
			t.Fatal("QDRANT_REQUIRED is 1, but QDRANT_TEST_ADDR names no server")
		}
		t.Skip("QDRANT_TEST_ADDR names no Qdrant")
	}
	return addr
}

type option = func(*qdrant.Options)

// open connects to a server. Its collections have nobody else's prefix.
func open(t testing.TB, addr string, change ...option) *qdrant.Index {
	t.Helper()
	o := qdrant.Options{Addr: addr, APIKey: os.Getenv("QDRANT_TEST_API_KEY"), Model: "model", Exact: true, Timeout: 20 * time.Second}
	for _, c := range change {
		c(&o)
	}
	x, err := qdrant.Open(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// newPrefix is a prefix whose collections go with the test.
func newPrefix(t testing.TB, addr string) option {
	prefix := "test-" + rand.Text()
	t.Cleanup(func() {
		c := raw(t, addr)
		names, err := c.ListCollections(context.Background())
		for _, name := range names {
			if strings.HasPrefix(name, prefix) && err == nil {
				err = c.DeleteCollection(context.Background(), name)
			}
		}
		if err != nil {
			t.Errorf("clean up: %v", err)
		}
	})
	return func(o *qdrant.Options) { o.Prefix = prefix }
}

// raw is Qdrant's own client.
func raw(t testing.TB, addr string) *client.Client {
	t.Helper()
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		t.Fatal(err)
	}
	number, err := strconv.Atoi(port)
	if err != nil {
		t.Fatal(err)
	}
	c, err := client.NewClient(&client.Config{
		Host: host, Port: number, APIKey: os.Getenv("QDRANT_TEST_API_KEY"), SkipCompatibilityCheck: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

// lasting opens indexes over a server, again and again under one prefix.
func lasting(addr string) func(*testing.T) (index.Lasting, func(string) index.Lasting) {
	return func(t *testing.T) (index.Lasting, func(string) index.Lasting) {
		prefix := newPrefix(t, addr)
		return open(t, addr, prefix), func(model string) index.Lasting {
			return open(t, addr, prefix, func(o *qdrant.Options) { o.Model = model })
		}
	}
}
