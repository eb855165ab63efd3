package main

import (
	"context"
	"encoding/json"
	"errors"
	"image"

	"honeyguide/embed/builtin"
	"honeyguide/eval"
)

type evalRegionsCmd struct {
	Data   string `arg:"" help:"Zip of photos with annotated clothes: images/ID.jpg and annotations.json."`
	Report string `help:"Write a page of the worst photos with their boxes." placeholder:"FILE"`
}

// Run measures the built-in encoder's regions on the photos' test part and prints
// the figures as one JSON object.
func (c *evalRegionsCmd) Run(ctx context.Context, to streams) error {
	encoder, err := builtin.New()
	if err != nil {
		return err
	}
	detect := func(ctx context.Context, picture image.Image) ([]eval.Seen, error) {
		found, err := encoder.Regions(ctx, picture)
		seen := make([]eval.Seen, len(found))
		for i, r := range found {
			seen[i] = eval.Seen(r)
		}
		return seen, err
	}
	progress := stageBar(to)
	opts := eval.RegionOptions{Zip: c.Data, Report: c.Report, Progress: func(done, total int) { progress("photos", done, total) }}
	result, err := eval.Regions(ctx, detect, opts)
	if errors.Is(err, eval.ErrOptions) {
		return usageError{err}
	}
	if err != nil {
		return err
	}
	return json.NewEncoder(to.out).Encode(result)
}
