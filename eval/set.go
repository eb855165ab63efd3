package eval

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
)

// Bounds of a set, so that a wrong file is refused before it fills the memory.
const (
	maxItems = 1 << 20 // lines of corpus.jsonl or queries.jsonl
	maxLine  = 1 << 20 // bytes of a line
)

// Item is one line of corpus.jsonl or queries.jsonl: something with a text, a
// picture or both.
type Item struct {
	ID       string `json:"id"`
	Text     string `json:"text,omitempty"`
	Image    string `json:"image,omitempty"`    // path in the folder or in images.zip
	Category string `json:"category,omitempty"` // groups the report
	Label    string `json:"label,omitempty"`    // judges where qrels.tsv is absent

	line int // where it was read, for errors
}

func (i *Item) hasText() bool { return strings.TrimSpace(i.Text) != "" }

// set is an evaluation set, checked: ids are unique and known, pictures exist.
type set struct {
	corpus, queries []Item
	judged          [][]judgment // by query
	pictures        *pictures
}

// open reads a folder. The set's pictures are closed by the caller.
func open(dir string) (*set, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrSet, err)
	}
	s := &set{pictures: &pictures{root: root}}
	if err := s.read(root); err != nil {
		s.pictures.Close()
		return nil, err
	}
	return s, nil
}

func (s *set) read(root *os.Root) error {
	if err := s.pictures.openZip(); err != nil {
		return err
	}
	for _, part := range []struct {
		file  string
		items *[]Item
	}{{"corpus.jsonl", &s.corpus}, {"queries.jsonl", &s.queries}} {
		f, err := openPlainOrGzip(root, part.file)
		if err != nil {
			return err
		}
		*part.items, err = readItems(f, part.file, s.pictures.check)
		f.Close()
		if err != nil {
			return err
		}
	}
	return s.judge(root)
}

// judge reads qrels.tsv, or derives the judgments from labels where it is absent.
func (s *set) judge(root *os.Root) error {
	f, err := openPlainOrGzip(root, "qrels.tsv")
	if errors.Is(err, fs.ErrNotExist) {
		if s.judged = judgeByLabel(s.queries, s.corpus); s.judged == nil {
			return fmt.Errorf("%w: qrels.tsv is missing, and no query carries a label that an item carries too", ErrSet)
		}
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	s.judged, err = readJudgments(f, s.queries, s.corpus)
	return err
}

// readItems reads one item a line; empty lines are passed over. check looks at a
// picture's path.
func readItems(r io.Reader, file string, check func(path string) error) ([]Item, error) {
	var items []Item
	lines := map[string]int{}
	err := eachLine(r, file, func(n int, line []byte) error {
		item := Item{line: n}
		if err := json.Unmarshal(line, &item); err != nil {
			return wrongJSON(file, n, err)
		}
		if err := item.check(file, check); err != nil {
			return err
		}
		if first, twice := lines[item.ID]; twice {
			return wrong(file, n, "id", "%q is on line %d already", item.ID, first)
		}
		if len(items) == maxItems {
			return wrong(file, n, "id", "more than %d items", maxItems)
		}
		lines[item.ID] = n
		items = append(items, item)
		return nil
	})
	if err == nil && len(items) == 0 {
		err = fmt.Errorf("%w: %s holds no items", ErrSet, file)
	}
	return items, err
}

// check refuses an item without an id or without anything to encode.
func (i *Item) check(file string, checkImage func(path string) error) error {
	switch {
	case i.ID == "":
		return wrong(file, i.line, "id", "is missing")
	case strings.ContainsAny(i.ID, "\t\r\n"):
		return wrong(file, i.line, "id", "%q holds a tab or a line break", i.ID)
	case !i.hasText() && i.Image == "":
		return wrong(file, i.line, "text", "the item has neither text nor image")
	case i.Image == "":
		return nil
	}
	if err := checkImage(i.Image); err != nil {
		return wrong(file, i.line, "image", "%w", err)
	}
	return nil
}

func wrongJSON(file string, line int, err error) error {
	var kind *json.UnmarshalTypeError
	if errors.As(err, &kind) && kind.Field != "" {
		return wrong(file, line, kind.Field, "is a %s, want a string", kind.Value)
	}
	return fmt.Errorf("%w: %s line %d: not a JSON object: %w", ErrSet, file, line, err)
}
