package photo

import (
	"cmp"
	"fmt"
	"image"
	"math"
	"slices"
)

// Named is one colour that Palette may name. A name may stand for several colours.
type Named struct {
	Name    string
	R, G, B uint8
}

// Swatch is one colour of a picture's main thing.
type Swatch struct {
	Name  string  `json:"name"`
	Hex   string  `json:"hex"`   // a colour that is in the picture, such as "#b3202a"
	Share float64 `json:"share"` // part of the thing that has it, 0 to 1
}

// What Palette was tuned to on shop pictures labelled with their colour.
const (
	paletteSide = 64   // pixels of the longer side that are looked at
	clusters    = 16   // colours told apart before they are named
	rounds      = 3    // of k-means
	focus       = 0.45 // spread of attention around the thing's centre, in halves of its size
	minShare    = 0.03 // smaller shares are noise

	// A thing in a picture is paler and flatter than the colour people call it.
	// So chroma is raised, and lightness drawn away from a middle.
	chromaGain        = 2.0
	lightnessContrast = 1.4
	lightnessMiddle   = 66.0
)

// Palette names the colours of a picture's main thing, at most n, the largest
// share first, ties by name. A uniform background does not count, and what lies
// towards the edge counts less. Each colour gets the nearest of the names by
// CIEDE2000 after a correction for how pictures pale; colours of one name are
// merged. Shares under 0.03 are left out; all of them together make 1. The same
// picture always gives the same palette. Without names there is none.
func Palette(img image.Image, names []Named, n int) []Swatch {
	if len(names) == 0 || n <= 0 {
		return nil
	}
	src := nrgba(img)
	if w, h := src.Rect.Dx(), src.Rect.Dy(); max(w, h) > paletteSide {
		scale := paletteSide / float64(max(w, h))
		src = shrink(src, max(1, round(float64(w)*scale)), max(1, round(float64(h)*scale)))
	}
	t := newToLab()
	spots := lookAt(src, t)
	found := merge(cluster(spots, clusters), t, names)
	found = slices.DeleteFunc(found, func(s Swatch) bool { return s.Share < minShare })
	slices.SortFunc(found, func(a, b Swatch) int {
		return cmp.Or(cmp.Compare(b.Share, a.Share), cmp.Compare(a.Name, b.Name))
	})
	return found[:min(n, len(found))]
}

// merge names the patches and joins those of one name under the largest one's colour.
func merge(patches []patch, t *toLab, names []Named) []Swatch {
	named := make([]lab, len(names))
	for i, c := range names {
		named[i] = t.convert(c.R, c.G, c.B)
	}
	slices.SortStableFunc(patches, func(a, b patch) int { return cmp.Compare(b.weight, a.weight) })
	var total float64
	for _, p := range patches {
		total += p.weight
	}
	var found []Swatch
	for _, p := range patches {
		name := names[nearestNamed(p.lab, named)].Name
		i := slices.IndexFunc(found, func(s Swatch) bool { return s.Name == name })
		if i < 0 {
			i = len(found)
			found = append(found, Swatch{Name: name, Hex: hexOf(p.rgb)})
		}
		found[i].Share += p.weight / total
	}
	return found
}

func nearestNamed(c lab, named []lab) int {
	l := lightnessMiddle + lightnessContrast*(c.l-lightnessMiddle)
	meant := lab{min(max(l, 0), 100), chromaGain * c.a, chromaGain * c.b}
	best, at := math.Inf(1), 0
	for i, n := range named {
		if d := meant.difference(n); d < best {
			best, at = d, i
		}
	}
	return at
}

func hexOf(rgb [3]float64) string {
	return fmt.Sprintf("#%02x%02x%02x", round(rgb[0]), round(rgb[1]), round(rgb[2]))
}
