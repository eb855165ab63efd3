package outfit

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"flag"
	"fmt"
	"hash/fnv"
	"io"
	"maps"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// -learn writes the tables in data anew, from the part of the data sets that is
// not kept for measuring.
var learn = flag.Bool("learn", false, "write the learned tables instead of comparing them")

// dataSet opens a file of the data sets beside the repository, or skips.
func dataSet(t testing.TB, name string) io.Reader {
	t.Helper()
	root := os.Getenv("HONEYGUIDE_DATA_SETS")
	if root == "" {
		root = filepath.Join("..", "..", "shared", "data")
	}
	data, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		t.Skipf("needs the data sets in ../shared/data or $HONEYGUIDE_DATA_SETS: %v", err)
	}
	if !strings.HasSuffix(name, ".gz") {
		return bytes.NewReader(data)
	}
	r, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// heldOut keeps a fifth of the data for measuring; equal texts stay together.
func heldOut(text string) bool {
	h := fnv.New32a()
	io.WriteString(h, text)
	return h.Sum32()%5 == 0
}

// polyvore maps the data set's names of categories to ours; what is not worn is left out.
var polyvore = func() map[string]string {
	m := map[string]string{}
	for key, names := range map[string]string{
		"dresses": "Dresses,Day Dresses,Cocktail Dresses,Gowns", "dresses.jumpsuits": "Jumpsuits,Rompers",
		"bottoms.skirts": "Skirts,Mini Skirts,Knee Length Skirts,Long Skirts", "tops": "Tops,Blouses", "tops.tunics": "Tunics",
		"tops.sweaters": "Cardigans,Sweaters,Men's Sweaters", "tops.tshirts": "T-Shirts,Men's T-Shirts", "tops.polos": "Men's Polos",
		"tops.shirts": "Men's Shirts,Men's Casual Shirts,Men's Dress Shirts", "tops.tanks": "Tank Tops,Camisoles,Men's Tank Tops",
		"tops.sweatshirts": "Sweatshirts,Hoodies,Men's Sweatshirts,Men's Hoodies", "tops.waistcoats": "Vests,Men's Vests",
		"outerwear.coats": "Coats,Men's Coats", "outerwear.jackets": "Jackets,Outerwear,Men's Jackets,Men's Outerwear",
		"outerwear.blazers": "Blazers,Men's Sportcoats & Blazers",
		"bottoms.jeans":     "Jeans,Skinny Jeans,Bootcut Jeans,Wide Leg Jeans,Boyfriend Jeans,Straight Leg Jeans,Flared Jeans,Men's Jeans",
		"bottoms.trousers":  "Pants,Men's Pants,Men's Casual Pants,Men's Dress Pants", "bottoms.shorts": "Shorts,Men's Shorts",
		"bottoms.capris": "Capri & Cropped Pants", "bottoms.leggings": "Leggings", "bottoms.track": "Activewear Pants,Men's Activewear Pants",
		"sets.business": "Suits,Men's Suits", "swimwear": "Swimwear,Bikinis,One Piece Swimsuits,Bikini Tops,Bikini Bottoms,Men's Swimwear",
		"bags.handbags": "Bags,Handbags,Shoulder Bags,Tote Bags", "bags.clutches": "Clutches", "bags.backpacks": "Backpacks,Men's Backpacks",
		"bags.messenger": "Messenger Bags,Men's Messenger Bags,Men's Bags", "wallets": "Wallets,Men's Wallets",
		"shoes.boots": "Boots,Ankle Booties,Mid Calf Boots,Knee High Boots,Over-The-Knee Boots,Men's Boots", "shoes.heels": "Pumps",
		"shoes.sandals": "Sandals,Men's Sandals", "shoes.flats": "Flats,Loafers & Moccasins", "shoes.flipflops": "Flip Flops,Men's Flip Flops",
		"shoes.casual": "Sneakers,Men's Sneakers,Men's Loafers & Moccasins", "shoes.sports": "Athletic Shoes,Men's Athletic Shoes",
		"shoes.formal": "Oxfords,Men's Oxfords,Men's Dress Shoes", "belts": "Belts,Men's Belts", "gloves": "Gloves,Men's Gloves",
		"hats": "Hats,Men's Hats", "ties": "Ties,Bow Ties", "eyewear.sunglasses": "Sunglasses,Men's Sunglasses", "watches": "Watches,Men's Watches",
		"jewellery.necklaces": "Necklaces,Men's Necklaces", "jewellery.earrings": "Earrings", "jewellery.rings": "Rings,Men's Rings",
		"jewellery.bracelets": "Bracelets & Bangles,Men's Bracelets", "jewellery.brooches": "Brooches", "jewellery.pendants": "Charms & Pendants",
		"socks": "Socks,Men's Socks", "socks.stockings": "Hosiery,Tights", "scarves": "Scarves,Men's Scarves", "umbrellas": "Umbrellas",
	} {
		for name := range strings.SplitSeq(names, ",") {
			m[name] = key
		}
	}
	return m
}()

// outfitsOf reads the worn categories of each outfit, ascending and each once.
func outfitsOf(t testing.TB) (train, test [][]string) {
	names := map[string]string{}
	text, err := io.ReadAll(dataSet(t, "outfits/category_id.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		id, name, _ := strings.Cut(strings.TrimSpace(line), " ")
		names[id] = polyvore[name]
	}
	var sets []struct {
		Categories []int  `json:"items_category"`
		ID         string `json:"set_id"`
	}
	if err := json.NewDecoder(dataSet(t, "outfits/train_categories.json.gz")).Decode(&sets); err != nil {
		t.Fatal(err)
	}
	for _, s := range sets {
		worn := map[string]bool{}
		for _, id := range s.Categories {
			worn[names[fmt.Sprint(id)]] = true
		}
		delete(worn, "")
		list := slices.Sorted(maps.Keys(worn))
		switch {
		case len(list) < 3:
		case heldOut(s.ID):
			test = append(test, list)
		default:
			train = append(train, list)
		}
	}
	return train, test
}

// advised is a product with what its merchandiser says to wear with it.
type advised struct {
	category, gender, occasion string
	takes                      []string // categories, in the order of the sentence
}

// phrases are the words of merchandisers for categories, longest first where one holds another.
var phrases = []struct{ category, words string }{
	{"shoes.sports", `(sports?|running|performance|training|athletic) (shoes|footwear)|trainers|running gear`},
	{"shoes.formal", `(formal|leather|dress) shoes|oxfords|brogues`},
	{"shoes.casual", `(casual|canvas|lifestyle|smart) (shoes|footwear)|sneakers|loafers|moccasins|plimsolls|slip-ons`},
	{"shoes.flats", `flats|ballerinas?|ballet pumps`}, {"shoes.heels", `heels|pumps|stilettos?|wedges|platforms|peep[- ]toes`},
	{"shoes.boots", `boots`}, {"shoes.flipflops", `flip[- ]?flops|slippers`}, {"shoes.sandals", `sandals|floaters|gladiators`},
	{"shoes", `shoes|footwear`}, {"bottoms.jeans", `jeans|denims?|jeggings`}, {"bottoms.shorts", `shorts|bermudas?|three[- ]fourths`},
	{"bottoms.trousers", `trousers?|chinos?|khakis?|pants|corduroys`}, {"bottoms.track", `track ?pants|tracks|joggers|sweatpants`},
	{"bottoms.leggings", `leggings?|tights`}, {"bottoms.churidars", `churidars?`}, {"bottoms.salwars", `salwars?`}, {"bottoms.patialas", `patialas?`},
	{"bottoms.capris", `capris?|three[- ]quarters`}, {"bottoms.skirts", `skirts?`}, {"dresses", `dress(es)?`},
	{"tops.polos", `polos?( t-?shirts?| tees?)?`}, {"tops.tshirts", `t-?shirts?|tees?`}, {"tops.tanks", `tank tops?|camisoles?|vests?`}, {"tops.shirts", `shirts?`},
	{"tops.kurtas", `kurtas?`}, {"tops.kurtis", `kurtis?`}, {"tops.tunics", `tunics?`}, {"tops.sweaters", `sweaters?|cardigans?|pullovers?|cardis?`},
	{"tops.sweatshirts", `sweatshirts?|hoodies?`}, {"tops.shrugs", `shrugs?`}, {"tops", `tops?|blouses?`},
	{"outerwear.blazers", `blazers?|suit jackets?`}, {"outerwear.jackets", `jackets?`}, {"outerwear.coats", `coats?|overcoats?`}, {"sets.business", `(business|formal|three[- ]piece) suits?`},
	{"ethnic.sarees", `sarees?|saris?`}, {"ethnic.dupattas", `dupattas?`}, {"bags.clutches", `clutch(es)?`}, {"bags.handbags", `handbags?|bags?|totes?`},
	{"belts", `belts?`}, {"ties", `ties?|neckties?`}, {"watches", `watch(es)?`}, {"hats", `caps?|hats?`}, {"scarves.stoles", `stoles?`}, {"scarves", `scarf|scarves`},
	{"eyewear.sunglasses", `sunglasses|shades|aviators`}, {"jewellery.earrings", `earrings?|danglers`}, {"jewellery.bangles", `bangles?`},
	{"jewellery.necklaces", `necklaces?|neckpieces?`}, {"jewellery.bracelets", `bracelets?|cuffs?`}, {"jewellery", `jewell?ery|accessories`}, {"socks", `socks`},
}

var (
	advising = regexp.MustCompile(`(?i)\b(team|pair|wear|match|club|sport|worn|combine|goes? with|go with|look|style|with)\b`)
	counts   = regexp.MustCompile(`(?i)composition|shoe bag|model statistics|comes with|warranty|comes in`)
	named    = func() *regexp.Regexp {
		var all []string
		for i, p := range phrases {
			all = append(all, fmt.Sprintf("(?P<p%d>%s)", i, p.words))
		}
		return regexp.MustCompile(`(?i)\b(?:` + strings.Join(all, "|") + `)\b`)
	}()
	groups = func() (all []int) { // of the phrases, in named
		for i := range phrases {
			all = append(all, named.SubexpIndex(fmt.Sprint("p", i)))
		}
		return all
	}()
	after = regexp.MustCompile(`(?i)\bwith\b`)
)

// takesOf reads the categories that a sentence of advice names after "with".
func takesOf(sentence string) []string {
	from := after.FindStringIndex(sentence)
	if from == nil || counts.MatchString(sentence) || !advising.MatchString(sentence) {
		return nil
	}
	text := sentence[from[1]:]
	var takes []string
	for _, m := range named.FindAllStringSubmatchIndex(text, -1) {
		for i := range phrases {
			if g := groups[i]; m[2*g] >= 0 && !slices.Contains(takes, phrases[i].category) {
				takes = append(takes, phrases[i].category)
			}
		}
	}
	return takes
}

// adviceOf reads the merchandisers' advice; equal sentences are on one side.
func adviceOf(t testing.TB) (train, test []advised) {
	known := loaded(t)
	d := json.NewDecoder(dataSet(t, "pairing_advice.jsonl.gz"))
	for d.More() {
		var row struct {
			Type, Title, Gender, Usage string
			ArticleType                string   `json:"articleType"`
			Sentences                  []string `json:"pairing_sentences"`
		}
		if err := d.Decode(&row); err != nil {
			t.Fatal(err)
		}
		a := advised{gender: genderWord(row.Gender), occasion: strings.ToLower(row.Usage)}
		a.category, _ = known.CategoryOf(row.ArticleType, row.Title)
		for _, s := range row.Sentences {
			for _, take := range takesOf(s) {
				if top(take) != top(a.category) && !slices.Contains(a.takes, take) {
					a.takes = append(a.takes, take)
				}
			}
		}
		switch {
		case len(a.takes) == 0 || a.category == "":
		case heldOut(strings.Join(row.Sentences, "\n")):
			test = append(test, a)
		default:
			train = append(train, a)
		}
	}
	return train, test
}

func genderWord(g string) string {
	switch g {
	case "Men", "Boys":
		return "male"
	case "Women", "Girls":
		return "female"
	}
	return "unisex"
}

// TestLearned proves that the tables are what the data sets give, or writes them.
func TestLearned(t *testing.T) {
	sequences, _ := outfitsOf(t)
	advice, _ := adviceOf(t)
	for name, want := range map[string]string{"data/together.txt": togetherTable(sequences), "data/advice.txt": adviceTable(advice)} {
		if *learn {
			if err := os.WriteFile(name, []byte(want), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if have, err := os.ReadFile(name); err != nil || string(have) != want {
			t.Errorf("%s is not what the data sets give (%v); run the tests with -learn", name, err)
		}
	}
}

// togetherTable is the log-odds in tenths of two categories being worn together.
func togetherTable(outfits [][]string) string {
	single, pair := map[string]float64{}, map[[2]string]float64{}
	for _, worn := range outfits {
		for i, a := range worn {
			single[a]++
			for _, b := range worn[i+1:] {
				pair[[2]string{a, b}]++
			}
		}
	}
	n := float64(len(outfits))
	var b strings.Builder
	fmt.Fprintf(&b, "# How much more often two categories are worn in one outfit than by chance: natural log in tenths.\n"+
		"# Counted from the category sequences of %d Polyvore outfits (the NGNN data set). Each row names its category,\n"+
		"# how many of 1,000 outfits have it, and its log-odds with the rows above.\n", len(outfits))
	keys := slices.Sorted(maps.Keys(single))
	for i, a := range keys {
		fmt.Fprintf(&b, "%s %.0f", a, 1000*single[a]/n)
		for _, other := range keys[:i] {
			expected := single[a] * single[other] / n
			fmt.Fprintf(&b, " %.0f", 10*math.Log((pair[[2]string{other, a}]+5)/(expected+5)))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// adviceTable is how many of 1,000 merchandisers name a category beside another.
func adviceTable(all []advised) string {
	type group struct{ gender, category, occasion string }
	products, takes := map[group]float64{}, map[group]map[string]float64{}
	for _, a := range all {
		for _, g := range []group{{a.gender, a.category, a.occasion}, {a.gender, a.category, "*"}, {a.gender, top(a.category), "*"}} {
			if takes[g] == nil {
				takes[g] = map[string]float64{}
			}
			products[g]++
			for _, take := range a.takes {
				takes[g][take]++
			}
		}
	}
	var lines []string
	for g, n := range products {
		var named []string
		for _, take := range slices.SortedFunc(maps.Keys(takes[g]), func(a, b string) int {
			return cmp.Or(cmp.Compare(takes[g][b], takes[g][a]), cmp.Compare(a, b))
		}) {
			if share := 1000 * takes[g][take] / n; share >= 25 && len(named) < 12 {
				named = append(named, fmt.Sprintf("%s=%.0f", take, share))
			}
		}
		if any := (group{g.gender, g.category, "*"}); g.occasion != "*" && n == products[any] {
			continue // the line for any occasion says it
		}
		if n >= 12 && len(named) > 0 && g.gender != "unisex" {
			lines = append(lines, fmt.Sprintf("%s %s %s %s\n", g.gender, g.category, strings.ReplaceAll(g.occasion, " ", "-"), strings.Join(named, " ")))
		}
	}
	slices.Sort(lines)
	return "# What merchandisers of a fashion shop advise to wear with a category, of 1,000 products: gender, category,\n" +
		"# occasion (* is any), advised categories. Counted from the descriptions of the Myntra catalogue.\n" + strings.Join(lines, "")
}
