package photo

import (
	"bytes"
	"encoding/binary"
	"image"

	"github.com/disintegration/imaging"
)

// orientation is the EXIF tag of that name: how the stored pixels must be turned
// to stand upright. 1 is upright; all values but 2 to 8 are taken for it.
type orientation uint16

// swapsSides tells whether upright width is stored height.
func (o orientation) swapsSides() bool { return o >= 5 && o <= 8 }

// apply turns stored pixels upright (CIPA DC-008, orientation).
func (o orientation) apply(img *image.NRGBA) *image.NRGBA {
	switch o {
	case 2:
		return imaging.FlipH(img)
	case 3:
		return imaging.Rotate180(img)
	case 4:
		return imaging.FlipV(img)
	case 5:
		return imaging.Transpose(img)
	case 6:
		return imaging.Rotate270(img) // imaging counts anticlockwise
	case 7:
		return imaging.Transverse(img)
	case 8:
		return imaging.Rotate90(img)
	}
	return img
}

// readOrientation finds the EXIF block of a picture and its orientation. A block
// that is missing or broken means upright: it is no reason to refuse a picture.
func readOrientation(format Format, data []byte) orientation {
	switch format {
	case FormatJPEG:
		for marker, body := range jpegSegments(data) {
			if marker == markerSOS {
				break
			}
			if marker == markerAPP1 && begins(body, exifPrefix) {
				return parseOrientation(body)
			}
		}
	case FormatPNG:
		return parseOrientation(findChunk(data[8:], binary.BigEndian, 0, "eXIf", 4))
	case FormatWebP:
		return parseOrientation(findChunk(data[12:], binary.LittleEndian, 4, "EXIF", 0))
	}
	return 1
}

const exifPrefix = "Exif\x00\x00"

// parseOrientation reads tag 0x0112 of the first directory of a TIFF structure,
// with or without the prefix that JPEG puts before it.
func parseOrientation(exif []byte) orientation {
	const tagOrientation, typeShort = 0x0112, 3
	tiff := bytes.TrimPrefix(exif, []byte(exifPrefix))
	var order binary.ByteOrder = binary.LittleEndian
	switch {
	case begins(tiff, "MM\x00*"):
		order = binary.BigEndian
	case !begins(tiff, "II*\x00"):
		return 1
	}
	if len(tiff) < 8 {
		return 1
	}
	start := uint64(order.Uint32(tiff[4:]))
	if start+2 > uint64(len(tiff)) {
		return 1
	}
	entries := tiff[start+2:]
	for range order.Uint16(tiff[start:]) {
		if len(entries) < 12 {
			return 1
		}
		if order.Uint16(entries) == tagOrientation && order.Uint16(entries[2:]) == typeShort {
			return orientation(order.Uint16(entries[8:]))
		}
		entries = entries[12:]
	}
	return 1
}

// findChunk returns the body of the first chunk of that type, or nil. PNG stores
// length, type, body and a checksum; RIFF stores type, length and body, padded to
// even length. lengthAt is where the length stands; the type takes the other
// four bytes of the head.
func findChunk(data []byte, order binary.ByteOrder, lengthAt int, kind string, trailer uint64) []byte {
	for len(data) >= 8 {
		size := uint64(order.Uint32(data[lengthAt:]))
		rest := data[8:]
		if size > uint64(len(rest)) {
			return nil
		}
		if at(data, 4-lengthAt, kind) {
			return rest[:size]
		}
		if lengthAt == 4 {
			size += size & 1
		}
		data = rest[min(size+trailer, uint64(len(rest))):]
	}
	return nil
}
