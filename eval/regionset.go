package eval

import (
	"archive/zip"
	"cmp"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"image"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"honeyguide/embed/photo"
)

// mainLabels are those of the garments that are counted.
var mainLabels = [7]string{"upper", "lower", "dress", "outerwear", "shoes", "bag", "hat"}

// annotatorWords are what annotators call the things of each label. Words that are
// not here (skin, hair, jewellery, accessories) stand for none.
var annotatorWords = map[string]string{
	"upper":     "shirt t-shirt blouse sweater top sweatshirt jumper vest cardigan bodysuit",
	"lower":     "pants jeans skirt shorts leggings",
	"dress":     "dress romper",
	"outerwear": "coat jacket blazer suit cape hoodie",
	"shoes":     "shoes sandals heels boots sneakers flats pumps wedges loafers clogs",
	"bag":       "bag purse wallet",
	"hat":       "hat",
	"eyewear":   "sunglasses glasses",
}

// samePhoto names the photos that show what another one shows.
var samePhoto = map[string]bool{"1707": true, "0722": true, "0990": true, "0732": true}

// The parts of the photos, by the last digit of the CRC of their ids, as
// embed/builtin/train/regions_data.py splits them.
type photoPart int

const (
	trainPart photoPart = iota
	validationPart
	testPart
)

func partOf(id string) photoPart {
	switch n := crc32.ChecksumIEEE([]byte(id)) % 10; {
	case n < 7:
		return trainPart
	case n == 7:
		return validationPart
	}
	return testPart
}

// maxAnnotations is the most that annotations.json may hold, in bytes.
const maxAnnotations = 16 << 20

// regionSet is a zip of annotated photos.
type regionSet struct {
	file   *zip.ReadCloser
	photos []annotated // with boxes, by id
}

// annotated is a photo and the things that people drew boxes around.
type annotated struct {
	id       string
	garments []Seen
}

func openRegions(path string) (*regionSet, error) {
	z, err := zip.OpenReader(path)
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrSet, filepath.Base(path), err)
	}
	s := &regionSet{file: z}
	if err := s.read(); err != nil {
		z.Close()
		return nil, fmt.Errorf("%w: %s: %w", ErrSet, filepath.Base(path), err)
	}
	return s, nil
}

func (s *regionSet) read() error {
	data, err := s.member("annotations.json", maxAnnotations)
	if err != nil {
		return err
	}
	var all map[string]struct {
		Boxes map[string]photo.Region `json:"boxes"`
	}
	if err := json.Unmarshal(data, &all); err != nil {
		return fmt.Errorf("annotations.json: %w", err)
	}
	labels := map[string]string{}
	for label, words := range annotatorWords {
		for word := range strings.FieldsSeq(words) {
			labels[word] = label
		}
	}
	for _, id := range slices.Sorted(maps.Keys(all)) {
		p := annotated{id: id}
		for word, box := range all[id].Boxes {
			if label := labels[word]; label != "" {
				if !(box[2] > 0 && box[3] > 0) {
					return fmt.Errorf("annotations.json: photo %s: %s: box %v has no size", id, word, box)
				}
				p.garments = append(p.garments, Seen{Box: box, Label: label})
			}
		}
		slices.SortFunc(p.garments, func(a, b Seen) int {
			return cmp.Or(cmp.Compare(a.Label, b.Label), slices.Compare(a.Box[:], b.Box[:]))
		})
		if len(p.garments) > 0 && !samePhoto[id] {
			s.photos = append(s.photos, p)
		}
	}
	return nil
}

func (s *regionSet) part(which photoPart) []annotated {
	var out []annotated
	for _, p := range s.photos {
		if partOf(p.id) == which {
			out = append(out, p)
		}
	}
	return out
}

// member reads a file of the zip of at most some bytes.
func (s *regionSet) member(name string, most int64) ([]byte, error) {
	f, err := s.file.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, most+1))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if int64(len(data)) > most {
		return nil, fmt.Errorf("%s: more than %d MB", name, most>>20)
	}
	return data, nil
}

func (s *regionSet) decode(p annotated) (*image.NRGBA, error) {
	data, err := s.member("images/"+p.id+".jpg", photo.MaxBytes)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrSet, err)
	}
	picture, _, err := photo.Decode(data)
	if err != nil {
		return nil, fmt.Errorf("%w: photo %s: %w", ErrSet, p.id, err)
	}
	return picture, nil
}
