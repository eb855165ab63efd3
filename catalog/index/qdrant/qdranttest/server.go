// Package qdranttest is a gRPC server for tests that speaks and behaves as
// Qdrant does: collections with named dense and sparse vectors, aliases,
// payload indexes, filters, shard keys; kept in memory, searched exactly.
//
// What Qdrant leaves open is chosen to hurt: points with equal scores come in
// an order of no meaning, and a write that does not ask to wait becomes visible
// only later. On demand the server is slow, refuses, cuts connections, or loses
// answers. What it does not implement answers Unimplemented and fails the test.
package qdranttest

import (
	"crypto/tls"
	"errors"
	"math"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/qdrant/go-client/qdrant"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/keepalive"
)

// Option changes what Start starts.
type Option func(*Server)

// APIKey makes every request but a health check need the key, in the metadata "api-key".
func APIKey(key string) Option { return func(s *Server) { s.apiKey = key } }

// Version is what a health check answers instead of "1.17.1".
func Version(v string) Option { return func(s *Server) { s.version = v } }

// Cluster enables the distributed mode, which shard keys need.
func Cluster() Option { return func(s *Server) { s.cluster = true } }

// Strict refuses filters on fields without an index, as the strict mode of
// Qdrant Cloud does.
func Strict() Option { return func(s *Server) { s.strict = true } }

// Optimized makes an upsert keep the vectors of the former point that the new one
// lacks, as in segments that Qdrant has optimised.
func Optimized() Option { return func(s *Server) { s.optimized = true } }

// TLS makes the server speak TLS with a certificate made for it; see Server.CertPEM.
func TLS() Option { return func(s *Server) { s.secure = true } }

// Server is a running test server. It is safe for concurrent use.
type Server struct {
	t         testing.TB
	apiKey    string
	version   string
	cluster   bool
	strict    bool
	optimized bool
	secure    bool

	cert    tls.Certificate
	certPEM []byte

	store  store
	faults faults
	log    requestLog
	conns  connections

	mu      sync.Mutex // guards what follows
	addr    string
	running *grpc.Server
	served  chan struct{} // closed when running has ended
}

// Start serves on a free port of 127.0.0.1 until the test ends.
func Start(t testing.TB, options ...Option) *Server {
	t.Helper()
	s := &Server{t: t, version: "1.17.1", addr: "127.0.0.1:0"}
	for _, option := range options {
		option(s)
	}
	if s.secure {
		var err error
		if s.cert, s.certPEM, err = newCertificate(); err != nil {
			t.Fatalf("qdranttest: %v", err)
		}
	}
	s.store.wipe()
	s.Restart()
	t.Cleanup(s.Stop)
	return s
}

// Addr returns the server's host:port, which stays the same when it is restarted.
func (s *Server) Addr() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.addr
}

// CertPEM returns the certificate of a server with TLS, for a client to trust.
func (s *Server) CertPEM() []byte { return s.certPEM }

// Stop ends the server as if it were killed: requests under way fail, new ones
// are refused. The data is kept for Restart.
func (s *Server) Stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.running == nil {
		return
	}
	s.running.Stop()
	<-s.served
	s.running = nil
}

// Restart starts a stopped server again, on the same port with the same data.
func (s *Server) Restart() {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.running != nil {
		return
	}
	listener, err := listen(s.addr)
	if err != nil {
		s.t.Fatalf("qdranttest: %v", err)
	}
	s.addr = listener.Addr().String()
	s.running, s.served = s.newGRPC(), make(chan struct{})
	go func(running *grpc.Server, served chan<- struct{}) {
		defer close(served)
		if err := running.Serve(&trackingListener{listener, &s.conns}); err != nil && !errors.Is(err, grpc.ErrServerStopped) {
			s.t.Errorf("qdranttest: %v", err)
		}
	}(s.running, s.served)
}

// listen takes an address that may have been given back a moment ago.
func listen(addr string) (net.Listener, error) {
	for try := 0; ; try++ {
		listener, err := net.Listen("tcp", addr)
		if err == nil || try == 20 {
			return listener, err
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// newGRPC returns a server with the services, as generous as Qdrant with the
// sizes of messages and with the pings of clients.
func (s *Server) newGRPC() *grpc.Server {
	options := []grpc.ServerOption{
		grpc.UnaryInterceptor(s.intercept),
		grpc.MaxRecvMsgSize(math.MaxInt),
		grpc.WaitForHandlers(true),
		grpc.KeepaliveEnforcementPolicy(keepalive.EnforcementPolicy{MinTime: time.Nanosecond, PermitWithoutStream: true}),
	}
	if s.secure {
		options = append(options, grpc.Creds(credentials.NewServerTLSFromCert(&s.cert)))
	}
	g := grpc.NewServer(options...)
	qdrant.RegisterQdrantServer(g, healthService{s: s})
	qdrant.RegisterCollectionsServer(g, collectionsService{s: s})
	qdrant.RegisterPointsServer(g, pointsService{s: s})
	return g
}

// Wipe drops all collections and aliases, as if the server's volume were lost.
func (s *Server) Wipe() { s.store.wipe() }
