package query

import (
	"slices"
	"strings"
)

// groups are words for kinds of things that the packs part into several
// categories, by the packs or categories that they stand for. They only rule
// out: asked for, they say too little to be a filter, and rank.
var groups = map[string]string{
	"clothing childrens-clothing underwear-sleepwear": `clothes, clothing, apparel, garment, garments, wearables, 衣服, 衣物, 服装, 服饰, 穿的`,
	"eyewear-accessories jewellery":                   `accessories, accessory, 配饰, 配件, 饰品`,
	"food.wine food.spirits food.beer":                `alcohol, booze, alcoholic drinks, 酒, 酒水, 酒类`,
	"home home-textiles":                              `home decor, decor, decorations, 装饰品, 摆件, 摆设`,
	"make-up skin-care perfume":                       `cosmetics, beauty products, toiletries, 化妆品, 美妆, 护肤品`,
}

// nameGroups names the categories of the groups: those that lie highest in the
// packs named, or those named.
func (n *Names) nameGroups() {
	for of, names := range groups {
		var keys []string
		for part := range strings.FieldsSeq(of) {
			for _, c := range n.packs.Categories() {
				inPack := c.Pack == part && !slices.ContainsFunc(keys, func(key string) bool { return strings.HasPrefix(c.Key, key+".") })
				if inPack || c.Key == part {
					keys = append(keys, c.Key)
				}
			}
		}
		addList(&n.groups, strings.Join(keys, "\n"), names)
	}
	n.groups.AddVariants()
}

// findGroups takes words for groups of categories where no name was found.
func (s *sentence) findGroups() {
	for i := range s.tokens {
		if s.claims[i] != free {
			continue
		}
		if keys, n := s.v.groups.Longest(s.tokens[i:s.freeEnd(i)]); n > 0 {
			s.take(span{from: i, to: i + n, field: Category, value: keys, exact: true, group: true})
		}
	}
}

// dropGroups frees the words for groups that are not ruled out.
func (s *sentence) dropGroups() {
	s.spans = slices.DeleteFunc(s.spans, func(sp span) bool {
		drop := sp.group && !sp.negated
		if drop {
			s.mark(sp.from, sp.to, free)
		}
		return drop
	})
}
