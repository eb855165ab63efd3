package photo

import (
	"fmt"
	"image"
	"math"
	"testing"
)

func TestSmoothChroma(t *testing.T) {
	ratios := map[image.YCbCrSubsampleRatio][2]int{image.YCbCrSubsampleRatio420: {2, 2}, image.YCbCrSubsampleRatio422: {2, 1}}
	for ratio, shared := range ratios {
		for _, size := range []image.Point{{1, 1}, {2, 2}, {7, 5}, {8, 6}, {1, 9}, {9, 1}} {
			t.Run(fmt.Sprint(ratio, size), func(t *testing.T) {
				m := image.NewYCbCr(image.Rectangle{Max: size}, ratio)
				for i := range m.Cb {
					m.Cb[i], m.Cr[i] = uint8(i*71), uint8(200-i*43)
				}
				columns, rows := (size.X+shared[0]-1)/shared[0], (size.Y+shared[1]-1)/shared[1]
				got, ok := smoothChroma(m).(*image.YCbCr)
				if !ok || got.SubsampleRatio != image.YCbCrSubsampleRatio444 || got.Rect != m.Rect {
					t.Fatalf("got %v", got)
				}
				for y := range size.Y {
					for x := range size.X {
						cb := between(m.Cb, m.CStride, columns, rows, float64(x), float64(y), shared)
						cr := between(m.Cr, m.CStride, columns, rows, float64(x), float64(y), shared)
						c := got.YCbCrAt(x, y)
						if math.Abs(float64(c.Cb)-cb) > 0.6 || math.Abs(float64(c.Cr)-cr) > 0.6 {
							t.Errorf("(%d, %d): got %d %d, want %.2f %.2f", x, y, c.Cb, c.Cr, cb, cr)
						}
					}
				}
			})
		}
	}
}

// between interpolates a plane of shared samples linearly at a pixel; samples stand
// in the middle of the pixels that share them.
func between(plane []uint8, stride, columns, rows int, x, y float64, shared [2]int) float64 {
	at := func(column, row int) float64 {
		return float64(plane[min(max(row, 0), rows-1)*stride+min(max(column, 0), columns-1)])
	}
	u, v := (x+.5)/float64(shared[0])-.5, (y+.5)/float64(shared[1])-.5
	column, row := int(math.Floor(u)), int(math.Floor(v))
	du, dv := u-float64(column), v-float64(row)
	return (1-dv)*((1-du)*at(column, row)+du*at(column+1, row)) + dv*((1-du)*at(column, row+1)+du*at(column+1, row+1))
}

func TestSmoothChromaLeavesOthers(t *testing.T) {
	whole := image.NewYCbCr(image.Rect(0, 0, 8, 8), image.YCbCrSubsampleRatio444)
	part := image.NewYCbCr(image.Rect(0, 0, 8, 8), image.YCbCrSubsampleRatio420).SubImage(image.Rect(2, 2, 8, 8))
	for _, img := range []image.Image{whole, part, image.NewGray(image.Rect(0, 0, 8, 8))} {
		if got := smoothChroma(img); got != img {
			t.Errorf("%T of %v was changed", img, img.Bounds())
		}
	}
}
