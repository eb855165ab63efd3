package builtin

import (
	"cmp"
	"context"
	_ "embed"
	"image"
	"slices"
	"sync"

	"honeyguide/embed/photo"
)

// Region is a garment, or another thing that is worn, in a picture.
type Region struct {
	// Box holds x, y, width and height as fractions of the upright picture.
	Box photo.Region
	// Label is one of Labels.
	Label string
	// Score is how likely it is right, 0 to 1: of all regions with a score of
	// 0.8 in photos of people in streets, 80 % have the label and, at an IoU of
	// at least 0.5, the place that a person gave them.
	Score float64
}

// Labels returns what a region may show, in the order of the detector's outputs.
func Labels() []string {
	return []string{"upper", "lower", "dress", "outerwear", "shoes", "bag", "hat", "eyewear"}
}

//go:embed regions.safetensors
var shippedRegions string

// Regions finds what people wear in a picture, surest first: at most eight
// regions, and none where nothing is likely enough, which is no error. A pair of
// shoes is one region. A picture that is nil or has no pixels is ErrPicture. An
// encoder that Open loaded finds none: its weights have no detector.
//
// The picture tower's body runs over a larger canvas than it does for a vector,
// and a small head over two of its stages says for every label and place how
// likely the middle of such a thing is there, and how large it is.
func (e *Encoder) Regions(ctx context.Context, picture image.Image) ([]Region, error) {
	if picture == nil || picture.Bounds().Empty() {
		return nil, ErrPicture
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if e.regions.scratch == nil {
		return nil, nil
	}
	s := e.regions.scratch.Get().(*regionScratch)
	defer e.regions.scratch.Put(s)
	c := e.regions.canvasOf(picture.Bounds())
	placed := c.place(s, picture, &e.pictures)
	found := e.regions.confidence.pick(candidates(c.run(s), c.fine))
	var regions []Region
	for _, f := range found {
		if box := placed.fractions(f.box); box[2] > 0 && box[3] > 0 {
			regions = append(regions, Region{Box: box, Label: Labels()[f.label], Score: f.score})
		}
	}
	return regions, nil
}

// detector finds regions. It runs the tower and its head over canvases of two shapes.
type detector struct {
	upright, lying canvas
	confidence     confidence
	scratch        *sync.Pool // of *regionScratch
}

// regionScratch is what looking at one picture needs.
type regionScratch struct {
	pictureScratch
	kept []float32 // a stage, while the head looks at it
	sum  []float32 // of the stages
}

// newDetector reads the head that was trained on a tower's body.
func newDetector(file string, tower *pictureTower) (detector, error) {
	w, err := parse(file)
	if err != nil {
		return detector{}, err
	}
	size := w.floats("canvas", 2) // width, height of the upright canvas
	if w.err != nil {
		return detector{}, w.err
	}
	width, height := int(size[0]), int(size[1])
	d := detector{confidence: newConfidence(w), upright: newCanvas(w, tower, width, height)}
	if w.err != nil {
		return detector{}, w.err
	}
	d.lying = newCanvas(w, tower, height, width)
	d.scratch = &sync.Pool{New: func() any { return newRegionScratch(&d.upright, &d.lying) }}
	return d, w.err
}

func (d *detector) canvasOf(bounds image.Rectangle) *canvas {
	if bounds.Dx() > bounds.Dy() {
		return &d.lying
	}
	return &d.upright
}

// found is a region on the canvas, in pixels, by its corner and size.
type found struct {
	label int
	box   [4]float64
	score float64 // a logit at first, then a share
}

func surestFirst(all []found) {
	slices.SortStableFunc(all, func(a, b found) int { return cmp.Compare(b.score, a.score) })
}
