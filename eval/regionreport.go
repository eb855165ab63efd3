package eval

import (
	"bytes"
	"cmp"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"maps"
	"os"
	"slices"

	"honeyguide/embed/photo"
)

const (
	regionsShown = 48  // photos of the report, the worst first
	regionSide   = 330 // pixels of a photo's longer side
)

//go:embed regions.html
var regionsHTML string

// regionPage is what the template of the regions' report shows.
type regionPage struct {
	*RegionResult
	Labels []string
	Photos []regionPhoto
}

// regionPhoto is one photo with its boxes.
type regionPhoto struct {
	ID      string
	Picture template.URL
	Missed  int
	Wrong   int
	Boxes   []regionBox
}

// regionBox is a box in percent of its photo.
type regionBox struct {
	X, Y, W, H float64
	Text       string
	Class      string // drawn: found by a person; right, wrong: by the detector
}

// report writes the page of the photos where the detector does worst.
func (s *regionSet) report(file string, res *RegionResult, all []judged) error {
	t, err := template.New("regions").Funcs(template.FuncMap{"number": number}).Parse(regionsHTML)
	if err != nil {
		return fmt.Errorf("report: %w", err)
	}
	slices.SortStableFunc(all, func(a, b judged) int { return cmp.Compare(b.errors(), a.errors()) })
	page := &regionPage{RegionResult: res, Labels: slices.Sorted(maps.Keys(res.ByLabel))}
	for i := range all[:min(len(all), regionsShown)] {
		p, err := s.show(&all[i])
		if err != nil {
			return err
		}
		page.Photos = append(page.Photos, p)
	}
	var b bytes.Buffer
	if err := t.Execute(&b, page); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	return nil
}

// errors counts missed main garments and wrong regions.
func (j *judged) errors() int {
	missed, wrong := j.count()
	return missed + wrong
}

func (j *judged) count() (missed, wrong int) {
	for k, g := range j.garments {
		if !j.own[k] && slices.Contains(mainLabels[:], g.Label) {
			missed++
		}
	}
	for _, right := range j.right {
		if !right {
			wrong++
		}
	}
	return missed, wrong
}

func (s *regionSet) show(j *judged) (regionPhoto, error) {
	picture, err := s.decode(j.annotated)
	if err != nil {
		return regionPhoto{}, err
	}
	data, err := photo.JPEG(photo.Thumbnail(picture, regionSide), thumbQuality)
	if err != nil {
		return regionPhoto{}, err
	}
	p := regionPhoto{ID: j.id, Picture: template.URL("data:image/jpeg;base64," + base64.StdEncoding.EncodeToString(data))}
	p.Missed, p.Wrong = j.count()
	for k, g := range j.garments {
		class := "drawn"
		if !j.own[k] && slices.Contains(mainLabels[:], g.Label) {
			class = "drawn missed"
		}
		p.Boxes = append(p.Boxes, newRegionBox(g, g.Label, class))
	}
	for i, f := range j.found {
		class := "wrong"
		if j.right[i] {
			class = "right"
		}
		p.Boxes = append(p.Boxes, newRegionBox(f, fmt.Sprintf("%s %.2f", f.Label, f.Score), class))
	}
	return p, nil
}

func newRegionBox(s Seen, text, class string) regionBox {
	return regionBox{X: 100 * s.Box[0], Y: 100 * s.Box[1], W: 100 * s.Box[2], H: 100 * s.Box[3], Text: text, Class: class}
}
