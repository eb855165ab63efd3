package catalog

import (
	"context"
	"errors"
	"fmt"
	"image/color"
	"testing"

	"honeyguide/catalog/feed"
	"honeyguide/embed"
)

// kiosk is a feed of a red and a blue thing.
func kiosk(t *testing.T, s *shop, title, price, colour string, first color.Color) string {
	table := fmt.Sprintf("id,title,price,color,image_link\n1,%s,%s,%s,1.png\n2,Chair,5,blue,2.png\n", title, price, colour)
	return s.file("kiosk.zip", string(archive(t, map[string][]byte{
		"products.csv": []byte(table), "images/1.png": drawing(first, 40), "images/2.png": drawing(blue, 40),
	})))
}

func TestOnlyWhatChangedIsEncoded(t *testing.T) {
	green := color.NRGBA{0, 200, 0, 255}
	everywhere(t, func(t *testing.T, over func(*Options)) {
		h := newHues("hues", 8)
		s := newShop(t, func(o *Options) {
			seeing(h)(o)
			over(o)
		})
		s.syncFile(kiosk(t, s, "Lamp", "5", "red", red), Full)
		for _, c := range []struct {
			change                string
			title, price, colour  string
			picture               color.Color
			wantTexts, wantImages int64
		}{
			{"the price", "Lamp", "4", "red", red, 0, 0},
			{"the title", "Desk lamp", "4", "red", red, 1, 0},
			{"the colour, which the words name", "Desk lamp", "4", "green", red, 1, 0},
			{"the picture", "Desk lamp", "4", "green", green, 0, 1},
			{"all of it, back", "Lamp", "5", "red", red, 1, 1},
		} {
			texts, pictures := h.texts.Load(), h.pictures.Load()
			wantTally(t, s.syncFile(kiosk(t, s, c.title, c.price, c.colour, c.picture), Full), "done: 2 rows, 0 added, 1 updated, 1 unchanged, 0 removed, 0 failed")
			s.catchUp()
			if texts, pictures = h.texts.Load()-texts, h.pictures.Load()-pictures; texts != c.wantTexts || pictures != c.wantImages {
				t.Errorf("%s: %d texts and %d pictures were encoded, want %d and %d", c.change, texts, pictures, c.wantTexts, c.wantImages)
			}
			if p := s.product("1"); p.Price.String() != "$"+c.price || p.Title != c.title {
				t.Errorf("%s: the product is %+v", c.change, p)
			}
			e, err := s.entry(context.Background(), s.sight(), s.store, "1")
			if err != nil {
				t.Fatal(err)
			}
			r, g, b, _ := c.picture.RGBA()
			if want := h.vector([3]float64{float64(r) / 65535, float64(g) / 65535, float64(b) / 65535}); fmt.Sprint(e.Vectors[ImageSpace]) != fmt.Sprint(want) {
				t.Errorf("%s: the picture's vector is %v, want %v", c.change, e.Vectors[ImageSpace], want)
			}
			if want := h.vector(named[c.colour]); fmt.Sprint(e.Vectors[TextSpace]) != fmt.Sprint(want) {
				t.Errorf("%s: the text's vector is %v, want %v", c.change, e.Vectors[TextSpace], want)
			}
		}
	})
}

// TestPriceChangesWithoutTheEncoder: what needs no encoder is not kept up by one that is away.
func TestPriceChangesWithoutTheEncoder(t *testing.T) {
	h := newHues("hues", 8)
	s := newShop(t, seeing(h))
	s.syncFile(kiosk(t, s, "Lamp", "5", "red", red), Full)
	h.fails(errDown)
	kept := s.product("1").ImageLink
	row := `{"id":"1","title":%q,"price":"3 USD","color":"red","availability":"out_of_stock","image_link":%q}`
	if got := s.apply(nil, fmt.Sprintf(row, "Lamp", kept)); got.Updated != 1 || len(got.Errors) != 0 {
		t.Errorf("a new price: %+v", got)
	}
	if p := s.product("1"); p.Price.Amount != 300 || p.Availability != OutOfStock || p.ImageLink != kept {
		t.Errorf("the product is %+v", p)
	}
	it, err := feed.ParseJSON(fmt.Appendf(nil, row, "Desk lamp", kept), 1, "USD")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Apply(context.Background(), s.store, []feed.Item{it}, nil, nil); !errors.Is(err, embed.ErrUnavailable) || s.product("1").Title != "Lamp" {
		t.Errorf("a new title: %v", err)
	}
	if e, err := s.entry(context.Background(), s.sight(), s.store, "1"); err != nil || e.Vectors[ImageSpace] == nil || e.Vectors[TextSpace] == nil {
		t.Errorf("it is found by %v, %v", e.Vectors, err)
	}
}
