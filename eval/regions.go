package eval

import (
	"context"
	"errors"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"time"

	"honeyguide/embed/photo"
)

// Seen is a thing at a place of a picture: drawn by a person, or found by a detector.
type Seen struct {
	Box   photo.Region
	Label string
	Score float64 // how sure the detector is, 0 to 1
}

// Detector finds things in an upright picture, the surest first.
type Detector func(ctx context.Context, picture image.Image) ([]Seen, error)

// RegionOptions say what Regions measures.
type RegionOptions struct {
	Zip    string // the photos: images/ID.jpg, and annotations.json with their boxes
	Report string // where to write the page of pictures; nowhere by default

	// Progress, if not nil, hears how many photos are done.
	Progress func(done, total int)
}

// RegionResult are the figures of a detector over the test part of annotated photos.
// Garments are the annotated boxes of the seven main labels; the others of
// ByLabel count in Precision and Boxes alone.
type RegionResult struct {
	Photos   int     `json:"photos"`
	Garments int     `json:"garments"`
	MS       float64 `json:"ms_per_photo"`      // mean time of the detector, without decoding
	Error    float64 `json:"calibration_error"` // mean distance of scores from the share that is right, by tenths
	RegionScores
	ByLabel  map[string]*LabelScores `json:"by_label"`
	Controls map[string]RegionScores `json:"controls"`
}

// RegionScores are shares of garments and of regions, all at an IoU of 0.5.
type RegionScores struct {
	RecallAny float64 `json:"recall_any_label"` // of the garments, by a region of whatever label
	Recall    float64 `json:"recall"`           // of the garments, by a region of their label
	Precision float64 `json:"precision"`        // regions that are right, each annotated box counting once
	Boxes     float64 `json:"boxes_per_photo"`
}

// LabelScores are the figures of one label.
type LabelScores struct {
	Garments  int     `json:"garments"`
	Regions   int     `json:"regions"`
	Recall    float64 `json:"recall"`
	Precision float64 `json:"precision"`
}

// Regions measures a detector on photos of people whose clothes are annotated, on
// the part that training leaves alone, beside two controls: the labels' mean
// boxes of the training part in every photo, and the whole picture as an upper.
// The errors are ErrOptions, ErrSet, those of detect, and ctx's.
func Regions(ctx context.Context, detect Detector, opts RegionOptions) (*RegionResult, error) {
	if opts.Report != "" {
		if folder, err := os.Stat(filepath.Dir(opts.Report)); err != nil || !folder.IsDir() {
			return nil, fmt.Errorf("%w: the report's folder %s is not there", ErrOptions, filepath.Dir(opts.Report))
		}
	}
	set, err := openRegions(opts.Zip)
	if err != nil {
		return nil, err
	}
	defer set.file.Close()
	test := set.part(testPart)
	if len(test) == 0 {
		return nil, fmt.Errorf("%w: %s: no photo of the test part has boxes", ErrSet, filepath.Base(opts.Zip))
	}
	seen := make([]judged, len(test))
	var took time.Duration
	for i, p := range test {
		picture, err := set.decode(p)
		if err != nil {
			return nil, err
		}
		begin := time.Now()
		found, err := detect(ctx, picture)
		if err != nil {
			return nil, fmt.Errorf("photo %s: %w", p.id, err)
		}
		took += time.Since(begin)
		seen[i] = judge(p, found)
		if opts.Progress != nil {
			opts.Progress(i+1, len(test))
		}
	}
	res := summary(seen)
	res.MS = float64(took.Microseconds()) / 1000 / float64(len(test))
	res.Controls = controls(set.part(trainPart), test)
	if opts.Report == "" {
		return res, nil
	}
	return res, errors.Join(ctx.Err(), set.report(opts.Report, res, seen))
}

// controls are what a detector must beat.
func controls(train, test []annotated) map[string]RegionScores {
	whole := []Seen{{Box: photo.Region{0, 0, 1, 1}, Label: mainLabels[0]}}
	mean := meanBoxes(train)
	var byMean, byWhole []judged
	for _, p := range test {
		byMean, byWhole = append(byMean, judge(p, mean)), append(byWhole, judge(p, whole))
	}
	return map[string]RegionScores{"mean boxes": summary(byMean).RegionScores, "whole picture": summary(byWhole).RegionScores}
}

// meanBoxes returns the mean box of each main label.
func meanBoxes(photos []annotated) []Seen {
	var out []Seen
	for _, label := range mainLabels {
		s, n := Seen{Label: label}, 0.
		for _, p := range photos {
			for _, g := range p.garments {
				if g.Label == label {
					n++
					for k, v := range g.Box {
						s.Box[k] += v
					}
				}
			}
		}
		if n > 0 {
			for k := range s.Box {
				s.Box[k] /= n
			}
			out = append(out, s)
		}
	}
	return out
}
