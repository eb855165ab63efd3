package sets

import (
	"archive/zip"
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"honeyguide/eval"
)

// set is an evaluation folder to be.
type set struct {
	name            string
	corpus, queries []eval.Item
	relevant        [][2]string // query id and item id; empty where labels judge
	zip             string      // file of the data folder that becomes images.zip
	files           string      // zip of the data folder whose pictures become files
}

// builder writes sets.
type builder struct {
	data, out string
	zips      map[string]string // images.zip files that were made, by what they copy
}

// write makes a set's folder; files of the same names are replaced.
func (b *builder) write(s set) error {
	if len(s.queries) == 0 || len(s.corpus) == 0 {
		return fmt.Errorf("%w: nothing to ask or nothing to find", ErrData)
	}
	dir := filepath.Join(b.out, s.name)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	if err := writeItems(filepath.Join(dir, "corpus.jsonl"), s.corpus); err != nil {
		return err
	}
	if err := writeItems(filepath.Join(dir, "queries.jsonl"), s.queries); err != nil {
		return err
	}
	if len(s.relevant) > 0 {
		if err := writeQrels(filepath.Join(dir, "qrels.tsv"), s.relevant); err != nil {
			return err
		}
	}
	if s.files != "" {
		if err := extract(filepath.Join(b.data, s.files), dir, s.queries); err != nil {
			return err
		}
	}
	return b.writeZip(s.zip, filepath.Join(dir, "images.zip"))
}

// writeZip copies a zip of the data folder, or links to the copy that another set
// has of it, where the file system can.
func (b *builder) writeZip(name, to string) error {
	if err := os.Remove(to); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err // writing into a link would change the other sets
	}
	if first := b.zips[name]; first != "" && os.Link(first, to) == nil {
		return nil
	}
	b.zips[name] = to
	return copyFile(filepath.Join(b.data, name), to)
}

func writeItems(file string, items []eval.Item) error {
	return writeFile(file, func(w io.Writer) error {
		lines := json.NewEncoder(w)
		lines.SetEscapeHTML(false)
		for i := range items {
			if err := lines.Encode(&items[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

func writeQrels(file string, relevant [][2]string) error {
	return writeFile(file, func(w io.Writer) error {
		if _, err := fmt.Fprintln(w, "query-id\tcorpus-id\tscore"); err != nil {
			return err
		}
		for _, pair := range relevant {
			if _, err := fmt.Fprintf(w, "%s\t%s\t1\n", pair[0], pair[1]); err != nil {
				return err
			}
		}
		return nil
	})
}

// extract writes the items' pictures out of a zip to files of the same path.
func extract(zipFile, dir string, items []eval.Item) error {
	z, err := zip.OpenReader(zipFile)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrData, err)
	}
	defer z.Close()
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	for i := range items {
		name := items[i].Image
		data, err := fs.ReadFile(&z.Reader, name)
		if err != nil {
			return fmt.Errorf("%w: %s: %w", ErrData, zipFile, err)
		}
		if err := root.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		if err := root.WriteFile(name, data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

func copyFile(from, to string) error {
	f, err := os.Open(from)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrData, err)
	}
	defer f.Close()
	return writeFile(to, func(w io.Writer) error {
		_, err := io.Copy(w, f)
		return err
	})
}

// writeFile creates a file and reports what writing, flushing or closing it meets.
func writeFile(file string, write func(io.Writer) error) error {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	b := bufio.NewWriter(f)
	err = write(b)
	return errors.Join(err, b.Flush(), f.Close())
}
