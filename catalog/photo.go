package catalog

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	"honeyguide/catalog/encoders"
	"honeyguide/embed"
	"honeyguide/embed/photo"
)

// Photo is a buyer's picture: what was sent, and what was seen in it.
type Photo struct {
	ID        string         `json:"id"`
	Width     int            `json:"width" doc:"Pixels of the upright picture"`
	Height    int            `json:"height"`
	Regions   []Region       `json:"regions" nullable:"false"`
	Palette   []photo.Swatch `json:"palette" nullable:"false"`
	ExpiresAt time.Time      `json:"expires_at"`
}

// Region is a part of a picture that shows one thing. The first of a photo's is
// the whole, for the main thing; what else was found in it follows, surest first.
type Region struct {
	Box        photo.Region `json:"box" doc:"x, y, width, height as fractions of the upright picture"`
	Label      string       `json:"label" doc:"The category's English name; of a part: upper, lower, dress, outerwear, shoes, bag, hat, eyewear"`
	Category   string       `json:"category"`
	Score      float64      `json:"score" doc:"0 to 1: how likely it is right"`
	Color      string       `json:"color,omitempty" doc:"Of the main thing"`
	ColorScore float64      `json:"color_score,omitempty" doc:"0 to 1: how likely it is right"`
}

const (
	maxKept    = 1600 // longest side of a kept photo, in pixels
	keptJPEG   = 88   // its quality
	paletteTop = 5
)

// SavePhoto keeps a buyer's photo for the given time, without its metadata.
func (c *Catalog) SavePhoto(ctx context.Context, storeID string, data []byte, keep time.Duration) (Photo, error) {
	img, info, err := photo.Decode(data)
	if err != nil {
		return Photo{}, err
	}
	if max(info.Width, info.Height) > maxKept {
		img = photo.Thumbnail(img, maxKept)
	}
	clean, err := photo.JPEG(img, keptJPEG)
	if err != nil {
		return Photo{}, err
	}
	parts := c.partsOf(ctx, img)
	seen, err := c.look(ctx, c.sight(), img)
	if err != nil {
		return Photo{}, err
	}
	p := Photo{ID: "img_" + strings.ToLower(rand.Text()[:20]), Width: info.Width, Height: info.Height,
		Regions: append(seen.Regions, <-parts...), Palette: seen.Palette, ExpiresAt: now().Add(keep)}
	return p, c.keepPhoto(ctx, storeID, &p, clean)
}

// keepPhoto saves the row before the file, so that a crash leaves no photo that
// nobody forgets.
func (c *Catalog) keepPhoto(ctx context.Context, storeID string, p *Photo, clean []byte) error {
	row, err := json.Marshal(p)
	if err != nil {
		return err
	}
	c.keeping.RLock()
	defer c.keeping.RUnlock()
	_, err = c.db.ExecContext(ctx, `INSERT INTO uploads (store_id, id, media, data, expires_at) VALUES ($1, $2, $3, $4, $5)`,
		storeID, p.ID, c.photos.name(clean, "jpg"), row, p.ExpiresAt.UnixMilli())
	if err != nil {
		return fmt.Errorf("save photo: %w", err)
	}
	_, err = c.photos.put(clean, "jpg")
	return err
}

// LoadPhoto returns a kept photo of a store, or ErrNotFound when it has expired.
func (c *Catalog) LoadPhoto(ctx context.Context, storeID, id string) (*image.NRGBA, error) {
	data, err := c.PhotoFile(ctx, storeID, id)
	if err != nil {
		return nil, err
	}
	img, _, err := photo.Decode(data)
	return img, err
}

// ForgetPhotos removes the photos whose time is over, and their files unless
// another upload shows the same. It returns how many.
func (c *Catalog) ForgetPhotos(ctx context.Context) (int, error) {
	c.keeping.Lock()
	defer c.keeping.Unlock()
	at := now().UnixMilli()
	names, err := c.forgotten(ctx, at)
	if err != nil {
		return 0, fmt.Errorf("forget photos: %w", err)
	}
	for _, name := range names { // before the rows, so that a crash leaves no file behind
		if err := os.Remove(c.photos.path(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return 0, fmt.Errorf("forget photos: %w", err)
		}
	}
	gone, err := c.db.ExecContext(ctx, `DELETE FROM uploads WHERE expires_at <= $1`, at)
	if err != nil {
		return 0, fmt.Errorf("forget photos: %w", err)
	}
	return int(gone), nil
}

// forgotten lists the files that no photo shows which is kept beyond a time.
func (c *Catalog) forgotten(ctx context.Context, at int64) ([]string, error) {
	rows, err := c.db.QueryContext(ctx, `SELECT DISTINCT media FROM uploads u WHERE expires_at <= $1
		AND NOT EXISTS (SELECT 1 FROM uploads o WHERE o.media = u.media AND o.expires_at > $1)`, at)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var names []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, rows.Err()
}

// Keep runs ForgetPhotos every hour until ctx ends.
func (c *Catalog) Keep(ctx context.Context) error {
	tick := time.NewTicker(time.Hour)
	defer tick.Stop()
	for {
		if n, err := c.ForgetPhotos(ctx); err != nil && ctx.Err() == nil {
			c.log.Error("forget photos", "error", err)
		} else if n > 0 {
			c.log.Info("photos forgotten", "photos", n)
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return nil
		}
	}
}

// photoWithin is how long an encoder may take over a buyer's photo.
const photoWithin = 4 * time.Second

// view is what was seen in a picture.
type view struct {
	Vector  embed.Vector // of the joint encoder; nil where it could not be asked
	Regions []Region
	Palette []photo.Swatch
}

// look encodes a picture, names its colours and the thing it shows. Without the
// encoder the colours remain.
func (c *Catalog) look(ctx context.Context, s *sight, img image.Image) (view, error) {
	v := view{Regions: []Region{}, Palette: photo.Palette(img, c.swatches, paletteTop)}
	err := s.joint.Ask(ctx, photoWithin, func(ctx context.Context) error {
		vectors, err := s.Joint.EncodeImages(ctx, []image.Image{img})
		if err == nil {
			v.Vector = vectors[0]
		}
		return err
	})
	if err != nil {
		return v, c.doWithout(ctx, s.Joint.Model(), err)
	}
	v.Regions = c.mainThing(s, v.Vector)
	return v, nil
}

// confident is an encoder that knows how often it is right.
type confident interface {
	// CategoryConfidence is how likely the category that a picture is named after
	// is right, by its share among all of them; ColorConfidence the same of its colour.
	CategoryConfidence(share float64) float64
	ColorConfidence(share float64) float64
}

// mainThing is what a picture shows, as the region of all of it; nothing where
// names are not known.
func (c *Catalog) mainThing(s *sight, v embed.Vector) []Region {
	shown, color := s.kinds.of(v, anyKind), kind{}
	if len(shown) == 0 {
		return []Region{}
	}
	color, _ = s.kinds.color(v)
	r := Region{Box: photo.Region{0, 0, 1, 1}, Label: c.packs.CategoryName(shown[0].key, "en"), Category: shown[0].key, Score: shown[0].share,
		Color: color.key, ColorScore: color.share}
	if sure, ok := s.Joint.(confident); ok {
		r.Score, r.ColorScore = sure.CategoryConfidence(r.Score), sure.ColorConfidence(r.ColorScore)
	}
	return []Region{r}
}

// CategoryOfPart is the packs' category of a part's label, or nothing.
func CategoryOfPart(label string) string { return partCategories[label] }

// partCategories are the packs' categories of the parts' labels.
var partCategories = map[string]string{
	"upper": "tops", "lower": "bottoms", "dress": "dresses", "outerwear": "outerwear", "shoes": "shoes", "bag": "bags", "hat": "hats", "eyewear": "eyewear",
}

// nearlyAll is the share of a picture from which on a part is no part of it.
const nearlyAll = 0.8

// partsOf begins to find the parts of a photo, beside what else is done with it.
// They come once, within milliseconds; who needs them no more may leave them.
func (c *Catalog) partsOf(ctx context.Context, img image.Image) <-chan []Region {
	found := make(chan []Region, 1)
	go func() { found <- c.parts(ctx, img) }()
	return found
}

// keptParts are the parts that were found when a photo was sent. Without them a
// search has all else.
func (c *Catalog) keptParts(ctx context.Context, storeID, id string) []Region {
	var data []byte
	var p Photo
	err := c.db.QueryRowContext(ctx, `SELECT data FROM uploads WHERE store_id = $1 AND id = $2`, storeID, id).Scan(&data)
	if err == nil {
		err = json.Unmarshal(data, &p)
	}
	if err != nil && ctx.Err() == nil && !errors.Is(err, sql.ErrNoRows) {
		c.log.Error("parts of a kept photo", "error", err)
	}
	return slices.DeleteFunc(p.Regions, func(r Region) bool { return r.Box == photo.Region{0, 0, 1, 1} })
}

// parts finds what several things a picture shows. Failing at it costs nothing else.
func (c *Catalog) parts(ctx context.Context, img image.Image) []Region {
	if c.regions == nil {
		return nil
	}
	found, err := c.regions(ctx, img)
	if err != nil && ctx.Err() == nil {
		c.log.Error("parts of a photo", "error", err)
	}
	var parts []Region
	for _, r := range found {
		if r.Box[2]*r.Box[3] < nearlyAll {
			r.Category = CategoryOfPart(r.Label)
			parts = append(parts, r)
		}
	}
	return parts
}

// doWithout lets a buyer be answered without an encoder, whatever it failed with,
// unless ctx has ended. The log has each failure once, not each who met it.
func (c *Catalog) doWithout(ctx context.Context, model string, err error) error {
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case !errors.Is(err, encoders.ErrResting):
		c.log.Warn("searches do without an encoder", "model", model, "error", err)
	}
	return nil
}
