package api

import (
	"context"
	"encoding/json"
	"fmt"

	"honeyguide/catalog"
)

// sizeChartBody is a chart as a merchant writes it. Its rows are read by the
// catalogue, since every measure is a field of its own.
type sizeChartBody struct {
	ID        string            `json:"id,omitempty" doc:"As shown; the path decides"`
	Category  string            `json:"category" maxLength:"100" example:"tops"`
	Brand     string            `json:"brand,omitempty" maxLength:"60"`
	Gender    string            `json:"gender,omitempty" enum:",male,female"`
	Unit      string            `json:"unit,omitempty" enum:"cm,in" default:"cm" doc:"Of lengths; weight is in kg"`
	Rows      []json.RawMessage `json:"rows" minItems:"1" maxItems:"200" doc:"{size, chest:[from,to], waist:[from,to], …, also:{eu:\"38\"}}"`
	UpdatedAt string            `json:"updated_at,omitempty" doc:"As shown; ignored"`
}

func (b *sizeChartBody) chart(id string) (catalog.SizeChart, error) {
	ch := catalog.SizeChart{ID: id, Category: b.Category, Brand: b.Brand, Gender: b.Gender, Unit: b.Unit}
	for i, raw := range b.Rows {
		var row catalog.SizeRow
		if err := json.Unmarshal(raw, &row); err != nil {
			return ch, wrong(fmt.Sprintf("rows[%d]", i), "is no row, such as {size, chest:[86,90]}: "+err.Error())
		}
		ch.Rows = append(ch.Rows, row)
	}
	return ch, nil
}

// sizeChart is a chart as it is shown.
type sizeChart struct {
	catalog.SizeChart
	Rows []any `json:"rows" nullable:"false" doc:"{size, chest:[from,to], …}"`
}

func showChart(ch *catalog.SizeChart) sizeChart {
	out := sizeChart{SizeChart: *ch, Rows: make([]any, len(ch.Rows))}
	for i, row := range ch.Rows {
		out.Rows[i] = row
	}
	return out
}

type sizeChartID struct {
	ID string `path:"id"`
}

func (s *Server) putSizeChart(ctx context.Context, in *struct {
	ID   string `path:"id"`
	Body sizeChartBody
}) (*answerOf[sizeChart], error) {
	ch, err := in.Body.chart(in.ID)
	if err == nil {
		ch, err = s.catalog.PutSizeChart(ctx, storeOf(ctx), ch)
	}
	return body(showChart(&ch)), err
}

func (s *Server) getSizeChart(ctx context.Context, in *sizeChartID) (*answerOf[sizeChart], error) {
	ch, err := s.catalog.SizeChart(ctx, storeOf(ctx), in.ID)
	return body(showChart(&ch)), err
}

func (s *Server) deleteSizeChart(ctx context.Context, in *sizeChartID) (*struct{}, error) {
	return nil, s.catalog.DeleteSizeChart(ctx, storeOf(ctx), in.ID)
}

type sizeChartList struct {
	SizeCharts []sizeChart `json:"size_charts" nullable:"false"`
	NextCursor string      `json:"next_cursor"`
}

func (s *Server) listSizeCharts(ctx context.Context, in *page) (*answerOf[sizeChartList], error) {
	after, err := in.after()
	if err != nil {
		return nil, err
	}
	all, err := s.catalog.SizeCharts(ctx, storeOf(ctx), after, in.Limit+1)
	if err != nil {
		return nil, err
	}
	out := sizeChartList{SizeCharts: []sizeChart{}}
	for i := range all[:min(len(all), in.Limit)] {
		out.SizeCharts = append(out.SizeCharts, showChart(&all[i]))
	}
	if len(all) > in.Limit {
		out.NextCursor = encodeCursor("a", all[in.Limit-1].ID)
	}
	return body(out), nil
}
