package eval

import (
	"bytes"
	"context"
	_ "embed"
	"fmt"
	"html/template"
	"os"
	"path/filepath"
)

// Sizes of the report.
const (
	worstShown    = 12
	sampleShown   = 24
	expectedShown = 5
	groupsShown   = 40
	thumbSide     = 120 // pixels
	thumbQuality  = 80
)

//go:embed report.html
var reportHTML string

// page is what the report's template shows.
type page struct {
	Name     string
	Corpus   Corpus
	Figures  []figure
	Columns  []figure // of a group, for the heading
	Groups   []group
	More     int // groups left out
	Sections []section
}

type group struct {
	Name    string
	Queries int
	Figures []figure
}

type section struct {
	Title, Note string
	Queries     []shown
}

// shown is one query with what it found and what it should have found.
type shown struct {
	Query    card
	Rank     int // of the first relevant hit in the top ten, 0 if none
	NDCG     float64
	Hits     []card
	Expected []card
	More     int // expected items left out
}

// card is one item. Pictures are data URIs, so that the page is one file.
type card struct {
	ID, Text, Group string
	Picture         template.URL
	Unreadable      bool // there is a picture, and it cannot be read
	Rank            int  // 0 where the item was not found
	Score           float64
	Relevant        bool
}

// writeReport writes the page: figures, groups, the worst queries and a sample.
// Everything but the two speeds depends on set, encoder and options alone.
func (r *run) writeReport(ctx context.Context, res *Result) error {
	page := &page{Name: name(r.Dir), Corpus: r.Corpus, Figures: res.figures()}
	page.Groups = r.groups()
	if len(page.Groups) > 0 {
		page.Columns = page.Groups[0].Figures
	}
	if over := len(page.Groups) - groupsShown; over > 0 {
		page.Groups, page.More = page.Groups[:groupsShown], over
	}
	worst, sample := r.picks()
	corpus := places(r.set.corpus)
	done, total := 0, len(worst)+len(sample)
	for _, s := range []struct {
		title, note string
		answers     []*answer
	}{
		{"Worst queries", "lowest nDCG@10 first", worst},
		{"A sample of the others", "chosen by a hash of their ids, so always the same", sample},
	} {
		section := section{Title: s.title, Note: s.note}
		for _, a := range s.answers {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			section.Queries = append(section.Queries, r.show(a, corpus))
			done++
			r.Progress("report", done, total)
		}
		page.Sections = append(page.Sections, section)
	}
	return page.write(r.Report)
}

// name is what a set is called: its folder, also where that is given as ".".
func name(dir string) string {
	if full, err := filepath.Abs(dir); err == nil {
		dir = full
	}
	return filepath.Base(dir)
}

func (p *page) write(file string) error {
	t, err := template.New("report").Funcs(template.FuncMap{"percent": percent, "number": number}).Parse(reportHTML)
	if err != nil {
		return fmt.Errorf("report: %w", err)
	}
	var b bytes.Buffer
	if err := t.Execute(&b, p); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	return nil
}

// percent is the length of a figure's bar.
func percent(value any) int {
	x, _ := value.(float64)
	return int(100*min(1, max(0, x)) + .5)
}

// number prints counts in full, shares to three digits and speeds to one.
func number(value any) string {
	x, ok := value.(float64)
	switch {
	case !ok:
		return fmt.Sprint(value)
	case x >= 10:
		return fmt.Sprintf("%.1f", x)
	}
	return fmt.Sprintf("%.3f", x)
}
