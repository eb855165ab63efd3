package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"

	"honeyguide/embed"
	"honeyguide/embed/builtin"
	"honeyguide/embed/onnx"
	"honeyguide/embed/openai"
)

// Encoder says which encoder makes the vectors; empty means the built-in one.
type Encoder struct {
	Model       string `help:"Folder of a CLIP or SigLIP export (ONNX), or the name of a model at --encoder-url; empty: the built-in encoder." env:"HONEYGUIDE_ENCODER"`
	URL         string `help:"Base address of an OpenAI-compatible embeddings API, such as https://api.jina.ai/v1; empty: none." name:"url" env:"HONEYGUIDE_ENCODER_URL" json:",omitempty"`
	Key         string `help:"Its key, or that of an endpoint which is being left, until its vectors are replaced." env:"HONEYGUIDE_ENCODER_KEY" json:"-"`
	Form        string `help:"How it takes inputs: text (texts alone; pictures go through the built-in encoder), objects (Jina, SGLang, Honeyguide), messages (vLLM) or data-urls (Infinity)." enum:"text,objects,messages,data-urls" default:"text" env:"HONEYGUIDE_ENCODER_FORM"`
	Prefix      string `help:"Written before every text, as models of the E5 family want it (passage: and a space)." env:"HONEYGUIDE_ENCODER_PREFIX" json:",omitempty"`
	QueryPrefix string `help:"Written instead of it before what buyers ask, for models that tell the two apart (passage: and query:)." env:"HONEYGUIDE_ENCODER_QUERY_PREFIX" json:",omitempty"`
	Dim         int    `help:"Length of its vectors, asked for where it offers several; 0: that of its first answer, for which it must be up at start." env:"HONEYGUIDE_ENCODER_DIM"`
	Library     string `help:"ONNX Runtime's shared library, or the folder that holds it; empty: what the system finds." env:"HONEYGUIDE_ONNXRUNTIME" type:"path" json:"-"`
}

// Validate names every setting that cannot be used.
func (e *Encoder) Validate() error {
	if e.URL == "" {
		return e.validateHere()
	}
	var errs []error
	if u, err := url.Parse(e.URL); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.RawQuery != "" || u.Fragment != "" {
		errs = append(errs, errors.New("--encoder-url: must be an address such as https://api.jina.ai/v1"))
	} else if u.User != nil {
		errs = append(errs, errors.New("--encoder-url: must not hold a password; use --encoder-key"))
	}
	if strings.TrimSpace(e.Model) == "" {
		errs = append(errs, errors.New("--encoder-model: name the model of --encoder-url"))
	}
	if e.Dim < 0 || e.Dim > openai.MaxDim {
		errs = append(errs, fmt.Errorf("--encoder-dim: must be 0 to %d", openai.MaxDim))
	}
	return errors.Join(errs...)
}

// validateHere names the settings that an encoder in this process has no use for.
func (e *Encoder) validateHere() error {
	var errs []error
	for _, s := range []struct {
		flag string
		set  bool
	}{
		{"form", e.Form != "" && e.Form != string(openai.Text)}, {"dim", e.Dim != 0}, {"prefix", e.Prefix != ""}, {"query-prefix", e.QueryPrefix != ""},
	} {
		if s.set {
			errs = append(errs, fmt.Errorf("--encoder-%s: needs --encoder-url, the address of the API", s.flag))
		}
	}
	return errors.Join(errs...)
}

// LogValue shows which encoder it is, without the key.
func (e *Encoder) LogValue() slog.Value {
	switch {
	case e.URL != "":
		return slog.GroupValue(slog.String("url", e.URL), slog.String("model", e.Model), slog.String("form", e.Form), slog.String("prefix", e.Prefix), slog.String("query_prefix", e.QueryPrefix), slog.Int("dim", e.Dim), slog.Bool("key", e.Key != ""))
	case e.Model != "":
		return slog.GroupValue(slog.String("folder", e.Model), slog.String("library", e.Library))
	}
	return slog.StringValue("built in")
}

// open opens the encoder. texts is nil, or the model that words are compared with
// words by, beside joint, which then is the built-in encoder. close lets go of both
// and is never nil.
func (e *Encoder) open(ctx context.Context, log *slog.Logger) (joint embed.Joint, texts embed.Texts, close func() error, err error) {
	close = func() error { return nil }
	switch {
	case e.URL != "" && e.Form != string(openai.Text):
		model, err := openai.OpenJoint(ctx, e.endpoint(log))
		if err != nil {
			return nil, nil, close, err
		}
		return model, nil, close, nil
	case e.URL == "" && e.Model != "":
		model, err := onnx.Open(ctx, onnx.Options{Folder: e.Model, Library: e.Library})
		if err != nil {
			return nil, nil, close, fmt.Errorf("encoder: %w; a model at an endpoint needs HONEYGUIDE_ENCODER_URL too", err)
		}
		return model, nil, model.Close, nil
	}
	here, err := builtin.New()
	if err != nil {
		return nil, nil, close, err
	}
	if e.URL == "" {
		return here, nil, close, nil
	}
	words, err := openai.OpenTexts(ctx, e.endpoint(log))
	if err != nil {
		return nil, nil, close, err
	}
	return here, words, close, nil
}

func (e *Encoder) endpoint(log *slog.Logger) openai.Options {
	return openai.Options{URL: e.URL, Key: e.Key, Model: e.Model, Dim: e.Dim, Form: openai.Form(e.Form), Prefix: e.Prefix, AskedPrefix: e.QueryPrefix, Log: log}
}
