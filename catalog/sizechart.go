package catalog

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"honeyguide/packs"
)

// SizeChart is a merchant's table of sizes with the measures of the body that
// they fit. It is for a category and those below it, and for a brand and a
// gender where they are named.
type SizeChart struct {
	ID        string    `json:"id"`
	Category  string    `json:"category" doc:"A key of the packs' taxonomy; the chart is for what lies below it too"`
	Brand     string    `json:"brand" doc:"Empty: every brand"`
	Gender    string    `json:"gender" enum:",male,female" doc:"Empty: everybody"`
	Unit      string    `json:"unit" enum:"cm,in" doc:"Of lengths; weight is in kg"`
	Rows      []SizeRow `json:"rows" nullable:"false"`
	UpdatedAt time.Time `json:"updated_at"`
}

// Bounds of size charts.
const (
	maxChartRows = 200
	maxCharts    = 1000 // of a store
	maxLabel     = 60   // bytes of an id, a size or a brand
	maxMeasure   = 1000
)

// validate tidies a chart and names the first field that cannot be used.
func (ch *SizeChart) validate(p *packs.Packs) error {
	ch.Category, ch.Brand, ch.Rows = strings.TrimSpace(ch.Category), strings.TrimSpace(ch.Brand), nonNil(ch.Rows)
	if ch.ID == "" || len(ch.ID) > maxLabel {
		return invalid("id", "must have 1 to %d bytes", maxLabel)
	}
	if _, ok := p.Category(ch.Category); !ok {
		return invalid("category", "%q is in no pack, such as tops or shoes", ch.Category)
	}
	if len(ch.Brand) > maxLabel {
		return invalid("brand", "must have %d bytes at most", maxLabel)
	}
	if !slices.Contains([]string{"", "male", "female"}, ch.Gender) {
		return invalid("gender", "%q is unknown; use male, female or nothing", ch.Gender)
	}
	if ch.Unit != "cm" && ch.Unit != "in" {
		return invalid("unit", "must be cm or in, not %q", ch.Unit)
	}
	if len(ch.Rows) == 0 || len(ch.Rows) > maxChartRows {
		return invalid("rows", "must be 1 to %d, not %d", maxChartRows, len(ch.Rows))
	}
	known, seen := measuresOf(p), map[string]bool{}
	for i := range ch.Rows {
		if err := ch.Rows[i].validate(fmt.Sprintf("rows[%d]", i), known); err != nil {
			return err
		}
		if size := ch.Rows[i].Size; seen[size] {
			return invalid(fmt.Sprintf("rows[%d].size", i), "%q is there twice", size)
		}
		seen[ch.Rows[i].Size] = true
	}
	return nil
}

// PutSizeChart adds or replaces a chart of a store. A field that cannot be is a
// FieldError.
func (c *Catalog) PutSizeChart(ctx context.Context, storeID string, ch SizeChart) (SizeChart, error) {
	if err := ch.validate(c.packs); err != nil {
		return SizeChart{}, err
	}
	all, err := c.SizeCharts(ctx, storeID, "", maxCharts)
	if err != nil {
		return SizeChart{}, err
	}
	if len(all) == maxCharts && !slices.ContainsFunc(all, func(other SizeChart) bool { return other.ID == ch.ID }) {
		return SizeChart{}, invalid("id", "the store has %d charts, which is the most", maxCharts)
	}
	ch.UpdatedAt = now()
	data, err := json.Marshal(ch)
	if err != nil {
		return SizeChart{}, err
	}
	_, err = c.db.ExecContext(ctx, `INSERT INTO size_charts (store_id, id, updated_at, data) VALUES ($1, $2, $3, $4)
		ON CONFLICT (store_id, id) DO UPDATE SET updated_at = excluded.updated_at, data = excluded.data`, storeID, ch.ID, ch.UpdatedAt.UnixMilli(), data)
	if err != nil {
		return SizeChart{}, fmt.Errorf("put size chart %q: %w", ch.ID, err)
	}
	return ch, nil
}

// SizeChart returns a chart of a store, or ErrNotFound.
func (c *Catalog) SizeChart(ctx context.Context, storeID, id string) (SizeChart, error) {
	var ch SizeChart
	var data []byte
	err := c.db.QueryRowContext(ctx, `SELECT data FROM size_charts WHERE store_id = $1 AND id = $2`, storeID, id).Scan(&data)
	if err == nil {
		err = json.Unmarshal(data, &ch)
	}
	if err != nil {
		return ch, fmt.Errorf("size chart %q: %w", id, notFound(err))
	}
	return ch, nil
}

// SizeCharts lists a store's charts in id order, after the given id.
func (c *Catalog) SizeCharts(ctx context.Context, storeID, after string, limit int) ([]SizeChart, error) {
	rows, err := c.db.QueryContext(ctx, `SELECT data FROM size_charts WHERE store_id = $1 AND id > $2 ORDER BY id LIMIT $3`, storeID, after, limit)
	if err != nil {
		return nil, fmt.Errorf("size charts: %w", err)
	}
	defer rows.Close()
	all := []SizeChart{}
	for rows.Next() {
		var ch SizeChart
		var data []byte
		if err := rows.Scan(&data); err != nil {
			return nil, fmt.Errorf("size charts: %w", err)
		}
		if err := json.Unmarshal(data, &ch); err != nil {
			return nil, fmt.Errorf("size charts: %w", err)
		}
		all = append(all, ch)
	}
	return all, rows.Err()
}

// DeleteSizeChart removes a chart of a store; one that is not there is ErrNotFound.
func (c *Catalog) DeleteSizeChart(ctx context.Context, storeID, id string) error {
	n, err := c.db.ExecContext(ctx, `DELETE FROM size_charts WHERE store_id = $1 AND id = $2`, storeID, id)
	if err != nil {
		return fmt.Errorf("delete size chart %q: %w", id, err)
	}
	if n == 0 {
		return fmt.Errorf("size chart %q: %w", id, ErrNotFound)
	}
	return nil
}
