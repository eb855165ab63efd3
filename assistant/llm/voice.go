package llm

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/sashabaranov/go-openai"

	"honeyguide/breaker"
	"honeyguide/catalog"
)

// Failures of Transcribe that callers tell apart, beside ErrUnavailable.
var (
	// ErrNoSpeech: nothing was said, as far as the endpoint heard.
	ErrNoSpeech = errors.New("no speech in the audio")
	// ErrAudio: the endpoint cannot read the audio.
	ErrAudio = errors.New("the audio cannot be read")
)

// VoiceOptions say where audio is transcribed.
type VoiceOptions struct {
	BaseURL string        // as of Options; the endpoint has audio/transcriptions
	Key     string        // never logged
	Model   string        // such as whisper-1
	Timeout time.Duration // for one audio; default 30 s
	HTTP    *http.Client  // nil: one of its own
	Now     func() time.Time
}

// Voice transcribes speech at an endpoint. It is safe for concurrent use.
type Voice struct {
	o      VoiceOptions
	client *openai.Client
	rest   breaker.Breaker
}

// Transcript is what was said.
type Transcript struct {
	Text     string
	Language string // ISO 639-1, such as en or zh; empty where the endpoint does not say
}

// OpenVoice makes a Voice. It does not call the endpoint. An option that cannot be
// is a catalog.FieldError.
func OpenVoice(o VoiceOptions) (*Voice, error) {
	if err := checkEndpoint(o.BaseURL, o.Model); err != nil {
		return nil, err
	}
	if o.Timeout < 0 {
		return nil, &catalog.FieldError{Field: "timeout", Message: "cannot be below zero"}
	}
	if o.Timeout == 0 {
		o.Timeout = 30 * time.Second
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Voice{o: o, client: clientOf(o.BaseURL, o.Key, o.HTTP)}, nil
}

// Transcribe writes down what is said in an audio. The caller bounds the audio's
// size; its file name tells the endpoint its format by its ending. language, ISO
// 639-1, helps the endpoint; empty lets it find out. The error is ErrNoSpeech,
// ErrAudio, ErrUnavailable (also where the timeout ended it) or the context's.
func (v *Voice) Transcribe(ctx context.Context, audio io.Reader, filename, language string) (Transcript, error) {
	if _, ok := v.rest.Enter(v.o.Now()); !ok {
		return Transcript{}, fmt.Errorf("%w: it failed a moment ago", ErrUnavailable)
	}
	inner, cancel := context.WithTimeout(ctx, v.o.Timeout)
	defer cancel()
	answer, err := v.client.CreateTranscription(inner, openai.AudioRequest{
		Model: v.o.Model, FilePath: filename, Reader: audio, Language: language, Format: formatOf(v.o.Model),
	})
	var refused *refusal
	switch now := v.o.Now(); {
	case ctx.Err() != nil:
		v.rest.Abandon()
		return Transcript{}, fmt.Errorf("transcribe: %w", ctx.Err())
	case inner.Err() != nil && err != nil:
		v.rest.Leave(now, leftAlone, breaker.Outcome{Failed: true})
		return Transcript{}, fmt.Errorf("%w: %w", ErrUnavailable, inner.Err())
	case errors.As(err, &refused) && isAudioFault(refused.status):
		v.rest.Leave(now, leftAlone, breaker.Outcome{})
		return Transcript{}, fmt.Errorf("%w: %w", ErrAudio, err)
	case err != nil:
		v.rest.Leave(now, leftAlone, blame(err))
		return Transcript{}, fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	v.rest.Leave(v.o.Now(), leftAlone, breaker.Outcome{})
	text := strings.TrimSpace(answer.Text)
	if text == "" {
		return Transcript{}, ErrNoSpeech
	}
	heard := languageCode(answer.Language)
	if heard == "" {
		heard = language
	}
	return Transcript{Text: text, Language: heard}, nil
}

func isAudioFault(status int) bool {
	switch status {
	case http.StatusBadRequest, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType, http.StatusUnprocessableEntity:
		return true
	}
	return false
}

// formatOf asks for the language too where the model can tell it: only Whisper
// knows the verbose form.
func formatOf(model string) openai.AudioResponseFormat {
	if strings.Contains(strings.ToLower(model), "whisper") {
		return openai.AudioResponseFormatVerboseJSON
	}
	return openai.AudioResponseFormatJSON
}

// languageCode turns an endpoint's name of a language into its code.
func languageCode(name string) string {
	switch name = strings.ToLower(name); name {
	case "english":
		return "en"
	case "chinese", "mandarin", "cantonese":
		return "zh"
	}
	if len(name) == 2 {
		return name
	}
	return ""
}

// String hides the key.
func (o VoiceOptions) String() string { return fmt.Sprintf("%s at %s", o.Model, o.BaseURL) }
