package packs

import (
	"archive/zip"
	"encoding/csv"
	"os"
	"path/filepath"
	"testing"
)

// TestRealCatalog maps the 164 product types and 31,316 titles of a real shop.
// Every type must find its category; titles alone are held against the types.
func TestRealCatalog(t *testing.T) {
	rows, column := readCatalog(t)
	p := mustLoad(t)
	types, colors := map[string]bool{}, map[string]bool{}
	same, kin, none := 0, 0, 0
	for _, row := range rows {
		productType, title, color := row[column["product_type"]], row[column["title"]], row[column["color"]]
		byType, _ := p.CategoryOf(productType, "")
		byBoth, _ := p.CategoryOf(productType, title)
		byTitle, _ := p.CategoryOf("", title)
		if byType == "" && !types[productType] {
			t.Errorf("product type %q has no category", productType)
		}
		types[productType] = true
		if color != "" && len(p.ColorsOf(color)) == 0 && !colors[color] {
			colors[color] = true
			t.Errorf("colour %q is unknown", color)
		}
		switch {
		case byTitle == byType || byTitle == byBoth:
			same++
		case byTitle == "":
			none++
		case IsA(byTitle, byType) || IsA(byType, byTitle):
			kin++
		}
	}
	share := func(n int) float64 { return 100 * float64(n) / float64(len(rows)) }
	t.Logf("%d types; titles alone agree with the type for %.1f %% of %d products, are wider or finer for %.1f %%, tell nothing for %.1f %%",
		len(types), share(same), len(rows), share(kin), share(none))
	if share(same) < 85 {
		t.Errorf("titles agree for %.1f %%, want 85", share(same))
	}
}

func readCatalog(t *testing.T) (rows [][]string, column map[string]int) {
	t.Helper()
	folders := []string{os.Getenv("HONEYGUIDE_DATA_SETS")}
	for up := ".."; len(up) < 20; up = filepath.Join(up, "..") {
		folders = append(folders, filepath.Join(up, "shared", "data"))
	}
	for _, folder := range folders {
		z, err := zip.OpenReader(filepath.Join(folder, "catalog.zip"))
		if err != nil {
			continue
		}
		defer z.Close()
		f, err := z.Open("products.csv")
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(f).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		column = map[string]int{}
		for i, name := range rows[0] {
			column[name] = i
		}
		return rows[1:], column
	}
	t.Skip("catalog.zip is absent: set HONEYGUIDE_DATA_SETS to the folder of the data sets")
	return nil, nil
}
