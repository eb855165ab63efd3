package openaitest

import (
	"bytes"
	"errors"
	"hash/fnv"
	"image"
	"image/jpeg"
	"strings"
	"unicode"
)

// named are colours that the servers know by name, as red, green and blue about the
// middle.
var named = map[string][3]float32{
	"red": {.3, -.4, -.4}, "green": {-.4, 0, -.3}, "blue": {-.4, -.3, .3}, "yellow": {.5, .4, -.3},
	"black": {-.5, -.5, -.5}, "white": {.5, .5, .5},
	"红": {.3, -.4, -.4}, "绿": {-.4, 0, -.3}, "蓝": {-.4, -.3, .3}, "黄": {.5, .4, -.3}, "黑": {-.5, -.5, -.5}, "白": {.5, .5, .5},
}

const (
	colours = 3  // numbers at the beginning of a vector that hold the mean colour
	cells   = 4  // of a side of the grid whose colours a picture's other numbers hold
	points  = 32 // of a side that are looked at
)

// vector is made of a content: its mean colour, and hashed words or the colours of
// a grid. It has no particular length. dim is more than the colours.
func (c content) vector(dim int) ([]float32, error) {
	v := make([]float32, dim)
	if c.picture == nil {
		describe(v, c.text)
		return v, nil
	}
	img, err := jpeg.Decode(bytes.NewReader(c.picture))
	if err != nil {
		return nil, errors.New("no JPEG")
	}
	look(v, img)
	return v, nil
}

// describe adds up the words of a text; what has none counts as one.
func describe(v []float32, text string) {
	words := split(text)
	if len(words) == 0 {
		words = []string{text}
	}
	for _, w := range words {
		for i, x := range named[w] {
			v[i] += x
		}
		h := fnv.New64a()
		h.Write([]byte(w))
		for sum, i := h.Sum64(), 0; i < 4; i++ {
			v[colours+int(sum>>(16*i)&0xffff)%(len(v)-colours)] += .1 + float32(i)/20
		}
	}
}

// split finds words: runs of letters and digits, and each Chinese character alone.
func split(text string) []string {
	var spaced strings.Builder
	for _, r := range strings.ToLower(text) {
		switch {
		case unicode.Is(unicode.Han, r):
			spaced.WriteString(" " + string(r) + " ")
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			spaced.WriteRune(r)
		default:
			spaced.WriteByte(' ')
		}
	}
	return strings.Fields(spaced.String())
}

// look takes the colours of a picture: its mean, and those of a grid.
func look(v []float32, img image.Image) {
	b := img.Bounds()
	var grid [cells][cells][4]float32 // red, green, blue and how many
	for y := 0; y < b.Dy(); y += 1 + b.Dy()/points {
		for x := 0; x < b.Dx(); x += 1 + b.Dx()/points {
			red, green, blue, _ := img.At(b.Min.X+x, b.Min.Y+y).RGBA()
			cell := &grid[y*cells/b.Dy()][x*cells/b.Dx()]
			for i, level := range [3]uint32{red, green, blue} {
				cell[i] += float32(level)/0xffff - .5
			}
			cell[3]++
		}
	}
	for y := range grid {
		for x, cell := range grid[y] {
			for i := range 3 {
				share := cell[i] / max(1, cell[3])
				v[i] += share / (cells * cells)
				v[colours+(3*(y*cells+x)+i)%(len(v)-colours)] += share / 10
			}
		}
	}
	v[len(v)-1] += .05 // so that no picture has nothing
}
