package openai

import (
	"bytes"
	"io"
	"math"
	"net/http"
	"testing"
)

// answering is a transport that always gets one answer.
type answering []byte

func (a answering) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: 200, Header: http.Header{}, Body: io.NopCloser(bytes.NewReader(a)), ContentLength: -1, Request: r}, nil
}

// FuzzAnswer: whatever an endpoint answers is an error, or unit vectors of one length.
func FuzzAnswer(f *testing.F) {
	for _, seed := range []string{
		`{"data":[{"index":0,"embedding":"AACAPwAAAAA="},{"index":1,"embedding":"AAAAAAAAgD8="}]}`,
		`{"data":[{"index":1,"embedding":[3,4]},{"index":0,"embedding":[1e38,-1e38]}]}`,
		`{"data":[{"index":0,"embedding":[1e-45,0]},{"index":1,"embedding":[1e-30,0]}]}`,
		`{"data":[{"index":9223372036854775807,"embedding":[]},{}]}`, `{"data":null}`, `[]`, `"`, ``, `<html>`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		e := &Texts{newClient(Options{URL: "http://host/v1", Model: "m", Dim: 2, HTTP: &http.Client{Transport: answering(body)}}.withDefaults())}
		vectors, err := e.EncodeTexts(t.Context(), []string{"red dress", "红裙子"})
		if err != nil {
			return
		}
		if len(vectors) != 2 {
			t.Fatalf("%d vectors", len(vectors))
		}
		for _, v := range vectors {
			if len(v) != 2 || math.Abs(length(v)-1) > 1e-3 {
				t.Errorf("vector %v", v)
			}
		}
	})
}
