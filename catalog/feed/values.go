package feed

import (
	"slices"
	"strconv"
	"strings"
)

// States of availability, as in the HTTP contract.
const (
	inStock    = "in_stock"
	outOfStock = "out_of_stock"
	preorder   = "preorder"
	backorder  = "backorder"
)

// availabilityOf understands a state or a quantity, or returns "".
func availabilityOf(value string) string {
	if n, err := strconv.ParseFloat(strings.ReplaceAll(value, ",", ""), 64); err == nil {
		if n > 0 {
			return inStock
		}
		return outOfStock
	}
	value = value[strings.LastIndexByte(value, '/')+1:] // https://schema.org/InStock
	switch compact(value) {
	case "instock", "available", "yes", "true", "y", "limitedavailability", "lowstock", "instoreonly", "onlineonly",
		"有货", "现货", "有库存", "在售", "有", "是", "上架":
		return inStock
	case "outofstock", "soldout", "unavailable", "notavailable", "no", "false", "n", "discontinued", "outstock",
		"缺货", "无货", "售罄", "无库存", "售完", "无", "否", "下架", "断货":
		return outOfStock
	case "preorder", "presale", "preordernow", "预售", "预订", "预购":
		return preorder
	case "backorder", "onbackorder", "availablefororder", "madetoorder", "可订购", "补货中", "接受预订":
		return backorder
	}
	return ""
}

// genderOf understands whom a product is for, or returns "".
func genderOf(value string) string {
	switch compact(value) {
	case "male", "m", "man", "men", "mens", "boy", "boys", "gents", "男", "男士", "男款", "男性", "男生", "男装", "男式", "男童":
		return "male"
	case "female", "f", "w", "woman", "women", "womens", "girl", "girls", "ladies", "女", "女士", "女款", "女性", "女生", "女装", "女式", "女童":
		return "female"
	case "unisex", "u", "all", "both", "neutral", "中性", "男女通用", "通用", "男女", "情侣", "不限":
		return "unisex"
	}
	return ""
}

// ageOf understands Google's age groups, or returns "".
func ageOf(value string) string {
	switch compact(value) {
	case "newborn", "新生儿":
		return "newborn"
	case "infant", "baby", "婴儿", "宝宝":
		return "infant"
	case "toddler", "幼儿":
		return "toddler"
	case "kids", "kid", "child", "children", "boy", "boys", "girl", "girls", "teen", "teens", "儿童", "童装", "少儿", "男童", "女童", "青少年":
		return "kids"
	case "adult", "adults", "成人", "成年人":
		return "adult"
	}
	return ""
}

// splitColors cuts "Black/White", "红、白" and the like.
func splitColors(value string) []string {
	return splitAt(value, "|/,;、，；\n"+listSeparator)
}

// splitSizes cuts a list of sizes: at bars, semicolons and Chinese commas always;
// at commas, except the decimal one of a half size such as "38,5"; at slashes and
// spaces only between letter sizes, of three or more ("S/M/L"), because "S/M",
// "W32/L34" and "UK 7" are one size.
func splitSizes(value string) []string {
	if strings.Contains(value, listSeparator) {
		return splitAt(value, listSeparator)
	}
	if !strings.ContainsAny(value, ",/ ") {
		return splitAt(value, "|;、，；\n")
	}
	var sizes []string
	for _, part := range splitAt(value, "|;、，；\n") {
		for _, size := range splitCommas(part) {
			letters := strings.FieldsFunc(size, func(r rune) bool { return r == '/' || r == ' ' })
			if len(letters) >= 3 && !slices.ContainsFunc(letters, notLetterSize) {
				sizes = append(sizes, letters...)
			} else {
				sizes = append(sizes, size)
			}
		}
	}
	return unique(sizes)
}

// splitCommas cuts at commas that are not the point of a half size: two digits,
// ",5" and no further digit.
func splitCommas(value string) []string {
	var parts []string
	start := 0
	for i := range len(value) {
		if value[i] != ',' || halfSize(value, start, i) {
			continue
		}
		parts = append(parts, value[start:i])
		start = i + 1
	}
	return tidyAll(append(parts, value[start:]))
}

func halfSize(value string, start, comma int) bool {
	rest := value[comma+1:]
	return comma-start >= 2 && digitAt(value, comma-1) && digitAt(value, comma-2) &&
		strings.HasPrefix(rest, "5") && !digitAt(rest, 1)
}

func digitAt(s string, i int) bool { return i < len(s) && s[i] >= '0' && s[i] <= '9' }

func notLetterSize(size string) bool {
	switch strings.ToUpper(size) {
	case "XXXS", "XXS", "XS", "S", "M", "L", "XL", "XXL", "XXXL", "XXXXL", "2XS", "3XS", "2XL", "3XL", "4XL", "5XL", "6XL":
		return false
	}
	return true
}

// splitLinks cuts a list of links or file names. A comma or semicolon inside a
// URL is part of it, unless another URL follows.
func splitLinks(value string) []string {
	if !strings.ContainsAny(value, "|,; \n\t"+listSeparator) {
		return tidyAll([]string{value})
	}
	var links []string
	for _, part := range splitAt(value, "|\n\t"+listSeparator) {
		start := 0
		for i := range len(part) {
			if part[i] != ',' && part[i] != ';' || isURL(part[start:i]) && !isURL(strings.TrimLeft(part[i+1:], " ")) {
				continue
			}
			links = append(links, part[start:i])
			start = i + 1
		}
		links = append(links, part[start:])
	}
	return unique(tidyAll(links))
}

// splitAt cuts at any of some characters and tidies the parts.
func splitAt(value, separators string) []string {
	if !strings.ContainsAny(value, separators) {
		if value = tidy(value); value == "" {
			return nil
		}
		return []string{value}
	}
	return unique(tidyAll(strings.FieldsFunc(value, func(r rune) bool { return strings.ContainsRune(separators, r) })))
}

// tidyAll tidies values in place and drops the empty ones.
func tidyAll(values []string) []string {
	kept := values[:0]
	for _, value := range values {
		if value = tidy(value); value != "" {
			kept = append(kept, value)
		}
	}
	return kept
}

// unique drops repeated values in place and keeps the order.
func unique(values []string) []string {
	if len(values) > 16 {
		seen := make(map[string]bool, len(values))
		return slices.DeleteFunc(values, func(value string) bool {
			again := seen[value]
			seen[value] = true
			return again
		})
	}
	kept := values[:0]
	for _, value := range values {
		if !slices.Contains(kept, value) {
			kept = append(kept, value)
		}
	}
	return kept
}
