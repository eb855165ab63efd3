package photo

import (
	"bytes"
	"fmt"
	"strings"
)

// sniff tells the format by the first bytes, or refuses what it is by name.
func sniff(data []byte) (Format, error) {
	switch {
	case len(data) == 0:
		return "", fmt.Errorf("%w: it is empty", ErrBroken)
	case begins(data, "\xff\xd8\xff"):
		return FormatJPEG, nil
	case begins(data, "\x89PNG\r\n\x1a\n"):
		return FormatPNG, nil
	case begins(data, "GIF87a"), begins(data, "GIF89a"):
		return FormatGIF, nil
	case begins(data, "RIFF") && at(data, 8, "WEBP"):
		if animatedWebP(data) {
			return "", refuse("an animated WebP", "send a still picture")
		}
		return FormatWebP, nil
	}
	return "", refused(data)
}

// refused names what is known and not read.
func refused(data []byte) error {
	switch {
	case at(data, 4, "ftyp"):
		return refusedContainer(data)
	case begins(data, "II*\x00"), begins(data, "MM\x00*"), begins(data, "II+\x00"), begins(data, "MM\x00+"):
		return refuse("TIFF or a camera's raw file", saveAs)
	case begins(data, "BM") && at(data, 6, "\x00\x00\x00\x00"): // words may begin so too
		return refuse("BMP", saveAs)
	case begins(data, "%PDF-"):
		return refuse("a PDF", "send a photo or a screenshot of the page")
	case begins(data, "\xff\x0a"), begins(data, "\x00\x00\x00\x0cJXL "):
		return refuse("JPEG XL", saveAs)
	case begins(data, "\x00\x00\x00\x0cjP  "), begins(data, "\xff\x4f\xff\x51"):
		return refuse("JPEG 2000", saveAs)
	case begins(data, "8BPS"):
		return refuse("a Photoshop file", saveAs)
	case begins(data, "\x00\x00\x01\x00"):
		return refuse("an icon (ICO)", saveAs)
	}
	return refusedText(data)
}

// refusedContainer names files of the ISO base media format by their brands
// (ISO/IEC 14496-12, 4.3): the major one, then the compatible ones.
func refusedContainer(data []byte) error {
	for i := 8; i+4 <= min(len(data), 64); i += 4 {
		switch string(data[i : i+4]) {
		case "avif", "avis":
			return refuse("AVIF", saveAs)
		case "heic", "heix", "heim", "heis", "hevc", "hevx":
			return refuse("HEIC", heicAdvice)
		}
	}
	if at(data, 8, "mif1") || at(data, 8, "msf1") {
		return refuse("HEIF", heicAdvice)
	}
	return refuse("a video", "send a photo or a screenshot")
}

// refusedText names what is written in words; pages are what broken picture
// links often lead to.
func refusedText(data []byte) error {
	head := strings.ToLower(string(bytes.TrimPrefix(data[:min(len(data), 1024)], []byte("\xef\xbb\xbf"))))
	head = strings.TrimSpace(head)
	switch {
	case strings.HasPrefix(head, "<") && strings.Contains(head, "<svg"):
		return refuse("SVG", "send it as PNG")
	case strings.HasPrefix(head, "<!doctype html"), strings.HasPrefix(head, "<html"):
		return refuse("a web page and no picture", saveAs)
	}
	return refuse("no picture that is known here", saveAs)
}

const (
	saveAs     = "send JPEG, PNG, WebP or GIF"
	heicAdvice = "send it as JPEG (on an iPhone: Settings, Camera, Formats, Most Compatible)"
)

func refuse(what, wayOut string) error {
	return fmt.Errorf("%w: this is %s; %s", ErrUnsupported, what, wayOut)
}

func begins(data []byte, prefix string) bool { return at(data, 0, prefix) }

func at(data []byte, offset int, want string) bool {
	return len(data) >= offset+len(want) && string(data[offset:offset+len(want)]) == want
}
