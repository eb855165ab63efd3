package qdranttest

import (
	"sync"
	"time"

	"google.golang.org/grpc/codes"
)

// faults is what is to go wrong.
type faults struct {
	mu     sync.Mutex
	delay  time.Duration
	code   codes.Code
	refuse int // requests; below 0, all
	cut    int // requests
	late   int // writes
	lost   int // writes
}

// fault is what goes wrong with one request.
type fault struct {
	delay                    time.Duration
	refused, cut             bool
	code                     codes.Code
	answeredLate, answerLost bool
}

// Slow makes every request wait that long before it is worked on, or until its
// client gives up; 0 ends that.
func (s *Server) Slow(d time.Duration) { s.faults.set(func(f *faults) { f.delay = d }) }

// Refuse answers the next n requests, or all if n is below 0, with a status and
// does nothing else; 0 ends that.
func (s *Server) Refuse(code codes.Code, n int) {
	s.faults.set(func(f *faults) { f.code, f.refuse = code, n })
}

// Cut closes the connection of the next n requests in the middle of their
// answer, without having carried them out. Other requests on that connection
// fail too.
func (s *Server) Cut(n int) { s.faults.set(func(f *faults) { f.cut = n }) }

// Late carries the next n writes out, but answers only once the client has
// given up, so that clients without a deadline wait until they cancel or the
// server stops.
func (s *Server) Late(n int) { s.faults.set(func(f *faults) { f.late = n }) }

// Lose carries the next n writes out, but answers Unavailable.
func (s *Server) Lose(n int) { s.faults.set(func(f *faults) { f.lost = n }) }

func (f *faults) set(change func(*faults)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	change(f)
}

// next takes the fault of one request.
func (f *faults) next(write bool) fault {
	f.mu.Lock()
	defer f.mu.Unlock()
	now := fault{delay: f.delay, code: f.code}
	switch {
	case f.refuse < 0:
		now.refused = true
	case take(&f.refuse):
		now.refused = true
	case take(&f.cut):
		now.cut = true
	case write && take(&f.late):
		now.answeredLate = true
	case write && take(&f.lost):
		now.answerLost = true
	}
	return now
}

// take counts one of n down, if there is one.
func take(n *int) bool {
	if *n <= 0 {
		return false
	}
	*n--
	return true
}
