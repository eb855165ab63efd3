package photo

import (
	"bytes"
	"encoding/binary"
	"iter"
)

const (
	markerEOI  = 0xd9
	markerSOS  = 0xda
	markerAPP1 = 0xe1
	// maxScans bounds how often a progressive JPEG may go over its pixels. Cameras
	// and the web use about ten; a crafted file of 10 MB holds a hundred thousand.
	maxScans = 64
)

func countScans(data []byte) int {
	n := 0
	for marker := range jpegSegments(data) {
		if marker == markerSOS {
			n++
		}
	}
	return n
}

// jpegSegments yields the marker and the body of each segment up to the end of
// the picture (ITU-T T.81, annex B), skipping the coded pixels between them. It
// ends early where the structure is broken.
func jpegSegments(data []byte) iter.Seq2[byte, []byte] {
	return func(yield func(byte, []byte) bool) {
		data := data[min(2, len(data)):]
		for {
			i := bytes.IndexByte(data, 0xff)
			if i < 0 || i+1 >= len(data) {
				return
			}
			marker := data[i+1]
			switch {
			case marker == 0xff: // a fill byte
				data = data[i+1:]
				continue
			case marker <= 0x01, marker >= 0xd0 && marker <= 0xd8: // stuffing, or a marker without a body
				data = data[i+2:]
				continue
			case marker == markerEOI || len(data) < i+4:
				return
			}
			size := int(binary.BigEndian.Uint16(data[i+2:]))
			if size < 2 || i+2+size > len(data) {
				return
			}
			if !yield(marker, data[i+4:i+2+size]) {
				return
			}
			data = data[i+2+size:]
		}
	}
}
