package feed

import (
	"bytes"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// charset is how a table is encoded.
type charset struct {
	encoding encoding.Encoding // nil for UTF-8
	bom      int               // bytes before the text
	oldMac   bool              // lines end with a carriage return alone
}

// detect finds the encoding of a text by its beginning: by byte order mark; by
// zero bytes, which only UTF-16 has; as UTF-8, where it is nearly all valid; as
// GB18030 (which contains GBK), where high bytes come in pairs; else Windows-1252.
func detect(prefix []byte) charset {
	c := charset{}
	switch {
	case bytes.HasPrefix(prefix, []byte("\xef\xbb\xbf")):
		c.bom = 3
	case bytes.HasPrefix(prefix, []byte("\xff\xfe")):
		c.bom, c.encoding = 2, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case bytes.HasPrefix(prefix, []byte("\xfe\xff")):
		c.bom, c.encoding = 2, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	case bytes.IndexByte(prefix, 0) >= 0:
		c.encoding = utf16WithoutMark(prefix)
	case !mostlyUTF8(prefix):
		c.encoding = charmap.Windows1252
		if chinese(prefix) {
			c.encoding = simplifiedchinese.GB18030
		}
	}
	return c
}

// utf16WithoutMark tells the byte order by where the zero halves of ASCII
// characters are, or returns nil where they are nowhere in particular.
func utf16WithoutMark(prefix []byte) encoding.Encoding {
	var zeros [2]int
	for i, b := range prefix {
		if b == 0 {
			zeros[i%2]++
		}
	}
	switch {
	case zeros[1] > 10*zeros[0] && zeros[1] > len(prefix)/20:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case zeros[0] > 10*zeros[1] && zeros[0] > len(prefix)/20:
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	}
	return nil
}

// mostlyUTF8 forgives one broken byte in ten characters, so that a single one
// does not turn a whole UTF-8 feed into nonsense.
func mostlyUTF8(prefix []byte) bool {
	valid, broken := 0, 0
	for i := 0; i < len(prefix); {
		if prefix[i] < utf8.RuneSelf {
			i++
			continue
		}
		if !utf8.FullRune(prefix[i:]) {
			break // the prefix ends inside a character
		}
		r, n := utf8.DecodeRune(prefix[i:])
		if r != utf8.RuneError || n > 1 {
			valid++
		} else {
			broken++
		}
		i += n
	}
	return broken == 0 || valid > 10*broken
}

// chinese reports whether a text's high bytes are those of Chinese characters in
// GBK: pairs, nearly all of them in the range of common characters and full-width
// punctuation (GB 2312). In western texts high bytes stand alone.
func chinese(prefix []byte) bool {
	common, alone := 0, 0
	for i := 0; i < len(prefix); i++ {
		if prefix[i] < utf8.RuneSelf {
			continue
		}
		if i+1 == len(prefix) {
			break
		}
		lead, trail := prefix[i], prefix[i+1]
		switch {
		case lead >= 0xa1 && lead <= 0xf7 && trail >= 0xa1 && trail != 0xff:
			common += 2
			i++
		case lead != 0x80 && lead != 0xff && trail >= 0x40 && trail != 0x7f && trail != 0xff || trail >= '0' && trail <= '9':
			alone++ // possible in GB18030, but rare
			i++
		default:
			alone += 4
		}
	}
	return common > 2*alone
}

// text decodes a reader to UTF-8 without byte order mark, lines ending in "\n" or "\r\n".
func (c charset) text(r io.Reader) (io.Reader, error) {
	if _, err := io.CopyN(io.Discard, r, int64(c.bom)); err != nil {
		return nil, err
	}
	if c.encoding != nil {
		r = transform.NewReader(r, c.encoding.NewDecoder())
	}
	if c.oldMac {
		r = oldMacReader{r}
	}
	return r, nil
}

// oldMacReader turns carriage returns into newlines.
type oldMacReader struct{ r io.Reader }

func (m oldMacReader) Read(p []byte) (int, error) {
	n, err := m.r.Read(p)
	for i, b := range p[:n] {
		if b == '\r' {
			p[i] = '\n'
		}
	}
	return n, err
}
