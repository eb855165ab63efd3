package sets

import (
	"archive/zip"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"honeyguide/eval"
)

// shop is a made-up measuring folder: 12 shirts, 11 red and 1 blue, of groups
// that are held out, and a shirt and 2 dresses that are not.
func shop(t *testing.T) map[string]map[string]string {
	t.Helper()
	catalog := map[string]string{}
	var table strings.Builder
	rows := csv.NewWriter(&table)
	add := func(id int, group, kind, color string) {
		image := fmt.Sprintf("images/%d.jpg", id)
		catalog[image] = "picture " + image
		row := []string{fmt.Sprint(id), fmt.Sprintf("%s %s, number %d", color, kind, id), image, "Apparel > " + kind, color, group}
		if err := rows.Write(row); err != nil {
			t.Fatal(err)
		}
	}
	if err := rows.Write([]string{"id", "title", "image_link", "product_type", "color", "item_group_id"}); err != nil {
		t.Fatal(err)
	}
	held, trained := groups()
	for i := range 12 {
		add(i, held[i], "Shirts", []string{"Blue", "Red"}[min(i, 1)])
	}
	for i := range 3 {
		add(100+i, trained[i], []string{"Shirts", "Dresses"}[min(i, 1)], "Red")
	}
	rows.Flush()
	catalog["products.csv"] = table.String()
	return map[string]map[string]string{
		catalogZip: catalog,
		phoneZip:   {"shirt/a.jpg": "photo a", "dress/b.jpg": "photo b", "LICENSE": "free"},
		groceryZip: {
			"classes.csv": "Class Name (str),Class ID (int),Coarse Class Name (str),Coarse Class ID (int),Iconic Image Path (str),Product Description Path (str)\n" +
				"Pink-Lady,2,Apple,0,/iconic-images-and-descriptions/Fruit/Pink-Lady_Iconic.jpg,/x.txt\nMango,20,Mango,5,/iconic-images-and-descriptions/Fruit/Mango_Iconic.jpg,/y.txt\n",
			"val.txt":                           "val/Fruit/Mango_001.jpg, 20, 5\nval/Fruit/Mango_elsewhere.jpg, 20, 5\n\n",
			"val/Fruit/Mango_001.jpg":           "mango",
			"iconic/Fruit/Pink-Lady_Iconic.jpg": "clean apple", "iconic/Fruit/Mango_Iconic.jpg": "clean mango",
		},
	}
}

// groups finds group ids on both sides of the split.
func groups() (held, trained []string) {
	for i := 0; len(held) < 12 || len(trained) < 3; i++ {
		if r := (row{group: fmt.Sprint(i)}); r.heldOut() {
			held = append(held, r.group)
		} else {
			trained = append(trained, r.group)
		}
	}
	return held, trained
}

func write(t *testing.T, data map[string]map[string]string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for name, members := range data {
		f, err := os.Create(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		z := zip.NewWriter(f)
		for member, content := range members {
			w, err := z.Create(member)
			if err == nil {
				_, err = w.Write([]byte(content))
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := errors.Join(z.Close(), f.Close()); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func read(t *testing.T, elements ...string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(elements...))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// The same rule as training: zlib.crc32(item_group_id) % 20 == 0, from Python.
func TestHeldOut(t *testing.T) {
	for group, want := range map[string]bool{"1163": true, "1164": false, "": true, "红色": false} {
		if got := (row{group: group}).heldOut(); got != want {
			t.Errorf("group %q: held out %t, want %t", group, got, want)
		}
	}
}

func TestBuild(t *testing.T) {
	out := filepath.Join(t.TempDir(), "new", "sets")
	var built []string
	chinese := func(word string) string { return map[string]string{"Shirts": "衬衫", "Red": "红色"}[word] }
	err := Build(t.Context(), Options{Data: write(t, shop(t)), Out: out, Chinese: chinese, Progress: func(name string) { built = append(built, name) }})
	if err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]string{
		"type-words/queries.jsonl":     `{"id":"Shirts","text":"shirts","label":"Shirts"}` + "\n",
		"color-words/queries.jsonl":    `{"id":"Red","text":"red","label":"Red"}` + "\n",
		"type-words-zh/queries.jsonl":  `{"id":"Shirts","text":"衬衫","label":"Shirts"}` + "\n",
		"color-words-zh/queries.jsonl": `{"id":"Red","text":"红色","label":"Red"}` + "\n",
		"grocery/queries.jsonl":        `{"id":"val/Fruit/Mango_001.jpg","image":"val/Fruit/Mango_001.jpg","label":"Mango"}` + "\n",
		"grocery/corpus.jsonl": `{"id":"Pink Lady","image":"iconic/Fruit/Pink-Lady_Iconic.jpg","category":"Apple","label":"Pink Lady"}
{"id":"Mango","image":"iconic/Fruit/Mango_Iconic.jpg","category":"Mango","label":"Mango"}
`,
		"pictures/corpus.jsonl": `{"id":"100","image":"images/100.jpg","label":"Shirts"}
{"id":"101","image":"images/101.jpg","label":"Dresses"}
{"id":"102","image":"images/102.jpg","label":"Dresses"}
`,
		"phone-pictures/shirt/a.jpg": "photo a",
	} {
		if got := read(t, out, file); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", file, got, want)
		}
	}
	for file, lines := range map[string]int{
		"names/corpus.jsonl": 15, "names/queries.jsonl": 12, "names/qrels.tsv": 13, "type-words/corpus.jsonl": 12,
		"pictures/queries.jsonl": 12, "color-pictures/queries.jsonl": 12, "phone-words/corpus.jsonl": 10,
		"phone-words/queries.jsonl": 2, "phone-pictures/corpus.jsonl": 15,
	} {
		if got := strings.Count(read(t, out, file), "\n"); got != lines {
			t.Errorf("%s: %d lines, want %d", file, got, lines)
		}
	}
	for file, want := range map[string]string{
		"names/qrels.tsv":             "query-id\tcorpus-id\tscore\nname-0\t0\t1\n",
		"names/queries.jsonl":         `{"id":"name-0","text":"Blue Shirts, number 0","category":"Shirts"}`,
		"phone-pictures/corpus.jsonl": `{"id":"0","image":"images/0.jpg","category":"Shirts","label":"shirt"}`,
		"phone-words/corpus.jsonl":    `{"id":"dress","text":"dress","label":"dress"}`,
	} {
		if got := read(t, out, file); !strings.HasPrefix(got, want) {
			t.Errorf("%s begins\n%.100s\nwant\n%s", file, got, want)
		}
	}
	want := []string{"names", "type-words", "color-words", "pictures", "color-pictures", "type-words-zh", "color-words-zh", "phone-words", "phone-pictures", "grocery"}
	if !slices.Equal(built, want) {
		t.Errorf("built %q, want %q", built, want)
	}
}

// Every set is one that eval accepts: its feed holds all items and their pictures.
func TestSetsAreSets(t *testing.T) {
	out := t.TempDir()
	if err := Build(t.Context(), Options{Data: write(t, shop(t)), Out: out}); err != nil {
		t.Fatal(err)
	}
	folders, err := os.ReadDir(out)
	if err != nil || len(folders) != 8 {
		t.Fatalf("%d folders, %v", len(folders), err)
	}
	for _, folder := range folders {
		feed, err := os.Create(filepath.Join(t.TempDir(), "feed.zip"))
		if err != nil {
			t.Fatal(err)
		}
		defer feed.Close()
		items := strings.Count(read(t, out, folder.Name(), "corpus.jsonl"), "\n")
		if n, err := eval.WriteFeed(t.Context(), filepath.Join(out, folder.Name()), feed); err != nil || n != items {
			t.Errorf("%s: %d of %d items, %v", folder.Name(), n, items, err)
		}
	}
}

func TestBuildTwice(t *testing.T) {
	data, out := write(t, shop(t)), t.TempDir()
	for range 2 {
		if err := Build(t.Context(), Options{Data: data, Out: out}); err != nil {
			t.Fatal(err)
		}
	}
	if got := strings.Count(read(t, out, "names", "corpus.jsonl"), "\n"); got != 15 {
		t.Errorf("%d lines after the second time, want 15", got)
	}
}

func TestWrongData(t *testing.T) {
	for name, c := range map[string]struct {
		file, member, content, want string
	}{
		"no table":            {catalogZip, "products.csv", "", "products.csv"},
		"a column is missing": {catalogZip, "products.csv", "id,title\n", `no column "image_link"`},
		"a row is short":      {catalogZip, "products.csv", "id,title,image_link,product_type,color,item_group_id\n1,x\n", "wrong number of fields"},
		"no class table":      {groceryZip, "classes.csv", "", "classes.csv"},
		"no list":             {groceryZip, "val.txt", "", "val.txt"},
		"an unknown class":    {groceryZip, "val.txt", "val/x.jpg, 7, 7\n", `val/x.jpg has class " 7"`},
	} {
		t.Run(name, func(t *testing.T) {
			data := shop(t)
			if data[c.file][c.member] = c.content; c.content == "" {
				delete(data[c.file], c.member)
			}
			err := Build(t.Context(), Options{Data: write(t, data), Out: t.TempDir()})
			if !errors.Is(err, ErrData) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want … %s", err, c.want)
			}
		})
	}
	for _, file := range []string{catalogZip, phoneZip, groceryZip} {
		data := shop(t)
		delete(data, file)
		if err := Build(t.Context(), Options{Data: write(t, data), Out: t.TempDir()}); !errors.Is(err, ErrData) || !strings.Contains(err.Error(), file) {
			t.Errorf("without %s: %v", file, err)
		}
	}
	data := shop(t)
	data[phoneZip] = map[string]string{"LICENSE": "free"}
	if err := Build(t.Context(), Options{Data: write(t, data), Out: t.TempDir()}); !errors.Is(err, ErrData) {
		t.Errorf("without photos: %v", err)
	}
}

func TestPathsStayInside(t *testing.T) {
	data, out := shop(t), t.TempDir()
	data[phoneZip]["../../escaped.jpg"] = "photo"
	if err := Build(t.Context(), Options{Data: write(t, data), Out: filepath.Join(out, "a")}); err == nil {
		t.Error("a path that leaves the folder was accepted")
	}
	if _, err := os.Stat(filepath.Join(out, "escaped.jpg")); err == nil {
		t.Error("a file was written outside")
	}
}

func TestBuildStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	out := t.TempDir()
	if err := Build(ctx, Options{Data: write(t, shop(t)), Out: out}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if folders, err := os.ReadDir(out); err != nil || len(folders) > 0 {
		t.Errorf("%d folders, %v", len(folders), err)
	}
}
