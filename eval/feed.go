package eval

import (
	"archive/zip"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"path"
)

// product is an item as a row of a feed. Category and label stay behind: they are
// what is judged, so the search must not see them.
type product struct {
	ID           string `json:"id"`
	Title        string `json:"title"`
	ImageLink    string `json:"image_link,omitempty"`
	Price        string `json:"price"` // of the store's currency; the same for all
	Availability string `json:"availability"`
}

// WriteFeed writes the corpus of the set in dir as a feed that a store can sync:
// a zip of products.jsonl and the pictures below images/. An item without a text
// has its id as title; all cost 1 of the store's currency. It returns the number of products, and ErrSet for a set
// that Retrieval would refuse too.
func WriteFeed(ctx context.Context, dir string, w io.Writer) (int, error) {
	s, err := open(dir)
	if err != nil {
		return 0, err
	}
	defer s.pictures.Close()
	z := zip.NewWriter(w)
	if err := s.writeProducts(z); err != nil {
		return 0, fmt.Errorf("writing feed: %w", err)
	}
	written := map[string]bool{}
	for i := range s.corpus {
		if ctx.Err() != nil {
			return 0, ctx.Err()
		}
		item := &s.corpus[i]
		if item.Image == "" || written[imageName(item)] {
			continue
		}
		written[imageName(item)] = true
		data, err := s.pictures.read(item.Image)
		if err != nil {
			return 0, wrong("corpus.jsonl", item.line, "image", "%q: %w", item.Image, err)
		}
		if err := addPicture(z, imageName(item), data); err != nil {
			return 0, fmt.Errorf("writing feed: %w", err)
		}
	}
	if err := z.Close(); err != nil {
		return 0, fmt.Errorf("writing feed: %w", err)
	}
	return len(s.corpus), nil
}

func (s *set) writeProducts(z *zip.Writer) error {
	f, err := z.Create("products.jsonl")
	if err != nil {
		return err
	}
	lines := json.NewEncoder(f)
	for i := range s.corpus {
		item := &s.corpus[i]
		p := product{ID: item.ID, Title: cmp.Or(item.Text, item.ID), Price: "1", Availability: "in_stock"}
		if item.Image != "" {
			p.ImageLink = imageName(item)
		}
		if err := lines.Encode(p); err != nil {
			return err
		}
	}
	return nil
}

// imageName is where a picture lies in the feed: always one folder deeper, so that
// x.jpg and images/x.jpg stay two pictures.
func imageName(item *Item) string { return path.Join("images", path.Clean(item.Image)) }

// addPicture adds a picture as it is: pictures are compressed already.
func addPicture(z *zip.Writer, name string, data []byte) error {
	f, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
	if err == nil {
		_, err = f.Write(data)
	}
	return err
}
