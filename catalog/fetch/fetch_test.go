package fetch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func TestPublic(t *testing.T) {
	for address, want := range map[string]bool{
		"8.8.8.8": true, "2606:4700::1": true, "127.0.0.1": false, "10.1.2.3": false, "172.16.0.1": false,
		"192.168.1.1": false, "169.254.169.254": false, "100.64.0.1": false, "0.0.0.0": false, "224.0.0.1": false,
		"255.255.255.255": false, "::1": false, "fe80::1": false, "fc00::1": false, "::ffff:127.0.0.1": false,
		"::ffff:8.8.8.8": true, "64:ff9b::7f00:1": false, "2002:7f00:1::": false, "::7f00:1": false, "198.18.0.1": false,
	} {
		if got := Public(netip.MustParseAddr(address)); got != want {
			t.Errorf("Public(%s) = %v, want %v", address, got, want)
		}
	}
}

func anywhere() *Client { return New(Options{Allow: func(netip.Addr) bool { return true }}) }

func TestPrivateAddressesAreRefused(t *testing.T) {
	reached := atomic.Bool{}
	s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached.Store(true) }))
	defer s.Close()
	port := s.URL[strings.LastIndex(s.URL, ":"):]
	for _, address := range []string{s.URL, "http://localhost" + port, "http://[::1]" + port, "http://0.0.0.0" + port, "http://2130706433" + port,
		"ftp://example.com/x", "file:///etc/passwd", "http://user:pw@example.com", "http://", "%zz", "gopher://x"} {
		if _, err := New(Options{}).Get(t.Context(), address, 100); err == nil {
			t.Errorf("%s was fetched", address)
		}
	}
	if reached.Load() {
		t.Error("a loopback server was reached")
	}
}

func TestRedirectsAreChecked(t *testing.T) {
	reached := atomic.Bool{}
	inner := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached.Store(true) }))
	defer inner.Close()
	outer := httptest.NewServer(http.RedirectHandler(inner.URL, http.StatusFound))
	defer outer.Close()
	innerPort, _ := netip.ParseAddrPort(strings.TrimPrefix(inner.URL, "http://"))
	calls := 0
	c := New(Options{Allow: func(a netip.Addr) bool { calls++; return calls == 1 && a == innerPort.Addr() }})
	if _, err := c.Get(t.Context(), outer.URL, 100); !errors.Is(err, ErrAddress) {
		t.Errorf("got %v, want ErrAddress", err)
	}
	if reached.Load() {
		t.Error("the redirect's target was reached")
	}
	for _, target := range []string{"file:///etc/passwd", "http://a:b@example.com/"} {
		s := httptest.NewServer(http.RedirectHandler(target, http.StatusFound))
		if _, err := anywhere().Get(t.Context(), s.URL, 100); err == nil {
			t.Errorf("a redirect to %s was followed", target)
		}
		s.Close()
	}
	var loop *httptest.Server
	loop = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, loop.URL, http.StatusFound) }))
	defer loop.Close()
	if _, err := anywhere().Get(t.Context(), loop.URL, 100); !errors.Is(err, ErrFailed) {
		t.Errorf("endless redirect: %v", err)
	}
}

func TestLimits(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/missing" {
			http.NotFound(w, r)
			return
		}
		fmt.Fprint(w, strings.Repeat("x", 100))
	}))
	defer s.Close()
	c := anywhere()
	if got, err := c.Get(t.Context(), s.URL, 100); err != nil || len(got) != 100 {
		t.Errorf("got %d bytes, %v", len(got), err)
	}
	if _, err := c.Get(t.Context(), s.URL, 99); !errors.Is(err, ErrTooBig) {
		t.Errorf("got %v, want ErrTooBig", err)
	}
	var b bytes.Buffer
	if err := c.Copy(t.Context(), s.URL, &b, 50); !errors.Is(err, ErrTooBig) {
		t.Errorf("got %v, want ErrTooBig", err)
	}
	if _, err := c.Get(t.Context(), s.URL+"/missing", 99); !errors.Is(err, ErrFailed) {
		t.Errorf("got %v, want ErrFailed", err)
	}
}

func TestFiveAtOncePerHost(t *testing.T) {
	var now, most atomic.Int32
	s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		n := now.Add(1)
		defer now.Add(-1)
		for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
		}
		time.Sleep(5 * time.Millisecond)
	}))
	defer s.Close()
	c := anywhere()
	var wg sync.WaitGroup
	for range 30 {
		wg.Go(func() {
			if _, err := c.Get(context.WithoutCancel(t.Context()), s.URL, 10); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if most.Load() > PerHost {
		t.Errorf("%d requests at once, want at most %d", most.Load(), PerHost)
	}
	if len(c.hosts) != 0 {
		t.Errorf("%d hosts remembered after the last request", len(c.hosts))
	}
}

func TestCanceledWhileWaiting(t *testing.T) {
	release := make(chan struct{})
	s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-release }))
	defer s.Close()
	defer close(release)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := anywhere().Get(ctx, s.URL, 10); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v, want the deadline", err)
	}
}
