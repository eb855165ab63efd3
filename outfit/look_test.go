package outfit

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"honeyguide/catalog"
	"honeyguide/catalog/index/local"
	"honeyguide/db"
	"honeyguide/embed/builtin"
)

// bigStore is the shop of the data sets, synced once; or the one in the folder
// that $HONEYGUIDE_BIG_STORE names, made by «honeyguide sync».
var bigStore = sync.OnceValues(func() (*big, error) {
	folder := os.Getenv("HONEYGUIDE_BIG_STORE")
	if folder == "" {
		return nil, os.ErrNotExist
	}
	ctx := context.Background()
	d, err := db.Open(ctx, filepath.Join(folder, "honeyguide.db"))
	if err != nil {
		return nil, err
	}
	known, err := trade()
	if err != nil {
		return nil, err
	}
	encoder, err := builtin.New()
	if err != nil {
		return nil, err
	}
	c, err := catalog.Open(ctx, catalog.Options{DB: d, Index: local.New(), Encoder: encoder, Packs: known, Folder: folder, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return nil, err
	}
	stores, err := c.Stores(ctx)
	if err != nil || len(stores) == 0 {
		return nil, fmt.Errorf("no store in %s: %w", folder, err)
	}
	return &big{c, stores[0].ID, New(known)}, nil
})

type big struct {
	*catalog.Catalog
	store   string
	advisor *Advisor
}

func openBig(t testing.TB) *big {
	t.Helper()
	b, err := bigStore()
	if err != nil {
		t.Skipf("needs a synced store of ../shared/data/catalog.zip in $HONEYGUIDE_BIG_STORE: %v", err)
	}
	return b
}

func (b *big) advise(t testing.TB, s catalog.Search, w Wish) *Advice {
	t.Helper()
	ctx := context.Background()
	subject, err := b.Subject(ctx, b.store, s)
	if err != nil {
		t.Fatal(err)
	}
	w.Subject = subject
	advice, err := b.advisor.Compose(ctx, b, b.store, w)
	if err != nil {
		t.Fatal(err)
	}
	return advice
}

// first returns the id of the first product that a text finds.
func (b *big) first(t testing.TB, text string) string {
	t.Helper()
	r, err := b.Find(context.Background(), b.store, catalog.Search{Text: text, Limit: 1})
	if err != nil || len(r.Products) == 0 {
		t.Fatalf("%q finds nothing (%v)", text, err)
	}
	return r.Products[0].Product.ID
}

func write(w io.Writer, a *Advice) {
	p := a.Anchor.Product
	if p != nil {
		fmt.Fprintf(w, "ANCHOR %s | %s | %s %s %s %s %s\n", p.Title, p.Category, p.Colors, p.Gender, p.AgeGroup, p.Occasion, p.Season)
	} else {
		fmt.Fprintf(w, "ANCHOR %s %s %s\n", a.Anchor.Kind, a.Anchor.Category, a.Anchor.Colors)
	}
	fmt.Fprintln(w, a.Reason)
	for _, o := range a.Outfits {
		fmt.Fprintf(w, "  %s %.3f %v missing %v why %v\n", o.Set, o.Score, o.Total, o.Missing, o.Why)
		for _, x := range o.Pieces {
			fmt.Fprintf(w, "    %-10s %.2f %s | %s %s %s %s %s\n", x.Slot, x.Score, x.Product.Title, x.Product.Category, x.Product.Colors, x.Product.Occasion, x.Product.Gender, x.Product.Cost())
			for _, y := range x.Why {
				fmt.Fprintf(w, "        - %s: %s\n", y.Field, y.Text)
			}
		}
	}
}

// TestLook prints outfits around very different anchors, for people to judge.
func TestLook(t *testing.T) {
	b := openBig(t)
	only := os.Getenv("LOOK")
	for _, text := range []string{"men formal shirt", "silk saree", "men running shoes", "men watch", "red dress women", "kids tshirt boys", "women jeans", "handbag", "men kurta", "women heels", "cap", "leather jacket men", "sunglasses"} {
		if !strings.Contains(text, only) {
			continue
		}
		var out strings.Builder
		a := b.advise(t, catalog.Search{ProductID: b.first(t, text)}, Wish{})
		write(&out, a)
		t.Logf("%s\n%s", text, &out)
	}
	for _, text := range []string{"what goes with a navy blazer", "我刚买了一双鞋,该配什么衣服?", "what shoes go with blue jeans for men under 3000", "参加婚礼穿红色连衣裙配什么包"} {
		if !strings.Contains(text, only) {
			continue
		}
		var out strings.Builder
		write(&out, b.advise(t, catalog.Search{Text: text}, Wish{}))
		t.Logf("%s\n%s", text, &out)
	}
}

// BenchmarkCompose is one request, from the product's id to three outfits.
func BenchmarkCompose(b *testing.B) {
	shop := openBig(b)
	var ids []string
	for _, text := range []string{"men shirt", "saree", "running shoes", "watch", "dress", "kids tshirt", "jeans", "handbag"} {
		ids = append(ids, shop.first(b, text))
	}
	var times []float64
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		start := time.Now()
		shop.advise(b, catalog.Search{ProductID: ids[i%len(ids)]}, Wish{})
		times = append(times, time.Since(start).Seconds()*1000)
	}
	slices.Sort(times)
	b.ReportMetric(times[len(times)/2], "p50-ms")
	b.ReportMetric(times[int(math.Ceil(0.99*float64(len(times))))-1], "p99-ms")
}
