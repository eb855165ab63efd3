package api

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"honeyguide/embed"
	"honeyguide/embed/photo"
)

// embeddingsIn is OpenAI's request, with pictures among the inputs.
type embeddingsIn struct {
	Body struct {
		Model      string `json:"model,omitempty" doc:"This server's model, or empty"`
		Input      inputs `json:"input"`
		Format     string `json:"encoding_format,omitempty" enum:"float,base64" default:"float" doc:"base64: little-endian float32"`
		Dimensions int    `json:"dimensions,omitempty" doc:"That of the model, or absent"`
		User       string `json:"user,omitempty" doc:"Taken and not used"`
	}
}

// inputs are texts and pictures; one may come without its list.
type inputs []json.RawMessage

const maxInputs = 256

// Schema describes inputs.
func (inputs) Schema(huma.Registry) *huma.Schema {
	text := &huma.Schema{Type: huma.TypeString}
	picture := object("image", &huma.Schema{Type: huma.TypeString, Description: "data:image/jpeg;base64,…"})
	one, least, most := []*huma.Schema{text, picture}, 1, maxInputs
	return &huma.Schema{
		Description: "Texts, and pictures as {\"image\": \"data:image/jpeg;base64,…\"}",
		AnyOf:       append(one, &huma.Schema{Type: huma.TypeArray, MinItems: &least, MaxItems: &most, Items: &huma.Schema{AnyOf: one}}),
	}
}

// UnmarshalJSON reads a list, or a single input.
func (in *inputs) UnmarshalJSON(data []byte) error {
	if bytes.HasPrefix(bytes.TrimSpace(data), []byte("[")) {
		return json.Unmarshal(data, (*[]json.RawMessage)(in))
	}
	*in = inputs{bytes.Clone(data)}
	return nil
}

type embedding struct {
	Object    string `json:"object"`
	Index     int    `json:"index"`
	Embedding any    `json:"embedding" doc:"Numbers, or their base64"`
}

type embeddingsOut struct {
	Object string      `json:"object"`
	Model  string      `json:"model"`
	Data   []embedding `json:"data" nullable:"false"`
	Usage  usage       `json:"usage"`
}

// usage is there because OpenAI's clients expect it.
type usage struct {
	PromptTokens int `json:"prompt_tokens" doc:"Words of the texts, between spaces"`
	TotalTokens  int `json:"total_tokens"`
}

func (s *Server) embeddings(ctx context.Context, in *embeddingsIn) (*answerOf[embeddingsOut], error) {
	enc, b := s.catalog.Encoder(), &in.Body
	if b.Model != "" && b.Model != enc.Model() {
		return nil, wrong("model", "this server has "+enc.Model())
	}
	if b.Dimensions != 0 && b.Dimensions != enc.Dim() {
		return nil, wrong("dimensions", fmt.Sprintf("vectors of %s have %d", enc.Model(), enc.Dim()))
	}
	out := embeddingsOut{Object: "list", Model: enc.Model(), Data: make([]embedding, len(b.Input))}
	for i, raw := range b.Input {
		v, words, err := s.vector(ctx, enc, raw)
		if err != nil {
			return nil, inputError(i, err)
		}
		out.Data[i] = embedding{"embedding", i, v}
		if b.Format == "base64" {
			out.Data[i].Embedding = base64.StdEncoding.EncodeToString(littleEndian(v))
		}
		out.Usage.PromptTokens += words
	}
	out.Usage.TotalTokens = out.Usage.PromptTokens
	return body(out), nil
}

// vector encodes one input. Pictures are taken one by one, since many large
// ones fit into one body and not into memory.
func (s *Server) vector(ctx context.Context, enc embed.Joint, raw json.RawMessage) (embed.Vector, int, error) {
	var text string
	if json.Unmarshal(raw, &text) == nil {
		v, err := enc.EncodeTexts(ctx, []string{text})
		if err != nil {
			return nil, 0, err
		}
		return v[0], len(strings.Fields(text)), nil
	}
	data, err := pictureData(raw)
	if err != nil {
		return nil, 0, err
	}
	img, err := s.picture(ctx, data)
	if err != nil {
		return nil, 0, err
	}
	v, err := enc.EncodeImages(ctx, []image.Image{img})
	if err != nil {
		return nil, 0, err
	}
	return v[0], 0, nil
}

var errInput = errors.New("must be a text or {\"image\": \"data:image/…;base64,…\"}")

// pictureData reads {"image": data URL}.
func pictureData(raw json.RawMessage) ([]byte, error) {
	var picture struct {
		Image string `json:"image"`
	}
	if json.Unmarshal(raw, &picture) != nil {
		return nil, errInput
	}
	head, data, ok := strings.Cut(picture.Image, ",")
	if !ok || !strings.HasPrefix(head, "data:image/") || !strings.HasSuffix(head, ";base64") {
		return nil, errInput
	}
	plain, err := base64.StdEncoding.DecodeString(data)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errInput, err)
	}
	return plain, nil
}

// inputError names the input that is wrong.
func inputError(i int, err error) error {
	for _, kind := range []error{errInput, photo.ErrUnsupported, photo.ErrBroken, photo.ErrTooLarge} {
		if errors.Is(err, kind) {
			return wrong(fmt.Sprintf("input[%d]", i), err.Error())
		}
	}
	return err
}

func littleEndian(v embed.Vector) []byte {
	data, _ := binary.Append(nil, binary.LittleEndian, v) // numbers of a fixed size always fit
	return data
}
