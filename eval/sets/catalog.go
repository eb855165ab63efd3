package sets

import (
	"archive/zip"
	"encoding/csv"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"strings"
)

const catalogZip = "catalog.zip"

// row is what the sets need of a product.
type row struct {
	id, title, image string
	kind, color      string // leaf of the product type; colour
	group            string
}

func (r row) typeName() string  { return r.kind }
func (r row) colorName() string { return r.color }

// heldOut tells whether training never saw the product (`Catalog` in embed/builtin/train/data.py).
func (r row) heldOut() bool { return crc32.ChecksumIEEE([]byte(r.group))%20 == 0 }

func readCatalog(file string) ([]row, error) {
	z, err := zip.OpenReader(file)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrData, err)
	}
	defer z.Close()
	var rows []row
	err = readCSV(&z.Reader, "products.csv", func(field func(string) string) {
		path := strings.Split(field("product_type"), " > ")
		rows = append(rows, row{
			id: field("id"), title: field("title"), image: field("image_link"),
			kind: path[len(path)-1], color: field("color"), group: field("item_group_id"),
		})
	}, "id", "title", "image_link", "product_type", "color", "item_group_id")
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrData, file, err)
	}
	return rows, nil
}

// readCSV calls do for each row of a zip's table with a function that returns its
// fields by column; the named columns must exist.
func readCSV(z *zip.Reader, name string, do func(field func(string) string), columns ...string) error {
	f, err := z.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	table := csv.NewReader(f)
	header, err := table.Read()
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	at := map[string]int{}
	for i, column := range header {
		at[strings.TrimPrefix(column, "\ufeff")] = i
	}
	for _, column := range columns {
		if _, there := at[column]; !there {
			return fmt.Errorf("%s has no column %q", name, column)
		}
	}
	for {
		record, err := table.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		do(func(column string) string { return record[at[column]] })
	}
}
