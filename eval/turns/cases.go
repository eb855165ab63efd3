package turns

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

//go:embed cases/*.txt
var own embed.FS

// Own reads the project's own cases, about the demo shop. Files whose names begin with
// heldout are for measuring only: nothing is changed for their sake.
func Own() ([]*File, error) {
	folder, err := fs.Sub(own, "cases")
	if err != nil {
		return nil, err
	}
	names, err := fs.Glob(folder, "*.txt")
	if err != nil {
		return nil, err
	}
	return read(folder, names)
}

// Load reads files of cases, and of folders all that end in .txt, in the order of
// their names. It returns the folder of the first: what the cases' pictures lie beside.
func Load(paths []string) (files []*File, folder string, err error) {
	for i, path := range paths {
		info, err := os.Stat(path)
		if err != nil {
			return nil, "", err
		}
		dir, names := filepath.Dir(path), []string{filepath.Base(path)}
		if info.IsDir() {
			dir = path
			if names, err = fs.Glob(os.DirFS(dir), "*.txt"); err != nil {
				return nil, "", err
			}
			if len(names) == 0 {
				return nil, "", fmt.Errorf("%w: there is no .txt file in %s", ErrCases, path)
			}
		}
		if i == 0 {
			folder = dir
		}
		some, err := read(os.DirFS(dir), names)
		if err != nil {
			return nil, "", err
		}
		files = append(files, some...)
	}
	return files, folder, nil
}

func read(from fs.FS, names []string) (files []*File, err error) {
	slices.Sort(names)
	var faults []error
	for _, name := range names {
		f, err := from.Open(name)
		if err != nil {
			return nil, err
		}
		file, err := Parse(name, f)
		faults = append(faults, err, f.Close())
		files = append(files, file)
	}
	return files, errors.Join(faults...)
}

// String tells a failure to a reader: where, what the buyer wrote, what was expected
// and what came.
func (f *Failure) String() string {
	wanted := f.Property
	if f.Want != "" {
		wanted += ": " + f.Want
	} else {
		wanted += " to be absent"
	}
	text := strings.ReplaceAll(shorten(f.Text, 120), "\n", " / ")
	return fmt.Sprintf("%s:%d: %s\n  > %s\n  wanted %s\n  came   %s\n", f.File, f.Line, f.Case, text, wanted, f.Got)
}
