package assistant

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"strings"
	"testing"
	"time"
)

// TestTalkWithoutTheEncoder: words find and the reply says that photos do not; a
// photo alone gets a sentence, and is looked at when the encoder is back.
func TestTalkWithoutTheEncoder(t *testing.T) {
	img := image.NewNRGBA(image.Rect(0, 0, 60, 60))
	draw.Draw(img, img.Rect, image.NewUniform(color.NRGBA{200, 10, 10, 255}), image.Point{}, draw.Src)
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	s := open(t, nil)
	s.line.cut.Store(true)
	photo, err := s.catalog.SavePhoto(t.Context(), s.store, b.Bytes(), time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, locale string
		m            Message
		says         string
		products     bool
		relaxed      string
	}{
		{"words", "en", Message{Text: "table lamps"}, "Search is limited at the moment", true, "text"},
		{"文字", "zh", Message{Text: "台灯"}, "目前搜索功能受限", true, "text"},
		{"a photo", "en", Message{ImageIDs: []string{photo.ID}}, "I cannot look at photos just now", false, ""},
		{"照片", "zh", Message{ImageIDs: []string{photo.ID}}, "现在暂时看不了照片", false, ""},
		{"a photo and words", "en", Message{Text: "a table lamp like this", ImageIDs: []string{photo.ID}}, "Photos cannot be compared", true, "image"},
		{"an outfit around a photo", "en", Message{Text: "what goes with it?", ImageIDs: []string{photo.ID}}, "I cannot look at photos just now", false, ""},
		{"a gift", "en", Message{Text: "a present for my mother who likes gardening, under $60"}, "", true, ""},
	} {
		k := s.begin(Start{Locale: c.locale})
		r := k.send(c.m, nil)
		if !strings.Contains(r.Text, c.says) || r.Text == "" || c.products != (len(r.Products) > 0) {
			t.Errorf("%s: %q with %d products", c.name, r.Text, len(r.Products))
		}
		if strings.Contains(r.Text, "I see ") || strings.Contains(r.Text, "looks like") {
			t.Errorf("%s: it says what it sees: %q", c.name, r.Text)
		}
		if c.relaxed != "" && (len(r.Relaxed) == 0 || r.Relaxed[0].Field != c.relaxed) {
			t.Errorf("%s: relaxed %+v", c.name, r.Relaxed)
		}
	}
}
