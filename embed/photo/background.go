package photo

import (
	"image"
	"slices"
)

const (
	borderLike  = 8.0  // CIELAB distance within which border pixels look alike
	borderShare = 0.5  // part of the border that must look alike to be a background
	backLike    = 3.5  // CIELAB distance within which a pixel is background
	minThing    = 0.04 // part of the picture that a thing fills at least
)

// background marks the pixels of a studio's backdrop: what has the colour that most
// of the border has and is connected to the border. If no colour rules the border,
// or if next to nothing would remain (a white sheet on white), nothing is marked.
func background(labs []lab, w int) []bool {
	h := len(labs) / w
	marked := make([]bool, len(labs))
	border := borderOf(w, h)
	backdrop := median(labs, border)
	alike := 0
	for _, i := range border {
		if labs[i].squared(backdrop) <= borderLike*borderLike {
			alike++
		}
	}
	if float64(alike) < borderShare*float64(len(border)) {
		return marked
	}
	count := 0
	var open []int
	visit := func(i int) {
		if !marked[i] && labs[i].squared(backdrop) <= backLike*backLike {
			marked[i] = true
			count++
			open = append(open, i)
		}
	}
	for _, i := range border {
		visit(i)
	}
	for len(open) > 0 {
		i := open[len(open)-1]
		open = open[:len(open)-1]
		if i%w > 0 {
			visit(i - 1)
		}
		if i%w < w-1 {
			visit(i + 1)
		}
		if i >= w {
			visit(i - w)
		}
		if i < len(labs)-w {
			visit(i + w)
		}
	}
	if float64(len(labs)-count) < minThing*float64(len(labs)) {
		clear(marked)
	}
	return marked
}

// borderOf lists the outermost pixels, each at least once.
func borderOf(w, h int) []int {
	var border []int
	for x := range w {
		border = append(border, x, (h-1)*w+x)
	}
	for y := range h {
		border = append(border, y*w, y*w+w-1)
	}
	return border
}

// median is the middle of each axis for itself.
func median(labs []lab, at []int) lab {
	middle := func(axis func(lab) float64) float64 {
		values := make([]float64, len(at))
		for k, i := range at {
			values[k] = axis(labs[i])
		}
		slices.Sort(values)
		return values[len(values)/2]
	}
	return lab{
		middle(func(c lab) float64 { return c.l }),
		middle(func(c lab) float64 { return c.a }),
		middle(func(c lab) float64 { return c.b }),
	}
}

// bounds is the smallest box around the pixels that are not marked.
func bounds(marked []bool, w int) image.Rectangle {
	var box image.Rectangle
	for i, m := range marked {
		if !m {
			box = box.Union(image.Rect(i%w, i/w, i%w+1, i/w+1))
		}
	}
	return box
}
