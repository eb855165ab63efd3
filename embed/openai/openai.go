// Package openai encodes by any endpoint that speaks OpenAI's embeddings API:
// words by text models, words and pictures by multimodal ones, in the wire forms
// that such endpoints take (see Form).
//
// What endpoints differ in is found out by asking, so that none of it is a
// setting: whether they answer in base64, which further fields they know, how many
// inputs they take at once, how long a text may be.
package openai

import (
	"context"
	"errors"
	"fmt"
	"image"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode"

	"honeyguide/embed"
)

// Options say where the endpoint is and how it is asked. Zero fields take the
// defaults.
type Options struct {
	URL   string // base address, such as https://api.openai.com/v1; may be private
	Key   string // of the endpoint; never shown
	Model string // as the endpoint names it
	Dim   int    // length of the vectors; 0: that of the first answer
	Form  Form   // how inputs are written; default Text
	// Prefix is written before every text, and AskedPrefix, where there is one,
	// instead of it before what buyers ask. Models such as E5 were trained with them:
	// "passage: " and "query: ".
	Prefix, AskedPrefix string

	Timeout    time.Duration // for one request; default 30 s
	Backoff    time.Duration // before the second attempt, doubled before each further one; default 250 ms
	Batch      int           // texts in a request, up to 256; default 64
	Pictures   int           // pictures in a request, up to 256; default 16
	BatchBytes int           // bytes of inputs in a request, except of a single one; default 4 MiB
	Parallel   int           // requests of one call side by side; default 4
	Side       int           // pixels that a picture's longer side has at most when sent; default 512

	HTTP *http.Client     // nil: one of its own
	Log  *slog.Logger     // nil: slog.Default
	Now  func() time.Time // nil: time.Now
}

// Bounds of what can be set.
const (
	MaxDim    = 16384
	maxBatch  = 256
	maxPrefix = 400             // bytes
	checkTime = 5 * time.Second // for the look at an endpoint whose dimension is known
)

// Texts encodes words at an endpoint. It is safe for concurrent use.
//
// Its errors are of two kinds. What trying later may help, such as a refused
// connection, a 429 or 503 that lasted through all attempts, or an endpoint that is
// left alone because it failed a moment ago, is embed.ErrUnavailable. What an
// operator has to mend (key, address, model, dimension, form) is not; the error
// names the setting.
type Texts struct{ c *client }

// Joint encodes words and pictures at an endpoint, into one space. Its errors are
// those of Texts.
type Joint struct{ Texts }

var (
	_ embed.Texts = (*Texts)(nil)
	_ embed.Joint = (*Joint)(nil)
	_ embed.Asked = (*Joint)(nil)
)

// OpenTexts looks at an endpoint and makes an encoder of it: of words, in whatever
// form. Where Options.Dim is known, an endpoint that cannot be reached now is no
// error; where it is not, that is embed.ErrUnavailable. What an operator has to
// mend is an error in both cases.
func OpenTexts(ctx context.Context, o Options) (*Texts, error) {
	c, err := open(ctx, o, false)
	if err != nil {
		return nil, err
	}
	return &Texts{c}, nil
}

// OpenJoint is OpenTexts for a model that takes pictures too. The form must be one
// that has pictures.
func OpenJoint(ctx context.Context, o Options) (*Joint, error) {
	if o.Form == "" || o.Form == Text {
		return nil, errors.New("encoder form: text has no pictures; use objects, messages or data-urls")
	}
	c, err := open(ctx, o, true)
	if err != nil {
		return nil, err
	}
	return &Joint{Texts{c}}, nil
}

// Model names the space: the endpoint's model and the vectors' length, and the form
// where a model wraps a conversation around its inputs, and the prefix. Not part
// of it are the address, since the same model may move, and the prefix of what
// buyers ask, which is never kept.
func (t *Texts) Model() string { return t.c.model }

// Dim is the length of every vector.
func (t *Texts) Dim() int { return t.c.dim }

// EncodeTexts returns one vector a text, in order (n×Dim). A text of nothing but
// white space gets the zero vector without asking. Only the first 4,000 characters
// count; a text that is still too long for the model is cut until it is taken.
func (t *Texts) EncodeTexts(ctx context.Context, texts []string) ([]embed.Vector, error) {
	return t.behind(ctx, t.c.o.Prefix, texts)
}

// EncodeAsked is EncodeTexts for what buyers ask.
func (t *Texts) EncodeAsked(ctx context.Context, texts []string) ([]embed.Vector, error) {
	return t.behind(ctx, t.c.o.AskedPrefix, texts)
}

func (t *Texts) behind(ctx context.Context, prefix string, texts []string) ([]embed.Vector, error) {
	return t.c.encode(ctx, len(texts), t.c.o.Batch, "text", func(i int) (input, error) {
		if strings.TrimSpace(texts[i]) == "" {
			return input{}, nil
		}
		return input{text: prefix + readable(texts[i])}, nil
	})
}

// EncodeImages returns one vector a picture, in order (n×Dim). Pictures are sent as
// JPEG, scaled down to Options.Side, on white where they are transparent. A picture
// without pixels is an error.
func (j *Joint) EncodeImages(ctx context.Context, pictures []image.Image) ([]embed.Vector, error) {
	return j.c.encode(ctx, len(pictures), j.c.o.Pictures, "picture", func(i int) (input, error) {
		return pictureOf(pictures[i], j.c.o.Side)
	})
}

// open makes a client of checked options and looks at the endpoint.
func open(ctx context.Context, o Options, pictures bool) (*client, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	c := newClient(o.withDefaults())
	defer func() { c.model = c.o.space(c.dim) }()
	if c.dim > 0 {
		short, cancel := context.WithTimeout(ctx, min(checkTime, c.o.Timeout))
		defer cancel()
		err := c.look(short, pictures)
		if errors.Is(err, embed.ErrUnavailable) {
			c.o.Log.WarnContext(ctx, "the encoder cannot be reached; going on without it until it can", "error", err)
			return c, nil
		}
		return c, err
	}
	err := c.look(ctx, pictures)
	if errors.Is(err, embed.ErrUnavailable) {
		err = fmt.Errorf("%w; to start without it, set HONEYGUIDE_ENCODER_DIM to the length of its vectors", err)
	}
	return c, err
}

// look asks for a text, and a picture where the model is to take them. That finds
// the dimension, and what an operator has to mend.
func (c *client) look(ctx context.Context, pictures bool) error {
	inputs := []input{{text: c.o.Prefix + "red dress"}}
	if pictures {
		shot, err := pictureOf(image.NewGray(image.Rect(0, 0, 64, 64)), c.o.Side)
		if err != nil {
			return err
		}
		inputs = append(inputs, shot)
	}
	for _, in := range inputs {
		vectors, err := c.ask(ctx, []input{in})
		if err != nil {
			return err
		}
		c.dim = len(vectors[0])
	}
	return nil
}

// check names what of the options cannot be.
func (o *Options) check() error {
	u, err := url.Parse(o.URL)
	switch {
	case err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.RawQuery != "" || u.Fragment != "":
		return errors.New("encoder URL: must be an http or https address such as https://api.openai.com/v1")
	case u.User != nil:
		return errors.New("encoder URL: must not hold a password; use the key")
	case strings.ContainsFunc(strings.TrimSpace(o.Key), unicode.IsControl):
		return errors.New("encoder key: must be one line")
	case strings.TrimSpace(o.Model) == "":
		return errors.New("encoder model: must name a model of the endpoint")
	case o.Form != "" && !o.Form.known():
		return fmt.Errorf("encoder form: %q is none of text, objects, messages and data-urls", o.Form)
	case !prefixes(o.Prefix):
		return fmt.Errorf("encoder prefix: must be plain text of at most %d bytes", maxPrefix)
	case !prefixes(o.AskedPrefix):
		return fmt.Errorf("encoder query prefix: must be plain text of at most %d bytes", maxPrefix)
	case o.Dim < 0 || o.Dim > MaxDim:
		return fmt.Errorf("encoder dimension: must be 0 to %d", MaxDim)
	case o.Timeout < 0 || o.Backoff < 0 || o.BatchBytes < 0 || o.Parallel < 0 || o.Side < 0:
		return errors.New("encoder: times, sizes and counts cannot be below zero")
	case o.Batch < 0 || o.Batch > maxBatch || o.Pictures < 0 || o.Pictures > maxBatch:
		return fmt.Errorf("encoder batch: must be 0 to %d", maxBatch)
	}
	return nil
}

// prefixes reports whether a text can stand before others; line breaks may be part
// of it.
func prefixes(text string) bool {
	return len(text) <= maxPrefix && !strings.ContainsFunc(text, func(r rune) bool { return r != '\n' && unicode.IsControl(r) })
}

func (o Options) withDefaults() Options {
	orElse(&o.Form, Text)
	orElse(&o.Timeout, 30*time.Second)
	orElse(&o.Backoff, 250*time.Millisecond)
	orElse(&o.Batch, 64)
	orElse(&o.Pictures, 16)
	orElse(&o.BatchBytes, 4<<20)
	orElse(&o.Parallel, 4)
	orElse(&o.Side, 512)
	orElse(&o.AskedPrefix, o.Prefix)
	o.URL, o.Key = strings.TrimRight(o.URL, "/"), strings.TrimSpace(o.Key)
	if o.Form == Messages { // which takes one input a request
		o.Batch, o.Pictures = 1, 1
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	return o
}

func orElse[T comparable](field *T, value T) {
	var zero T
	if *field == zero {
		*field = value
	}
}

// space names the space of vectors of a length.
func (o *Options) space(dim int) string {
	name := fmt.Sprintf("%s/%d", o.Model, dim)
	if o.Form == Messages {
		name += "/messages"
	}
	if o.Prefix != "" {
		name += "/" + url.QueryEscape(o.Prefix)
	}
	return name
}

// String hides the key.
func (o Options) String() string { return fmt.Sprintf("%s at %s", o.Model, o.URL) }
