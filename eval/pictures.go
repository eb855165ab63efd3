package eval

import (
	"archive/zip"
	"errors"
	"fmt"
	"image"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"honeyguide/embed/photo"
)

const imagesZip = "images.zip"

// pictures reads a set's pictures: files below its folder, then members of its
// images.zip. No path leaves the folder, not by a link either. Reading is safe
// for concurrent use.
type pictures struct {
	root    *os.Root
	zip     *os.File
	members map[string]*zip.File
}

// openZip opens images.zip, if there is one.
func (p *pictures) openZip() error {
	f, err := p.root.Open(imagesZip)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return wrapFile(imagesZip, err)
	}
	p.zip = f
	info, err := f.Stat()
	if err != nil {
		return wrapFile(imagesZip, err)
	}
	z, err := zip.NewReader(f, info.Size())
	if err != nil {
		return wrapFile(imagesZip, err)
	}
	p.members = make(map[string]*zip.File, len(z.File))
	for _, m := range z.File {
		p.members[strings.TrimPrefix(m.Name, "/")] = m
	}
	return nil
}

// Close closes the folder and images.zip.
func (p *pictures) Close() error {
	if p.zip == nil {
		return p.root.Close()
	}
	return errors.Join(p.zip.Close(), p.root.Close())
}

// check tells whether a picture exists and may be read.
func (p *pictures) check(name string) error {
	local, err := localPath(name)
	if err != nil {
		return err
	}
	info, err := p.root.Stat(local)
	switch {
	case err == nil && !info.Mode().IsRegular():
		return fmt.Errorf("%q is not a file", name)
	case err == nil || errors.Is(err, fs.ErrNotExist) && p.member(local) != nil:
		return nil
	case !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%q: %w", name, err)
	case p.zip == nil:
		return fmt.Errorf("%q is not in the folder, and there is no %s", name, imagesZip)
	}
	return fmt.Errorf("%q is neither in the folder nor in %s", name, imagesZip)
}

// localPath refuses paths that leave the folder.
func localPath(name string) (string, error) {
	local := path.Clean(name)
	if !filepath.IsLocal(filepath.FromSlash(local)) {
		return "", fmt.Errorf("%q leaves the folder", name)
	}
	return local, nil
}

// member finds a picture in images.zip, also where the zip holds the content of
// a folder images without its name.
func (p *pictures) member(local string) *zip.File {
	if m := p.members[local]; m != nil {
		return m
	}
	return p.members[strings.TrimPrefix(local, "images/")]
}

// read returns a picture's bytes, at most photo.MaxBytes.
func (p *pictures) read(name string) ([]byte, error) {
	local, err := localPath(name)
	if err != nil {
		return nil, err
	}
	var f io.ReadCloser
	if f, err = p.root.Open(local); errors.Is(err, fs.ErrNotExist) {
		if m := p.member(local); m != nil {
			f, err = m.Open()
		}
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, photo.MaxBytes+1))
	if err == nil && len(data) > photo.MaxBytes {
		err = photo.ErrTooLarge
	}
	return data, err
}

// decode reads an item's picture; file names the list that the item is from.
func (p *pictures) decode(item *Item, file string) (image.Image, error) {
	data, err := p.read(item.Image)
	if err != nil {
		return nil, wrong(file, item.line, "image", "%q: %w", item.Image, err)
	}
	img, _, err := photo.Decode(data)
	if err != nil {
		return nil, wrong(file, item.line, "image", "%q: %w", item.Image, err)
	}
	return img, nil
}
