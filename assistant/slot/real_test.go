package slot

import (
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// dataFile opens a file of the data sets, unzipped, or skips the test.
func dataFile(t *testing.T, name string) io.Reader {
	t.Helper()
	for _, folder := range []string{os.Getenv("HONEYGUIDE_DATA_SETS"), filepath.Join("..", "..", "..", "shared", "data")} {
		f, err := os.Open(filepath.Join(folder, name))
		if err != nil {
			continue
		}
		t.Cleanup(func() { f.Close() })
		if !strings.HasSuffix(name, ".gz") {
			return f
		}
		z, err := gzip.NewReader(f)
		if err != nil {
			t.Fatal(err)
		}
		return z
	}
	t.Skipf("%s is absent: set HONEYGUIDE_DATA_SETS to the folder of the data sets", name)
	return nil
}

// TestRealOrders measures the numbers of orders in real service sentences, which hold
// numbers of invoices, sums and periods as well. Rules were made on the training
// file; the validation file was read for its figure only.
func TestRealOrders(t *testing.T) {
	for _, name := range []string{"Bitext_Sample_Customer_Service_Training_Dataset.csv.gz", "Bitext_Sample_Customer_Service_Validation_Dataset.csv"} {
		rows, err := csv.NewReader(dataFile(t, "bitext_intents/"+name)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		var ours, digits score
		for _, row := range rows[1:] {
			text := row[0]
			var want, got []string
			if row[2] == "order_id" {
				want = []string{row[3]}
			}
			if number := Read(text, wednesday).OrderNumber; number != "" {
				got = []string{number}
			}
			ours.add(want, got)
			digits.add(want, anyDigits.FindAllString(text, 1))
			if len(want) != len(got) || len(want) > 0 && want[0] != got[0] {
				t.Logf("%q: want %v, got %v", text, want, got)
			}
		}
		t.Logf("%s: %d sentences, %v; control, any digits: %v", name, len(rows)-1, ours, digits)
		if ours.f1() < .95 {
			t.Errorf("%s: F1 %.3f, want at least .95", name, ours.f1())
		}
	}
}

// TestRealRefinements reads what two people wrote, apart from each other, of how the
// same garment is to differ from another: where both say a direction it should be one.
// The control pairs what was written of different garments.
func TestRealRefinements(t *testing.T) {
	directions := []string{"formality", "warmth", "length", "sleeves", "fit", "shade", "pattern"}
	var same, against, sameByChance, againstByChance, read, all int
	compare := func(a, b []string, same, against *int) {
		for _, x := range a {
			field, _, _ := strings.Cut(x, "=")
			if !slices.Contains(directions, field) {
				continue
			}
			for _, y := range b {
				switch {
				case x == y:
					*same++
				case strings.HasPrefix(y, field+"="):
					*against++
				}
			}
		}
	}
	for _, kind := range []string{"dress", "shirt", "toptee"} {
		var pairs []struct{ Captions []string }
		if err := json.NewDecoder(dataFile(t, "refine_captions_en/cap."+kind+".train.json.gz")).Decode(&pairs); err != nil {
			t.Fatal(err)
		}
		var before []string
		for i, p := range pairs {
			if i%3 > 0 { // a third is enough
				continue
			}
			one, two := flat(Read(p.Captions[0], wednesday)), flat(Read(p.Captions[1], wednesday))
			compare(one, two, &same, &against)
			compare(before, two, &sameByChance, &againstByChance)
			before = one
			if all++; len(one) > 0 || len(two) > 0 {
				read++
			}
		}
	}
	agree := float64(same) / float64(same+against)
	chance := float64(sameByChance) / float64(sameByChance+againstByChance)
	t.Logf("%d pairs, something is read in %d; two people say the same one %.3f of %d times, by chance %.3f", all, read, agree, same+against, chance)
	if agree < .85 || agree < chance+.2 {
		t.Errorf("they agree %.3f of the time, by chance %.3f", agree, chance)
	}
}

var anyDigits = regexp.MustCompile(`\d{3,}`)
