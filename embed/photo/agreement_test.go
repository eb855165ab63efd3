package photo

import (
	"archive/zip"
	"encoding/csv"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// TestPaletteAgreesWithShop compares palettes with the colour that a real shop
// wrote beside its pictures: as a family, so that navy is blue. PALETTE_SAMPLE
// chooses how many pictures are asked; the last 2,000 of a fixed shuffle are those
// that the palette was not tuned on.
func TestPaletteAgreesWithShop(t *testing.T) {
	shop := openShop(t)
	names, family := shopColors(t)
	sample := 100
	if s, err := strconv.Atoi(os.Getenv("PALETTE_SAMPLE")); err == nil {
		sample = min(s, 2000)
	}
	asked, first, among := 0, 0, 0
	for _, row := range shop.rows(t)[2000 : 2000+sample] {
		label := family[strings.ToLower(row["color"])]
		if label == "" || label == "multi" {
			continue
		}
		img, _, err := Decode(shop.read(t, row["image_link"]))
		if err != nil {
			t.Fatal(err)
		}
		var families []string
		for _, s := range Palette(img, names, 5) {
			families = append(families, family[s.Name])
		}
		families = slices.Compact(families)
		asked++
		switch slices.Index(families, label) {
		case 0:
			first++
			among++
		case 1:
			among++
		}
	}
	t.Logf("of %d pictures: the first colour is right for %.3f, one of the first two for %.3f", asked, float64(first)/float64(asked), float64(among)/float64(asked))
	if float64(first) < 0.5*float64(asked) || float64(among) < 0.65*float64(asked) {
		t.Error("palettes name the shop's colours worse than they did")
	}
}

// shopColors reads the packs' colours: candidates under their own names, shades
// too, and the family of every English name.
func shopColors(t *testing.T) (names []Named, family map[string]string) {
	data, err := os.ReadFile("../../packs/data/colors.yaml")
	if err != nil {
		t.Skipf("the packs' colours are not here: %v", err)
	}
	var packs struct {
		Colors map[string]struct{ Hex, En []string }
		Shades map[string]struct {
			Of, Hex string
			En      []string
		}
	}
	if err := yaml.Unmarshal(data, &packs); err != nil {
		t.Fatal(err)
	}
	family = map[string]string{}
	add := func(name, of, hex string, words []string) {
		family[name] = of
		for _, w := range words {
			family[w] = of
		}
		var n = Named{Name: name}
		if _, err := fmt.Sscanf(hex, "#%02x%02x%02x", &n.R, &n.G, &n.B); err == nil {
			names = append(names, n)
		}
	}
	for name, c := range packs.Colors {
		add(name, name, "", c.En)
		for _, hex := range c.Hex {
			add(name, name, hex, nil)
		}
	}
	for name, s := range packs.Shades {
		add(name, s.Of, s.Hex, s.En)
	}
	return names, family
}

type shop struct{ *zip.ReadCloser }

func openShop(t *testing.T) shop {
	folder := os.Getenv("HONEYGUIDE_DATA_SETS")
	if folder == "" {
		folder = filepath.Join("..", "..", "..", "shared", "data")
	}
	z, err := zip.OpenReader(filepath.Join(folder, "catalog.zip"))
	if err != nil {
		t.Skipf("the real catalogue is not here: %v", err)
	}
	t.Cleanup(func() { z.Close() })
	return shop{z}
}

func (s shop) read(t *testing.T, name string) []byte {
	f, err := s.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	data, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// rows returns the products by column, shuffled the same way every time.
func (s shop) rows(t *testing.T) []map[string]string {
	table, err := csv.NewReader(strings.NewReader(string(s.read(t, "products.csv")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for _, line := range table[1:] {
		row := map[string]string{}
		for i, column := range table[0] {
			row[column] = line[i]
		}
		rows = append(rows, row)
	}
	random := rand.New(rand.NewPCG(5, 6))
	random.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	return rows
}
