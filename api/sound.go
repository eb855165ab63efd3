package api

import (
	"bytes"
	"encoding/binary"
	"math"
	"time"
)

// sound is a format of recordings: how a file of it is named and begins, and how it
// says how long it takes. Length is nil for those that need not say it: MP3, and
// WebM, which browsers record before they know.
type sound struct {
	extension string
	begins    func(data []byte) bool
	length    func(data []byte) (seconds float64)
}

// sounds are the formats that are taken in.
var sounds = []sound{
	{".wav", func(d []byte) bool { return at(d, 0, "RIFF") && at(d, 8, "WAVE") }, wavLength},
	{".flac", func(d []byte) bool { return at(d, 0, "fLaC") }, flacLength},
	{".ogg", func(d []byte) bool { return at(d, 0, "OggS") }, oggLength},
	{".m4a", func(d []byte) bool { return at(d, 4, "ftyp") }, mp4Length},
	{".webm", func(d []byte) bool { return at(d, 0, "\x1a\x45\xdf\xa3") }, nil},
	{".mp3", isMP3, nil},
}

// soundOf finds a recording's format by its content.
func soundOf(data []byte) (sound, bool) {
	for _, s := range sounds {
		if s.begins(data) {
			return s, true
		}
	}
	return sound{}, false
}

// lasts is how long a recording takes, or 0 where it does not say.
func (s *sound) lasts(data []byte) time.Duration {
	if s.length == nil {
		return 0
	}
	seconds := s.length(data)
	if !(seconds > 0) {
		return 0
	}
	return time.Duration(min(seconds, math.MaxInt32) * float64(time.Second))
}

func at(data []byte, i int, text string) bool {
	return len(data) >= i+len(text) && string(data[i:i+len(text)]) == text
}

// isMP3 knows an ID3 tag, or a frame of MPEG audio, layer III.
func isMP3(d []byte) bool {
	return at(d, 0, "ID3") || len(d) > 2 && d[0] == 0xff && d[1]&0xe6 == 0xe2 && d[1]&0x18 != 0x08
}

// wavLength divides the bytes of the data chunk by those of a second. A recorder
// that was cut off leaves a wrong size: then what is there counts.
func wavLength(d []byte) float64 {
	perSecond := 0.0
	for d = d[12:]; len(d) >= 8; {
		size := int(min(uint64(binary.LittleEndian.Uint32(d[4:])), uint64(len(d)-8)))
		chunk := d[8 : 8+size]
		switch {
		case at(d, 0, "fmt ") && size >= 12:
			perSecond = float64(binary.LittleEndian.Uint32(chunk[8:]))
		case at(d, 0, "data") && perSecond > 0:
			return float64(size) / perSecond
		}
		d = d[min(8+size+size%2, len(d)):]
	}
	return 0
}

// flacLength divides the samples by those of a second, as STREAMINFO has them.
func flacLength(d []byte) float64 {
	if len(d) < 26 {
		return 0
	}
	bits := binary.BigEndian.Uint64(d[18:])
	return float64(bits&(1<<36-1)) / float64(bits>>44)
}

// oggLength divides the last page's granule position by the samples of a second,
// which are 48,000 in Opus and stand in Vorbis' first packet.
func oggLength(d []byte) float64 {
	last := d[bytes.LastIndex(d, []byte("OggS")):]
	head := d[:min(len(d), 256)]
	rate := 0.0
	if i := bytes.Index(head, []byte("\x01vorbis")); i >= 0 && len(d) >= i+16 {
		rate = float64(binary.LittleEndian.Uint32(d[i+12:]))
	} else if bytes.Contains(head, []byte("OpusHead")) {
		rate = 48_000
	}
	if len(last) < 14 || rate == 0 {
		return 0
	}
	return float64(int64(binary.LittleEndian.Uint64(last[6:]))) / rate
}

// mp4Length divides the duration in the movie's header by its time scale. One that
// was recorded in fragments has 0 there.
func mp4Length(d []byte) float64 {
	h := box(box(d, "moov"), "mvhd")
	switch {
	case len(h) >= 20 && h[0] == 0:
		return float64(binary.BigEndian.Uint32(h[16:])) / float64(binary.BigEndian.Uint32(h[12:]))
	case len(h) >= 32 && h[0] == 1:
		return float64(binary.BigEndian.Uint64(h[24:])) / float64(binary.BigEndian.Uint32(h[20:]))
	}
	return 0
}

// box returns the content of the first box of a kind, or nil.
func box(d []byte, kind string) []byte {
	for len(d) >= 8 {
		head, size := uint64(8), uint64(binary.BigEndian.Uint32(d))
		if size == 1 && len(d) >= 16 { // the size stands behind the kind
			head, size = 16, binary.BigEndian.Uint64(d[8:])
		}
		if size < head || size > uint64(len(d)) { // 0: to the end
			size = uint64(len(d))
		}
		if at(d, 4, kind) {
			return d[min(head, size):size]
		}
		d = d[size:]
	}
	return nil
}
