package main

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"honeyguide/embed"
	"honeyguide/embed/builtin"
	"honeyguide/embed/openai/openaitest"
)

// encoderFlags parses settings as the commands do.
func encoderFlags(t *testing.T, args ...string) (*Encoder, error) {
	t.Helper()
	var cli struct {
		Encoder Encoder `embed:"" prefix:"encoder-"`
	}
	parser, err := kong.New(&cli, kong.Exit(func(int) {}))
	if err != nil {
		t.Fatal(err)
	}
	if _, err = parser.Parse(args); err == nil {
		err = cli.Encoder.Validate()
	}
	return &cli.Encoder, err
}

func TestEncoderSettings(t *testing.T) {
	const url = "--encoder-url=https://api.example/v1"
	for _, c := range []struct {
		args string
		says string // nothing: they can be used
	}{
		{"", ""},
		{"--encoder-model=clip", ""},
		{"--encoder-model=clip --encoder-library=libonnxruntime.so", ""},
		{url + " --encoder-model=jina-clip-v2 --encoder-key=sk --encoder-form=objects --encoder-dim=512", ""},
		{"--encoder-url=http://10.0.0.7:7997 --encoder-model=m --encoder-form=data-urls", ""},
		{url, "--encoder-model"},
		{"--encoder-url=api.example --encoder-model=m", "--encoder-url"},
		{"--encoder-url=ftp://api.example --encoder-model=m", "--encoder-url"},
		{"--encoder-url=https://api.example?key=1 --encoder-model=m", "--encoder-url"},
		{"--encoder-url=https://me:secret@api.example --encoder-model=m", "--encoder-key"},
		{url + " --encoder-model=m --encoder-dim=-1", "--encoder-dim"},
		{url + " --encoder-model=m --encoder-dim=20000", "--encoder-dim"},
		{url + " --encoder-model=m --encoder-form=xml", "--encoder-form"},
		{"--encoder-key=sk", ""}, // of an endpoint that is being left
		{"--encoder-form=messages", "--encoder-form: needs --encoder-url"},
		{"--encoder-query-prefix=query:", "--encoder-query-prefix: needs --encoder-url"},
		{"--encoder-model=clip --encoder-dim=512", "--encoder-dim: needs --encoder-url"},
	} {
		_, err := encoderFlags(t, strings.Fields(c.args)...)
		if (err == nil) != (c.says == "") || err != nil && (!strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "secret")) {
			t.Errorf("%s: %v, want %q", c.args, err, c.says)
		}
	}
}

func TestEncoderVariables(t *testing.T) {
	for name, value := range map[string]string{
		"": "m", "_URL": "https://api.example/v1", "_KEY": "sk-1", "_FORM": "messages", "_PREFIX": "passage: ", "_QUERY_PREFIX": "query: ", "_DIM": "768",
	} {
		t.Setenv("HONEYGUIDE_ENCODER"+name, value)
	}
	library := filepath.Join(t.TempDir(), "lib")
	t.Setenv("HONEYGUIDE_ONNXRUNTIME", library)
	e, err := encoderFlags(t)
	if want := (Encoder{"m", "https://api.example/v1", "sk-1", "messages", "passage: ", "query: ", 768, library}); err != nil || *e != want {
		t.Errorf("got %+v, %v", *e, err)
	}
}

func TestEncoderLogValue(t *testing.T) {
	for _, c := range []struct {
		encoder Encoder
		want    string
	}{
		{Encoder{}, "built in"},
		{Encoder{Model: "models/clip"}, "models/clip"},
		{Encoder{Model: "m", URL: "https://api.example/v1", Key: "sk-1", Form: "objects"}, "encoder.form=objects"},
	} {
		var out bytes.Buffer
		slog.New(slog.NewTextHandler(&out, nil)).Info("x", "encoder", &c.encoder)
		if got := out.String(); !strings.Contains(got, c.want) || strings.Contains(got, "sk-1") {
			t.Errorf("logged %q, want %q", got, c.want)
		}
	}
}

func TestEncoderOpen(t *testing.T) {
	t.Parallel()
	words := openaitest.New(openaitest.Options{Key: "sk-1"})
	both := openaitest.New(openaitest.Options{Shape: openaitest.Jina, Key: "sk-1", Dim: 48})
	t.Cleanup(words.Close)
	t.Cleanup(both.Close)
	here, err := builtin.New()
	if err != nil {
		t.Fatal(err)
	}
	builtIn := here.Dim()
	for _, c := range []struct {
		name       string
		encoder    Encoder
		dim, texts int // lengths of the vectors; texts 0: none of their own
	}{
		{"built in", Encoder{Form: "text"}, builtIn, 0},
		{"words elsewhere", Encoder{Model: openaitest.Model, URL: words.URL(), Key: "sk-1", Form: "text"}, builtIn, 64},
		{"all elsewhere", Encoder{Model: openaitest.Model, URL: both.URL(), Key: "sk-1", Form: "objects"}, 48, 0},
		{"down, its dimension known", Encoder{Model: "m", URL: "http://127.0.0.1:1", Form: "messages", Dim: 512}, 512, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			joint, texts, close, err := c.encoder.open(t.Context(), slog.New(slog.DiscardHandler))
			if err != nil {
				t.Fatal(err)
			}
			if joint.Dim() != c.dim || (texts != nil) != (c.texts > 0) || texts != nil && texts.Dim() != c.texts {
				t.Errorf("joint %s of %d, texts %v", joint.Model(), joint.Dim(), texts)
			}
			if err := close(); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestEncoderOpenFails(t *testing.T) {
	t.Parallel()
	s := openaitest.New(openaitest.Options{Key: "sk-1"})
	t.Cleanup(s.Close)
	for _, c := range []struct {
		name    string
		encoder Encoder
		says    string
		later   bool
	}{
		{"no folder", Encoder{Model: filepath.Join(t.TempDir(), "missing"), Form: "text"}, "HONEYGUIDE_ENCODER_URL", false},
		{"wrong key", Encoder{Model: openaitest.Model, URL: s.URL(), Key: "sk-wrong", Form: "text", Dim: 64}, "HONEYGUIDE_ENCODER_KEY", false},
		{"wrong form", Encoder{Model: openaitest.Model, URL: s.URL(), Key: "sk-1", Form: "objects"}, "HONEYGUIDE_ENCODER_FORM", false},
		{"down, its dimension unknown", Encoder{Model: "m", URL: "http://127.0.0.1:1", Form: "text"}, "HONEYGUIDE_ENCODER_DIM", true},
		{"pictures too", Encoder{Model: "m", URL: "http://127.0.0.1:1", Form: "data-urls"}, "HONEYGUIDE_ENCODER_DIM", true},
	} {
		joint, texts, close, err := c.encoder.open(t.Context(), slog.New(slog.DiscardHandler))
		if err == nil || !strings.Contains(err.Error(), c.says) || errors.Is(err, embed.ErrUnavailable) != c.later || strings.Contains(fmt.Sprint(err), "sk-") {
			t.Errorf("%s: %v, want %q", c.name, err, c.says)
		}
		if joint != nil || texts != nil || close == nil {
			t.Errorf("%s: something is returned beside the error", c.name)
		}
	}
}
