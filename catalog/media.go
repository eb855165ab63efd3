package catalog

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"time"

	"honeyguide/embed/photo"
)

// media keeps pictures as files named by the hash of their content, so equal
// pictures are kept once and a name never changes its content.
type media struct{ root string }

var mediaName = regexp.MustCompile(`^[0-9a-f]{32}\.(jpg|png|webp|gif)$`)

// put keeps data and returns its name, such as 3f….jpg.
func (m media) put(data []byte, ext string) (string, error) {
	name := m.name(data, ext)
	path := m.path(name)
	if _, err := os.Stat(path); err == nil {
		return name, nil
	}
	err := write(path, data)
	if errors.Is(err, fs.ErrNotExist) { // the first of its folder
		if err = os.MkdirAll(filepath.Dir(path), 0o700); err == nil {
			err = write(path, data)
		}
	}
	if err != nil {
		return "", fmt.Errorf("keep picture: %w", err)
	}
	return name, nil
}

// write makes a file that appears under its name whole or not at all.
func write(path string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), "new-*")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return err
}

// name is what data is kept as.
func (media) name(data []byte, ext string) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:16]) + "." + ext
}

func (m media) path(name string) string { return filepath.Join(m.root, name[:2], name) }

// open returns a kept picture, or ErrNotFound.
func (m media) open(name string) (*os.File, error) {
	if !mediaName.MatchString(name) {
		return nil, fmt.Errorf("picture %q: %w", name, ErrNotFound)
	}
	f, err := os.Open(m.path(name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("picture %q: %w", name, ErrNotFound)
	}
	return f, err
}

// read returns a kept picture's bytes.
func (m media) read(name string) ([]byte, error) {
	f, err := m.open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}

// extension is the file name's ending for a picture format.
func extension(f photo.Format) string {
	if f == photo.FormatJPEG {
		return "jpg"
	}
	return string(f)
}

// MediaPath is where the API serves kept pictures.
const MediaPath = "/v1/media/"

// Media opens a kept picture by its name under MediaPath, or returns ErrNotFound.
func (c *Catalog) Media(name string) (*os.File, time.Time, error) {
	f, err := c.media.open(name)
	if err != nil {
		return nil, time.Time{}, err
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, time.Time{}, err
	}
	return f, info.ModTime(), nil
}
