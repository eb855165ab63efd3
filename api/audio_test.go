package api

import (
	"net/http/httptest"
	"strings"
	"testing"

	"honeyguide/assistant/llm"
	"honeyguide/assistant/llm/llmtest"
)

func TestAudio(t *testing.T) {
	t.Parallel()
	endpoint := llmtest.New()
	defer endpoint.Close()
	const words = "a blue shirt"
	endpoint.Hears(words, "english")
	o := wired.options
	var err error
	o.Voice, err = llm.OpenVoice(llm.VoiceOptions{BaseURL: endpoint.URL(), Model: "whisper-1"})
	must(err)
	front := httptest.NewServer(New(o))
	defer front.Close()
	k := makeStore(t, nil)
	send := func(f *form) *answer {
		t.Helper()
		return callAt(t, front.URL, "POST", "/v1/audio", k.pk, f)
	}
	made := send(newForm().file("audio", "x.bin", wav(2)).field("language", "en").field("more", "?")).want(201)
	made.is("transcript", words).is("language", "en")
	if sent := endpoint.Requests()[0]; sent.Filename != "audio.wav" || sent.Language != "en" || sent.Body != string(wav(2)) {
		t.Errorf("sent %s, %q, %d bytes", sent.Filename, sent.Language, len(sent.Body))
	}
	c := beginAt(t, front.URL, k)
	c.call("POST", "/messages", map[string]any{"audio_id": made.text("id")}).want(200)
	c.call("POST", "/messages", map[string]any{"audio_id": made.text("id"), "text": "a blue dress"}).want(200)
	if got := c.said(); got[0] != "buyer: "+words || got[2] != "buyer: a blue dress" {
		t.Errorf("said %q", got)
	}
	other := begin(t, makeStore(t, nil))
	other.call("POST", "/messages", map[string]any{"audio_id": made.text("id")}).problem(422, "invalid").is("errors.0.location", "audio_id")

	for _, f := range []struct {
		name   string
		form   *form
		status int
		code   string
		field  any
	}{
		{"nothing", newForm().field("language", "en"), 422, "invalid", "audio"},
		{"an empty file", newForm().file("audio", "a.wav", nil), 422, "invalid", "audio"},
		{"a language that is none", newForm().file("audio", "a.wav", wav(1)).field("language", "martian"), 422, "invalid", "language"},
		{"a picture", newForm().file("audio", "a.wav", picture(red)), 415, "unsupported_media", nil},
		{"too long", newForm().file("audio", "a.wav", wav(62)), 413, "too_large", nil},
		{"too large", newForm().file("audio", "a.mp3", append([]byte("ID3"), make([]byte, maxAudio)...)), 413, "too_large", nil},
		{"far too large", newForm().file("audio", "a.mp3", make([]byte, maxSound)), 413, "too_large", nil},
	} {
		if a := send(f.form).problem(f.status, f.code); f.field != nil {
			a.is("errors.0.location", f.field)
		}
	}
	callAt(t, front.URL, "POST", "/v1/audio", k.pk, `{"audio":"x"}`).problem(415, "unsupported_media")
	callAt(t, front.URL, "POST", "/v1/audio", k.ak, newForm().file("audio", "a.wav", wav(1))).problem(403, "forbidden")
	callAt(t, front.URL, "POST", "/v1/audio", k.pk, "not even a form", "Content-Type", multipartForm).problem(400, "malformed")
	endpoint.Hears("  ", "english")
	send(newForm().file("audio", "a.wav", wav(1))).problem(422, "invalid").is("errors.0.location", "audio")
	endpoint.Play(llmtest.Failing(500, ""))
	if a := send(newForm().file("audio", "a.wav", wav(1))).problem(503, "unavailable"); strings.Contains(string(a.body), "500") {
		t.Errorf("a stranger learns %s", a.body)
	}
	call(t, "POST", "/v1/audio", k.pk, newForm().file("audio", "a.wav", wav(1))).problem(503, "unavailable") // none is configured
}
