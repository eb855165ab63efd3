package eval

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"honeyguide/embed/photo"
)

func TestFormats(t *testing.T) {
	crlf := func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }
	text := func(name string) string { return shop[name].(string) }
	noImages := shop.with("images/r.png", nil).with("images/g.png", nil).with("images/b.png", nil)
	for name, f := range map[string]files{
		"plain":          shop,
		"qrels, no head": shop.with("qrels.tsv", strings.TrimPrefix(text("qrels.tsv"), "query-id\tcorpus-id\tscore\n")),
		"qrels, other head, no last line end": shop.with("qrels.tsv",
			strings.TrimSuffix(strings.Replace(text("qrels.tsv"), "query-id\tcorpus-id\tscore", "query_id\tdoc_id\trelevance", 1), "\n")),
		"line ends of Windows": shop.with("qrels.tsv", crlf(text("qrels.tsv"))).
			with("corpus.jsonl", crlf(text("corpus.jsonl"))).with("queries.jsonl", crlf(text("queries.jsonl"))),
		"byte order marks, empty lines": shop.with("qrels.tsv", "\ufeff"+text("qrels.tsv")+"\n\n").
			with("corpus.jsonl", "\ufeff\n"+text("corpus.jsonl")+"  \n"),
		"gzipped": shop.with("qrels.tsv", nil).with("corpus.jsonl", nil).with("queries.jsonl", nil).
			with("qrels.tsv.gz", text("qrels.tsv")).with("corpus.jsonl.gz", text("corpus.jsonl")).with("queries.jsonl.gz", text("queries.jsonl")),
		"plain before gzipped": shop.with("corpus.jsonl.gz", "not read"),
		"zip with folder":      noImages.with("images.zip", files{"images/r.png": red, "images/g.png": green, "images/b.png": blue}),
		"zip without folder":   noImages.with("images.zip", files{"r.png": red, "g.png": green, "b.png": blue}),
		"folder before zip":    shop.with("images.zip", files{"images/r.png": blue, "images/g.png": blue}),
		"a path with dots":     shop.with("queries.jsonl", strings.Replace(text("queries.jsonl"), "q/blue", "./images/../q/blue", 1)),
		"unknown fields":       shop.with("corpus.jsonl", strings.ReplaceAll(text("corpus.jsonl"), `{"id"`, `{"metadata":{"a":1},"title":"x","id"`)),
	} {
		t.Run(name, func(t *testing.T) {
			res, err := Retrieval(t.Context(), colors{}, Options{Dir: f.folder(t)}, nil)
			if err != nil {
				t.Fatal(err)
			}
			checkShop(t, res)
		})
	}
}

func TestWrongSets(t *testing.T) {
	more := func(name, line string) files { return shop.with(name, shop[name].(string)+line) }
	for name, c := range map[string]struct {
		files
		want string // in the message
	}{
		"no corpus":              {shop.with("corpus.jsonl", nil), "corpus.jsonl: no such file"},
		"no queries":             {shop.with("queries.jsonl", nil), "queries.jsonl: no such file"},
		"no judgments":           {shop.with("qrels.tsv", nil), "qrels.tsv is missing, and no query carries a label"},
		"empty corpus":           {shop.with("corpus.jsonl", "\n"), "corpus.jsonl holds no items"},
		"not JSON":               {more("corpus.jsonl", "{\n"), "corpus.jsonl line 4: not a JSON object"},
		"not an object":          {more("corpus.jsonl", "[]\n"), "corpus.jsonl line 4: not a JSON object"},
		"field of another kind":  {more("corpus.jsonl", `{"id":7,"text":"x"}`), `corpus.jsonl line 4, field "id": is a number, want a string`},
		"no id":                  {more("queries.jsonl", `{"text":"x"}`), `queries.jsonl line 5, field "id": is missing`},
		"id with a tab":          {more("queries.jsonl", `{"id":"a\tb","text":"x"}`), `queries.jsonl line 5, field "id": "a\tb" holds a tab`},
		"id twice":               {more("corpus.jsonl", `{"id":"r","text":"x"}`), `corpus.jsonl line 4, field "id": "r" is on line 1 already`},
		"nothing to encode":      {more("corpus.jsonl", `{"id":"x","text":"  "}`), `corpus.jsonl line 4, field "text": the item has neither text nor image`},
		"no such picture":        {more("corpus.jsonl", `{"id":"x","image":"images/x.png"}`), `corpus.jsonl line 4, field "image": "images/x.png" is not in the folder, and there is no images.zip`},
		"not in the zip either":  {more("corpus.jsonl", `{"id":"x","image":"x.png"}`).with("images.zip", files{"y.png": red}), `"x.png" is neither in the folder nor in images.zip`},
		"a folder for a picture": {more("corpus.jsonl", `{"id":"x","image":"images"}`), `"images" is not a file`},
		"leaving upwards":        {more("corpus.jsonl", `{"id":"x","image":"images/../../x.png"}`), `line 4, field "image": "images/../../x.png" leaves the folder`},
		"leaving by the root":    {more("queries.jsonl", `{"id":"x","image":"/etc/passwd"}`), `queries.jsonl line 5, field "image": "/etc/passwd" leaves the folder`},
		"not a picture":          {shop.with("images/g.png", "GIF"), `corpus.jsonl line 2, field "image": "images/g.png": picture format not supported`},
		"a broken query picture": {shop.with("q/blue.png", blue[:60]), `queries.jsonl line 3, field "image": "q/blue.png": picture is broken`},
		"a picture of 11 MB":     {shop.with("images/b.png", blue+strings.Repeat("\x00", 11<<20)), `corpus.jsonl line 3, field "image": "images/b.png": picture too large`},
		"a broken zip":           {shop.with("images.zip", "PK"), "images.zip: zip: not a valid zip file"},
		"broken gzip":            {shop.with("corpus.jsonl", nil).with("corpus.jsonl.gz", files{}), "corpus.jsonl.gz: gzip: invalid header"},
		"unknown query":          {more("qrels.tsv", "x\tr\t1\n"), `qrels.tsv line 7, field "query-id": "x" is not in queries.jsonl`},
		"unknown item":           {more("qrels.tsv", "zh\t裙\t1\n"), `qrels.tsv line 7, field "corpus-id": "裙" is not in corpus.jsonl`},
		"score is a word":        {more("qrels.tsv", "zh\tg\tyes\n"), `qrels.tsv line 7, field "score": "yes" is not a number`},
		"score is not a number":  {more("qrels.tsv", "zh\tg\tNaN\n"), `qrels.tsv line 7, field "score": "NaN" is not a number`},
		"two fields":             {more("qrels.tsv", "zh\tg\n"), "qrels.tsv line 7: 2 fields, want query-id, corpus-id and score separated by tabs"},
		"blanks for tabs":        {more("qrels.tsv", "zh g 1\n"), "qrels.tsv line 7: 1 fields"},
		"judged twice":           {more("qrels.tsv", "zh\tb\t2\n"), `qrels.tsv judges query "zh" and item "b" twice`},
		"nothing relevant":       {shop.with("qrels.tsv", "query-id\tcorpus-id\tscore\nzh\tr\t0\n"), "no query has a relevant item"},
		"a line without end":     {more("corpus.jsonl", strings.Repeat("x", maxLine+1)), "corpus.jsonl line 4: bufio.Scanner: token too long"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Retrieval(t.Context(), colors{}, Options{Dir: c.folder(t)}, nil)
			if !errors.Is(err, ErrSet) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got  %v\nwant %v: … %s", err, ErrSet, c.want)
			}
		})
	}
}

func TestCutGzipIsAnError(t *testing.T) {
	dir := shop.with("qrels.tsv", nil).folder(t)
	data := zipped(t, shop["qrels.tsv"].(string))
	if err := os.WriteFile(filepath.Join(dir, "qrels.tsv.gz"), data[:len(data)-10], 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := Retrieval(t.Context(), colors{}, Options{Dir: dir}, nil)
	if !errors.Is(err, ErrSet) || !strings.Contains(err.Error(), "qrels.tsv") {
		t.Errorf("got %v", err)
	}
}

func TestLinksStayInside(t *testing.T) {
	outside := filepath.Join(t.TempDir(), "secret.png")
	if err := os.WriteFile(outside, []byte(red), 0o644); err != nil {
		t.Fatal(err)
	}
	dir := shop.with("images/r.png", nil).folder(t)
	if err := os.Symlink(outside, filepath.Join(dir, "images", "r.png")); err != nil {
		t.Skip("no links here:", err)
	}
	_, err := Retrieval(t.Context(), colors{}, Options{Dir: dir}, nil)
	if !errors.Is(err, ErrSet) || !strings.Contains(err.Error(), `corpus.jsonl line 1, field "image"`) {
		t.Errorf("got %v", err)
	}
}

func TestPictureErrorsKeepTheirKind(t *testing.T) {
	_, err := Retrieval(t.Context(), colors{}, Options{Dir: shop.with("q/blue.png", "%PDF-1.4").folder(t)}, nil)
	if !errors.Is(err, photo.ErrUnsupported) || !strings.Contains(err.Error(), "a PDF") {
		t.Errorf("got %v", err)
	}
}

func TestNoFolder(t *testing.T) {
	if _, err := Retrieval(t.Context(), colors{}, Options{Dir: filepath.Join(t.TempDir(), "none")}, nil); !errors.Is(err, ErrSet) {
		t.Errorf("got %v", err)
	}
}

func FuzzReadItems(f *testing.F) {
	f.Add(shop["corpus.jsonl"].(string))
	f.Add("\ufeff{\"id\":\"a\",\"text\":\"x\"}\r\n")
	f.Fuzz(func(t *testing.T, content string) {
		items, err := readItems(strings.NewReader(content), "f", func(string) error { return nil })
		if err != nil {
			if !errors.Is(err, ErrSet) {
				t.Errorf("%v is not an ErrSet", err)
			}
			return
		}
		if len(items) == 0 || len(places(items)) != len(items) {
			t.Errorf("%d items, %d ids", len(items), len(places(items)))
		}
		for i := range items {
			if !items[i].hasText() && items[i].Image == "" {
				t.Errorf("%+v has nothing to encode", items[i])
			}
		}
	})
}

func FuzzReadJudgments(f *testing.F) {
	f.Add(shop["qrels.tsv"].(string))
	f.Add("q\tr\t1e3\r\nq\tg\t-1")
	corpus, queries := []Item{{ID: "r"}, {ID: "g"}}, []Item{{ID: "q"}, {ID: "zh"}}
	f.Fuzz(func(t *testing.T, content string) {
		judged, err := readJudgments(strings.NewReader(content), queries, corpus)
		if err != nil {
			if !errors.Is(err, ErrSet) {
				t.Errorf("%v is not an ErrSet", err)
			}
			return
		}
		for _, js := range judged {
			if len(js) > len(corpus) {
				t.Errorf("%d judgments of %d items", len(js), len(corpus))
			}
			for _, j := range best(js) {
				if gain(js, j.item) != j.score || j.score <= 0 {
					t.Errorf("gain %v of %+v", gain(js, j.item), j)
				}
			}
		}
	})
}
