package demo

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"image/jpeg"
	"io"
	"runtime"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
)

// quality is of the JPEGs.
const quality = 88

// Write draws all pictures and writes the feed to w as a zip: products.csv with
// Google-style columns, and images/ID.jpg, each 600×600. The same build writes
// the same bytes each time. It uses all cores for a second or two and stops
// early with ctx's error.
func Write(ctx context.Context, w io.Writer) error {
	return writeItems(ctx, w, stock())
}

// writeItems is Write for a part of the shop.
func writeItems(ctx context.Context, w io.Writer, items []item) error {
	pictures, err := render(ctx, items)
	if err != nil {
		return fmt.Errorf("drawing the demo shop: %w", err)
	}
	if err := archive(w, items, pictures); err != nil {
		return fmt.Errorf("writing the demo feed: %w", err)
	}
	return nil
}

// archive writes the zip of the table and the pictures, which are compressed already.
func archive(w io.Writer, items []item, pictures [][]byte) error {
	z := zip.NewWriter(w)
	table, err := z.Create("products.csv")
	if err != nil {
		return err
	}
	if err := writeTable(table, items); err != nil {
		return err
	}
	for i, it := range items {
		f, err := z.CreateHeader(&zip.FileHeader{Name: it.product().ImageLink, Method: zip.Store})
		if err != nil {
			return err
		}
		if _, err := f.Write(pictures[i]); err != nil {
			return err
		}
	}
	return z.Close()
}

// render draws the items as JPEGs, in order, on all cores.
func render(ctx context.Context, items []item) ([][]byte, error) {
	pictures := make([][]byte, len(items))
	var next atomic.Int64
	group, ctx := errgroup.WithContext(ctx)
	for range min(runtime.GOMAXPROCS(0), len(items)) {
		group.Go(func() error {
			c := newCanvas()
			for {
				i := int(next.Add(1)) - 1
				if i >= len(items) {
					return nil
				}
				if err := ctx.Err(); err != nil {
					return err
				}
				items[i].picture(c)
				var b bytes.Buffer
				if err := jpeg.Encode(&b, c.img, &jpeg.Options{Quality: quality}); err != nil {
					return err
				}
				pictures[i] = b.Bytes()
			}
		})
	}
	return pictures, group.Wait()
}

// writeTable writes the rows with their header.
func writeTable(w io.Writer, items []item) error {
	out := csv.NewWriter(w)
	if err := out.Write([]string{
		"id", "title", "description", "title_zh", "description_zh", "link", "image_link", "brand",
		"price", "sale_price", "availability", "condition", "product_type", "color", "gender", "age_group",
		"size", "season", "occasion", "pattern", "material", "item_group_id",
	}); err != nil {
		return err
	}
	for _, it := range items {
		p := it.product()
		if err := out.Write([]string{
			p.ID, p.Title, p.Description, p.TitleZH, p.DescriptionZH, p.Link, p.ImageLink, p.Brand,
			p.Price, p.SalePrice, p.Availability, "new", p.ProductType, p.Color, p.Gender, p.AgeGroup,
			p.Size, p.Season, p.Occasion, p.Pattern, p.Material, p.ItemGroupID,
		}); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}
