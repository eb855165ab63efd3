package desk

import (
	"cmp"
	"context"
	"encoding/base64"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"honeyguide/assistant"
	"honeyguide/assistant/conversation"
	"honeyguide/catalog"
)

// Suggestions are replies that an agent may use, the best first, and the version of
// the conversation that they were made for.
type Suggestions struct {
	Version     int64        `json:"version"`
	Suggestions []Suggestion `json:"suggestions" nullable:"false"`
}

// Suggestion is a reply with where it comes from.
type Suggestion struct {
	ID     string           `json:"id"`
	Text   string           `json:"text"`
	Score  float64          `json:"score" doc:"The chance that it is the right one, 0 to 1"`
	Source assistant.Source `json:"source"`
}

const (
	maxSuggestions = 3
	askedWithin    = 20 // messages in which the buyer's last question is looked for
)

// Suggest returns replies from the store's answers: to what the agent has begun to
// write, and to what the buyer said last.
func (d *Desk) Suggest(ctx context.Context, storeID, id, draft string) (Suggestions, error) {
	out := Suggestions{Suggestions: []Suggestion{}}
	if err := checkText("draft", draft, 0); err != nil {
		return out, err
	}
	c, err := d.records.Get(ctx, storeID, id)
	if err != nil {
		return out, err
	}
	said, err := d.records.Last(ctx, storeID, id, askedWithin)
	if err != nil {
		return out, err
	}
	question, _ := lastOfBuyer(said)
	out.Version = c.Version
	for _, text := range []string{draft, question.Text} {
		found, err := d.catalog.Answers(ctx, storeID, catalog.FAQQuery{Text: text, Language: spoken(&c, said), ProductID: c.Page.ProductID})
		if err != nil {
			return out, err
		}
		for _, m := range found.FAQs {
			s := Suggestion{ID: suggestionID(c.Version, m.FAQ.ID), Text: m.FAQ.Answer, Score: m.Score,
				Source: assistant.Source{Kind: "faq", ID: m.FAQ.ID, Title: m.FAQ.Question}}
			if !slices.ContainsFunc(out.Suggestions, func(o Suggestion) bool { return o.ID == s.ID }) {
				out.Suggestions = append(out.Suggestions, s)
			}
		}
	}
	slices.SortStableFunc(out.Suggestions, func(a, b Suggestion) int { return cmp.Compare(b.Score, a.Score) })
	out.Suggestions = out.Suggestions[:min(len(out.Suggestions), maxSuggestions)]
	return out, nil
}

// lastOfBuyer is what the buyer wrote last, if anything.
func lastOfBuyer(said []conversation.Message) (conversation.Message, bool) {
	for _, m := range slices.Backward(said) {
		if m.Role == conversation.Buyer && strings.TrimSpace(m.Text) != "" {
			return m, true
		}
	}
	return conversation.Message{}, false
}

// suggestionID says which version of the conversation an answer was suggested for.
func suggestionID(version int64, faqID string) string {
	return "sg_" + base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%d %s", version, faqID))
}

func readSuggestionID(id string) (version int64, faqID string, ok bool) {
	encoded, ok := strings.CutPrefix(id, "sg_")
	text, err := base64.RawURLEncoding.DecodeString(encoded)
	number, faqID, spaced := strings.Cut(string(text), " ")
	version, err2 := strconv.ParseInt(number, 10, 64)
	return version, faqID, ok && spaced && err == nil && err2 == nil
}

// Verdict is what an agent made of a suggestion.
type Verdict struct {
	Agent  string
	Action string // accepted, edited or rejected
	Text   string // what it became; of edited
}

// Judged is the data of an event of kind suggestion.
type Judged struct {
	ID      string           `json:"suggestion_id"`
	Version int64            `json:"version" doc:"Of the conversation, when it was suggested"`
	Source  assistant.Source `json:"source"`
	Agent   string           `json:"agent"`
	Action  string           `json:"action" enum:"accepted,edited,rejected"`
	Text    string           `json:"text" doc:"As it was used"`
}

// Judge keeps what an agent made of a suggestion. It says nothing to the buyer. A
// suggestion that was never made, or whose answer is gone, is catalog.ErrNotFound.
func (d *Desk) Judge(ctx context.Context, storeID, id, suggestion string, v Verdict) error {
	agent, err := agentName(v.Agent)
	if err != nil {
		return err
	}
	if !slices.Contains([]string{"accepted", "edited", "rejected"}, v.Action) {
		return invalid("action", "must be accepted, edited or rejected, not %.40q", v.Action)
	}
	needed := 0
	if v.Action == "edited" {
		needed = 1
	}
	if err := checkText("text", v.Text, needed); err != nil {
		return err
	}
	c, err := d.records.Get(ctx, storeID, id)
	if err != nil {
		return err
	}
	version, faqID, ok := readSuggestionID(suggestion)
	if !ok || version > c.Version {
		return fmt.Errorf("suggestion %q: %w", suggestion, catalog.ErrNotFound)
	}
	f, err := d.catalog.FAQ(ctx, storeID, faqID)
	if err != nil {
		return fmt.Errorf("suggestion %q: %w", suggestion, err)
	}
	j := Judged{ID: suggestion, Version: version, Source: assistant.Source{Kind: "faq", ID: f.ID, Title: f.Question}, Agent: agent, Action: v.Action}
	switch v.Action {
	case "accepted":
		j.Text = f.Answer
	case "edited":
		j.Text = strings.TrimSpace(v.Text)
	}
	_, err = d.records.Record(ctx, storeID, id, conversation.KindSuggestion, j)
	return err
}
