package api

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"mime/multipart"
	"time"

	"github.com/danielgtaylor/huma/v2"
)

// Bounds of a recording. Its length is checked where its format says it (see sound).
const (
	maxAudio       = 10 << 20
	maxSpoken      = 61 * time.Second // a minute, which recorders overrun a little
	keepTranscript = 24 * time.Hour   // until it is sent
)

// recording is something that a buyer spoke.
type recording struct {
	name     string // of a file of its format, such as audio.webm
	data     []byte
	language string // that the buyer is thought to speak: en, zh, or empty
}

// audioBody describes what createAudio reads.
var audioBody = map[string]*huma.MediaType{
	multipartForm: {Schema: &huma.Schema{Type: huma.TypeObject, Required: []string{"audio"}, Properties: map[string]*huma.Schema{
		"audio": {Type: huma.TypeString, Format: "binary", Description: "WAV, MP3, M4A or MP4, WebM, Ogg or FLAC, up to 10 MB and 60 seconds. " +
			"The length is checked of WAV, FLAC, Ogg and MP4, which say it; MP3 and WebM need not"},
		"language": {Type: huma.TypeString, Description: "That the buyer is thought to speak: en or zh"},
	}}},
}

type audioOut struct {
	ID         string `json:"id" doc:"audio_id of a message, for a day; the recording itself is not kept"`
	Transcript string `json:"transcript" doc:"To be shown, and corrected in the message's text"`
	Language   string `json:"language"`
}

func (s *Server) createAudio(ctx context.Context, in *upload) (*answerOf[audioOut], error) {
	if s.voice == nil {
		return nil, problem(503, "this server takes no recordings, since no transcription is configured; send the message as text")
	}
	form, ok, err := formOf(in.contentType, in.body)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, problem(415, "send the recording as multipart/form-data in the field «audio»")
	}
	r, err := recordingOf(form)
	if err != nil {
		return nil, err
	}
	heard, err := s.voice.Transcribe(ctx, bytes.NewReader(r.data), r.name, r.language)
	if err != nil {
		return nil, err
	}
	id, err := s.records.SaveTranscript(ctx, storeOf(ctx), heard.Text, heard.Language, keepTranscript)
	return body(audioOut{ID: id, Transcript: heard.Text, Language: heard.Language}), err
}

// recordingOf reads a form with a recording, and perhaps its language.
func recordingOf(form *multipart.Reader) (*recording, error) {
	var r recording
	for {
		part, err := nextPart(form)
		if err == io.EOF {
			return r.check()
		}
		if err != nil {
			return nil, err
		}
		field := part.FormName()
		if field != "audio" && field != "language" {
			continue
		}
		data, err := io.ReadAll(io.LimitReader(formReader{part}, maxAudio+1))
		if err != nil {
			return nil, err
		}
		if field == "audio" {
			r.data = data
		} else {
			r.language = string(data)
		}
	}
}

// check finds out what a recording is, and whether it is one that is taken.
func (r *recording) check() (*recording, error) {
	switch {
	case len(r.data) == 0:
		return nil, wrong("audio", "is needed")
	case len(r.data) > maxAudio:
		return nil, problem(413, "the recording is larger than "+bytesText(maxAudio))
	case r.language != "" && r.language != "en" && r.language != "zh":
		return nil, wrong("language", fmt.Sprintf("must be en, zh or empty, not %.20q", r.language))
	}
	kind, ok := soundOf(r.data)
	if !ok {
		return nil, problem(415, "this is no recording that is known here; send WAV, MP3, M4A, WebM, Ogg or FLAC")
	}
	if lasts := kind.lasts(r.data); lasts > maxSpoken {
		return nil, problem(413, fmt.Sprintf("the recording takes %.0f seconds; 60 are the most", lasts.Seconds()))
	}
	r.name = "audio" + kind.extension
	return r, nil
}
