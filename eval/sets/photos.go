package sets

import (
	"archive/zip"
	"bufio"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"honeyguide/eval"
)

const (
	phoneZip   = "phone_photos_validation.zip"
	groceryZip = "grocery.zip"
)

// phoneClasses are the classes of the phone photos: the words that name each, and
// the catalogue's product types that belong to it (`PHONE` in
// embed/builtin/train/data.py says the same by category).
var phoneClasses = []struct {
	class, words string
	types        []string
}{
	{"dress", "dress", []string{"Dresses", "Jumpsuit", "Rompers"}},
	{"hat", "hat, cap", []string{"Caps", "Hat"}},
	{"longsleeve", "long sleeve top, sweatshirt, sweater", []string{"Sweaters", "Sweatshirts"}},
	{"outwear", "jacket, coat", []string{"Jackets", "Blazers", "Rain Jacket", "Nehru Jackets"}},
	{"pants", "pants, trousers, jeans", []string{"Trousers", "Jeans", "Jeggings", "Track Pants"}},
	{"shirt", "shirt", []string{"Shirts"}},
	{"shoes", "shoes, sports shoes, casual shoes", []string{"Casual Shoes", "Sports Shoes", "Formal Shoes", "Heels", "Flats"}},
	{"shorts", "shorts", []string{"Shorts", "Lounge Shorts"}},
	{"skirt", "skirt", []string{"Skirts"}},
	{"t-shirt", "t-shirt", []string{"Tshirts", "Lounge Tshirts"}},
}

// readPhonePhotos lists the photos as queries labelled by class.
func readPhonePhotos(file string) ([]eval.Item, error) {
	z, err := zip.OpenReader(file)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrData, err)
	}
	defer z.Close()
	var photos []eval.Item
	for _, f := range z.File {
		if strings.HasSuffix(f.Name, ".jpg") {
			photos = append(photos, eval.Item{ID: f.Name, Image: f.Name, Label: path.Dir(f.Name)})
		}
	}
	if len(photos) == 0 {
		return nil, fmt.Errorf("%w: %s holds no photos", ErrData, file)
	}
	return photos, nil
}

func phoneWords(photos []eval.Item) set {
	s := set{name: "phone-words", zip: phoneZip, queries: photos}
	for _, c := range phoneClasses {
		s.corpus = append(s.corpus, eval.Item{ID: c.class, Text: c.words, Label: c.class})
	}
	return s
}

// phonePictures takes the photos out of their zip, as images.zip is the catalogue's.
func phonePictures(photos []eval.Item, rows []row) set {
	s := set{name: "phone-pictures", zip: catalogZip, queries: photos, files: phoneZip}
	for _, r := range rows {
		item := eval.Item{ID: r.id, Image: r.image, Category: r.kind}
		for _, c := range phoneClasses {
			if slices.Contains(c.types, r.kind) {
				item.Label = c.class
			}
		}
		s.corpus = append(s.corpus, item)
	}
	return s
}

// readGroceries pairs the validation photos with one clean picture of each kind.
func readGroceries(file string) (set, error) {
	z, err := zip.OpenReader(file)
	if err != nil {
		return set{}, fmt.Errorf("%w: %w", ErrData, err)
	}
	defer z.Close()
	s := set{name: "grocery", zip: groceryZip}
	kinds := map[string]string{} // names by class id
	err = readCSV(&z.Reader, "classes.csv", func(field func(string) string) {
		name := strings.ReplaceAll(field("Class Name (str)"), "-", " ")
		picture := strings.Replace(field("Iconic Image Path (str)"), "/iconic-images-and-descriptions/", "iconic/", 1)
		kinds[field("Class ID (int)")] = name
		s.corpus = append(s.corpus, eval.Item{ID: name, Image: picture, Label: name, Category: field("Coarse Class Name (str)")})
	}, "Class Name (str)", "Class ID (int)", "Coarse Class Name (str)", "Iconic Image Path (str)")
	if err == nil {
		s.queries, err = readGroceryPhotos(&z.Reader, kinds)
	}
	if err != nil {
		return set{}, fmt.Errorf("%w: %s: %w", ErrData, file, err)
	}
	return s, nil
}

// readGroceryPhotos reads val.txt: path, class id and coarse class id. The table
// names more photos than a part of the data holds; those are passed over.
func readGroceryPhotos(z *zip.Reader, kinds map[string]string) ([]eval.Item, error) {
	there := map[string]bool{}
	for _, f := range z.File {
		there[f.Name] = true
	}
	f, err := z.Open("val.txt")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var photos []eval.Item
	for lines := bufio.NewScanner(f); ; {
		if !lines.Scan() {
			return photos, lines.Err()
		}
		fields := strings.Split(lines.Text(), ",")
		if len(fields) < 2 {
			continue
		}
		name := strings.TrimPrefix(strings.TrimSpace(fields[0]), "/")
		kind := kinds[strings.TrimSpace(fields[1])]
		if kind == "" {
			return nil, fmt.Errorf("val.txt: %s has class %q, which classes.csv lacks", name, fields[1])
		}
		if there[name] {
			photos = append(photos, eval.Item{ID: filepath.ToSlash(name), Image: name, Label: kind})
		}
	}
}
