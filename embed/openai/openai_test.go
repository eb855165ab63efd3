package openai

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/color"
	"log/slog"
	"strings"
	"testing"
	"time"

	"honeyguide/breaker"
	"honeyguide/embed"
	"honeyguide/embed/embedtest"
	"honeyguide/embed/openai/openaitest"
)

// multimodal is every pair of a form and an API that takes it.
var multimodal = []struct {
	name  string
	form  Form
	shape openaitest.Shape
}{
	{"jina", Objects, openaitest.Jina},
	{"honeyguide", Objects, openaitest.Honeyguide},
	{"vllm", Messages, openaitest.VLLM},
	{"infinity", DataURLs, openaitest.Infinity},
	{"data urls", DataURLs, openaitest.DataURLs},
}

func TestContract(t *testing.T) {
	t.Parallel()
	for name, shape := range map[string]openaitest.Shape{"openai": openaitest.OpenAI, "infinity": openaitest.Infinity, "vllm": openaitest.VLLM} {
		t.Run("texts of "+name, func(t *testing.T) {
			t.Parallel()
			embedtest.Texts(t, openTexts(t, at(start(t, openaitest.Options{Shape: shape}), Text)))
		})
	}
	for _, m := range multimodal {
		t.Run(m.name, func(t *testing.T) {
			t.Parallel()
			embedtest.Joint(t, openJoint(t, at(start(t, openaitest.Options{Shape: m.shape}), m.form)))
		})
	}
}

func TestModel(t *testing.T) {
	t.Parallel()
	s := start(t, openaitest.Options{Shape: openaitest.VLLM})
	other := start(t, openaitest.Options{Shape: openaitest.VLLM})
	short := at(s, Text)
	short.Dim = 32
	asking := at(s, Text)
	asking.Prefix = "query: "
	names := map[string]embed.Texts{}
	for want, e := range map[string]embed.Texts{
		"test/clip/64":           openTexts(t, at(s, Text)),
		"test/clip/32":           openTexts(t, short),
		"test/clip/64/query%3A+": openTexts(t, asking),
		"test/clip/64/messages":  openJoint(t, at(s, Messages)),
	} {
		if e.Model() != want {
			t.Errorf("Model() = %q, want %q", e.Model(), want)
		}
		names[e.Model()] = e
	}
	if again := openTexts(t, at(other, Text)); names[again.Model()] == nil {
		t.Errorf("the model moved to another address and is now %q", again.Model())
	}
	if e := openTexts(t, short); e.Dim() != 32 {
		t.Errorf("Dim() = %d", e.Dim())
	}
	if text := fmt.Sprintf("%v %+v", short, short); strings.Contains(text, testKey) {
		t.Errorf("options show the key: %s", text)
	}
}

func TestOptionsAreChecked(t *testing.T) {
	t.Parallel()
	good := Options{URL: "http://127.0.0.1:1/v1", Model: "m", Dim: 8}
	tests := []struct {
		want   string
		change func(*Options)
	}{
		{"http or https address", func(o *Options) { o.URL = "" }},
		{"http or https address", func(o *Options) { o.URL = "ftp://host" }},
		{"http or https address", func(o *Options) { o.URL = "https://host/v1?key=1" }},
		{"password", func(o *Options) { o.URL = "https://me:hidden@host/v1" }},
		{"one line", func(o *Options) { o.Key = "hidden\nsecond" }},
		{"name a model", func(o *Options) { o.Model = " " }},
		{"none of text, objects", func(o *Options) { o.Form = "xml" }},
		{"prefix", func(o *Options) { o.Prefix = "query:\r" }},
		{"prefix", func(o *Options) { o.Prefix = strings.Repeat("q", maxPrefix+1) }},
		{"query prefix", func(o *Options) { o.AskedPrefix = "query:\x00" }},
		{"dimension", func(o *Options) { o.Dim = -1 }},
		{"dimension", func(o *Options) { o.Dim = MaxDim + 1 }},
		{"below zero", func(o *Options) { o.Timeout = -1 }},
		{"batch", func(o *Options) { o.Batch = maxBatch + 1 }},
	}
	for _, tt := range tests {
		o := good
		tt.change(&o)
		if _, err := OpenTexts(t.Context(), o); err == nil || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "hidden") {
			t.Errorf("%v: got %v, want %q", o, err, tt.want)
		}
	}
	for _, f := range []Form{"", Text} {
		good.Form = f
		if _, err := OpenJoint(t.Context(), good); err == nil || !strings.Contains(err.Error(), "objects, messages or data-urls") {
			t.Errorf("pictures as %q: %v", f, err)
		}
	}
}

// TestOpenWithoutTheEndpoint: a known dimension is enough to start.
func TestOpenWithoutTheEndpoint(t *testing.T) {
	t.Parallel()
	s := start(t, openaitest.Options{Shape: openaitest.Jina})
	for name, down := range map[string]openaitest.Script{"503": {Status: 503}, "hanging": {Hang: true}, "cut": {Cut: true}} {
		s.PlayAlways(down)
		var log bytes.Buffer
		o := at(s, Objects)
		o.Timeout, o.Log = 200*time.Millisecond, slog.New(slog.NewTextHandler(&log, nil))
		if _, err := OpenJoint(t.Context(), o); !errors.Is(err, embed.ErrUnavailable) || !strings.Contains(err.Error(), "HONEYGUIDE_ENCODER_DIM") {
			t.Errorf("%s, dimension unknown: %v", name, err)
		}
		o.Dim = 64
		e := openJoint(t, o)
		if e.Model() != "test/clip/64" || e.Dim() != 64 {
			t.Errorf("%s: opened as %s of %d", name, e.Model(), e.Dim())
		}
		if !strings.Contains(log.String(), "cannot be reached") || strings.Contains(log.String(), testKey) {
			t.Errorf("%s: logged %q", name, &log)
		}
		s.Play()
		e.c.rest = breaker.Breaker{} // as its time has passed
		if v, err := e.EncodeImages(t.Context(), shots(2)); err != nil || len(v) != 2 {
			t.Errorf("%s, once it is back: %v", name, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := OpenTexts(ctx, at(s, Text)); !errors.Is(err, context.Canceled) {
		t.Errorf("canceled: %v", err)
	}
}

func TestOpenFindsWhatToMend(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		server openaitest.Options
		form   Form
		change func(*Options)
		want   string
	}{
		{"key", openaitest.Options{}, Text, func(o *Options) { o.Key = "sk-wrong-key" }, "HONEYGUIDE_ENCODER_KEY"},
		{"model", openaitest.Options{}, Text, func(o *Options) { o.Model = "unknown" }, "HONEYGUIDE_ENCODER to a model"},
		{"model that Infinity lacks", openaitest.Options{Shape: openaitest.Infinity}, DataURLs, func(o *Options) { o.Model = "unknown" }, "HONEYGUIDE_ENCODER to a model"},
		{"path", openaitest.Options{}, Text, func(o *Options) { o.URL = strings.TrimSuffix(o.URL, "/v1") }, "HONEYGUIDE_ENCODER_URL"},
		{"dimension", openaitest.Options{Shape: openaitest.Infinity}, DataURLs, func(o *Options) { o.Dim = 512 }, "HONEYGUIDE_ENCODER_DIM to 64"},
		{"form", openaitest.Options{}, Objects, func(*Options) {}, "HONEYGUIDE_ENCODER_FORM"},
		{"form of pictures", openaitest.Options{Shape: openaitest.Honeyguide}, Messages, func(*Options) {}, "now messages"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := at(start(t, tt.server), tt.form)
			tt.change(&o)
			open := func() error { _, err := OpenTexts(t.Context(), o); return err }
			if tt.form != Text {
				open = func() error { _, err := OpenJoint(t.Context(), o); return err }
			}
			err := open()
			if err == nil || errors.Is(err, embed.ErrUnavailable) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want a lasting error with %q", err, tt.want)
			}
			if o.Dim = 64; tt.name != "dimension" && open() == nil {
				t.Error("a known dimension hides it")
			}
			if strings.Contains(fmt.Sprint(err), o.Key) {
				t.Errorf("the error shows the key: %v", err)
			}
		})
	}
}

func TestInputsThatCannotBe(t *testing.T) {
	t.Parallel()
	s := start(t, openaitest.Options{Shape: openaitest.Jina})
	e := openJoint(t, at(s, Objects))
	for _, none := range []image.Image{nil, image.NewNRGBA(image.Rect(3, 3, 3, 9))} {
		if _, err := e.EncodeImages(t.Context(), []image.Image{painted(9, 9, color.White), none}); err == nil || !strings.Contains(err.Error(), "picture 1") {
			t.Errorf("no pixels: %v", err)
		}
	}
	s.Forget()
	vectors, err := e.EncodeTexts(t.Context(), []string{"", " \n\t", "　"})
	if err != nil || len(s.Requests()) != 0 {
		t.Errorf("blank texts: %v, %d requests", err, len(s.Requests()))
	}
	for _, v := range vectors {
		if len(v) != 64 || length(v) != 0 {
			t.Errorf("a blank text is %v", v)
		}
	}
}

// TestPrefix: it stands before every text that says something.
func TestPrefix(t *testing.T) {
	t.Parallel()
	s := start(t, openaitest.Options{})
	o := at(s, Text)
	o.Prefix = "query: "
	e := openTexts(t, o)
	s.Forget()
	vectors, err := e.EncodeTexts(t.Context(), []string{"red dress", "  ", "连衣裙"})
	if err != nil {
		t.Fatal(err)
	}
	var sent []string
	for _, r := range s.Requests() {
		var some []string
		if err := json.Unmarshal(r.Body["input"], &some); err != nil {
			t.Fatal(err)
		}
		sent = append(sent, some...)
	}
	if fmt.Sprint(sent) != "[query: red dress query: 连衣裙]" || length(vectors[1]) != 0 {
		t.Errorf("sent %q; nothing is %v", sent, vectors[1])
	}
	if asked, err := e.EncodeAsked(t.Context(), []string{"red dress"}); err != nil || !same(asked, vectors[:1]) {
		t.Errorf("asked with the only prefix: %v, other than found", err)
	}
	o.AskedPrefix = "Instruct: find\nQuery: "
	two := openTexts(t, o)
	if two.Model() != e.Model() {
		t.Errorf("what is asked makes another space: %q", two.Model())
	}
	s.Forget()
	asked, err := embed.EncodeAsked(t.Context(), two, []string{"red dress"})
	if r := s.Requests(); err != nil || len(r) != 1 || string(r[0].Body["input"]) != `["Instruct: find\nQuery: red dress"]` || same(asked, vectors[:1]) {
		t.Errorf("asked: %v, by %d requests: %s", err, len(r), r)
	}
	if found, err := two.EncodeTexts(t.Context(), []string{"red dress"}); err != nil || !same(found, vectors[:1]) {
		t.Errorf("found: %v, other than without a prefix of what is asked", err)
	}
	plain := openTexts(t, at(s, Text))
	if other, err := plain.EncodeTexts(t.Context(), []string{"red dress"}); err != nil || same(other, vectors[:1]) {
		t.Errorf("the prefix changes nothing, %v", err)
	}
}
