package onnx

import (
	"encoding/json"
	"fmt"
	"image"
	"image/draw"
)

// processor makes of a picture what a vision tower takes, as
// preprocessor_config.json says.
type processor struct {
	scales   bool
	shortest int         // of the scaled picture's sides; 0: scaled to size
	size     image.Point // of the scaled picture, unless by shortest
	filter   filter
	crops    bool
	out      image.Point     // what the tower takes
	level    [3][256]float32 // of each channel's byte, as the tower takes it
}

// maxSide is how many pixels a side of the tower's pictures may have.
const maxSide = 2048

// processorFile is preprocessor_config.json. Absent fields have the defaults
// of the image processors of CLIP and SigLIP.
type processorFile struct {
	Type      string    `json:"image_processor_type"`
	Extractor string    `json:"feature_extractor_type"`
	DoResize  *bool     `json:"do_resize"`
	Size      *sizes    `json:"size"`
	Resample  *int      `json:"resample"`
	DoCrop    *bool     `json:"do_center_crop"`
	CropSize  *sizes    `json:"crop_size"`
	DoRescale *bool     `json:"do_rescale"`
	Rescale   *float64  `json:"rescale_factor"`
	DoNormal  *bool     `json:"do_normalize"`
	Mean      []float64 `json:"image_mean"`
	Std       []float64 `json:"image_std"`
}

// sizes is a size: one number, or named sides.
type sizes struct {
	any, shortest, width, height int
}

// UnmarshalJSON reads a number or an object.
func (s *sizes) UnmarshalJSON(data []byte) error {
	if json.Unmarshal(data, &s.any) == nil {
		return nil
	}
	var named struct {
		Shortest int `json:"shortest_edge"`
		Longest  int `json:"longest_edge"`
		Width    int
		Height   int
	}
	if err := json.Unmarshal(data, &named); err != nil {
		return err
	}
	if named.Longest != 0 {
		return fmt.Errorf("size: longest_edge is not read, shortest_edge or width and height are")
	}
	*s = sizes{shortest: named.Shortest, width: named.Width, height: named.Height}
	return nil
}

// square is a size in which one number means both sides.
func (s sizes) square() image.Point {
	if s.any != 0 {
		return image.Pt(s.any, s.any)
	}
	return image.Pt(s.width, s.height)
}

// newProcessor reads preprocessor_config.json.
func newProcessor(data []byte, clip bool) (*processor, error) {
	var f processorFile
	if err := json.Unmarshal(data, &f); err != nil {
		return nil, err
	}
	f.defaults(clip)
	p := &processor{scales: *f.DoResize, filter: filter(*f.Resample), crops: *f.DoCrop}
	switch {
	case !p.scales:
	case f.Size.shortest != 0:
		p.shortest = f.Size.shortest
	case f.Size.any != 0 && clip: // CLIP's processor reads one number as the shorter side
		p.shortest = f.Size.any
	default:
		p.size = f.Size.square()
		p.out = p.size
	}
	if p.crops {
		p.out = f.CropSize.square()
	}
	if _, known := filters[p.filter]; !known && p.filter != nearest {
		return nil, fmt.Errorf("resample is %d, and 0 to 5 are known", p.filter)
	}
	if p.out == (image.Point{}) {
		return nil, fmt.Errorf("without a size of both sides or a crop_size, pictures come in many sizes, which no tower takes")
	}
	sides := []int{p.out.X, p.out.Y}
	switch {
	case p.shortest != 0:
		sides = append(sides, p.shortest)
	case p.scales:
		sides = append(sides, p.size.X, p.size.Y)
	}
	for _, side := range sides {
		if side < 1 || side > maxSide {
			return nil, fmt.Errorf("a side of %d pixels, and 1 to %d are read", side, maxSide)
		}
	}
	return p, p.readLevels(&f)
}

// defaults fills in what is absent.
func (f *processorFile) defaults(clip bool) {
	yes, bicubic, factor := true, 3, 1./255
	size, mean, std := &sizes{width: 224, height: 224}, []float64{.5, .5, .5}, []float64{.5, .5, .5}
	if clip {
		size = &sizes{shortest: 224}
		mean, std = []float64{0.48145466, 0.4578275, 0.40821073}, []float64{0.26862954, 0.26130258, 0.27577711}
	}
	or(&f.DoResize, &yes)
	or(&f.Size, size)
	or(&f.Resample, &bicubic)
	or(&f.DoCrop, &clip)
	or(&f.CropSize, &sizes{any: 224})
	or(&f.DoRescale, &yes)
	or(&f.Rescale, &factor)
	or(&f.DoNormal, &yes)
	if f.Mean == nil {
		f.Mean = mean
	}
	if f.Std == nil {
		f.Std = std
	}
}

func or[T any](field **T, otherwise *T) {
	if *field == nil {
		*field = otherwise
	}
}

func (p *processor) readLevels(f *processorFile) error {
	if len(f.Mean) != 3 || len(f.Std) != 3 || f.Std[0]*f.Std[1]*f.Std[2] == 0 {
		return fmt.Errorf("image_mean and image_std have three numbers, and those of image_std are not 0")
	}
	for c := range p.level {
		for v := range p.level[c] {
			x := float64(v)
			if *f.DoRescale {
				x *= *f.Rescale
			}
			if *f.DoNormal {
				x = (x - f.Mean[c]) / f.Std[c]
			}
			p.level[c][v] = float32(x)
		}
	}
	return nil
}

// len is how many numbers a picture becomes.
func (p *processor) len() int { return 3 * p.out.X * p.out.Y }

// read writes a picture's numbers, channel after channel (3×height×width).
// Where a crop reaches beyond the picture, it sees black.
func (p *processor) read(dst []float32, picture image.Image) {
	src := opaque(picture)
	scaled := src.Rect.Size()
	if p.scales {
		scaled = p.scaled(scaled)
	}
	part := image.Rectangle{Max: p.out}
	if p.crops {
		// Half of what is too much, rounded down, also where it is too little.
		part = part.Add(image.Pt((scaled.X-p.out.X)>>1, (scaled.Y-p.out.Y)>>1))
	}
	seen := part.Intersect(image.Rectangle{Max: scaled})
	f := p.filter
	if scaled == src.Rect.Size() {
		f = nearest // nothing to resample
	}
	rgb := resize(src, scaled.X, scaled.Y, f, seen)
	left, top := seen.Min.X-part.Min.X, seen.Min.Y-part.Min.Y
	for c := range 3 {
		plane := dst[c*p.out.X*p.out.Y:][:p.out.X*p.out.Y]
		if seen != part {
			fill(plane, p.level[c][0])
		}
		for y := range rgb.height {
			row, to := rgb.rgb[3*rgb.width*y:][:3*rgb.width], plane[(top+y)*p.out.X+left:]
			for x := range rgb.width {
				to[x] = p.level[c][row[3*x+c]]
			}
		}
	}
}

// scaled is the size that a picture is scaled to.
func (p *processor) scaled(size image.Point) image.Point {
	if p.shortest == 0 {
		return p.size
	}
	if size.X <= size.Y {
		return image.Pt(p.shortest, int(float64(p.shortest*size.Y)/float64(size.X)))
	}
	return image.Pt(int(float64(p.shortest*size.X)/float64(size.Y)), p.shortest)
}

func fill(s []float32, v float32) {
	for i := range s {
		s[i] = v
	}
}

// opaque lays a picture on white, as photo.Decode does. The pixels of a picture
// that is opaque already are shared.
func opaque(picture image.Image) *image.NRGBA {
	if m, ok := picture.(*image.NRGBA); ok && m.Rect.Min == (image.Point{}) && m.Opaque() {
		return m
	}
	b := picture.Bounds()
	out := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(out, out.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(out, out.Rect, picture, b.Min, draw.Over)
	return &image.NRGBA{Pix: out.Pix, Stride: out.Stride, Rect: out.Rect} // the same bytes where opaque
}
