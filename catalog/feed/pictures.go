package feed

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path"
	"strings"
)

// pictures are the local pictures of a feed: entries of a zip or files below a
// folder. The zero value has none.
type pictures struct {
	archive *zip.ReadCloser
	table   string               // the table's folder in the zip
	byPath  map[string]*zip.File // by lower-case path
	byName  map[string]*zip.File // by lower-case last part of the path; nil where several have it
	root    *os.Root
}

// zipPictures indexes the entries of a zip that are no folders.
func zipPictures(archive *zip.ReadCloser, table string) pictures {
	p := pictures{archive: archive, table: table}
	p.byPath = make(map[string]*zip.File, len(archive.File))
	p.byName = make(map[string]*zip.File, len(archive.File))
	for _, entry := range archive.File {
		if entry.FileInfo().IsDir() || strings.HasPrefix(entry.Name, "__MACOSX/") {
			continue
		}
		name := strings.ToLower(path.Clean(entry.Name))
		p.byPath[name] = entry
		if _, again := p.byName[path.Base(name)]; again {
			entry = nil
		}
		p.byName[path.Base(name)] = entry
	}
	return p
}

func (p pictures) close() error {
	var err error
	if p.archive != nil {
		err = p.archive.Close()
	}
	if p.root != nil {
		err = errors.Join(err, p.root.Close())
	}
	return err
}

// Picture reads a picture that the feed brings along. The reference is an item's
// ImageLink: a path relative to the table, or a file name in any folder of the
// zip or in images/ of the folder; case is ignored in a zip. It is not decoded.
// Errors wrap ErrNoPicture for URLs and what is not there, ErrUnsafePath,
// ErrTooLarge above 10 MB, and ErrTruncated where the zip is damaged.
func (f *Feed) Picture(ref string) ([]byte, error) {
	r, err := f.pictures.open(ref)
	if err != nil {
		return nil, fmt.Errorf("feed: %w", err)
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, maxPicture+1))
	if err != nil {
		return nil, fmt.Errorf("feed: picture %q: %w", ref, damage(err))
	}
	if len(data) > maxPicture {
		return nil, fmt.Errorf("feed: %w: picture %q has more than %d bytes", ErrTooLarge, ref, maxPicture)
	}
	return data, nil
}

// PictureStamp identifies the content of a local picture without reading it: it
// changes when the picture does. It is empty where Picture has none.
func (f *Feed) PictureStamp(ref string) string {
	p := f.pictures
	if entry := p.entry(ref); entry != nil {
		return fmt.Sprintf("%08x-%d", entry.CRC32, entry.UncompressedSize64)
	}
	for _, name := range p.files(ref) {
		if info, err := p.root.Stat(name); err == nil && info.Mode().IsRegular() {
			return fmt.Sprintf("%d-%d", info.ModTime().UnixNano(), info.Size())
		}
	}
	return ""
}

func (p pictures) open(ref string) (io.ReadCloser, error) {
	if isURL(ref) {
		return nil, fmt.Errorf("%w: %q is a URL", ErrNoPicture, ref)
	}
	if local := localPath(ref); local == "" {
		return nil, fmt.Errorf("%w: empty reference", ErrNoPicture)
	} else if !safePath(local) {
		return nil, fmt.Errorf("%w: %q", ErrUnsafePath, ref)
	}
	if entry := p.entry(ref); entry != nil {
		r, err := entry.Open()
		return r, damage(err)
	}
	for _, name := range p.files(ref) {
		file, err := p.root.Open(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("%w: %q", ErrUnsafePath, ref)
		}
		info, err := file.Stat()
		if err == nil && info.Mode().IsRegular() {
			return file, nil
		}
		file.Close()
	}
	return nil, fmt.Errorf("%w: %q", ErrNoPicture, ref)
}

// entry finds a reference in the zip: relative to the table, to the zip, or by
// its last part where that is unique; nil if there is none.
func (p pictures) entry(ref string) *zip.File {
	if p.archive == nil || isURL(ref) {
		return nil
	}
	for _, spelled := range spellings(ref) {
		name := strings.ToLower(spelled)
		for _, full := range []string{path.Join(strings.ToLower(p.table), name), name} {
			if entry := p.byPath[full]; entry != nil {
				return entry
			}
		}
		if entry := p.byName[path.Base(name)]; entry != nil {
			return entry
		}
	}
	return nil
}

// files are the names below the root that a reference may mean.
func (p pictures) files(ref string) []string {
	if p.root == nil || isURL(ref) {
		return nil
	}
	var names []string
	for _, name := range spellings(ref) {
		names = append(names, name, path.Join("images", name), path.Join("images", path.Base(name)))
	}
	return names
}

// spellings are the safe paths that a reference may stand for: as it is, and
// with URL escapes undone.
func spellings(ref string) []string {
	var safe []string
	as := localPath(ref)
	if as != "" && safePath(as) {
		safe = append(safe, path.Clean(as))
	}
	if plain, err := url.PathUnescape(as); err == nil && plain != as && safePath(plain) {
		safe = append(safe, path.Clean(plain))
	}
	return safe
}

// localPath writes a reference with slashes and relative to the feed, as
// exported from Windows or from a site's root.
func localPath(ref string) string {
	return strings.TrimLeft(strings.ReplaceAll(strings.TrimSpace(ref), `\`, "/"), "/")
}

// isURL reports whether a reference begins with a scheme or a host.
func isURL(ref string) bool {
	scheme, _, found := strings.Cut(strings.TrimSpace(ref), "//")
	return found && (scheme == "" || strings.HasSuffix(scheme, ":") && !strings.ContainsAny(scheme, "/,; "))
}
