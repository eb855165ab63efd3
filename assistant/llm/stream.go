package llm

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/sashabaranov/go-openai"
	"github.com/sashabaranov/go-openai/jsonschema"
)

// format is how an endpoint is asked for JSON: as strictly as it takes.
type format int32

const (
	bySchema format = iota
	byObject        // any JSON object
	byWords         // only the prompt asks for it
)

// open begins an answer. An endpoint that refuses a format is asked with the next
// one, and that is remembered for as long as the Model lives.
func (m *Model) open(ctx context.Context, p prompt) (*openai.ChatCompletionStream, error) {
	for f := format(m.format.Load()); ; f++ {
		stream, err := m.client.CreateChatCompletionStream(ctx, m.request(p, f))
		if err == nil {
			m.format.Store(int32(f))
			return stream, nil
		}
		var r *refusal
		if f == byWords || !errors.As(err, &r) || r.status != http.StatusBadRequest && r.status != http.StatusUnprocessableEntity {
			return nil, err
		}
	}
}

// request is an answer's request in a format. Models that reason take no
// temperature, and count what they think as part of the answer.
func (m *Model) request(p prompt, f format) openai.ChatCompletionRequest {
	r := openai.ChatCompletionRequest{
		Model: m.o.Model,
		Messages: []openai.ChatCompletionMessage{
			{Role: openai.ChatMessageRoleSystem, Content: p.system},
			{Role: openai.ChatMessageRoleUser, Content: p.user},
		},
	}
	if reasons(m.o.Model) {
		r.MaxCompletionTokens = 4 * maxAnswer
	} else {
		r.Temperature = 0.4
		r.MaxTokens = maxAnswer //lint:ignore SA1019 it is OpenAI that deprecated it; other endpoints know no other
	}
	switch f {
	case bySchema:
		r.ResponseFormat = &openai.ChatCompletionResponseFormat{
			Type:       openai.ChatCompletionResponseFormatTypeJSONSchema,
			JSONSchema: &openai.ChatCompletionResponseFormatJSONSchema{Name: "answer", Strict: true, Schema: answerSchema()},
		}
	case byObject:
		r.ResponseFormat = &openai.ChatCompletionResponseFormat{Type: openai.ChatCompletionResponseFormatTypeJSONObject}
	}
	if f != byWords {
		r.StreamOptions = &openai.StreamOptions{IncludeUsage: true}
	}
	return r
}

// reasons tells, by their names, OpenAI's models that refuse max_tokens.
func reasons(model string) bool {
	for _, prefix := range []string{"o1", "o3", "o4", "gpt-5", "gpt-6"} {
		if strings.HasPrefix(model, prefix) {
			return true
		}
	}
	return false
}

// answerSchema is the form of an answer: sentences with the records they rest on.
func answerSchema() *jsonschema.Definition {
	sentence := jsonschema.Definition{
		Type: jsonschema.Object,
		Properties: map[string]jsonschema.Definition{
			"text":  {Type: jsonschema.String},
			"facts": {Type: jsonschema.Array, Items: &jsonschema.Definition{Type: jsonschema.String}},
		},
		Required: []string{"text", "facts"}, AdditionalProperties: false,
	}
	return &jsonschema.Definition{
		Type:       jsonschema.Object,
		Properties: map[string]jsonschema.Definition{"sentences": {Type: jsonschema.Array, Items: &sentence}},
		Required:   []string{"sentences"}, AdditionalProperties: false,
	}
}
