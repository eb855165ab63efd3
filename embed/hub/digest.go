package hub

import (
	"context"
	"crypto/sha1" // git's names of contents
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// digest is what a file is.
type digest struct {
	size        int64
	sha256, git string
}

// digestFile reads a whole file, or until ctx ends.
func digestFile(ctx context.Context, name string) (digest, error) {
	file, err := os.Open(name)
	if err != nil {
		return digest{}, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return digest{}, err
	}
	sum, git := sha256.New(), sha1.New()
	fmt.Fprintf(git, "blob %d\x00", info.Size())
	n, err := io.Copy(io.MultiWriter(sum, git), &stoppable{ctx, file})
	if err != nil {
		return digest{}, err
	}
	return digest{n, hex.EncodeToString(sum.Sum(nil)), hex.EncodeToString(git.Sum(nil))}, nil
}

// stoppable reads until its context ends.
type stoppable struct {
	ctx context.Context
	io.Reader
}

func (s *stoppable) Read(b []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.Reader.Read(b)
}

// compare holds a fetched file to the best that is known of it.
func (d digest) compare(f File, said announced) (Check, error) {
	check, want, got := CheckSize, "", ""
	switch {
	case f.SHA256 != "":
		check, want, got = CheckListed, strings.ToLower(f.SHA256), d.sha256
	case said.sha256 != "":
		check, want, got = CheckAnnounced, said.sha256, d.sha256
	case said.git != "":
		check, want, got = CheckGit, said.git, d.git
	}
	if want != got {
		return check, fmt.Errorf("%w: it has the digest %s instead of %s (%s); it was deleted, fetch it again", ErrMismatch, got, want, check)
	}
	return check, nil
}

// writeSums replaces the list of digests.
func writeSums(folder string, sums map[string]string) error {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(sums)) {
		fmt.Fprintf(&b, "%s  %s\n", sums[name], name)
	}
	name := filepath.Join(folder, sumsFile)
	if err := os.WriteFile(name+partEnding, []byte(b.String()), 0o644); err != nil {
		return err
	}
	return os.Rename(name+partEnding, name)
}
