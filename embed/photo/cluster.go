package photo

import (
	"image"
	"math"
)

// spot is one pixel that counts.
type spot struct {
	rgb    [3]float64
	lab    lab
	weight float64
}

// lookAt returns the pixels of the main thing, weighted by how near they are to
// its centre.
func lookAt(img *image.NRGBA, t *toLab) []spot {
	w := img.Rect.Dx()
	labs := make([]lab, w*img.Rect.Dy())
	for i := range labs {
		labs[i] = t.convert(img.Pix[4*i], img.Pix[4*i+1], img.Pix[4*i+2])
	}
	behind := background(labs, w)
	box := bounds(behind, w)
	centerX, centerY := float64(box.Min.X+box.Max.X-1)/2, float64(box.Min.Y+box.Max.Y-1)/2
	spreadX, spreadY := focus*float64(box.Dx())/2, focus*float64(box.Dy())/2
	var spots []spot
	for i, l := range labs {
		if behind[i] {
			continue
		}
		dx, dy := (float64(i%w)-centerX)/spreadX, (float64(i/w)-centerY)/spreadY
		spots = append(spots, spot{
			rgb:    [3]float64{float64(img.Pix[4*i]), float64(img.Pix[4*i+1]), float64(img.Pix[4*i+2])},
			lab:    l,
			weight: math.Exp(-(dx*dx + dy*dy) / 2),
		})
	}
	return spots
}

// patch is a cluster of spots: their mean colour and summed weight.
type patch struct {
	rgb    [3]float64
	lab    lab
	weight float64
}

// cluster groups spots into at most k patches by k-means. It starts from the mean
// and from the spots that are furthest from all starts, by weight, so that nothing
// is left to chance.
func cluster(spots []spot, k int) []patch {
	centers := []lab{mean(spots).lab}
	distance := make([]float64, len(spots))
	for i := range distance {
		distance[i] = math.Inf(1)
	}
	for len(centers) < k {
		best, furthest := 0.0, 0
		for i, s := range spots {
			distance[i] = min(distance[i], s.lab.squared(centers[len(centers)-1]))
			if d := distance[i] * s.weight; d > best {
				best, furthest = d, i
			}
		}
		if best == 0 {
			break
		}
		centers = append(centers, spots[furthest].lab)
	}
	groups := make([][]spot, len(centers))
	for range rounds {
		for i := range groups {
			groups[i] = groups[i][:0]
		}
		for _, s := range spots {
			i := nearest(centers, s.lab)
			groups[i] = append(groups[i], s)
		}
		for i, g := range groups {
			if len(g) > 0 {
				centers[i] = mean(g).lab
			}
		}
	}
	var patches []patch
	for _, g := range groups {
		if len(g) > 0 {
			patches = append(patches, mean(g))
		}
	}
	return patches
}

func nearest(centers []lab, c lab) int {
	best, at := math.Inf(1), 0
	for i, center := range centers {
		if d := c.squared(center); d < best {
			best, at = d, i
		}
	}
	return at
}

func mean(spots []spot) patch {
	var p patch
	for _, s := range spots {
		p.weight += s.weight
		p.lab.l += s.weight * s.lab.l
		p.lab.a += s.weight * s.lab.a
		p.lab.b += s.weight * s.lab.b
		for c, v := range s.rgb {
			p.rgb[c] += s.weight * v
		}
	}
	p.lab = lab{p.lab.l / p.weight, p.lab.a / p.weight, p.lab.b / p.weight}
	for c := range p.rgb {
		p.rgb[c] /= p.weight
	}
	return p
}
