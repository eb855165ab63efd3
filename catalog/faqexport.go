package catalog

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
)

// ExportFAQs writes all answers of a store, its own and its packs', as a table
// with a header that spreadsheets open. Importing it changes nothing.
func (c *Catalog) ExportFAQs(ctx context.Context, storeID string, w io.Writer) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil { // or some read it as another encoding
		return err
	}
	table := csv.NewWriter(w)
	err := table.Write(faqColumns)
	for f, failed := range c.allFAQs(ctx, storeID, "") {
		if err != nil || failed != nil {
			return errors.Join(failed, err)
		}
		err = table.Write(f.cells())
	}
	table.Flush()
	return errors.Join(err, table.Error())
}

// ExportFAQList writes the same as a JSON list.
func (c *Catalog) ExportFAQList(ctx context.Context, storeID string, w io.Writer) error {
	before := "[\n"
	for f, err := range c.allFAQs(ctx, storeID, "") {
		if err != nil {
			return err
		}
		one, err := json.Marshal(f)
		if err != nil {
			return err
		}
		if _, err := io.WriteString(w, before+string(one)); err != nil {
			return err
		}
		before = ",\n"
	}
	if before == "[\n" {
		_, err := io.WriteString(w, "[]\n")
		return err
	}
	_, err := io.WriteString(w, "\n]\n")
	return err
}
