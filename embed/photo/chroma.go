package photo

import "image"

// smoothChroma gives each pixel its own colour where four or two share one (4:2:0
// and 4:2:2, as most JPEG and all lossy WebP have it). Go repeats the shared
// sample; this weighs the nearer sample by three quarters and the further by one on
// each axis, as libjpeg does: it looks better on small pictures, and it is what the
// encoder saw in training. Other pictures are returned as they are.
func smoothChroma(img image.Image) image.Image {
	m, ok := img.(*image.YCbCr)
	if !ok || m.Rect.Min != (image.Point{}) {
		return img
	}
	shared := 1 // rows that share a sample
	switch m.SubsampleRatio {
	case image.YCbCrSubsampleRatio420:
		shared = 2
	case image.YCbCrSubsampleRatio422:
	default:
		return img
	}
	w, h := m.Rect.Dx(), m.Rect.Dy()
	columns, rows := (w+1)/2, (h+shared-1)/shared
	out := *m
	out.SubsampleRatio = image.YCbCrSubsampleRatio444
	out.CStride = 2 * columns
	out.Cb = spread(m.Cb, m.CStride, columns, rows, h)
	out.Cr = spread(m.Cr, m.CStride, columns, rows, h)
	return &out
}

// spread doubles the columns of a plane, and its rows to h if there are fewer.
func spread(plane []uint8, stride, columns, rows, h int) []uint8 {
	out := make([]uint8, 2*columns*h)
	line := make([]int32, columns) // one row of samples, times four
	for y := range h {
		near, far := y, y
		if rows < h {
			near = y / 2
			far = min(max(near+2*(y%2)-1, 0), rows-1)
		}
		a, b := plane[near*stride:][:columns], plane[far*stride:][:columns]
		for x := range line {
			line[x] = 3*int32(a[x]) + int32(b[x])
		}
		to := out[2*columns*y:][:2*columns]
		before := line[0]
		for x, v := range line {
			after := line[min(x+1, columns-1)]
			to[2*x] = uint8((3*v + before + 8) >> 4)
			to[2*x+1] = uint8((3*v + after + 7) >> 4)
			before = v
		}
	}
	return out
}
