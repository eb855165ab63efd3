package eval

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// report runs Retrieval on a set and returns the page without its two speeds.
func report(t *testing.T, o Options) string {
	t.Helper()
	o.Report = filepath.Join(t.TempDir(), "out.html")
	res, err := Retrieval(t.Context(), colors{}, o, nil)
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(o.Report)
	if err != nil {
		t.Fatal(err)
	}
	page := string(data)
	for _, speed := range res.figures()[len(res.figures())-2:] {
		tile := fmt.Sprintf("<dt>%s</dt><dd>%s</dd>", speed.Name, number(speed.Value))
		if !strings.Contains(page, tile) {
			t.Errorf("no %s", tile)
		}
		page = strings.Replace(page, tile, "", 1)
	}
	return page
}

func TestReport(t *testing.T) {
	dir := shop.folder(t)
	page := report(t, Options{Dir: dir})
	for _, want := range []string{
		"<title>Retrieval: " + filepath.Base(dir) + "</title>",
		"<dt>mrr</dt><dd>0.667</dd>",
		"<tr><th>shirts</th><td>2</td>", // the categories of the best expected items
		"<tr><th>hats</th><td>1</td>",
		`<span dir="auto">绿</span>`,
		"绿色裙子",
		"first relevant at 1<br>nDCG@10 1.000",
		"first relevant at 2<br>",
		"<b>found at 2</b>",
		`src="data:image/jpeg;base64,`,
		"3 queries, lowest nDCG@10 first",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s", want)
		}
	}
	if strings.Contains(page, "A sample of the others") {
		t.Error("an empty section is shown")
	}
	if page != report(t, Options{Dir: dir}) {
		t.Error("two reports of one set differ")
	}
}

func TestReportIsOneFile(t *testing.T) {
	page := report(t, Options{Dir: shop.folder(t)})
	for _, source := range regexp.MustCompile(`(?:src|href)="([^"]*)"`).FindAllStringSubmatch(page, -1) {
		if !strings.HasPrefix(source[1], "data:image/jpeg;base64,") {
			t.Errorf("it loads %.60s", source[1])
		}
	}
	for _, not := range []string{"<script", "http:", "https:", "url(", "@import", "ZgotmplZ"} {
		if strings.Contains(page, not) {
			t.Errorf("it holds %s", not)
		}
	}
}

func TestReportEscapes(t *testing.T) {
	f := files{
		"corpus.jsonl":  `{"id":"<img src=x>","text":"red <script>alert(1)</script>","label":"\"><u>"}` + "\n" + `{"id":"2","text":"blue","label":"<i>"}`,
		"queries.jsonl": `{"id":"q","text":"<script>红</script>","label":"\"><u>"}` + "\n" + `{"id":"q2","text":"blue","label":"<i>"}`,
	}
	page := report(t, Options{Dir: f.folder(t)})
	for _, not := range []string{"<script", "<img src=x", `"><u>`, "<i>"} {
		if strings.Contains(page, not) {
			t.Errorf("%s is not escaped", not)
		}
	}
	if !strings.Contains(page, "&lt;script&gt;红&lt;/script&gt;") {
		t.Error("the query is not shown as it is written")
	}
}

func TestReportShowsTheWorstAndASample(t *testing.T) {
	page := report(t, Options{Dir: many(90).folder(t)})
	if n := strings.Count(page, "<article>"); n != worstShown+sampleShown {
		t.Errorf("%d queries, want %d", n, worstShown+sampleShown)
	}
	worst, sample, found := strings.Cut(page, "A sample of the others")
	if !found || strings.Count(worst, "<article>") != worstShown {
		t.Fatal("no two sections")
	}
	if strings.Contains(worst, "nDCG@10 1.000") || !strings.Contains(sample, "nDCG@10 1.000") {
		t.Error("the worst queries are not the first")
	}
	if !strings.Contains(page, "Expected, 25 more not shown") {
		t.Error("the number of other expected items is not told")
	}
}

func TestReportLeavesSmallGroupsOut(t *testing.T) {
	var corpus, queries strings.Builder
	for i := range groupsShown + 3 {
		fmt.Fprintf(&corpus, `{"id":"%d","text":"red","label":"group %02d"}`+"\n", i, i)
		fmt.Fprintf(&queries, `{"id":"%d","text":"red","label":"group %02d"}`+"\n", i, i)
	}
	page := report(t, Options{Dir: files{"corpus.jsonl": corpus.String(), "queries.jsonl": queries.String()}.folder(t)})
	if n := strings.Count(page, "<tr><th>group "); n != groupsShown || !strings.Contains(page, "; 3 smaller ones are left out") {
		t.Errorf("%d groups, want %d", n, groupsShown)
	}
	if !strings.Contains(page, `<li class="yes missed"`) || !strings.Contains(page, "nothing relevant in the top ten") {
		t.Error("missed items are not marked")
	}
}
