package openai

import (
	"encoding/base64"
	"errors"
	"image"
	"strings"
	"unicode/utf8"

	"github.com/sashabaranov/go-openai"

	"honeyguide/embed/photo"
)

// Form is a way in which endpoints want inputs written.
type Form string

// The forms in use. Each is the body of a POST to URL/embeddings.
const (
	// Text is OpenAI's own: "input" is a list of strings. It has no pictures.
	Text Form = "text"
	// Objects is a list of {"text": …} and {"image": …}, as Jina, SGLang and
	// Honeyguide itself take it.
	Objects Form = "objects"
	// Messages is a conversation instead of "input", one request for each input, as
	// vLLM takes it for models that were made of chat models, and for CLIP.
	Messages Form = "messages"
	// DataURLs is a list of strings that are data URLs for pictures, with
	// "modality": "image", as Infinity takes it.
	DataURLs Form = "data-urls"
)

func (f Form) known() bool {
	return f == Text || f == Objects || f == Messages || f == DataURLs
}

const (
	maxText     = 4000 // characters of a text
	jpegQuality = 90
	dataURL     = "data:image/jpeg;base64,"
)

// input is one thing to encode: words, or a picture as JPEG in base64.
type input struct{ text, picture string }

func (in input) size() int { return len(in.text) + len(in.picture) }

// blank tells whether there is nothing to encode.
func (in input) blank() bool { return in.picture == "" && strings.TrimSpace(in.text) == "" }

// readable is a text as it is sent: valid, and not too long.
func readable(text string) string {
	return firstRunes(strings.ToValidUTF8(text, "�"), maxText)
}

// firstRunes is the beginning of a text, of so many characters.
func firstRunes(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for at := range text {
		if n == 0 {
			return text[:at]
		}
		n--
	}
	return text
}

// half is the first half of a text.
func (in input) half() input {
	return input{text: firstRunes(in.text, utf8.RuneCountInString(in.text)/2)}
}

// pictureOf makes an input of a picture.
func pictureOf(img image.Image, side int) (input, error) {
	if img == nil || img.Bounds().Empty() {
		return input{}, errors.New("it has no pixels")
	}
	data, err := photo.JPEG(photo.Thumbnail(img, side), jpegQuality)
	if err != nil {
		return input{}, err
	}
	return input{picture: base64.StdEncoding.EncodeToString(data)}, nil
}

// dialect is what endpoints of one form differ in.
type dialect struct {
	base64 bool // vectors are asked for in base64, which is a third of the size
	extras bool // fields beyond the least: the dimension, and that long texts be cut
	second bool // inputs in the form's second spelling
}

// dialects lists what to try with an endpoint that is not known yet, the best first.
func (f Form) dialects() []dialect {
	all := []dialect{{base64: true, extras: true}, {extras: true}, {}}
	if f == Objects {
		all = append(all, dialect{base64: true, extras: true, second: true}, dialect{extras: true, second: true}, dialect{second: true})
	}
	return all
}

// request writes inputs, either words or pictures, in a dialect of the form. The
// fields that go-openai knows take part as it writes them; all others are extra.
func (o *Options) request(inputs []input, d dialect) openai.EmbeddingRequest {
	r := openai.EmbeddingRequest{Model: openai.EmbeddingModel(o.Model), ExtraBody: o.Form.fields(inputs, d)}
	if d.base64 {
		r.EncodingFormat = openai.EmbeddingEncodingFormatBase64
	}
	if d.extras {
		r.Dimensions = o.Dim
	}
	return r
}

// fields are the inputs as fields of a request.
func (f Form) fields(inputs []input, d dialect) map[string]any {
	pictures := inputs[0].picture != ""
	body := map[string]any{}
	switch f {
	case Messages:
		body["messages"] = []openai.ChatCompletionMessage{{Role: openai.ChatMessageRoleUser, MultiContent: []openai.ChatMessagePart{inputs[0].part()}}}
		if d.extras && !pictures {
			body["truncate_prompt_tokens"] = -1 // to what the model takes
		}
		return body
	case Objects:
		if d.base64 {
			body["embedding_type"] = "base64" // Jina's name for encoding_format
		}
		if d.extras && !pictures {
			body["truncate"] = true
		}
	case DataURLs:
		if pictures {
			body["modality"] = "image"
		}
	}
	list := make([]any, len(inputs))
	for i, in := range inputs {
		list[i] = f.item(in, d)
	}
	body["input"] = list
	return body
}

// item is one of a list of inputs.
func (f Form) item(in input, d dialect) any {
	switch {
	case f != Objects && in.picture == "":
		return in.text
	case f != Objects:
		return dataURL + in.picture
	case in.picture == "" && d.second:
		return in.text
	case in.picture == "":
		return map[string]string{"text": in.text}
	case d.second:
		return map[string]string{"image": in.picture}
	}
	return map[string]string{"image": dataURL + in.picture}
}

// part is an input as part of a message.
func (in input) part() openai.ChatMessagePart {
	if in.picture == "" {
		return openai.ChatMessagePart{Type: openai.ChatMessagePartTypeText, Text: in.text}
	}
	return openai.ChatMessagePart{Type: openai.ChatMessagePartTypeImageURL, ImageURL: &openai.ChatMessageImageURL{URL: dataURL + in.picture}}
}
