package qdranttest

import (
	"context"
	"net"
	"strings"
	"sync"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/peer"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
)

// intercept stands before every method: it keeps the request for the test,
// checks the API key, and lets go wrong what is to go wrong.
func (s *Server) intercept(ctx context.Context, request any, info *grpc.UnaryServerInfo, handle grpc.UnaryHandler) (any, error) {
	s.log.add(info.FullMethod, request.(proto.Message))
	if err := s.authorise(ctx, info.FullMethod); err != nil {
		return nil, err
	}
	fault := s.faults.next(isWrite(info.FullMethod))
	if err := sleep(ctx, fault.delay); err != nil {
		return nil, err
	}
	switch {
	case fault.refused:
		return nil, status.Errorf(fault.code, "refused by the test")
	case fault.cut:
		return nil, s.conns.cut(ctx)
	}
	answer, err := handle(ctx, request)
	if status.Code(err) == codes.Unimplemented {
		s.t.Errorf("qdranttest: %s: %v", info.FullMethod, err)
	}
	switch {
	case fault.answeredLate:
		<-ctx.Done()
		return nil, status.FromContextError(ctx.Err()).Err()
	case fault.answerLost:
		return nil, status.Error(codes.Unavailable, "the answer was lost by the test")
	}
	return answer, err
}

// authorise checks the key of a request. Health checks need none.
func (s *Server) authorise(ctx context.Context, method string) error {
	if s.apiKey == "" || strings.HasSuffix(method, "/HealthCheck") {
		return nil
	}
	given, _ := metadata.FromIncomingContext(ctx)
	keys := given.Get("api-key")
	for _, header := range given.Get("authorization") {
		if token, ok := strings.CutPrefix(header, "Bearer "); ok {
			keys = append(keys, token)
		}
	}
	switch {
	case len(keys) == 0:
		return status.Error(codes.Unauthenticated, "Must provide an API key or an Authorization bearer token")
	case keys[0] != s.apiKey:
		return status.Error(codes.Unauthenticated, "Invalid API key or JWT")
	}
	return nil
}

func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return status.FromContextError(ctx.Err()).Err()
	case <-timer.C:
		return nil
	}
}

// isWrite reports whether a method changes data.
func isWrite(method string) bool {
	_, name, _ := strings.Cut(strings.TrimPrefix(method, "/"), "/")
	for _, verb := range []string{"Create", "Update", "Delete", "Upsert", "Set", "Overwrite", "Clear"} {
		if strings.HasPrefix(name, verb) {
			return true
		}
	}
	return false
}

// connections are the open connections by the address of their client.
type connections struct {
	mu   sync.Mutex
	open map[string]net.Conn
}

// cut sends the start of an answer, then closes the request's connection.
func (c *connections) cut(ctx context.Context) error {
	if client, ok := peer.FromContext(ctx); ok {
		_ = grpc.SendHeader(ctx, metadata.Pairs("cut", "true")) // fails only if the client has gone already
		c.mu.Lock()
		conn := c.open[client.Addr.String()]
		c.mu.Unlock()
		if conn != nil {
			conn.Close()
		}
	}
	return status.Error(codes.Unavailable, "cut by the test")
}

// trackingListener keeps the connections it accepts.
type trackingListener struct {
	net.Listener
	conns *connections
}

func (l *trackingListener) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	l.conns.mu.Lock()
	defer l.conns.mu.Unlock()
	if l.conns.open == nil {
		l.conns.open = map[string]net.Conn{}
	}
	l.conns.open[conn.RemoteAddr().String()] = conn
	return &trackedConn{conn, l.conns}, nil
}

// trackedConn leaves connections when it is closed.
type trackedConn struct {
	net.Conn
	conns *connections
}

func (c *trackedConn) Close() error {
	c.conns.mu.Lock()
	delete(c.conns.open, c.RemoteAddr().String())
	c.conns.mu.Unlock()
	return c.Conn.Close()
}
