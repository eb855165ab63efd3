package feed

import (
	"archive/zip"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// maxTables is how many files of a zip or folder are looked into to find the table.
const maxTables = 200

// openPath opens a folder, a zip, or a single table.
func openPath(name string, options Options) (*Feed, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return openFolder(name, options)
	}
	magic, err := firstBytes(name, 4)
	if err != nil {
		return nil, err
	}
	if isZip(magic) {
		return openZip(name, options)
	}
	table := fileSource(name, info.Size())
	seen, err := look(table, options)
	if err != nil {
		return nil, err
	}
	held := pictures{}
	if options.Pictures != "" {
		if held.root, err = os.OpenRoot(options.Pictures); err != nil {
			return nil, err
		}
	}
	return newFeed("", table, seen, held, options), nil
}

func openFolder(name string, options Options) (*Feed, error) {
	entries, err := os.ReadDir(name)
	if err != nil {
		return nil, err
	}
	var candidates []source
	for _, entry := range entries {
		info, err := entry.Info()
		if err == nil && info.Mode().IsRegular() && mayBeTable(entry.Name()) {
			candidates = append(candidates, fileSource(filepath.Join(name, entry.Name()), info.Size()))
		}
	}
	table, seen, err := onlyTable(candidates, options)
	if err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(name)
	if err != nil {
		return nil, err
	}
	return newFeed("folder+", table, seen, pictures{root: root}, options), nil
}

func openZip(name string, options Options) (*Feed, error) {
	archive, err := zip.OpenReader(name)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, damage(err)
	}
	f, err := zipFeed(archive, options)
	if err != nil {
		return nil, errors.Join(err, archive.Close())
	}
	return f, nil
}

func zipFeed(archive *zip.ReadCloser, options Options) (*Feed, error) {
	if len(archive.File) > maxEntries {
		return nil, fmt.Errorf("%w: a zip of %d entries, at most %d", ErrTooLarge, len(archive.File), maxEntries)
	}
	var candidates []*zip.File
	for _, entry := range archive.File {
		if err := safeEntry(entry); err != nil {
			return nil, err
		}
		if entry.Name == "[Content_Types].xml" {
			return nil, fmt.Errorf("%w: an Excel workbook; save the sheet as CSV", ErrFormat)
		}
		if !entry.FileInfo().IsDir() && mayBeTable(entry.Name) {
			candidates = append(candidates, entry)
		}
	}
	slices.SortFunc(candidates, func(a, b *zip.File) int {
		return cmp.Or(strings.Count(a.Name, "/")-strings.Count(b.Name, "/"), strings.Compare(a.Name, b.Name))
	})
	var tables []source
	for _, entry := range candidates {
		tables = append(tables, entrySource(entry))
	}
	table, seen, err := onlyTable(tables, options)
	if err != nil {
		return nil, err
	}
	return newFeed("zip+", table, seen, zipPictures(archive, path.Dir(table.name)), options), nil
}

// safeEntry refuses paths that would leave the zip if it were unpacked.
func safeEntry(entry *zip.File) error {
	if entry.Mode()&fs.ModeSymlink != 0 {
		return fmt.Errorf("%w: %q is a symbolic link", ErrUnsafePath, entry.Name)
	}
	if !safePath(entry.Name) {
		return fmt.Errorf("%w: %q", ErrUnsafePath, entry.Name)
	}
	return nil
}

// safePath reports whether a slash-separated path stays below where it starts,
// on every operating system.
func safePath(name string) bool {
	return !strings.ContainsAny(name, "\\:\x00") && !strings.HasPrefix(name, "/") &&
		!slices.Contains(strings.Split(name, "/"), "..")
}

// mayBeTable leaves out what is never a table, by name only to save time.
func mayBeTable(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp", ".tif", ".tiff", ".heic", ".avif", ".svg":
		return false
	}
	return !strings.HasPrefix(name, "__MACOSX/") && !strings.HasPrefix(path.Base(name), ".")
}

// onlyTable finds the one table among files by content.
func onlyTable(candidates []source, options Options) (source, found, error) {
	var (
		table   source
		seen    found
		tables  []string
		closest error
	)
	for _, candidate := range candidates[:min(len(candidates), maxTables)] {
		f, err := look(candidate, options)
		switch {
		case err == nil:
			table, seen = candidate, f
			tables = append(tables, candidate.name)
		case errors.Is(err, ErrColumns):
			closest = cmp.Or(closest, err)
		case !errors.Is(err, ErrFormat):
			return source{}, found{}, err
		}
	}
	switch {
	case len(tables) == 1:
		return table, seen, nil
	case len(tables) > 1:
		return source{}, found{}, fmt.Errorf("%w: several tables (%s); leave one", ErrFormat, strings.Join(tables, ", "))
	case closest != nil:
		return source{}, found{}, closest
	}
	return source{}, found{}, fmt.Errorf("%w: no product table among %d files", ErrFormat, len(candidates))
}

func entrySource(entry *zip.File) source {
	return source{name: entry.Name, stored: int64(entry.CompressedSize64), size: int64(entry.UncompressedSize64),
		open: func() (io.ReadCloser, error) {
			if entry.Flags&1 != 0 {
				return nil, fmt.Errorf("%w: %s is encrypted", ErrFormat, entry.Name)
			}
			return entry.Open()
		}}
}

func fileSource(name string, size int64) source {
	return source{name: filepath.Base(name), stored: size, size: size,
		open: func() (io.ReadCloser, error) { return os.Open(name) }}
}

func isZip(magic []byte) bool {
	return string(magic) == "PK\x03\x04" || string(magic) == "PK\x05\x06"
}

// firstBytes reads up to n bytes of a file's start.
func firstBytes(name string, n int) ([]byte, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	first := make([]byte, n)
	n, err = io.ReadFull(file, first)
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		err = nil
	}
	return first[:n], err
}
