// Package llmtest serves OpenAI's wire format from scripts: models that answer
// well, are slow, die, lie, obey what they read, or say nothing; and transcription.
//
// A Server plays its scripts in order, one a request, and the last one for ever. A
// request whose model is a name that Named knows gets that script, so that a program
// can be tried by hand with one server and many models: see serve.
package llmtest

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"time"
)

// Script is how one request is answered. The zero Script says {"sentences":[]}.
type Script struct {
	Say   func(Request) string // the content of the answer; nil: an empty answer of the schema
	First time.Duration        // before the first piece
	Every time.Duration        // before every further piece
	Piece int                  // runes of a piece; 0: 12
	Die   int                  // the connection breaks after so many pieces; 0: it lasts
	Hang  bool                 // takes the request and says nothing until the client goes
	Loop  bool                 // says the content again and again without end

	Status     int    // of a refusal, such as 429; 0: none
	RetryAfter string // of a refusal
	Message    string // of a refusal
	// Refuse lists the types of response_format that are refused with a 400.
	Refuse []string

	NoUsage bool // the endpoint sends no usage
}

// Request is what a client asked.
type Request struct {
	Path   string
	Header http.Header
	Body   string // raw; of a transcription: the bytes of the audio
	Model  string
	Format string // of the response: json_schema, json_object or empty
	Stream bool
	System string // the first system message
	User   string // the last user message

	Filename, Language string // of a transcription
}

// Draft is the field of this name in the user message, if it is JSON: the answer
// that is to be phrased.
func (r Request) Draft() string {
	var d struct {
		Draft string `json:"draft"`
	}
	if err := json.Unmarshal([]byte(r.User), &d); err != nil {
		return ""
	}
	return d.Draft
}

// Server answers as scripted. It is safe for concurrent use.
type Server struct {
	http *httptest.Server

	mu       sync.Mutex
	heard    string // what every audio is transcribed as
	language string // of it
	scripts  []Script
	requests []Request
	open     int // requests being answered
}

// New starts a Server on a free local port. Close it.
func New(scripts ...Script) *Server {
	s := &Server{scripts: scripts, heard: "a red dress", language: "english"}
	s.http = httptest.NewServer(s)
	return s
}

// Listen starts a Server at an address such as 127.0.0.1:9090. Close it.
func Listen(addr string, scripts ...Script) (*Server, error) {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, err
	}
	s := &Server{scripts: scripts, heard: "a red dress", language: "english"}
	s.http = &httptest.Server{Listener: l, Config: &http.Server{Handler: s}}
	s.http.Start()
	return s, nil
}

// URL is what a client takes as its base URL.
func (s *Server) URL() string { return s.http.URL + "/v1" }

// Close ends all answers and stops the server.
func (s *Server) Close() {
	s.http.CloseClientConnections()
	s.http.Close()
}

// Play replaces the scripts that are left.
func (s *Server) Play(scripts ...Script) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.scripts = scripts
}

// Hears sets what every audio is transcribed as, and in which language.
func (s *Server) Hears(text, language string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.heard, s.language = text, language
}

// Requests returns what was asked so far.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.requests)
}

// Open is how many requests are being answered; it falls to 0 when clients let go.
func (s *Server) Open() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.open
}

// take keeps a request and gives it its script.
func (s *Server) take(r Request) Script {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = append(s.requests, r)
	if named, ok := Named(r.Model); ok {
		return named
	}
	if len(s.scripts) == 0 {
		return Script{}
	}
	script := s.scripts[0]
	if len(s.scripts) > 1 {
		s.scripts = s.scripts[1:]
	}
	return script
}

func (s *Server) count(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open += n
}

// ServeHTTP answers chat completions and transcriptions.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.count(1)
	defer s.count(-1)
	switch {
	case r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/chat/completions"):
		s.chat(w, r)
	case r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/audio/transcriptions"):
		s.transcribe(w, r)
	default:
		refuse(w, http.StatusNotFound, "", "no such path")
	}
}

// refuse answers with an error as OpenAI writes it.
func refuse(w http.ResponseWriter, status int, retryAfter, message string) {
	if retryAfter != "" {
		w.Header().Set("Retry-After", retryAfter)
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if message == "" {
		message = http.StatusText(status)
	}
	json.NewEncoder(w).Encode(map[string]any{"error": map[string]any{"message": message, "type": "scripted", "code": nil, "param": nil}})
}

// failed plays the parts of a script that chat and transcription share, and tells
// whether that was all.
func (sc Script) failed(w http.ResponseWriter, ctx context.Context) bool {
	switch {
	case sc.Hang:
		<-ctx.Done()
	case sc.Status != 0:
		refuse(w, sc.Status, sc.RetryAfter, sc.Message)
	default:
		return false
	}
	return true
}

func (s *Server) transcribe(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseMultipartForm(32 << 20); err != nil {
		refuse(w, http.StatusBadRequest, "", err.Error())
		return
	}
	file, header, err := r.FormFile("file")
	if err != nil {
		refuse(w, http.StatusBadRequest, "", "file is missing")
		return
	}
	defer file.Close()
	audio, err := io.ReadAll(file)
	if err != nil {
		refuse(w, http.StatusBadRequest, "", err.Error())
		return
	}
	script := s.take(Request{
		Path: r.URL.Path, Header: r.Header.Clone(), Body: string(audio), Model: r.FormValue("model"),
		Format: r.FormValue("response_format"), Filename: header.Filename, Language: r.FormValue("language"),
	})
	if script.failed(w, r.Context()) || !wait(r.Context(), script.First) {
		return
	}
	s.mu.Lock()
	text, language := s.heard, s.language
	s.mu.Unlock()
	answer := map[string]any{"text": text}
	if r.FormValue("response_format") == "verbose_json" {
		answer["language"], answer["duration"], answer["task"] = language, 1.5, "transcribe"
	}
	w.Header().Set("Content-Type", "application/json")
	fmt.Fprintln(w, encode(answer))
}

// wait pauses, and tells whether the client is still there.
func wait(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}

func encode(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // only maps of strings and numbers come here
	}
	return string(b)
}
