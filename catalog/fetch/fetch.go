// Package fetch gets pictures and feeds from addresses that merchants name.
//
// An address is trusted only after it is resolved: every connection, also one
// that a redirect leads to, must end at a public unicast address. The check is
// made on the address that is dialled, so a name that resolves differently the
// second time gains nothing.
package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"sync"
	"syscall"
	"time"
)

// Limits of one request.
const (
	Timeout      = 10 * time.Second // a picture; feeds have FeedTimeout
	FeedTimeout  = 10 * time.Minute
	PerHost      = 5 // requests under way at one host
	maxRedirects = 5
)

// Errors a caller may tell apart; wrapped with the address and the cause.
var (
	ErrAddress = errors.New("not a public http or https address")
	ErrTooBig  = errors.New("larger than allowed")
	ErrFailed  = errors.New("could not be fetched")
)

// Options change what a Client reaches.
type Options struct {
	// Allow lets a resolved address through; nil means Public. Tests allow loopback.
	Allow func(netip.Addr) bool
}

// Client fetches. It is safe for concurrent use.
type Client struct {
	http  http.Client
	mu    sync.Mutex
	hosts map[string]*host
}

type host struct {
	slots chan struct{} // one token a request under way
	users int           // requests under way or waiting
}

// Transport dials only what the options let through. Whoever sends more than
// Client does must see to redirects and time limits.
func Transport(o Options) *http.Transport {
	if o.Allow == nil {
		o.Allow = Public
	}
	dialer := &net.Dialer{Timeout: 5 * time.Second, Control: func(_, address string, _ syscall.RawConn) error {
		ap, err := netip.ParseAddrPort(address)
		if err != nil || !o.Allow(ap.Addr().Unmap()) {
			return fmt.Errorf("%s: %w", address, ErrAddress)
		}
		return nil
	}}
	return &http.Transport{
		Proxy: nil, DialContext: dialer.DialContext, ForceAttemptHTTP2: true, MaxConnsPerHost: PerHost,
		TLSHandshakeTimeout: 5 * time.Second, ResponseHeaderTimeout: Timeout, IdleConnTimeout: 30 * time.Second,
	}
}

// New makes a client.
func New(o Options) *Client {
	return &Client{hosts: map[string]*host{}, http: http.Client{
		Transport: Transport(o),
		CheckRedirect: func(r *http.Request, via []*http.Request) error {
			if len(via) >= maxRedirects {
				return fmt.Errorf("more than %d redirects", maxRedirects)
			}
			return checkURL(r.URL)
		},
	}}
}

// special are the ranges besides private, loopback, link-local and multicast
// ones that reach no public host (IANA's special-purpose registries), and those
// that embed an IPv4 address (NAT64, 6to4, Teredo), which could be any of them.
var special = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("192.0.2.0/24"), netip.MustParsePrefix("198.18.0.0/15"), netip.MustParsePrefix("198.51.100.0/24"),
	netip.MustParsePrefix("203.0.113.0/24"), netip.MustParsePrefix("240.0.0.0/4"), netip.MustParsePrefix("64:ff9b::/96"),
	netip.MustParsePrefix("64:ff9b:1::/48"), netip.MustParsePrefix("100::/64"), netip.MustParsePrefix("2001::/23"),
	netip.MustParsePrefix("2001:db8::/32"), netip.MustParsePrefix("2002::/16"), netip.MustParsePrefix("::/96"),
}

// Public reports whether an address is a public unicast one.
func Public(a netip.Addr) bool {
	a = a.Unmap()
	if !a.IsGlobalUnicast() || a.IsPrivate() || a.IsLoopback() || a.IsLinkLocalUnicast() || a.Zone() != "" {
		return false
	}
	for _, p := range special {
		if p.Contains(a) {
			return false
		}
	}
	return true
}

func checkURL(u *url.URL) error {
	if (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.User != nil {
		return fmt.Errorf("%s: %w", u.Redacted(), ErrAddress)
	}
	return nil
}

// Get returns the body at an address, at most limit bytes of it, within Timeout.
func (c *Client) Get(ctx context.Context, address string, limit int64) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, Timeout)
	defer cancel()
	var out []byte
	err := c.do(ctx, address, func(body io.Reader) (err error) {
		if out, err = io.ReadAll(io.LimitReader(body, limit+1)); err == nil && int64(len(out)) > limit {
			err = fmt.Errorf("%w: over %d bytes", ErrTooBig, limit)
		}
		return err
	})
	return out, err
}

// Copy writes the body at an address to w, at most limit bytes of it, within FeedTimeout.
func (c *Client) Copy(ctx context.Context, address string, w io.Writer, limit int64) error {
	ctx, cancel := context.WithTimeout(ctx, FeedTimeout)
	defer cancel()
	return c.do(ctx, address, func(body io.Reader) error {
		n, err := io.Copy(w, io.LimitReader(body, limit+1))
		if err == nil && n > limit {
			err = fmt.Errorf("%w: over %d bytes", ErrTooBig, limit)
		}
		return err
	})
}

func (c *Client) do(ctx context.Context, address string, read func(io.Reader) error) error {
	u, err := url.Parse(address)
	if err != nil {
		return fmt.Errorf("%q: %w", address, ErrAddress)
	}
	if err := checkURL(u); err != nil {
		return err
	}
	leave, err := c.enter(ctx, u.Host)
	if err != nil {
		return err
	}
	defer leave()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return fmt.Errorf("%q: %w", address, ErrAddress)
	}
	req.Header.Set("User-Agent", "Honeyguide/1")
	res, err := c.http.Do(req)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrFailed, err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %w: it answered %s", u.Redacted(), ErrFailed, res.Status)
	}
	if err := read(res.Body); err != nil {
		return fmt.Errorf("%s: %w", u.Redacted(), err)
	}
	return nil
}

// enter waits until fewer than PerHost requests to a host are under way.
func (c *Client) enter(ctx context.Context, name string) (leave func(), err error) {
	c.mu.Lock()
	h := c.hosts[name]
	if h == nil {
		h = &host{slots: make(chan struct{}, PerHost)}
		c.hosts[name] = h
	}
	h.users++
	c.mu.Unlock()
	done := func() {
		c.mu.Lock()
		if h.users--; h.users == 0 {
			delete(c.hosts, name)
		}
		c.mu.Unlock()
	}
	select {
	case h.slots <- struct{}{}:
		return func() { <-h.slots; done() }, nil
	case <-ctx.Done():
		done()
		return nil, fmt.Errorf("%s: %w: %w", name, ErrFailed, ctx.Err())
	}
}
