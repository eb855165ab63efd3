package feed

import (
	"iter"
	"slices"
	"strings"
)

// maxVariants bounds how many variants are folded into one item.
const maxVariants = 2500

// family folds the variants of one product into one item: the sizes and colours
// that can be bought (all of them where none can), the lowest price among those,
// and the best availability. Everything else is the first variant's.
type family struct {
	item             Item
	variants         int
	buyable          bool
	allSizes, sizes  []string
	allColors, color []string
}

// add folds in one variant.
func (f *family) add(v Item) {
	buyable := v.Availability != outOfStock
	if f.variants == 0 {
		f.item = v
	} else {
		f.fold(v, buyable)
	}
	f.variants++
	f.allSizes = append(f.allSizes, v.Sizes...)
	f.allColors = append(f.allColors, v.Colors...)
	if buyable {
		f.buyable = true
		f.sizes = append(f.sizes, v.Sizes...)
		f.color = append(f.color, v.Colors...)
	}
}

func (f *family) fold(v Item, buyable bool) {
	switch {
	case buyable && !f.buyable, buyable == f.buyable && cheaper(v, f.item):
		f.item.Price, f.item.SalePrice = v.Price, v.SalePrice
	}
	if rank(v.Availability) < rank(f.item.Availability) {
		f.item.Availability = v.Availability
	}
	f.item.SourceVersion = max(f.item.SourceVersion, v.SourceVersion)
	for _, image := range append([]string{v.ImageLink}, v.AdditionalImageLinks...) {
		f.image(image)
	}
}

// image adds a picture that the family does not have yet.
func (f *family) image(link string) {
	switch {
	case link == "" || link == f.item.ImageLink || slices.Contains(f.item.AdditionalImageLinks, link):
	case f.item.ImageLink == "":
		f.item.ImageLink = link
	case len(f.item.AdditionalImageLinks) < maxList:
		f.item.AdditionalImageLinks = append(slices.Clip(f.item.AdditionalImageLinks), link)
	}
}

// done is the folded item.
func (f *family) done() Item {
	item := f.item
	if f.buyable {
		item.Sizes, item.Colors = f.sizes, f.color
	} else {
		item.Sizes, item.Colors = f.allSizes, f.allColors
	}
	item.Sizes, item.Colors = unique(item.Sizes), unique(item.Colors)
	return item
}

// cheaper compares what buyers pay; prices in different currencies do not compare.
func cheaper(a, b Item) bool {
	pa, pb := a.Price, b.Price
	if a.SalePrice != nil {
		pa = a.SalePrice
	}
	if b.SalePrice != nil {
		pb = b.SalePrice
	}
	return pa != nil && (pb == nil || pa.Currency == pb.Currency && pa.Amount < pb.Amount)
}

func rank(availability string) int {
	return slices.Index([]string{inStock, preorder, backorder, outOfStock}, availability)
}

// merged joins adjacent rows that are sizes of one product: the same GroupID and
// nothing else different than id, link, size, availability, price, version and
// trade numbers, each row with exactly one size that no row before it had. A
// title may end in the size. The product keeps the first row's id. Colour
// siblings, and rows that list several sizes, stay products of their own. A product
// that is still open when the feed breaks off is left out: sizes may be missing.
func merged(items iter.Seq2[Item, error]) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		var open family
		flush := func() bool {
			done := open
			open = family{}
			return done.variants == 0 || yield(done.done(), nil)
		}
		for item, err := range items {
			switch {
			case err != nil:
				if !yield(item, err) {
					return
				}
			case open.variants > 0 && open.takes(&item):
				open.item.Title = commonTitle(&open.item, &item)
				open.add(item)
			case !flush():
				return
			case item.GroupID != "" && len(item.Sizes) == 1:
				open.add(item)
			default:
				if !yield(item, nil) {
					return
				}
			}
		}
		flush()
	}
}

// takes reports whether an item is another size of the open product.
func (f *family) takes(v *Item) bool {
	a := &f.item
	return a.GroupID == v.GroupID && !a.Deleted && !v.Deleted && f.variants < maxVariants &&
		len(v.Sizes) == 1 && len(f.allSizes) == f.variants && !slices.Contains(f.allSizes, v.Sizes[0]) &&
		commonTitle(a, v) != "" && a.Description == v.Description && a.Brand == v.Brand &&
		a.ImageLink == v.ImageLink && slices.Equal(a.AdditionalImageLinks, v.AdditionalImageLinks) &&
		a.ProductType == v.ProductType && a.GoogleCategory == v.GoogleCategory && slices.Equal(a.Colors, v.Colors) &&
		a.Gender == v.Gender && a.AgeGroup == v.AgeGroup && a.Season == v.Season && a.Occasion == v.Occasion &&
		a.Pattern == v.Pattern && a.Material == v.Material && sameAttributes(a.Attributes, v.Attributes)
}

// commonTitle is the title that two variants share, with or without their sizes
// at the end, or "".
func commonTitle(a, b *Item) string {
	if a.Title == b.Title {
		return a.Title
	}
	short := withoutSize(b)
	if short == a.Title || short == withoutSize(a) {
		return short
	}
	return ""
}

// withoutSize drops an item's first size from the end of its title: "Tee - M", "Tee (M)".
func withoutSize(item *Item) string {
	if len(item.Sizes) == 0 {
		return item.Title
	}
	bare := strings.TrimSuffix(item.Title, ")")
	bare, found := strings.CutSuffix(bare, item.Sizes[0])
	trimmed := strings.TrimRight(bare, " -–,/|(:")
	if !found || trimmed == bare || trimmed == "" {
		return item.Title
	}
	return trimmed
}

// sameAttributes compares without what names a single variant.
func sameAttributes(a, b map[string]string) bool {
	return covers(a, b) && covers(b, a)
}

func covers(a, b map[string]string) bool {
	for name, value := range a {
		if b[name] != value && !namesVariant(compact(name)) {
			return false
		}
	}
	return true
}

func namesVariant(name string) bool {
	switch name {
	case "sku", "gtin", "ggtin", "mpn", "gmpn", "ean", "upc", "barcode", "variantid", "quantity", "qty", "stock", "inventory", "shippingweight", "条码", "库存":
		return true
	}
	return false
}
