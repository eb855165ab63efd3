package qdrant

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"
	"time"

	qdrant "github.com/qdrant/go-client/qdrant"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"honeyguide/catalog/index"
)

// firstWait is how long after a failed attempt the next one starts; each further
// one waits twice as long.
const firstWait = 50 * time.Millisecond

// maxWait ends the attempts: after so long a wait, about two seconds in all, a
// server is down rather than restarting a connection. Requests that must be
// quick end earlier, at an eighth of their time.
const maxWait = time.Second

// call makes a request that may be repeated, within limit, and again as long as
// the server is unavailable. Errors become those of package index.
func (x *Index) call(ctx context.Context, limit time.Duration, request func(context.Context, *qdrant.Client) error) error {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if x.client == nil {
		return index.ErrClosed
	}
	own, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	defer context.AfterFunc(x.life, cancel)()
	for wait := firstWait; ; wait *= 2 {
		err := request(own, x.client)
		if err == nil {
			return nil
		}
		if status.Code(err) != codes.Unavailable || wait > min(maxWait, limit/8) || !sleep(own, wait) {
			await(own, err)
			return x.translate(ctx, limit, err)
		}
	}
}

// await lets a deadline pass that the server has noticed a moment earlier.
func await(ctx context.Context, err error) {
	deadline, ok := ctx.Deadline()
	if ok && status.Code(err) == codes.DeadlineExceeded && time.Until(deadline) < firstWait {
		<-ctx.Done()
	}
}

// sleep reports whether it could wait so long and leave time for more.
func sleep(ctx context.Context, wait time.Duration) bool {
	if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) < wait {
		return false
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

var (
	// errNotFound marks a request about a collection that is not there, or not any more.
	errNotFound = errors.New("not found")
	// errSlow is why a search's context ends when the search takes too long.
	errSlow = errors.New("too slow")
)

// movedAway is an errNotFound for a collection that was replaced by another.
func movedAway(kind index.Kind) error {
	return fmt.Errorf("%w: %w: the collection of %s was made anew just now", index.ErrUnavailable, errNotFound, kind)
}

// translate turns a failed request's error into one of package index. What
// Qdrant cannot do now is ErrUnavailable, whatever the reason.
func (x *Index) translate(ctx context.Context, limit time.Duration, err error) error {
	var exhausted *qdrant.QdrantResourceExhaustedError
	switch code := status.Code(err); {
	case ctx.Err() != nil && context.Cause(ctx) != errSlow:
		return ctx.Err()
	case x.life.Err() != nil:
		return index.ErrClosed
	case code == codes.DeadlineExceeded, code == codes.Canceled:
		return fmt.Errorf("%w: qdrant at %s gave no answer within %s", index.ErrUnavailable, x.options.Addr, limit)
	case code == codes.InvalidArgument:
		return fmt.Errorf("%w: qdrant: %s", index.ErrInvalid, status.Convert(err).Message())
	case code == codes.NotFound:
		return fmt.Errorf("%w: qdrant: %w: %s", index.ErrUnavailable, errNotFound, status.Convert(err).Message())
	case code == codes.Unauthenticated, code == codes.PermissionDenied:
		return fmt.Errorf("%w: qdrant at %s refuses the key; set QDRANT_API_KEY to the server's, with the right to write", index.ErrUnavailable, x.options.Addr)
	case code != codes.Unknown && code != codes.Unimplemented, errors.As(err, &exhausted):
		return fmt.Errorf("%w: qdrant at %s: %w", index.ErrUnavailable, x.options.Addr, err)
	}
	return fmt.Errorf("qdrant: %w", err)
}

// The versions of Qdrant that this package is written for: those before lack
// metadata of collections.
const minMajor, minMinor = 1, 16

// check makes sure that a Qdrant of a known version answers, and takes the key.
func (x *Index) check(ctx context.Context) error {
	var health *qdrant.HealthCheckReply
	err := x.call(ctx, x.options.Timeout, func(ctx context.Context, c *qdrant.Client) (err error) {
		health, err = c.HealthCheck(ctx)
		return err
	})
	switch {
	case errors.Is(err, index.ErrUnavailable):
		return fmt.Errorf("%w; start it, or set QDRANT_ADDR to the host:port of its gRPC interface (usually port 6334), or to nothing for the index in memory", err)
	case err != nil:
		return err
	}
	if major, minor := version(health.GetVersion()); major < minMajor || major == minMajor && minor < minMinor {
		return fmt.Errorf("qdrant at %s is version %q; %d.%d or later is needed", x.options.Addr, health.GetVersion(), minMajor, minMinor)
	}
	// A health check needs no key, so it proves none.
	return x.call(ctx, x.options.Timeout, func(ctx context.Context, c *qdrant.Client) error {
		_, err := c.ListAliases(ctx)
		return err
	})
}

// version reads the first two numbers of a version such as 1.17.1-dev.
func version(s string) (major, minor int) {
	first, rest, _ := strings.Cut(strings.TrimPrefix(s, "v"), ".")
	second, _, _ := strings.Cut(rest, ".")
	major, _ = strconv.Atoi(first)
	minor, _ = strconv.Atoi(second)
	return major, minor
}

// splitAddr reads host:port, with or without http:// or https:// before it.
func splitAddr(addr string) (host string, port int, secure bool, err error) {
	rest, secure := strings.CutPrefix(addr, "https://")
	if !secure {
		rest = strings.TrimPrefix(addr, "http://")
	}
	host, number, err := net.SplitHostPort(strings.TrimSuffix(rest, "/"))
	if err == nil {
		port, err = strconv.Atoi(number)
	}
	if err != nil || host == "" || port < 1 || port > 65535 {
		return "", 0, false, fmt.Errorf("qdrant: %q is no address; use host:port of the gRPC interface, such as localhost:6334 or https://qdrant.example.com:6334", addr)
	}
	if strings.Contains(host, ":") {
		host = "[" + host + "]" // the client joins host and port without
	}
	return host, port, secure, nil
}
