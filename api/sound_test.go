package api

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"
	"time"
)

// wav is a recording of silence: 8 kHz, 16 bits, one channel.
func wav(seconds float64) []byte {
	const perSecond = 16_000
	size := uint32(seconds * perSecond)
	b := bytes.NewBufferString("RIFF")
	for _, part := range []any{36 + size, []byte("WAVEfmt "), uint32(16), uint16(1), uint16(1), uint32(perSecond / 2), uint32(perSecond), uint16(2), uint16(16),
		[]byte("data"), size, make([]byte, size)} {
		must(binary.Write(b, binary.LittleEndian, part))
	}
	return b.Bytes()
}

func big(parts ...any) []byte {
	var b bytes.Buffer
	for _, part := range parts {
		if s, ok := part.(string); ok {
			part = []byte(s)
		}
		must(binary.Write(&b, binary.BigEndian, part))
	}
	return b.Bytes()
}

// oggOf is a first page with a codec's head, and a last page with its position.
func oggOf(head string, position uint64) []byte {
	last := binary.LittleEndian.AppendUint64([]byte("OggS\x00\x04"), position)
	return append([]byte("OggS\x00\x02"+strings.Repeat("\x00", 22)+head+strings.Repeat("x", 400)), last...)
}

func TestSounds(t *testing.T) {
	cut := wav(3)[:44+16_000] // one second of the three that its head names
	vorbis := "\x01vorbis" + "\x00\x00\x00\x00\x02" + "\x44\xac\x00\x00"
	for _, c := range []struct {
		name, kind string
		data       []byte
		lasts      time.Duration
	}{
		{"wav", ".wav", wav(1.5), 1500 * time.Millisecond},
		{"wav cut off", ".wav", cut, time.Second},
		{"wav without a format", ".wav", []byte("RIFF....WAVEdata\x04\x00\x00\x00...."), 0},
		{"wav of nothing", ".wav", []byte("RIFF....WAVE"), 0},
		{"flac", ".flac", big("fLaC", make([]byte, 14), uint64(44_100)<<44|uint64(88_200)), 2 * time.Second},
		{"flac without a rate", ".flac", big("fLaC", make([]byte, 22)), 0},
		{"flac cut off", ".flac", []byte("fLaC"), 0},
		{"opus", ".ogg", oggOf("OpusHead", 48_000*61), 61 * time.Second},
		{"vorbis", ".ogg", oggOf(vorbis, 44_100*7), 7 * time.Second},
		{"ogg with no position", ".ogg", oggOf("OpusHead", 1<<64-1), 0},
		{"ogg of something else", ".ogg", oggOf("Speex", 100), 0},
		{"mp4", ".m4a", big(uint32(16), "ftypM4A ....", uint32(36), "moov", uint32(28), "mvhd", make([]byte, 12), uint32(1000), uint32(4500)), 4500 * time.Millisecond},
		{"mp4 with wide numbers", ".m4a", big(uint32(16), "ftypM4A ....", uint32(1), "moov", uint64(56), uint32(0), "mvhd", []byte{1, 0, 0, 0}, make([]byte, 16), uint32(10), uint64(620)), 62 * time.Second},
		{"mp4 in fragments", ".m4a", big(uint32(16), "ftypiso5....", uint32(36), "moov", uint32(28), "mvhd", make([]byte, 12), uint32(1000), uint32(0)), 0},
		{"webm", ".webm", []byte("\x1a\x45\xdf\xa3\x9fB\x86"), 0},
		{"mp3 with a tag", ".mp3", []byte("ID3\x04\x00"), 0},
		{"mp3", ".mp3", []byte{0xff, 0xfb, 0x90, 0x64}, 0},
		{"aac, which is no mp3", "", []byte{0xff, 0xf1, 0x50, 0x80}, 0},
		{"a picture", "", picture(red), 0},
		{"words", "", []byte("hello there"), 0},
		{"nothing", "", nil, 0},
	} {
		s, ok := soundOf(c.data)
		if ok != (c.kind != "") || s.extension != c.kind {
			t.Errorf("%s: %q, want %q", c.name, s.extension, c.kind)
		}
		if ok {
			if got := s.lasts(c.data); got != c.lasts {
				t.Errorf("%s lasts %v, want %v", c.name, got, c.lasts)
			}
		}
	}
}

func FuzzSound(f *testing.F) {
	for _, seed := range [][]byte{wav(0.01), oggOf("OpusHead", 960), oggOf("\x01vorbis", 1), big("fLaC", make([]byte, 22)),
		big(uint32(16), "ftypM4A ....", uint32(36), "moov", uint32(28), "mvhd", make([]byte, 20))} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if s, ok := soundOf(data); ok && s.lasts(data) < 0 {
			t.Errorf("%s lasts %v", s.extension, s.lasts(data))
		}
	})
}
