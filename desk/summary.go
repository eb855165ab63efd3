package desk

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"honeyguide/assistant"
	"honeyguide/assistant/conversation"
	"honeyguide/assistant/slot"
	"honeyguide/catalog"
)

// maxSummary is the most characters of a summary.
const maxSummary = 1200

// How much a summary takes over, in characters and pieces.
const (
	quoted       = 160 // of what the buyer said
	titled       = 60  // of a product's title
	listedShown  = 5
	listedFailed = 3
	heardLately  = 4 // buyer's messages that tell the mood
)

// briefing makes summaries in the language of a store.
type briefing struct {
	store    *catalog.Store
	language string
	labels   map[string]string
}

func (d *Desk) briefing(store *catalog.Store) *briefing {
	b := &briefing{store: store, language: languageOf(store.Locale)}
	b.labels = d.catalog.Labels(b.language)
	giving := d.catalog.Packs().Giving()
	for key, r := range giving.Recipients {
		b.labels["recipient:"+key] = r.Names.Show(b.language)
	}
	for key, day := range giving.Occasions {
		b.labels["occasion:"+key] = day.Names.Show(b.language)
	}
	return b
}

// account is what the messages of a conversation come to.
type account struct {
	earlier, last string // what the buyer said, without greetings, and without personal data
	intent        string
	understood    assistant.Understood // of each field what the last reply says that has it
	products      []string             // titles with ids, the latest first
	failed        []string
	proven        []string // orders
	down          bool     // a thumb
	anger         int
}

// summary tells an agent what a buyer wants, what was understood and shown, what
// was tried in vain, and the buyer's mood, from the last messages. The same messages
// give the same summary; it has 1,200 characters at most.
func (b *briefing) summary(c *conversation.Conversation, said []conversation.Message) (string, error) {
	a, err := b.account(said)
	if err != nil {
		return "", err
	}
	var lines []string
	add := func(label words, text string) {
		if text != "" {
			lines = append(lines, label.in(b.language, "")+text)
		}
	}
	if c.Handover != nil {
		add(labelReason, b.name(reasons, c.Handover.Reason))
	}
	add(labelWants, b.name(intents, a.intent))
	if a.earlier != a.last {
		add(labelEarlier, quote(a.earlier))
	}
	add(labelLast, quote(a.last))
	add(labelUnderstood, clip(strings.Join(b.understood(a), b.either("; ", ";")), 280))
	add(labelShown, strings.Join(a.products[:min(len(a.products), listedShown)], b.either("; ", ";")))
	add(labelFailed, strings.Join(a.failed[:min(len(a.failed), listedFailed)], b.either("; ", ";")))
	add(labelMood, b.mood(c, a))
	text := []rune(strings.Join(lines, "\n"))
	return string(text[:min(len(text), maxSummary)]), nil
}

// account reads the messages, oldest first.
func (b *briefing) account(said []conversation.Message) (*account, error) {
	a, asked, last := &account{}, map[string]string{}, ""
	heard := 0
	for _, m := range slices.Backward(said) {
		if m.Role == conversation.Buyer && heard < heardLately {
			heard++
			a.anger = max(a.anger, slot.Read(m.Text, m.At).Anger)
		}
	}
	for _, m := range said {
		switch {
		case m.Role == conversation.Buyer && m.Text != "":
			last = clip(slot.Redact(clip(m.Text, 3*quoted)), quoted)
			asked[m.ID] = last
			a.last = last
		case m.Role == conversation.Assistant && len(m.Reply) > 0:
			r := shown{Understood: a.understood} // what a reply does not say stays
			if err := json.Unmarshal(m.Reply, &r); err != nil {
				return nil, fmt.Errorf("reply %s: %w", m.ID, err)
			}
			a.understood = r.Understood
			a.replied(b, &m, &r, asked[m.InReply])
		}
	}
	if a.earlier == "" {
		a.earlier = a.last
	}
	return a, nil
}

// replied takes a reply of the bot, and the question that it answered, into account.
func (a *account) replied(b *briefing, m *conversation.Message, r *shown, question string) {
	about := r.Intent != "smalltalk" && r.Intent != "handover" && r.Intent != "unknown"
	if about {
		a.intent = r.Intent
		if a.earlier == "" {
			a.earlier = question
		}
	}
	var titles []string
	for _, p := range r.all() {
		titles = append(titles, clip(p.Title, titled)+" ("+p.ID+")")
	}
	a.products = slices.Compact(append(titles, a.products...))
	if r.Order != nil {
		a.proven = append(a.proven, r.Order.ID)
	}
	var how words
	switch {
	case m.Feedback != nil && m.Feedback.Rating == "down":
		a.down, how = true, failedDisliked
	case r.Intent == "unknown", r.Intent == "faq" && len(r.Sources) == 0:
		how = failedNoAnswer
	case (r.Intent == "search" || r.Intent == "similar") && r.Asked == "" && len(r.all()) == 0:
		how = failedNothing
	default:
		return
	}
	if question != "" {
		a.failed = append([]string{how.in(b.language, "") + quote(clip(question, titled))}, a.failed...)
	}
}

// mood is how the buyer seems to feel.
func (b *briefing) mood(c *conversation.Conversation, a *account) string {
	reason := ""
	if c.Handover != nil {
		reason = c.Handover.Reason
	}
	switch {
	case a.anger >= 2 || reason == "anger":
		return b.either("angry", "愤怒")
	case a.anger == 1 || a.down || reason == "complaint":
		return b.either("dissatisfied", "不满")
	}
	return b.either("calm", "平静")
}

func (b *briefing) either(en, zh string) string { return words{en, zh}.in(b.language, "") }

// name is what a value is called, or the value.
func (b *briefing) name(names map[string]words, value string) string {
	if n, ok := names[value]; ok {
		return n.in(b.language, "")
	}
	return value
}

func quote(text string) string {
	if text == "" {
		return ""
	}
	return "“" + text + "”"
}
