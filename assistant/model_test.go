package assistant

import (
	"strings"
	"testing"
	"time"

	"honeyguide/assistant/llm"
	"honeyguide/assistant/llm/llmtest"
	"honeyguide/catalog"
	"honeyguide/catalog/orders"
)

// spoken is a shop whose assistant has a language model that follows scripts.
func spoken(t *testing.T, scripts ...llmtest.Script) (*shop, *llmtest.Server) {
	t.Helper()
	server := llmtest.New(scripts...)
	t.Cleanup(server.Close)
	s := open(t, func(o *Options, set *catalog.Settings) { set.Persona = "Friendly and short." })
	model, err := llm.Open(llm.Options{BaseURL: server.URL(), Key: "secret-key", Model: "test", DB: s.db, FirstWords: 500 * time.Millisecond, Whole: 5 * time.Second, Log: s.log})
	if err != nil {
		t.Fatal(err)
	}
	s.model = model
	return s, server
}

func TestModelPhrases(t *testing.T) {
	s, server := spoken(t, llmtest.Says("Lovely choice, here are table lamps for you."))
	var told strings.Builder
	r := s.begin(Start{}).send(Message{Text: "table lamps"}, func(e Event) {
		if e.Kind == "text" {
			told.Write(e.Data)
		}
	})
	if !strings.Contains(r.Text, "Lovely choice") || len(r.Products) == 0 || !strings.Contains(told.String(), "Lovely choice") {
		t.Errorf("%q, told %s", r.Text, told.String())
	}
	if n := len(server.Requests()); n != 1 {
		t.Errorf("%d calls", n)
	}
}

func TestModelBreaksNoTurn(t *testing.T) {
	for name, script := range map[string]llmtest.Script{
		"silent": llmtest.Silent(), "failing": llmtest.Failing(500, ""), "refusing": llmtest.Failing(429, "30"),
		"lying":   llmtest.Says("The blue lamp costs only $3.99 today!", "We have 500 of them in stock.", "Visit http://cheap.example now."),
		"claims":  llmtest.Says("I have refunded your order.", "A colleague was told and will call you."),
		"garbage": llmtest.Writes("{\"sentences\": [nonsense"),
		"late":    llmtest.Late(3*time.Second, llmtest.Says("Finally here.")),
	} {
		t.Run(name, func(t *testing.T) {
			s, _ := spoken(t, script)
			begun := time.Now()
			r := s.begin(Start{}).say("table lamps under 100")
			if len(r.Products) == 0 || strings.TrimSpace(r.Text) == "" {
				t.Fatalf("%+v", r)
			}
			for _, lie := range []string{"3.99", "500", "cheap.example", "refunded", "colleague", "nonsense", "Finally"} {
				if strings.Contains(r.Text, lie) {
					t.Errorf("it says %q: %s", lie, r.Text)
				}
			}
			if d := time.Since(begun); d > 10*time.Second {
				t.Errorf("the turn took %v", d)
			}
		})
	}
}

func TestModelSaysNothingOfPersons(t *testing.T) {
	s, server := spoken(t, llmtest.Says("Somebody is on the way to you right now."))
	r := s.begin(Start{}).say("talk to a human please")
	if strings.Contains(r.Text, "on the way") || len(server.Requests()) != 0 {
		t.Errorf("%s after %d calls", r.Text, len(server.Requests()))
	}
}

func TestModelSaysNothingOfRequests(t *testing.T) {
	s, server := spoken(t, llmtest.Says("Your money is on its way."))
	if _, err := s.orders.Put(t.Context(), s.store, orders.Order{ID: "A10236", Status: orders.Delivered, Email: "kim@example.com"}); err != nil {
		t.Fatal(err)
	}
	r := s.begin(Start{}).say("I want a refund for order A10236, kim@example.com")
	if !strings.Contains(r.Text, "Nothing is decided") || len(server.Requests()) != 0 {
		t.Errorf("%s after %d calls", r.Text, len(server.Requests()))
	}
}

func TestModelGetsNoPersonalData(t *testing.T) {
	s, server := spoken(t, llmtest.Parrot(), llmtest.Parrot())
	k := s.begin(Start{})
	k.say("table lamps, mail me at kim@example.com or call 13812345678")
	k.say("and a red one?")
	for _, r := range server.Requests() {
		for _, secret := range []string{"kim@example.com", "13812345678", "secret-key"} {
			if strings.Contains(r.User, secret) || strings.Contains(r.System, secret) {
				t.Errorf("the model is sent %q", secret)
			}
		}
	}
	if len(server.Requests()) == 0 {
		t.Error("the model was not asked")
	}
}
