package web

import (
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	_ "image/jpeg" // what the page makes of large photos
	"image/png"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// shop answers the buyer's part of the HTTP contract over a few products, plainly
// enough that what a journey sees is the page's own doing.
type shop struct {
	*httptest.Server
	products []product
	talks    talks

	mu       sync.Mutex
	fails    []problem        // the next calls' answers, first first
	requests []map[string]any // every search
	uploads  []int            // widths of the photos sent
	hold     chan struct{}    // searches wait for it, if it is not nil
}

type product struct {
	ID           string            `json:"id"`
	Title        string            `json:"title"`
	Description  string            `json:"description"`
	Link         string            `json:"link"`
	ImageLink    string            `json:"image_link"`
	MoreImages   []string          `json:"additional_image_links"`
	Brand        string            `json:"brand"`
	Price        price             `json:"price"`
	SalePrice    *price            `json:"sale_price"`
	Availability string            `json:"availability"`
	Category     string            `json:"category"`
	Colors       []string          `json:"colors"`
	Sizes        []string          `json:"sizes"`
	Gender       string            `json:"gender"`
	Pattern      string            `json:"pattern"`
	Material     string            `json:"material"`
	Attributes   map[string]string `json:"attributes"`
}

type price struct {
	Amount   int    `json:"amount"`
	Currency string `json:"currency"`
}

type problem struct {
	Status     int    `json:"status"`
	Code       string `json:"code"`
	Detail     string `json:"detail"`
	retryAfter string
}

const testKey = "pk_test"

// testData is the storefront of the test shop.
func testData() Data {
	return Data{
		StoreName: "Maple & Thread", PublishableKey: testKey, Locale: "en", Currency: "USD",
		Suggestions: map[string][]string{
			"en": {"red dress", "sneakers under $60", "a gift for her", "blue shirt"},
			"zh": {"红色连衣裙", "60元以内的运动鞋", "送女友的礼物", "蓝色衬衫"},
		},
		Names: map[string]map[string]string{
			"en": {"category:dresses": "dresses", "category:shoes": "shoes", "category:tops.shirts": "shirts"},
			"zh": {"category:dresses": "连衣裙", "category:shoes": "鞋子", "category:tops.shirts": "衬衫",
				"color:red": "红色", "color:blue": "蓝色", "color:green": "绿色", "color:white": "白色", "color:black": "黑色", "color:navy blue": "藏青色"},
		},
		Swatches: map[string]string{"red": "#c8202c", "blue": "#2a5fb8", "green": "#2e8b45", "navy blue": "#1f2a4d"},
	}
}

// testProducts are 30: dresses, shirts and shoes in five colours, two of each.
func testProducts() []product {
	kinds := []struct{ category, en, zh string }{{"dresses", "dress", "连衣裙"}, {"tops.shirts", "shirt", "衬衫"}, {"shoes", "sneakers", "运动鞋"}}
	colors := []struct{ en, zh string }{{"red", "红色"}, {"blue", "蓝色"}, {"green", "绿色"}, {"white", "白色"}, {"black", "黑色"}}
	var all []product
	for n := range 30 {
		kind, hue := kinds[n%3], colors[n/3%5]
		one := product{
			ID: fmt.Sprintf("p%02d", n), Title: fmt.Sprintf("%s %s %d", hue.en, kind.en, n),
			Description: "Soft, well made and easy to care for.", Link: fmt.Sprintf("https://shop.example/p/%d", n),
			ImageLink: fmt.Sprintf("/v1/media/%s.png", hue.en), MoreImages: []string{}, Brand: "Maple",
			Price: price{2000 + 500*n, "USD"}, Availability: "in_stock", Category: kind.category,
			Colors: []string{hue.en}, Sizes: []string{"S", "M", "L"}, Gender: "female",
			Attributes: map[string]string{"title_zh": fmt.Sprintf("%s%s %d", hue.zh, kind.zh, n), "description_zh": "柔软、做工好、容易打理。"},
		}
		if n%4 == 0 {
			one.SalePrice = &price{one.Price.Amount * 3 / 4, "USD"}
		}
		if n == 29 {
			one.Availability = "out_of_stock"
		}
		all = append(all, one)
	}
	all[0].MoreImages = []string{"/v1/media/blue.png", "/v1/media/green.png"}
	all[2].Link = "javascript:alert(1)"
	return all
}

// openShop serves the storefront over the contract.
func openShop(t testing.TB, products []product, data Data) *shop {
	t.Helper()
	site, err := New()
	if err != nil {
		t.Fatal(err)
	}
	s := &shop{products: products}
	mux := http.NewServeMux()
	mux.Handle(AssetsPath, site.Assets())
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		if err := site.Page(w, r, data); err != nil {
			t.Error(err)
		}
	})
	mux.HandleFunc("POST /v1/search", s.guard(s.search))
	mux.HandleFunc("POST /v1/images", s.guard(s.image))
	mux.HandleFunc("GET /v1/products/{id}", s.guard(s.product))
	mux.HandleFunc("GET /v1/products/{id}/similar", s.guard(s.similar))
	mux.HandleFunc("GET /v1/products/{id}/outfits", s.guard(s.outfits))
	mux.HandleFunc("POST /v1/gifts", s.guard(s.gifts))
	mux.HandleFunc("GET /v1/media/{name}", media)
	s.talks = talks{shop: s, all: map[string]*talk{}, closing: make(chan struct{})}
	s.talks.routes(mux)
	s.Server = httptest.NewServer(mux)
	t.Cleanup(func() {
		close(s.talks.closing) // event streams do not end by themselves
		s.Close()
	})
	return s
}

// failNext makes the next calls fail.
func (s *shop) failNext(fails ...problem) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fails = append(s.fails, fails...)
}

// lastSearch is the body of the newest search.
func (s *shop) lastSearch() map[string]any {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.requests) == 0 {
		return nil
	}
	return s.requests[len(s.requests)-1]
}

func (s *shop) uploadCount() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.uploads)
}

// lastUpload is the width of the newest photo.
func (s *shop) lastUpload() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.uploads[len(s.uploads)-1]
}

// holdAnswers keeps calls waiting until release.
func (s *shop) holdAnswers() (release func()) {
	hold := make(chan struct{})
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hold = hold
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.hold = nil
		close(hold)
	}
}

func (s *shop) guard(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		var fail *problem
		if len(s.fails) > 0 {
			fail, s.fails = &s.fails[0], s.fails[1:]
		}
		hold := s.hold
		s.mu.Unlock()
		if hold != nil {
			<-hold
		}
		if fail == nil && r.Header.Get("Authorization") != "Bearer "+testKey {
			fail = &problem{Status: 401, Code: "unauthenticated"}
		}
		if fail != nil {
			w.Header().Set("Request-Id", "req-7")
			if fail.retryAfter != "" {
				w.Header().Set("Retry-After", fail.retryAfter)
			}
			answer(w, fail.Status, fail)
			return
		}
		next(w, r)
	}
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

type searchRequest struct {
	Text      string `json:"text"`
	ImageID   string `json:"image_id"`
	ProductID string `json:"product_id"`
	Filters   struct {
		Category string   `json:"category"`
		Colors   []string `json:"colors"`
		Sizes    []string `json:"sizes"`
		Gender   string   `json:"gender"`
		Min      int      `json:"price_min"`
		Max      int      `json:"price_max"`
		InStock  *bool    `json:"in_stock"`
	} `json:"filters"`
	Limit  int    `json:"limit"`
	Cursor string `json:"cursor"`
}

var under = regexp.MustCompile(`(?:under|below)\s*\$?(\d+)|(\d+)\s*元以内`)

func (s *shop) search(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	var request searchRequest
	raw := map[string]any{}
	if json.Unmarshal(body, &request) != nil || json.Unmarshal(body, &raw) != nil {
		answer(w, 400, problem{Status: 400, Code: "malformed"})
		return
	}
	s.mu.Lock()
	s.requests = append(s.requests, raw)
	s.mu.Unlock()
	understood := understand(request.Text)
	result := map[string]any{"understood": understood, "relaxed": []any{}, "matched": "yes", "regions": []any{}, "palette": []any{}}
	found := s.find(request, understood)
	switch {
	case request.ImageID == "none":
		result["matched"], found = "none", nil
	case strings.Contains(request.Text, "velvet"):
		result["relaxed"] = []any{map[string]string{"field": "material", "text": "No velvet here, so other fabrics are shown."}}
	case strings.Contains(request.Text, "unicorn"):
		found = nil
	}
	start, _ := strconv.Atoi(request.Cursor)
	end := min(start+max(request.Limit, 1), len(found))
	result["next_cursor"] = ""
	if end < len(found) {
		result["next_cursor"] = strconv.Itoa(end)
	}
	result["products"] = hits(found[min(start, end):end], understood)
	answer(w, 200, result)
}

// understand reads one colour, one kind and a price limit in dollars.
func understand(text string) map[string]any {
	got := map[string]any{"language": "en"}
	text = strings.ToLower(text)
	for _, names := range [][]string{{"red", "红"}, {"blue", "蓝"}, {"green", "绿"}, {"white", "白"}, {"black", "黑"}} {
		if slices.ContainsFunc(names, func(name string) bool { return strings.Contains(text, name) }) {
			got["colors"] = []string{names[0]}
		}
	}
	for _, names := range [][]string{{"dresses", "dress", "连衣裙"}, {"tops.shirts", "shirt", "衬衫"}, {"shoes", "sneaker", "鞋"}} {
		if slices.ContainsFunc(names, func(name string) bool { return strings.Contains(text, name) }) {
			got["category"] = names[0]
		}
	}
	if at := under.FindStringSubmatch(text); at != nil {
		limit, _ := strconv.Atoi(at[1] + at[2])
		got["price_max"] = limit * 100
	}
	return got
}

func (s *shop) find(request searchRequest, understood map[string]any) []product {
	colors, category, limit := request.Filters.Colors, request.Filters.Category, request.Filters.Max
	if read, ok := understood["colors"].([]string); ok && len(colors) == 0 {
		colors = read
	}
	if read, ok := understood["category"].(string); ok && category == "" {
		category = read
	}
	if read, ok := understood["price_max"].(int); ok && limit == 0 {
		limit = read
	}
	stocked := request.Filters.InStock == nil || *request.Filters.InStock
	var found []product
	for _, one := range s.products {
		cost := one.Price.Amount
		if one.SalePrice != nil {
			cost = one.SalePrice.Amount
		}
		if (len(colors) == 0 || slices.ContainsFunc(one.Colors, func(c string) bool { return slices.Contains(colors, c) })) &&
			(len(request.Filters.Sizes) == 0 || slices.ContainsFunc(one.Sizes, func(c string) bool { return slices.Contains(request.Filters.Sizes, c) })) &&
			(category == "" || one.Category == category) && (limit == 0 || cost <= limit) && cost >= request.Filters.Min &&
			(!stocked || one.Availability == "in_stock") && one.ID != request.ProductID {
			found = append(found, one)
		}
	}
	return found
}

func hits(products []product, understood map[string]any) []any {
	all := []any{}
	for n, one := range products {
		why := []any{}
		if colors, ok := understood["colors"].([]string); ok {
			why = append(why, map[string]string{"field": "color", "text": "Comes in " + colors[0] + ", as you asked"})
		}
		all = append(all, map[string]any{"product": one, "score": 1 - float64(n)/100, "why": why})
	}
	return all
}

func (s *shop) image(w http.ResponseWriter, r *http.Request) {
	file, header, err := r.FormFile("image")
	if err != nil {
		answer(w, 400, problem{Status: 400, Code: "malformed"})
		return
	}
	defer file.Close()
	config, _, err := image.DecodeConfig(file)
	if err != nil && !strings.HasSuffix(header.Filename, ".jpg") {
		answer(w, 415, problem{Status: 415, Code: "unsupported_media", Detail: "HEIC pictures cannot be read."})
		return
	}
	s.mu.Lock()
	s.uploads = append(s.uploads, config.Width)
	s.mu.Unlock()
	id := "img1"
	if strings.HasPrefix(header.Filename, "none") {
		id = "none"
	}
	answer(w, 201, map[string]any{
		"id": id, "width": config.Width, "height": config.Height, "expires_at": time.Now().Add(30 * 24 * time.Hour),
		"regions": []any{
			map[string]any{"box": []float64{0, 0, 1, 1}, "label": "outfit", "category": "", "score": 0.7}, // no dot: it is the whole photo
			map[string]any{"box": []float64{0.25, 0.08, 0.5, 0.5}, "label": "shirt", "category": "tops.shirts", "score": 0.9},
			map[string]any{"box": []float64{0.3, 0.7, 0.4, 0.25}, "label": "shoes", "category": "shoes", "score": 0.8},
		},
		"palette": []any{
			map[string]any{"name": "red", "hex": "#b3202a", "share": 0.5}, map[string]any{"name": "navy blue", "hex": "#1f2a4d", "share": 0.3},
			map[string]any{"name": "white", "hex": "#f4f4f2", "share": 0.2},
		},
	})
}

func (s *shop) product(w http.ResponseWriter, r *http.Request) {
	for _, one := range s.products {
		if one.ID == r.PathValue("id") {
			answer(w, 200, one)
			return
		}
	}
	answer(w, 404, problem{Status: 404, Code: "not_found"})
}

func (s *shop) similar(w http.ResponseWriter, r *http.Request) {
	found := s.find(searchRequest{ProductID: r.PathValue("id")}, nil)
	answer(w, 200, map[string]any{"understood": map[string]any{}, "products": hits(found[:min(6, len(found))], nil), "matched": "yes", "next_cursor": ""})
}

// outfits puts every other product beside the asked one, two to an outfit.
func (s *shop) outfits(w http.ResponseWriter, r *http.Request) {
	others := slices.DeleteFunc(slices.Clone(s.products), func(p product) bool { return p.ID == r.PathValue("id") })
	said := []map[string]string{{"field": "color", "text": "Neutral, so it goes with anything"}}
	all := []map[string]any{}
	for pair := range slices.Chunk(others[:min(6, len(others))], 2) {
		pieces, total := []map[string]any{}, 0
		for i, p := range pair {
			pieces, total = append(pieces, map[string]any{"slot": "slot", "label": fmt.Sprint("Slot ", i+1), "product": p, "score": 0.5, "why": said}), total+p.Price.Amount
		}
		all = append(all, map[string]any{"pieces": pieces, "total": price{total, pair[0].Price.Currency}, "why": said, "missing": []string{}})
	}
	answer(w, 200, map[string]any{"outfits": all})
}

// gifts has three for everybody but a robot.
func (s *shop) gifts(w http.ResponseWriter, r *http.Request) {
	var asked struct{ Text string }
	if err := json.NewDecoder(r.Body).Decode(&asked); err != nil || strings.Contains(asked.Text, "robot") {
		answer(w, 200, map[string]any{"understood": map[string]any{}, "gifts": []any{}, "notes": []any{}})
		return
	}
	all := []map[string]any{}
	for _, p := range s.products[:3] {
		all = append(all, map[string]any{"product": p, "score": 0.5, "why": []map[string]string{{"field": "rule", "text": "Worn every day"}}})
	}
	answer(w, 200, map[string]any{"understood": map[string]any{"recipient": "mother"}, "gifts": all,
		"notes": []map[string]string{{"field": "need_by", "text": "The shop does not say how long delivery takes."}}})
}

// media draws a square in the named colour.
func media(w http.ResponseWriter, r *http.Request) {
	colors := map[string]color.RGBA{"red": {200, 32, 44, 255}, "blue": {42, 95, 184, 255}, "green": {46, 139, 69, 255}, "white": {250, 250, 250, 255}, "black": {20, 20, 20, 255}}
	w.Header().Set("Content-Type", "image/png")
	_ = png.Encode(w, paint(120, 120, colors[strings.TrimSuffix(r.PathValue("name"), ".png")]))
}

func paint(width, height int, fill color.RGBA) image.Image {
	picture := image.NewPaletted(image.Rect(0, 0, width, height), color.Palette{fill})
	return picture
}
