package feed

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// field is a meaning that a column, element or key may have.
type field int

const (
	fieldUnknown field = iota
	fieldID
	fieldTitle
	fieldDescription
	fieldLink
	fieldImage
	fieldMoreImages
	fieldBrand
	fieldPrice
	fieldSalePrice
	fieldSaleDates
	fieldCurrency
	fieldAvailability
	fieldStock
	fieldProductType
	fieldGoogleCategory
	fieldColor
	fieldSize
	fieldGender
	fieldAgeGroup
	fieldSeason
	fieldOccasion
	fieldPattern
	fieldMaterial
	fieldGroup
	fieldDeleted
	fieldVersion
	fields // how many there are
)

// spelled lists the names of a field, Google's attribute first, then what shops
// write, the likelier the earlier. Case, spaces and punctuation do not matter.
func spelled(f field) string {
	switch f {
	case fieldID:
		return "id, product_id, item_id, sku, offer_id, article_number, item_number, guid, handle, code, 商品id, 商品编号, 商品编码, 商品货号, 货号, 编号, 编码"
	case fieldTitle:
		return "title, name, product_name, product_title, item_name, product, 商品名称, 商品标题, 标题, 名称, 品名, 产品名称, 商品名"
	case fieldDescription:
		return "description, product_description, long_description, desc, body_html, body, content, summary, short_description, details, 商品描述, 商品详情, 描述, 详情, 简介, 商品介绍"
	case fieldLink:
		return "link, url, product_url, product_link, canonical_link, permalink, deeplink, 链接, 商品链接, 网址"
	case fieldImage:
		return "image_link, image, image_url, image_src, img, img_url, picture, picture_url, photo, main_image, primary_image, images, thumbnail, 图片, 主图, 商品图片, 图片链接, 图片地址, 商品主图"
	case fieldMoreImages:
		return "additional_image_link, additional_image_links, additional_images, more_images, other_images, gallery, 附图, 更多图片, 其他图片"
	case fieldBrand:
		return "brand, manufacturer, vendor, brand_name, maker, 品牌, 厂商"
	case fieldPrice:
		return "price, regular_price, list_price, unit_price, current_price, amount, 价格, 售价, 原价, 单价, 商品价格, 吊牌价"
	case fieldSalePrice:
		return "sale_price, special_price, discount_price, discounted_price, offer_price, promo_price, 促销价, 优惠价, 折后价, 特价, 活动价"
	case fieldSaleDates:
		return "sale_price_effective_date"
	case fieldCurrency:
		return "currency, currency_code, price_currency, 币种, 货币"
	case fieldAvailability:
		return "availability, stock_status, in_stock, available, 库存状态, 是否有货"
	case fieldStock:
		return "quantity, qty, stock, inventory, stock_quantity, inventory_quantity, stock_level, quantity_in_stock, 库存, 库存数量, 数量"
	case fieldProductType:
		return "product_type, category, categories, type, product_category, department, breadcrumb, 类目, 分类, 商品分类, 商品类目, 品类, 类别"
	case fieldGoogleCategory:
		return "google_product_category, google_category"
	case fieldColor:
		return "color, colour, colors, colours, color_name, 颜色, 色彩, 颜色分类"
	case fieldSize:
		return "size, sizes, size_name, 尺码, 尺寸, 码数, 规格"
	case fieldGender:
		return "gender, sex, target_gender, 性别, 适用性别"
	case fieldAgeGroup:
		return "age_group, age, 年龄段, 适用年龄, 年龄"
	}
	return spelledMore(f)
}

func spelledMore(f field) string {
	switch f {
	case fieldSeason:
		return "season, seasons, 季节, 适用季节"
	case fieldOccasion:
		return "occasion, occasions, usage, 场合, 适用场合, 适用场景, 用途"
	case fieldPattern:
		return "pattern, print, 图案, 花色, 花纹"
	case fieldMaterial:
		return "material, fabric, materials, composition, 材质, 面料, 材料"
	case fieldGroup:
		return "item_group_id, group_id, parent_id, parent_sku, style_id, 款号, 商品组"
	case fieldDeleted:
		return "deleted, is_deleted, removed, 已删除, 删除"
	case fieldVersion:
		return "source_version, 版本"
	}
	return ""
}

// label is how errors call a field: Google's attribute name.
func (f field) label() string {
	if f == fieldMoreImages {
		return "additional_image_links"
	}
	first, _, _ := strings.Cut(spelled(f), ",")
	return first
}

// meaning is what a name stands for: of several columns with one field, the one
// of the lowest rank is taken.
type meaning struct {
	field field
	rank  int
}

var meanings = sync.OnceValue(func() map[string]meaning {
	all := map[string]meaning{}
	for f := fieldID; f < fields; f++ {
		for i, name := range strings.Split(spelled(f), ", ") {
			all[compact(name)] = meaning{f, 2*i + 1}
		}
	}
	return all
})

// meaningOf understands a column's name, such as "Image Link", "g:price" or "颜色".
// The prefix of Google's namespace wins over the same name without it.
func meaningOf(name string) meaning {
	bare, prefixed := strings.CutPrefix(strings.ToLower(strings.TrimSpace(name)), "g:")
	m := meanings()[compact(bare)]
	if prefixed {
		m.rank--
	}
	return m
}

// compact keeps the letters and digits of a name, in lower case and half width:
// "Attribute 1 value(s)" is "attribute1values".
func compact(name string) string {
	if strings.IndexFunc(name, func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') }) < 0 {
		return name
	}
	if len(name) != utf8.RuneCountInString(name) {
		name = width.Fold.String(name)
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}

// record is one row of any format: values by field, the rest by name.
type record struct {
	line   int
	values [fields]string
	ranks  [fields]int    // of the names that values came by
	names  [fields]string // these names
	extra  []pair
}

type pair struct{ name, value string }

// listSeparator joins values that the format itself keeps apart.
const listSeparator = "\x1f"

// reset empties a record for the next row.
func (r *record) reset(line int) { *r = record{line: line, extra: r.extra[:0]} }

// put files a value under its name's meaning. Empty values are left out; of two
// names for one field the better is taken and the other is kept as unknown, unless
// only Google's namespace tells them apart; a repeated name makes a list.
func (r *record) put(name, value string) { r.set(meaningOf(name), name, value) }

func (r *record) set(m meaning, name, value string) {
	f := m.field
	switch {
	case strings.TrimSpace(value) == "":
	case f == fieldUnknown:
		r.extra = append(r.extra, pair{strings.TrimPrefix(name, "g:"), value})
	case r.values[f] == "":
		r.values[f], r.ranks[f], r.names[f] = value, m.rank, name
	case m.rank == r.ranks[f]:
		r.values[f] += listSeparator + value
	default:
		loser := pair{name, value}
		if m.rank < r.ranks[f] {
			loser = pair{r.names[f], r.values[f]}
			r.values[f], r.names[f] = value, name
		}
		if m.rank/2 != r.ranks[f]/2 { // not one name with and without "g:"
			r.extra = append(r.extra, loser)
		}
		r.ranks[f] = min(r.ranks[f], m.rank)
	}
}
