package qdranttest

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/qdrant/go-client/qdrant"
	"google.golang.org/protobuf/proto"
)

// requestLog counts the requests by full method and keeps the last of each.
type requestLog struct {
	mu    sync.Mutex
	count map[string]int
	last  map[string]proto.Message
}

func (l *requestLog) add(method string, request proto.Message) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.count == nil {
		l.count, l.last = map[string]int{}, map[string]proto.Message{}
	}
	l.count[method]++
	l.last[method] = request
}

// names reports whether name, such as "QueryBatch" or "Points/Get", is that of
// a full method such as "/qdrant.Points/Get".
func names(name, method string) bool {
	return strings.HasSuffix(method, "/"+name) || strings.HasSuffix(method, "."+name)
}

// Requests returns how many requests of a method came, those included that went
// wrong. The method is given as "QueryBatch" or, where services share a name,
// as "Points/Get".
func (s *Server) Requests(method string) int {
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	n := 0
	for full, count := range s.log.count {
		if names(method, full) {
			n += count
		}
	}
	return n
}

// LastRequest returns the last request of a method, named as for Requests, or
// nil. It must not be changed.
func (s *Server) LastRequest(method string) proto.Message {
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	for full, request := range s.log.last {
		if names(method, full) {
			return request
		}
	}
	return nil
}

// Collections returns the names of all collections, sorted.
func (s *Server) Collections() []string {
	s.store.mu.RLock()
	defer s.store.mu.RUnlock()
	return slices.Sorted(maps.Keys(s.store.collections))
}

// Aliases returns the collections by their aliases.
func (s *Server) Aliases() map[string]string {
	s.store.mu.RLock()
	defer s.store.mu.RUnlock()
	return maps.Clone(s.store.aliases)
}

// Points returns the visible points of a collection or alias with payload,
// vectors and shard key, sorted by id; nil if there is no such collection. They
// must not be changed.
func (s *Server) Points(collection string) []*qdrant.RetrievedPoint {
	c, err := s.store.find(collection)
	if err != nil {
		return nil
	}
	c.mu.RLock()
	defer c.mu.RUnlock()
	var all []*qdrant.RetrievedPoint
	for _, h := range c.holdings() {
		all = append(all, h.retrieved(everything, everything))
	}
	return all
}
