package openaitest

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"
)

// Shape is whose API a server has.
type Shape int

// The shapes, as far as embeddings go.
const (
	// OpenAI takes texts. A field that it does not know is an error.
	OpenAI Shape = iota
	// Jina takes texts, and objects of a text or of a picture's base64.
	Jina
	// Honeyguide takes texts, and objects of a picture's data URL. A field that it
	// does not know is an error.
	Honeyguide
	// Infinity takes texts, or data URLs where the modality says so. It knows no
	// dimensions, and has no version in its address.
	Infinity
	// DataURLs takes texts and data URLs, and passes over what it does not know.
	DataURLs
	// VLLM takes texts, or else a conversation of one message, either of words or
	// of a picture, as it does for CLIP.
	VLLM
)

// fields are what a shape knows, beside "model"; nil: it passes over what it does
// not know.
func (s Shape) fields() []string {
	switch s {
	case OpenAI:
		return []string{"model", "input", "encoding_format", "dimensions", "user"}
	case Honeyguide:
		return []string{"model", "input", "encoding_format", "dimensions", "user"}
	}
	return nil
}

func (s Shape) prefix() string {
	if s == Infinity {
		return ""
	}
	return "/v1"
}

// maxInputs is how many inputs a shape takes together.
func (s Shape) maxInputs(pictures bool) int {
	switch s {
	case Jina:
		return 512
	case Honeyguide:
		return 256
	case Infinity:
		if pictures {
			return 32
		}
	}
	return 2048
}

// content is one input: words, or the bytes of a picture.
type content struct {
	text    string
	picture []byte
}

// read finds a request's contents, and whether vectors are wanted in base64. Any
// error is a *fault.
func (o Options) read(body map[string]json.RawMessage) (contents []content, inBase64 bool, err error) {
	for name := range body {
		if known := o.Shape.fields(); known != nil && !slices.Contains(known, name) {
			return nil, false, bad("Unrecognized request argument supplied: %s", name)
		}
	}
	var model, format string
	if json.Unmarshal(body["model"], &model); model != Model {
		return nil, false, o.Shape.noModel(model)
	}
	name := "encoding_format"
	if o.Shape == Jina {
		name = "embedding_type"
	}
	json.Unmarshal(body[name], &format)
	if body["dimensions"] != nil && o.FixedDim {
		return nil, false, bad("Model %q does not support matryoshka representation, changing output dimensions will lead to poor results.", Model)
	}
	if o.Shape == VLLM && body["messages"] != nil {
		contents, err = conversation(body)
	} else {
		contents, err = o.list(body)
	}
	return contents, format == "base64", err
}

func (s Shape) noModel(name string) error {
	if s == Infinity {
		return bad("Invalid model: %s", name)
	}
	return &fault{http.StatusNotFound, fmt.Sprintf("The model `%s` does not exist.", name)}
}

// list reads "input".
func (o Options) list(body map[string]json.RawMessage) ([]content, error) {
	var inputs []json.RawMessage
	if err := json.Unmarshal(body["input"], &inputs); err != nil || len(inputs) == 0 {
		return nil, bad("'input' must be a list of at least one")
	}
	var modality string
	json.Unmarshal(body["modality"], &modality)
	most := o.Shape.maxInputs(modality == "image")
	if o.MaxInputs > 0 {
		most = o.MaxInputs
	}
	if len(inputs) > most {
		return nil, bad("batch size is invalid, it should not be larger than %d", most)
	}
	out := make([]content, len(inputs))
	for i, raw := range inputs {
		c, err := o.Shape.input(raw, modality)
		if err != nil {
			return nil, err
		}
		if n := utf8.RuneCountInString(c.text); o.MaxText > 0 && n > o.MaxText {
			return nil, bad("This model's maximum context length is %d characters, you requested %d", o.MaxText, n)
		}
		out[i] = c
	}
	return out, nil
}

// input reads one of a list.
func (s Shape) input(raw json.RawMessage, modality string) (content, error) {
	var text string
	var object map[string]string
	switch {
	case json.Unmarshal(raw, &text) == nil:
		if text == "" {
			return content{}, bad("'input' cannot hold an empty string")
		}
		if s == Infinity && modality == "image" || s == DataURLs && strings.HasPrefix(text, "data:") {
			return dataURL(text)
		}
		return content{text: text}, nil
	case json.Unmarshal(raw, &object) != nil || len(object) != 1 || s != Jina && s != Honeyguide:
		return content{}, bad("an input of another kind than this API takes")
	case s == Jina && object["text"] != "":
		return content{text: object["text"]}, nil
	case s == Honeyguide:
		return dataURL(object["image"])
	}
	return picture(object["image"])
}

// conversation reads "messages": one, of one part.
func conversation(body map[string]json.RawMessage) ([]content, error) {
	if _, both := body["input"]; both {
		return nil, bad("either 'input' or 'messages'")
	}
	var messages []struct {
		Role    string
		Content []struct {
			Type     string
			Text     string
			ImageURL struct{ URL string } `json:"image_url"`
		}
	}
	if err := json.Unmarshal(body["messages"], &messages); err != nil || len(messages) != 1 || messages[0].Role != "user" || len(messages[0].Content) != 1 {
		return nil, bad("a conversation of one message with one part is wanted")
	}
	switch part := messages[0].Content[0]; part.Type {
	case "text":
		return []content{{text: part.Text}}, nil
	case "image_url":
		c, err := dataURL(part.ImageURL.URL)
		return []content{c}, err
	default:
		return nil, bad("unknown part type %q", part.Type)
	}
}

func dataURL(url string) (content, error) {
	data, ok := strings.CutPrefix(url, "data:image/jpeg;base64,")
	if !ok {
		return content{}, bad("no data URL of a JPEG")
	}
	return picture(data)
}

func picture(data string) (content, error) {
	plain, err := base64.StdEncoding.DecodeString(data)
	if err != nil || len(plain) == 0 {
		return content{}, bad("no base64 of a picture")
	}
	return content{picture: plain}, nil
}

// frame is an answer as the shape writes it.
func (s Shape) frame(data []Embedding, inBase64 bool) map[string]any {
	list := make([]any, len(data))
	for i, e := range data {
		list[i] = e
		if inBase64 {
			list[i] = map[string]any{"object": e.Object, "index": e.Index, "embedding": littleEndian(e.Embedding)}
		}
	}
	out := map[string]any{"object": "list", "model": Model, "data": list, "usage": map[string]int{"prompt_tokens": len(data), "total_tokens": len(data)}}
	switch s {
	case Infinity:
		out["id"], out["created"] = "infinity-1", 1
	case VLLM:
		out["id"], out["created"] = "embd-1", 1
	}
	return out
}

// refusal is an error as the shape writes it.
func (s Shape) refusal(f *fault) map[string]any {
	switch s {
	case Jina:
		return map[string]any{"detail": f.message}
	case Honeyguide:
		return map[string]any{"type": "about:blank", "status": f.status, "code": "invalid", "detail": f.message}
	case VLLM:
		return map[string]any{"error": map[string]any{"message": f.message, "type": "BadRequestError", "param": nil, "code": f.status}}
	}
	return map[string]any{"error": map[string]any{"message": f.message, "type": "invalid_request_error", "param": nil, "code": nil}}
}

func littleEndian(v []float32) string {
	var out []byte
	for _, x := range v {
		out = binary.LittleEndian.AppendUint32(out, math.Float32bits(x))
	}
	return base64.StdEncoding.EncodeToString(out)
}

// number reads a count, or 0.
func number(raw json.RawMessage) int {
	var n int
	if json.Unmarshal(raw, &n) != nil {
		return 0
	}
	return n
}

// encode writes JSON. What it gets has no value that JSON lacks, except numbers
// that are not finite, which Python's servers write by name.
func encode(v any) []byte {
	data, err := json.Marshal(v)
	if err != nil {
		return []byte(`{"object":"list","data":[{"object":"embedding","index":0,"embedding":[NaN]}]}`)
	}
	return data
}
