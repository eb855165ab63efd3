package openai

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"image"
	"image/color"
	"image/jpeg"
	"strings"
	"testing"
	"unicode/utf8"

	"honeyguide/embed"
	"honeyguide/embed/openai/openaitest"
)

// TestWire holds what is sent to each API, by the letter. PICTURE stands for the
// base64 of a JPEG.
func TestWire(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name           string
		form           Form
		shape          openaitest.Shape
		text, pictures string
	}{
		{"openai", Text, openaitest.OpenAI, `{"dimensions":64,"encoding_format":"base64","input":["red dress"],"model":"test/clip"}`, ""},
		{"jina", Objects, openaitest.Jina,
			`{"dimensions":64,"embedding_type":"base64","encoding_format":"base64","input":[{"text":"red dress"}],"model":"test/clip","truncate":true}`,
			`{"dimensions":64,"embedding_type":"base64","encoding_format":"base64","input":[{"image":"PICTURE"}],"model":"test/clip"}`},
		{"honeyguide", Objects, openaitest.Honeyguide,
			`{"input":["red dress"],"model":"test/clip"}`,
			`{"dimensions":64,"input":[{"image":"data:image/jpeg;base64,PICTURE"}],"model":"test/clip"}`},
		{"vllm", Messages, openaitest.VLLM,
			`{"dimensions":64,"encoding_format":"base64","messages":[{"role":"user","content":[{"type":"text","text":"red dress"}]}],"model":"test/clip","truncate_prompt_tokens":-1}`,
			`{"dimensions":64,"encoding_format":"base64","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/jpeg;base64,PICTURE"}}]}],"model":"test/clip"}`},
		{"infinity", DataURLs, openaitest.Infinity,
			`{"dimensions":64,"encoding_format":"base64","input":["red dress"],"model":"test/clip"}`,
			`{"dimensions":64,"encoding_format":"base64","input":["data:image/jpeg;base64,PICTURE"],"modality":"image","model":"test/clip"}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := start(t, openaitest.Options{Shape: tt.shape})
			o := at(s, tt.form)
			o.Dim = 64
			if tt.form == Text {
				if got := lastBody(t, s, func() error { _, err := OpenTexts(t.Context(), o); return err }); got != tt.text {
					t.Errorf("text\n%s, want\n%s", got, tt.text)
				}
				return
			}
			e := openJoint(t, o)
			got := lastBody(t, s, func() error { _, err := e.EncodeTexts(t.Context(), []string{"red dress"}); return err })
			if got != tt.text {
				t.Errorf("text\n%s, want\n%s", got, tt.text)
			}
			got = lastBody(t, s, func() error { _, err := e.EncodeImages(t.Context(), shots(1)); return err })
			if got != tt.pictures {
				t.Errorf("picture\n%s, want\n%s", got, tt.pictures)
			}
		})
	}
}

// lastBody is the body of the last request of a call, which must have the key.
func lastBody(t *testing.T, s *openaitest.Server, call func() error) string {
	t.Helper()
	if err := call(); err != nil {
		t.Fatal(err)
	}
	all := s.Requests()
	last := all[len(all)-1]
	if got := last.Header.Get("Authorization"); got != "Bearer "+testKey {
		t.Errorf("Authorization: %q", got)
	}
	body, err := json.Marshal(last.Body)
	if err != nil {
		t.Fatal(err)
	}
	text := string(body)
	if at := strings.Index(text, "/9j/"); at >= 0 { // how every JPEG begins
		end := at + strings.IndexByte(text[at:], '"')
		text = text[:at] + "PICTURE" + text[end:]
	}
	return text
}

// TestDialects: endpoints that lack what is nice to have are understood as well, and
// asked only once how they want it.
func TestDialects(t *testing.T) {
	t.Parallel()
	want, err := openTexts(t, at(start(t, openaitest.Options{}), Text)).EncodeTexts(t.Context(), []string{"red dress", "绿色的鞋"})
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name   string
		server openaitest.Options
		form   Form
	}{
		{"base64 ignored", openaitest.Options{NoBase64: true}, Text},
		{"dimensions refused", openaitest.Options{FixedDim: true}, Text},
		{"both", openaitest.Options{NoBase64: true, FixedDim: true}, Text},
		{"base64 ignored by Infinity", openaitest.Options{Shape: openaitest.Infinity, NoBase64: true}, DataURLs},
		{"vLLM without dimensions", openaitest.Options{Shape: openaitest.VLLM, FixedDim: true}, Messages},
		{"texts as strings", openaitest.Options{Shape: openaitest.Honeyguide}, Objects},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := start(t, tt.server)
			o := at(s, tt.form)
			o.Dim = 64
			e := openTexts(t, o)
			s.Forget()
			for range 2 {
				if got, err := e.EncodeTexts(t.Context(), []string{"red dress", "绿色的鞋"}); err != nil || !same(got, want) {
					t.Errorf("got %v, %v", got, err)
				}
			}
			requests := 2
			if tt.form == Messages {
				requests = 4
			}
			if n := len(s.Requests()); n != requests {
				t.Errorf("%d requests, want %d", n, requests)
			}
		})
	}
}

// TestEndpointChanges: one that answers in another encoding all at once is understood.
func TestEndpointChanges(t *testing.T) {
	t.Parallel()
	s := start(t, openaitest.Options{Dim: 4})
	e := openTexts(t, at(s, Text))
	const numbers = `{"data":[{"index":0,"embedding":[0,3,4,0]}]}`
	s.Play(openaitest.Script{Body: numbers}, openaitest.Script{Body: numbers}, openaitest.Script{Body: numbers})
	got, err := e.EncodeTexts(t.Context(), []string{"red dress"})
	if err != nil || !same(got, []embed.Vector{{0, .6, .8, 0}}) {
		t.Errorf("got %v, %v", got, err)
	}
}

// TestPicturesAsSent: small enough, JPEG, and on white.
func TestPicturesAsSent(t *testing.T) {
	t.Parallel()
	glass := painted(40, 20, color.NRGBA{255, 0, 0, 0})
	tests := []struct {
		name   string
		img    image.Image
		side   int
		width  int
		height int
		corner color.Gray // roughly
	}{
		{"as it is", painted(300, 200, color.Black), 512, 300, 200, color.Gray{0}},
		{"scaled down", painted(800, 400, color.Black), 512, 512, 256, color.Gray{0}},
		{"to another side", painted(100, 400, color.Black), 64, 16, 64, color.Gray{0}},
		{"transparent", glass, 512, 40, 20, color.Gray{255}},
	}
	for _, tt := range tests {
		in, err := pictureOf(tt.img, tt.side)
		if err != nil {
			t.Fatal(err)
		}
		data, err := base64.StdEncoding.DecodeString(in.picture)
		if err != nil {
			t.Fatal(err)
		}
		got, err := jpeg.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		if got.Bounds() != image.Rect(0, 0, tt.width, tt.height) {
			t.Errorf("%s: %v", tt.name, got.Bounds())
		}
		if y := color.GrayModel.Convert(got.At(0, 0)).(color.Gray).Y; max(y, tt.corner.Y)-min(y, tt.corner.Y) > 4 {
			t.Errorf("%s: the corner is %d", tt.name, y)
		}
	}
}

func TestReadable(t *testing.T) {
	for _, tt := range []struct {
		text string
		want int
	}{{"", 0}, {"红裙子", 3}, {strings.Repeat("a", maxText+1), maxText}, {strings.Repeat("裙", 2*maxText), maxText}, {"broken \xff\xfe", 8}} {
		got := readable(tt.text)
		if n := utf8.RuneCountInString(got); n != tt.want || !utf8.ValidString(got) {
			t.Errorf("%.20q: %d characters, want %d", tt.text, n, tt.want)
		}
	}
}
