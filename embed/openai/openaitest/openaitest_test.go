package openaitest

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/jpeg"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

// jpegBase64 is a small picture.
func jpegBase64(t *testing.T) string {
	t.Helper()
	var out bytes.Buffer
	if err := jpeg.Encode(&out, image.NewGray(image.Rect(0, 0, 8, 8)), nil); err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(out.Bytes())
}

func post(t *testing.T, s *Server, key, body string) (status int, answer string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL()+"/embeddings", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+key)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, err.Error()
	}
	defer res.Body.Close()
	data, err := io.ReadAll(res.Body)
	if err != nil {
		return 0, err.Error()
	}
	return res.StatusCode, string(data)
}

// TestShapes holds each API to what it takes and refuses. PICTURE stands for the
// base64 of a JPEG.
func TestShapes(t *testing.T) {
	t.Parallel()
	tests := []struct {
		o      Options
		body   string // beside the model
		status int
		answer string // part of it
	}{
		{Options{}, `"input":["a"]`, 200, `"data":[{"object":"embedding","index":0,"embedding":[0`},
		{Options{}, `"input":["a"],"encoding_format":"base64"`, 200, `"embedding":"`},
		{Options{NoBase64: true}, `"input":["a"],"encoding_format":"base64"`, 200, `"embedding":[`},
		{Options{}, `"input":["a"],"modality":"text"`, 400, "argument supplied: modality"},
		{Options{}, `"input":[""]`, 400, "empty string"},
		{Options{}, `"input":[]`, 400, "at least one"},
		{Options{}, `"input":[{"text":"a"}]`, 400, `{"error":{"code":null`},
		{Options{FixedDim: true}, `"input":["a"],"dimensions":8`, 400, "matryoshka"},
		{Options{MaxInputs: 1}, `"input":["a","b"]`, 400, "larger than 1"},
		{Options{MaxText: 2}, `"input":["裙子裙"]`, 400, "maximum context length"},
		{Options{Shape: Jina}, `"input":[{"text":"a"},{"image":"PICTURE"},"b"],"truncate":true`, 200, `"index":2`},
		{Options{Shape: Jina}, `"input":["a"],"encoding_format":"base64"`, 200, `"embedding":[`},
		{Options{Shape: Jina}, `"input":["a"],"embedding_type":"base64"`, 200, `"embedding":"`},
		{Options{Shape: Jina}, `"input":[{"image":"data:image/jpeg;base64,PICTURE"}]`, 400, `{"detail":`},
		{Options{Shape: Honeyguide}, `"input":["a",{"image":"data:image/jpeg;base64,PICTURE"}]`, 200, `"index":1`},
		{Options{Shape: Honeyguide}, `"input":[{"text":"a"}]`, 400, `"detail"`},
		{Options{Shape: Infinity}, `"input":["data:image/jpeg;base64,PICTURE"],"modality":"image"`, 200, "infinity-1"},
		{Options{Shape: Infinity}, `"input":["a"],"modality":"image"`, 400, "data URL"},
		{Options{Shape: Infinity}, `"input":["data:image/jpeg;base64,AAAA"],"modality":"image"`, 400, "no JPEG"},
		{Options{Shape: DataURLs}, `"input":["a","data:image/jpeg;base64,PICTURE"],"modality":"image"`, 200, `"index":1`},
		{Options{Shape: VLLM}, `"input":["a","b"]`, 200, "embd-1"},
		{Options{Shape: VLLM}, `"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/jpeg;base64,PICTURE"}}]}]`, 200, `"index":0`},
		{Options{Shape: VLLM}, `"messages":[{"role":"user","content":[{"type":"text","text":"a"}]}],"input":null`, 400, "either"},
		{Options{Shape: VLLM}, `"messages":[{"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}]`, 400, "one part"},
	}
	picture := jpegBase64(t)
	for _, tt := range tests {
		s := New(tt.o)
		body := `{"model":"` + Model + `",` + strings.ReplaceAll(tt.body, "PICTURE", picture) + "}"
		if status, answer := post(t, s, "", body); status != tt.status || !strings.Contains(answer, tt.answer) {
			t.Errorf("%s: %d %.300s, want %d with %q", tt.body, status, answer, tt.status, tt.answer)
		}
		s.Close()
	}
}

func TestScripts(t *testing.T) {
	t.Parallel()
	s := New(Options{Key: "sk-1"})
	t.Cleanup(s.Close)
	const good = `{"model":"` + Model + `","input":["a"]}`
	s.Play(Script{Status: 429, RetryAfter: "7", Message: "slower, {key}"}, Script{Body: "<html>"}, Script{Cut: true})
	for _, want := range []struct {
		status int
		answer string
	}{{429, "slower, sk-1"}, {200, "<html>"}, {0, "EOF"}, {200, "index"}} {
		if status, answer := post(t, s, "sk-1", good); status != want.status || !strings.Contains(answer, want.answer) {
			t.Errorf("got %d %.200s, want %d %s", status, answer, want.status, want.answer)
		}
	}
	for key, body := range map[string]string{"sk-2": good, "sk-1": `{"model":"other","input":["a"]}`} {
		if status, answer := post(t, s, key, body); status != 401 && status != 404 {
			t.Errorf("key %s, %s: %d %s", key, body, status, answer)
		}
	}
	if n := len(s.Requests()); n != 6 || s.Requests()[0].Inputs() != 1 || s.Busiest() != 1 {
		t.Errorf("%d requests, %d at a time", n, s.Busiest())
	}
	s.PlayAlways(Script{Hang: true})
	go func() {
		time.Sleep(50 * time.Millisecond)
		s.Close()
	}()
	if status, answer := post(t, s, "sk-1", good); status != 0 {
		t.Errorf("hanging: %d %s", status, answer)
	}
}
