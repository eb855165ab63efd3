package eval

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"honeyguide/catalog/index"
)

// checkShop compares the figures of shop with those computed by hand. With both
// parts, an item is its own colour's axis whatever its part.
func checkShop(t *testing.T, res *Result) {
	t.Helper()
	// photo: b (0), g (1), r (3); the best order is r, g.
	photoNDCG := (1/math.Log2(3) + 3/math.Log2(4)) / (3 + 1/math.Log2(3))
	want := Scores{
		Queries: 3, K: []int{1, 10},
		Recall:    []float64{1. / 3, 1},
		Precision: []float64{1. / 3, (.1 + .1 + .2) / 3},
		MRR:       (1 + .5 + .5) / 3,
		NDCG:      (1 + 1/math.Log2(3) + photoNDCG) / 3,
	}
	got := res.Scores
	for name, pair := range map[string][2]float64{
		"recall@1": {got.Recall[0], want.Recall[0]}, "recall@10": {got.Recall[1], want.Recall[1]},
		"p@1": {got.Precision[0], want.Precision[0]}, "p@10": {got.Precision[1], want.Precision[1]},
		"mrr": {got.MRR, want.MRR}, "ndcg@10": {got.NDCG, want.NDCG},
	} {
		if !near(pair[0], pair[1]) {
			t.Errorf("%s = %v, want %v", name, pair[0], pair[1])
		}
	}
	if got.Queries != 3 || res.Corpus != 3 || res.Unjudged != 1 || res.EncodePerS <= 0 || res.SearchP50 <= 0 {
		t.Errorf("got %+v", res)
	}
}

func TestRetrieval(t *testing.T) {
	dir := shop.folder(t)
	for _, corpus := range []Corpus{"", Images, Texts, Both} {
		t.Run(string(corpus), func(t *testing.T) {
			res, err := Retrieval(t.Context(), colors{}, Options{Dir: dir, Corpus: corpus}, nil)
			if err != nil {
				t.Fatal(err)
			}
			checkShop(t, res)
		})
	}
}

// two has one item with a text only and one with a picture only.
var two = files{
	"corpus.jsonl":  `{"id":"t","text":"red"}` + "\n" + `{"id":"p","image":"r.png"}`,
	"queries.jsonl": `{"id":"q","text":"red"}`,
	"qrels.tsv":     "q\tt\t1\nq\tp\t1\n",
	"r.png":         red,
}

func TestCorpusChoosesItems(t *testing.T) {
	for corpus, want := range map[Corpus]struct {
		searched int
		recall   float64
	}{Images: {1, .5}, Texts: {1, .5}, Both: {2, 1}} {
		res, err := Retrieval(t.Context(), colors{}, Options{Dir: two.folder(t), Corpus: corpus}, nil)
		if err != nil || res.Corpus != want.searched || res.Recall[1] != want.recall {
			t.Errorf("%s: %+v, %v; want %+v", corpus, res, err, want)
		}
	}
	texts := two.with("corpus.jsonl", `{"id":"t","text":"red"}`+"\n"+`{"id":"p","text":"blue"}`)
	_, err := Retrieval(t.Context(), colors{}, Options{Dir: texts.folder(t), Corpus: Images}, nil)
	if !errors.Is(err, ErrSet) || !strings.Contains(err.Error(), "no item of corpus.jsonl") {
		t.Errorf("got %v", err)
	}
}

// A red text on a blue picture lies between red and blue: nearer to a violet
// query than either part alone.
func TestBothIsTheMeanOfTextAndPicture(t *testing.T) {
	f := files{
		"corpus.jsonl":  `{"id":"1","text":"red"}` + "\n" + `{"id":"2","image":"b.png"}` + "\n" + `{"id":"3","text":"red","image":"b.png"}`,
		"queries.jsonl": `{"id":"words","text":"red blue"}` + "\n" + `{"id":"fused","text":"blue","image":"r.png"}`,
		"qrels.tsv":     "words\t3\t1\nfused\t3\t1\n",
		"r.png":         red, "b.png": blue,
	}
	dir := f.folder(t)
	res, err := Retrieval(t.Context(), colors{}, Options{Dir: dir, K: []int{1}}, nil)
	if err != nil || res.Recall[0] != 1 {
		t.Errorf("both: %+v, %v", res, err)
	}
	res, err = Retrieval(t.Context(), colors{}, Options{Dir: dir, K: []int{1}, Corpus: Texts}, nil)
	if err != nil || res.Recall[0] != 0 { // 1 and 3 tie as texts, and 1 is the lower id
		t.Errorf("texts: %+v, %v", res, err)
	}
}

func TestLabelsJudge(t *testing.T) {
	f := files{
		"corpus.jsonl": `{"id":"1","text":"red","label":"warm"}` + "\n" + `{"id":"2","text":"blue","label":"cold"}` + "\n" +
			`{"id":"3","text":"green","label":"cold"}` + "\n" + `{"id":"4","text":"蓝"}`,
		"queries.jsonl": `{"id":"a","text":"blue","label":"cold"}` + "\n" + `{"id":"b","text":"red","label":"none"}` + "\n" + `{"id":"c","text":"red"}`,
	}
	res, err := Retrieval(t.Context(), colors{}, Options{Dir: f.folder(t), K: []int{1, 2, 3, 4}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	// a: 2 and 4 tie at 1, then 1 and 3 tie at 0; 2 and 3 are relevant.
	if res.Queries != 1 || res.Unjudged != 2 || !slices.Equal(res.Recall, []float64{.5, .5, .5, 1}) || res.MRR != 1 {
		t.Errorf("got %+v", res)
	}
}

func TestStore(t *testing.T) {
	var asked []string
	find := func(_ context.Context, text string, picture image.Image, limit int) ([]index.Hit, error) {
		asked = append(asked, fmt.Sprintf("%s %t %d", text, picture != nil, limit))
		return []index.Hit{{ID: "another", Score: 1}, {ID: "b"}, {ID: "b"}, {ID: "g"}, {ID: "r"}}, nil
	}
	res, err := Retrieval(t.Context(), nil, Options{Dir: shop.folder(t), Corpus: Store, K: []int{1, 5, 20}}, find)
	if err != nil {
		t.Fatal(err)
	}
	// red-words: r at 5. zh: b at 2, once. photo: g at 4, r at 5.
	if !slices.Equal(res.Recall, []float64{0, 1, 1}) || !near(res.MRR, (1./5+1./2+1./4)/3) || !near(res.Precision[1], (.2+.2+.4)/3) {
		t.Errorf("got %+v", res)
	}
	if want := []string{"red false 20", "绿 false 20", " true 20"}; !slices.Equal(asked, want) {
		t.Errorf("asked %q, want %q", asked, want)
	}
	if res.EncodePerS != 0 || res.Corpus != 3 {
		t.Errorf("got %+v", res)
	}
	if _, err := json.Marshal(res); err != nil {
		t.Error(err)
	}
}

func TestOptions(t *testing.T) {
	for name, o := range map[string]Options{
		"unknown corpus":        {Corpus: "pictures"},
		"store without finder":  {Corpus: Store},
		"k of 0":                {K: []int{0, 10}},
		"k above the index's":   {K: []int{index.MaxLimit + 1}},
		"no folder for reports": {Report: "none/out.html"},
	} {
		o.Dir = t.TempDir() // holds no set: options are checked before
		if _, err := Retrieval(t.Context(), colors{}, o, nil); !errors.Is(err, ErrOptions) {
			t.Errorf("%s: %v", name, err)
		}
	}
	res, err := Retrieval(t.Context(), colors{}, Options{Dir: shop.folder(t), K: []int{10, 1, 10}}, nil)
	if err != nil || !slices.Equal(res.K, []int{1, 10}) {
		t.Errorf("K = %v, %v", res, err)
	}
}

func TestFailuresOfOthers(t *testing.T) {
	broken := errors.New("broken")
	if _, err := Retrieval(t.Context(), colors{fail: broken}, Options{Dir: shop.folder(t)}, nil); !errors.Is(err, broken) {
		t.Errorf("encoder: %v", err)
	}
	find := func(context.Context, string, image.Image, int) ([]index.Hit, error) { return nil, broken }
	_, err := Retrieval(t.Context(), nil, Options{Dir: shop.folder(t), Corpus: Store}, find)
	if !errors.Is(err, broken) || !strings.Contains(err.Error(), `"red-words"`) {
		t.Errorf("finder: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Retrieval(ctx, colors{}, Options{Dir: shop.folder(t)}, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("canceled: %v", err)
	}
}

// many is a set of n items and queries of few colours, each with a picture.
func many(n int) files {
	f := files{"r.png": red, "g.png": green, "b.png": blue}
	var corpus, queries strings.Builder
	for i := range n {
		color := "rgb"[i%3 : i%3+1]
		fmt.Fprintf(&corpus, `{"id":"%04d","image":"%s.png","label":"%s"}`+"\n", i, color, color)
		fmt.Fprintf(&queries, `{"id":"q%04d","text":"red","image":"%s.png","label":"%s"}`+"\n", i, color, color)
	}
	f["corpus.jsonl"], f["queries.jsonl"] = corpus.String(), queries.String()
	return f
}

func TestBatchesKeepTheirOrder(t *testing.T) {
	var stages []string
	o := Options{Dir: many(3*photoBatch + 5).folder(t), K: []int{1}}
	o.Progress = func(stage string, done, total int) {
		if done == total {
			stages = append(stages, fmt.Sprint(stage, " ", total))
		}
	}
	first, err := Retrieval(t.Context(), colors{}, o, nil)
	if err != nil {
		t.Fatal(err)
	}
	// A query of its own colour and red: green and blue tie with red, whose first
	// item has the lowest id, so only red queries are right.
	if !near(first.Precision[0], 66./197) {
		t.Errorf("p@1 = %v", first.Precision[0])
	}
	if want := []string{"corpus 197", "queries 394", "search 197"}; !slices.Equal(stages, want) {
		t.Errorf("stages %q, want %q", stages, want)
	}
	again, err := Retrieval(t.Context(), colors{}, o, nil)
	if err != nil || !reflect.DeepEqual(first.Scores, again.Scores) {
		t.Errorf("again %+v, %v; first %+v", again, err, first)
	}
}
