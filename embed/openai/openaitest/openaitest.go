// Package openaitest serves the embeddings APIs that encoders meet: each as strict
// as the real one about what it is asked, with vectors that are made of the content
// so that words and pictures of one colour lie near each other; and failing on
// request in the ways that endpoints fail.
package openaitest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
)

// Model is the one that every server has.
const Model = "test/clip"

// Options of a server. The zero Options is OpenAI's shape with vectors of 64 numbers.
type Options struct {
	Shape     Shape
	Key       string // asked for; empty: none is
	Dim       int    // of the vectors, 4 at least; default 64
	MaxInputs int    // refuses more of them together; 0: what the shape has
	MaxText   int    // refuses longer texts, in characters; 0: any length
	NoBase64  bool   // answers lists of numbers, whatever is asked
	FixedDim  bool   // refuses "dimensions", as a model without shorter vectors does
	Blind     bool   // makes the vectors of pictures of their bytes, which costs next to nothing
}

// Script is how one request is answered instead of well. One of its fields is set,
// Status with those that go with it.
type Script struct {
	Status     int    // of a refusal, such as 429
	RetryAfter string // of a refusal
	Message    string // of a refusal; {key} stands for the key that was sent

	Hang bool                               // takes the request and says nothing until the client goes
	Cut  bool                               // the connection breaks in the middle of the answer
	Body string                             // is sent as it is, with status 200
	Long bool                               // an answer without end
	Edit func(data []Embedding) []Embedding // changes what would be answered
}

// Embedding is one vector of an answer.
type Embedding struct {
	Object    string    `json:"object"`
	Index     int       `json:"index"`
	Embedding []float32 `json:"embedding"`
}

// Request is what a client asked.
type Request struct {
	Path   string
	Header http.Header
	Body   map[string]json.RawMessage
}

// Inputs is how many inputs the request has: a conversation has one.
func (r Request) Inputs() int {
	var list []json.RawMessage
	if json.Unmarshal(r.Body["input"], &list) != nil {
		return 1
	}
	return len(list)
}

// Server is an endpoint. It is safe for concurrent use.
type Server struct {
	http *httptest.Server
	o    Options

	mu       sync.Mutex
	scripts  []Script
	always   bool // the last script is for every further request
	requests []Request
	open     int // requests being answered
	busiest  int // the most of them at a time
}

// New starts a server on a free local port. Close it.
func New(o Options) *Server {
	if o.Dim == 0 {
		o.Dim = 64
	}
	s := &Server{o: o}
	s.http = httptest.NewServer(s)
	return s
}

// URL is what a client takes as its base address.
func (s *Server) URL() string { return s.http.URL + s.o.Shape.prefix() }

// Close ends all answers and stops the server.
func (s *Server) Close() {
	s.http.CloseClientConnections()
	s.http.Close()
}

// Play sets how the next requests are answered, one script each. After them all is
// well again.
func (s *Server) Play(scripts ...Script) { s.play(false, scripts) }

// PlayAlways sets how all requests are answered from now on.
func (s *Server) PlayAlways(script Script) { s.play(true, []Script{script}) }

func (s *Server) play(always bool, scripts []Script) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.scripts, s.always = scripts, always
}

// Requests returns what was asked so far.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Request(nil), s.requests...)
}

// Forget empties the list of requests.
func (s *Server) Forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests, s.busiest = nil, 0
}

// Busiest is how many requests were answered at the same time, at most.
func (s *Server) Busiest() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.busiest
}

// take keeps a request and gives it its script.
func (s *Server) take(r Request) Script {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = append(s.requests, r)
	if len(s.scripts) == 0 {
		return Script{}
	}
	script := s.scripts[0]
	if !s.always {
		s.scripts = s.scripts[1:]
	}
	return script
}

func (s *Server) count(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open += n
	s.busiest = max(s.busiest, s.open)
}

// fault is why a server refuses a request.
type fault struct {
	status  int
	message string
}

func (f *fault) Error() string { return f.message }

func bad(format string, args ...any) error {
	return &fault{http.StatusBadRequest, fmt.Sprintf(format, args...)}
}

// ServeHTTP answers POST …/embeddings.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.count(1)
	defer s.count(-1)
	data, err := io.ReadAll(io.LimitReader(r.Body, 64<<20))
	req := Request{Path: r.URL.Path, Header: r.Header.Clone()}
	if err == nil {
		err = json.Unmarshal(data, &req.Body)
	}
	script := s.take(req)
	key := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	switch {
	case r.Method != http.MethodPost || r.URL.Path != s.o.Shape.prefix()+"/embeddings":
		s.refuse(w, &fault{http.StatusNotFound, "Not Found"})
	case err != nil:
		s.refuse(w, bad("the body is no JSON object"))
	case s.o.Key != "" && key != s.o.Key:
		s.refuse(w, &fault{http.StatusUnauthorized, "Incorrect API key provided: " + key})
	case script.fails(w, r.Context(), s, key):
	default:
		s.answer(w, req, script)
	}
}

// answer gives a request its vectors, as far as the script lets it.
func (s *Server) answer(w http.ResponseWriter, r Request, script Script) {
	contents, base64, err := s.o.read(r.Body)
	if err != nil {
		s.refuse(w, err)
		return
	}
	dim := s.o.Dim
	if asked := number(r.Body["dimensions"]); asked > 0 && s.o.Shape != Infinity {
		dim = asked
	}
	data := make([]Embedding, len(contents))
	for i, c := range contents {
		if s.o.Blind && c.picture != nil {
			c = content{text: string(c.picture[len(c.picture)/2:])}
		}
		v, err := c.vector(dim)
		if err != nil {
			s.refuse(w, bad("input %d: %v", i, err))
			return
		}
		data[i] = Embedding{"embedding", i, v}
	}
	if script.Edit != nil {
		data = script.Edit(data)
	}
	out := encode(s.o.Shape.frame(data, base64 && !s.o.NoBase64))
	w.Header().Set("Content-Type", "application/json")
	if script.Cut {
		w.Header().Set("Content-Length", fmt.Sprint(len(out)))
		w.Write(out[:len(out)/2])
		w.(http.Flusher).Flush()
		panic(http.ErrAbortHandler) // how net/http breaks a connection
	}
	w.Write(out)
}

// fails plays the scripts that do not look at the request, and tells whether that
// was all.
func (sc Script) fails(w http.ResponseWriter, ctx context.Context, s *Server, key string) bool {
	switch {
	case sc.Hang:
		<-ctx.Done()
	case sc.Status != 0:
		if sc.RetryAfter != "" {
			w.Header().Set("Retry-After", sc.RetryAfter)
		}
		s.refuse(w, &fault{sc.Status, strings.ReplaceAll(sc.Message, "{key}", key)})
	case sc.Body != "":
		io.WriteString(w, sc.Body)
	case sc.Long:
		io.WriteString(w, `{"object":"list","data":[{"embedding":[`)
		zeros := []byte(strings.Repeat("0.1,", 1<<14))
		for ctx.Err() == nil {
			if _, err := w.Write(zeros); err != nil {
				break
			}
		}
	default:
		return false
	}
	return true
}

// refuse answers with an error as the shape writes it.
func (s *Server) refuse(w http.ResponseWriter, err error) {
	f := &fault{http.StatusInternalServerError, err.Error()}
	errors.As(err, &f)
	if f.message == "" {
		f.message = http.StatusText(f.status)
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(f.status)
	w.Write(encode(s.o.Shape.refusal(f)))
}
