package intent

import (
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// bitext maps the data set's intents to those that a reasonable reader accepts, the
// first one strictly.
var bitext = map[string][]Intent{
	"track_order":             {Order},
	"cancel_order":            {Order},
	"change_order":            {Order},
	"get_refund":              {Order},
	"track_refund":            {Order},
	"complaint":               {Order}, // "lodge a claim against your company"
	"check_refund_policy":     {FAQ},
	"check_cancellation_fee":  {FAQ},
	"check_payment_methods":   {FAQ},
	"delivery_options":        {FAQ},
	"create_account":          {FAQ},
	"delete_account":          {FAQ},
	"edit_account":            {FAQ},
	"switch_account":          {FAQ},
	"recover_password":        {FAQ},
	"registration_problems":   {FAQ},
	"newsletter_subscription": {FAQ},
	"review":                  {FAQ},
	"payment_issue":           {FAQ},
	"contact_human_agent":     {Handover},
	// Half of these ask for the hours, the number or the e-mail of the service, which
	// an answer gives; half ask to speak to it, which is a wish for a person.
	"contact_customer_service": {Handover, FAQ},
	// "how long does a package take" is a question on the shop, "when will my package
	// arrive" one on an order; the set mixes both.
	"delivery_period": {FAQ, Order},
	// "I entered a wrong address, can you change it" is a change of an order; "how do
	// I edit my address" is a question on the account.
	"change_shipping_address": {Order, FAQ},
	"set_up_shipping_address": {FAQ},
	// Nothing is named that could be searched: "I want to buy some of your products"
	// asks how to order, or to see what there is.
	"place_order": {FAQ, Search},
	// An invoice is asked for by number or person, and lies beside an order.
	"check_invoice": {FAQ, Order},
	"get_invoice":   {FAQ, Order},
}

// asked is a sentence with the intents that are right for it.
type asked struct {
	text string
	want []Intent
	of   string
}

// dataFile opens a file of the real data, or skips the test where that is absent.
func dataFile(t testing.TB, name string) io.Reader {
	t.Helper()
	folder := os.Getenv("HONEYGUIDE_DATA_SETS")
	if folder == "" {
		folder = filepath.Join("..", "..", "..", "shared", "data")
	}
	f, err := os.Open(filepath.Join(folder, filepath.FromSlash(name)))
	if err != nil {
		t.Skipf("the real data is not here: %v", err)
	}
	t.Cleanup(func() { f.Close() })
	if filepath.Ext(name) != ".gz" {
		return f
	}
	unzipped, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	return unzipped
}

func bitextSentences(t testing.TB, name string) []asked {
	table, err := csv.NewReader(dataFile(t, "bitext_intents/Bitext_Sample_Customer_Service_"+name)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var all []asked
	for _, row := range table[1:] {
		want, ok := bitext[row[1]]
		if !ok {
			t.Fatalf("no intent for %q", row[1])
		}
		all = append(all, asked{row[0], want, row[1]})
	}
	return all
}

// requests are the shopping requests. What is for somebody may be a gift.
func requests(t testing.TB) []asked {
	var texts []string
	if err := json.NewDecoder(dataFile(t, "shopping_requests_en.json.gz")).Decode(&texts); err != nil {
		t.Fatal(err)
	}
	var all []asked
	for _, text := range texts {
		want := []Intent{Search}
		if strings.Contains(text, "gift") || strings.Contains(text, "present") {
			want = append(want, Gift)
		}
		all = append(all, asked{text, want, "search"})
	}
	return all
}

// shopQuestions are a shop's questions. Some of them are on offers.
func shopQuestions(t testing.TB) []asked {
	var file struct{ Questions []struct{ Question string } }
	if err := json.NewDecoder(dataFile(t, "store_faq_en.json")).Decode(&file); err != nil {
		t.Fatal(err)
	}
	var all []asked
	for _, q := range file.Questions {
		want := []Intent{FAQ}
		if l := strings.ToLower(q.Question); strings.Contains(l, "discount") || strings.Contains(l, "promo") || strings.Contains(l, "sale") || strings.Contains(l, "clearance") {
			want = append(want, Promotion)
		}
		all = append(all, asked{q.Question, want, "faq"})
	}
	return all
}

// half leaves every second one.
func half(all []asked, odd int) []asked {
	var some []asked
	for i, a := range all {
		if i%2 == odd {
			some = append(some, a)
		}
	}
	return some
}

// TestMeasureRealSentences measures the classifier on sentences of others: the parts
// held out, and those that were read while the phrasings were written.
func TestMeasureRealSentences(t *testing.T) {
	c := loaded(t)
	read := func(text string) Intent { return c.Classify(text)[0].Intent }
	for _, set := range realSentences(t) {
		if got := judge(t, set.name, set.all, read, 4); got < set.want {
			t.Errorf("%s: %.4f right, want %.2f", set.name, got, set.want)
		}
		t.Logf("probabilities are wrong by %.3f on average", calibration(t, c, set.all))
	}
}

// TestCompareWays measures the controls on 400 sentences of each set, with -compare.
func TestCompareWays(t *testing.T) {
	if !*compare {
		t.Skip("run with -compare to measure the ways that were not chosen; it takes a minute")
	}
	sets := []set{}
	for _, own := range owns {
		sets = append(sets, set{own.name, ownSentences(t, own.name), 0})
	}
	ways := controls(t, loaded(t))
	for _, set := range append(sets, realSentences(t)...) {
		some := thin(set.all, 400)
		for _, w := range ways {
			judge(t, set.name+": "+w.name, some, w.read, 0)
		}
		t.Logf("%s: always the same intent: %.4f", set.name, mostCommon(some))
	}
}

var compare = flag.Bool("compare", false, "measure also the ways that were not chosen")

// set is sentences with the share that must be read rightly.
type set struct {
	name string
	all  []asked
	want float64
}

func realSentences(t testing.TB) []set {
	return []set{
		{"bitext, validation part", bitextSentences(t, "Validation_Dataset.csv"), 0.95},
		{"requests, odd half", half(requests(t), 1), 0.95},
		{"a shop's questions, odd half", half(shopQuestions(t), 1), 0},
		{"(read) bitext, training part", bitextSentences(t, "Training_Dataset.csv.gz"), 0},
		{"(read) requests, even half", half(requests(t), 0), 0},
		{"(read) questions, even half", half(shopQuestions(t), 0), 0},
	}
}

// thin leaves n of them, evenly.
func thin(all []asked, n int) []asked {
	var some []asked
	for i := range min(n, len(all)) {
		some = append(some, all[i*len(all)/min(n, len(all))])
	}
	return some
}

// mostCommon is the share that is right when always the same is answered.
func mostCommon(all []asked) float64 {
	count := map[Intent]float64{}
	top := 0.0
	for _, a := range all {
		for _, want := range a.want {
			count[want]++
			top = max(top, count[want])
		}
	}
	return top / float64(len(all))
}
