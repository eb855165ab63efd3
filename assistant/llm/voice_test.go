package llm

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"honeyguide/assistant/llm/llmtest"
)

func voice(t *testing.T, o VoiceOptions, scripts ...llmtest.Script) (*Voice, *llmtest.Server, *clock) {
	t.Helper()
	server := llmtest.New(scripts...)
	t.Cleanup(server.Close)
	c := &clock{t: time.Now()}
	o.BaseURL, o.Key, o.Now = server.URL(), secret, c.now
	if o.Model == "" {
		o.Model = "whisper-1"
	}
	v, err := OpenVoice(o)
	if err != nil {
		t.Fatal(err)
	}
	return v, server, c
}

func TestTranscribe(t *testing.T) {
	tests := []struct {
		name, model, text, language, hint string
		want                              Transcript
		err                               error
	}{
		{"English", "whisper-1", " a red dress ", "english", "", Transcript{"a red dress", "en"}, nil},
		{"Chinese", "whisper-1", "红色连衣裙", "chinese", "", Transcript{"红色连衣裙", "zh"}, nil},
		{"a code", "whisper-1", "hello", "en", "", Transcript{"hello", "en"}, nil},
		{"another language", "whisper-1", "hola", "spanish", "", Transcript{"hola", ""}, nil},
		{"a model that does not tell", "other-transcribe", "hello", "english", "en", Transcript{"hello", "en"}, nil},
		{"silence", "whisper-1", "  ", "english", "", Transcript{}, ErrNoSpeech},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			v, server, _ := voice(t, VoiceOptions{Model: tt.model})
			server.Hears(tt.text, tt.language)
			got, err := v.Transcribe(t.Context(), strings.NewReader("RIFF…"), "speech.webm", tt.hint)
			if got != tt.want || !errors.Is(err, tt.err) || tt.err == nil && err != nil {
				t.Errorf("%+v, %v; want %+v, %v", got, err, tt.want, tt.err)
			}
			r := server.Requests()[0]
			if r.Body != "RIFF…" || r.Filename != "speech.webm" || r.Language != tt.hint || r.Model != tt.model || r.Header.Get("Authorization") != "Bearer "+secret {
				t.Errorf("sent %+v", r)
			}
		})
	}
}

func TestTranscribeFails(t *testing.T) {
	for name, tt := range map[string]struct {
		script llmtest.Script
		err    error
	}{
		"the endpoint fails": {llmtest.Failing(http.StatusInternalServerError, ""), ErrUnavailable},
		"it is busy":         {llmtest.Failing(http.StatusTooManyRequests, "9"), ErrUnavailable},
		"it is silent":       {llmtest.Silent(), ErrUnavailable},
		"the audio is none":  {llmtest.Failing(http.StatusBadRequest, ""), ErrAudio},
	} {
		t.Run(name, func(t *testing.T) {
			v, server, _ := voice(t, VoiceOptions{Timeout: 200 * time.Millisecond}, tt.script)
			if _, err := v.Transcribe(t.Context(), strings.NewReader("x"), "a.mp3", ""); !errors.Is(err, tt.err) || strings.Contains(err.Error(), secret) {
				t.Errorf("got %v, want %v", err, tt.err)
			}
			eventually(t, "the request is let go", func() bool { return server.Open() == 0 })
		})
	}
}

func TestTranscribeRests(t *testing.T) {
	v, server, clock := voice(t, VoiceOptions{}, llmtest.Failing(http.StatusServiceUnavailable, "60"), llmtest.Script{})
	for range 3 {
		if _, err := v.Transcribe(t.Context(), strings.NewReader("x"), "a.mp3", ""); !errors.Is(err, ErrUnavailable) {
			t.Fatalf("got %v", err)
		}
	}
	if n := len(server.Requests()); n != 1 {
		t.Errorf("%d requests during the rest", n)
	}
	clock.move(61 * time.Second)
	if _, err := v.Transcribe(t.Context(), strings.NewReader("x"), "a.mp3", ""); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

func TestTranscribeEndsWithItsContext(t *testing.T) {
	v, server, _ := voice(t, VoiceOptions{}, llmtest.Silent())
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(50*time.Millisecond, cancel)
	if _, err := v.Transcribe(ctx, strings.NewReader("x"), "a.mp3", ""); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	eventually(t, "the request is let go", func() bool { return server.Open() == 0 })
}

func TestOpenVoiceRefuses(t *testing.T) {
	for name, o := range map[string]VoiceOptions{
		"no address": {Model: "m"}, "no model": {BaseURL: "http://localhost/v1"}, "a negative time": {BaseURL: "http://localhost/v1", Model: "m", Timeout: -1},
	} {
		if _, err := OpenVoice(o); err == nil {
			t.Errorf("%s: opened", name)
		}
	}
}
