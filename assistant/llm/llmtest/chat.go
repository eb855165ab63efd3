package llmtest

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"unicode/utf8"
)

// chatRequest is what of OpenAI's request matters here.
type chatRequest struct {
	Model         string `json:"model"`
	Stream        bool   `json:"stream"`
	StreamOptions struct {
		IncludeUsage bool `json:"include_usage"`
	} `json:"stream_options"`
	ResponseFormat struct{ Type string }            `json:"response_format"`
	Messages       []struct{ Role, Content string } `json:"messages"`
}

func (s *Server) chat(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, 8<<20))
	var asked chatRequest
	if err == nil {
		err = json.Unmarshal(body, &asked)
	}
	if err != nil {
		refuse(w, http.StatusBadRequest, "", "the body is not a chat request: "+err.Error())
		return
	}
	req := Request{Path: r.URL.Path, Header: r.Header.Clone(), Body: string(body), Model: asked.Model, Format: asked.ResponseFormat.Type, Stream: asked.Stream}
	for _, m := range asked.Messages {
		switch {
		case m.Role == "system" && req.System == "":
			req.System = m.Content
		case m.Role == "user":
			req.User = m.Content
		}
	}
	script := s.take(req)
	if script.failed(w, r.Context()) {
		return
	}
	if slices.Contains(script.Refuse, req.Format) {
		refuse(w, http.StatusBadRequest, "", "Invalid parameter: 'response_format' of type '"+req.Format+"' is not supported with this model.")
		return
	}
	content := `{"sentences":[]}`
	if script.Say != nil {
		content = script.Say(req)
	}
	if !wait(r.Context(), script.First) {
		return
	}
	usage := map[string]any{"prompt_tokens": len(body) / 4, "completion_tokens": len(content) / 4, "total_tokens": len(body)/4 + len(content)/4}
	if script.NoUsage {
		usage = nil
	}
	if asked.Stream {
		if !asked.StreamOptions.IncludeUsage {
			usage = nil
		}
		script.stream(w, r.Context(), asked.Model, content, usage)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	fmt.Fprintln(w, encode(map[string]any{
		"id": "chatcmpl-test", "object": "chat.completion", "created": 1, "model": asked.Model, "usage": usage,
		"choices": []any{map[string]any{"index": 0, "finish_reason": "stop", "message": map[string]any{"role": "assistant", "content": content}}},
	}))
}

// stream sends the content piece by piece as server-sent events.
func (sc Script) stream(w http.ResponseWriter, ctx context.Context, model, content string, usage map[string]any) {
	w.Header().Set("Content-Type", "text/event-stream")
	send := func(choices []any, usage map[string]any) bool {
		chunk := map[string]any{"id": "chatcmpl-test", "object": "chat.completion.chunk", "created": 1, "model": model, "choices": choices}
		if usage != nil {
			chunk["usage"] = usage
		}
		_, err := fmt.Fprintf(w, "data: %s\n\n", encode(chunk))
		w.(http.Flusher).Flush()
		return err == nil
	}
	choice := func(delta map[string]any, finish any) []any {
		return []any{map[string]any{"index": 0, "delta": delta, "finish_reason": finish}}
	}
	ok := send(choice(map[string]any{"role": "assistant", "content": ""}, nil), nil)
	for n, rest := 1, content; ok && rest != ""; n++ {
		var piece string
		piece, rest = cut(rest, sc.Piece)
		if rest == "" && sc.Loop {
			rest = content
		}
		if n > 1 && !wait(ctx, sc.Every) {
			return
		}
		ok = send(choice(map[string]any{"content": piece}, nil), nil)
		if n == sc.Die {
			panic(http.ErrAbortHandler) // how net/http breaks a connection
		}
	}
	if !ok {
		return
	}
	send(choice(map[string]any{}, "stop"), nil)
	if usage != nil {
		send([]any{}, usage)
	}
	fmt.Fprint(w, "data: [DONE]\n\n")
}

// cut takes the next piece of so many runes off a text.
func cut(text string, runes int) (piece, rest string) {
	if runes <= 0 {
		runes = 12
	}
	end := 0
	for ; runes > 0 && end < len(text); runes-- {
		_, size := utf8.DecodeRuneInString(text[end:])
		end += size
	}
	return text[:end], text[end:]
}
