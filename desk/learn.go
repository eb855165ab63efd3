package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"honeyguide/assistant/conversation"
	"honeyguide/assistant/slot"
	"honeyguide/catalog"
	folding "honeyguide/catalog/words"
)

// learn proposes an agent's words as an answer of the store, where they answer a
// buyer's question that no answer fits yet. Personal data is taken out of both. The
// proposal is pending: nobody is answered by it before somebody approves it.
func (d *Desk) learn(ctx context.Context, c *conversation.Conversation, said *conversation.Message) error {
	before, err := d.records.Before(ctx, c.StoreID, c.ID, said.Seq, askedWithin)
	if err != nil {
		return err
	}
	asked, ok := lastOfBuyer(before)
	if !ok || !isQuestion(asked.Text) || !isAnswer(said.Text) {
		return nil
	}
	if used, err := d.suggested(ctx, c, asked.Seq, said.Text); used || err != nil {
		return err
	}
	f := catalog.FAQ{Question: slot.Redact(asked.Text), Answer: slot.Redact(said.Text), Language: spoken(c, before), Enabled: true,
		Source: catalog.FromAgent, State: catalog.FAQPending}
	f.ID = learnedID(&f)
	known, err := d.known(ctx, c, &f)
	if known || err != nil {
		return err
	}
	_, err = d.catalog.PutFAQ(ctx, c.StoreID, f)
	return err
}

// known reports whether the store answers the question already, or the same was
// proposed before.
func (d *Desk) known(ctx context.Context, c *conversation.Conversation, f *catalog.FAQ) (bool, error) {
	if _, err := d.catalog.FAQ(ctx, c.StoreID, f.ID); !errors.Is(err, catalog.ErrNotFound) {
		return err == nil, err
	}
	found, err := d.catalog.Answers(ctx, c.StoreID, catalog.FAQQuery{Text: f.Question, Language: f.Language, ProductID: c.Page.ProductID})
	return found.Result == catalog.FAQAnswered, err
}

// suggested reports whether an agent's words came from a suggestion that was taken
// since the question was asked.
func (d *Desk) suggested(ctx context.Context, c *conversation.Conversation, since int64, text string) (bool, error) {
	events, err := d.records.Of(ctx, c.StoreID, c.ID, conversation.KindSuggestion, askedWithin)
	if err != nil {
		return false, err
	}
	for _, e := range events {
		var j Judged
		if err := json.Unmarshal(e.Data, &j); err != nil {
			return false, fmt.Errorf("suggestion of event %d: %w", e.ID, err)
		}
		if e.ID > since && j.Action != "rejected" && plain(j.Text) == plain(text) {
			return true, nil
		}
	}
	return false, nil
}

// learnedID is the same for a question that is asked alike.
func learnedID(f *catalog.FAQ) string {
	sum := sha256.Sum256([]byte(f.Language + "\n" + plain(f.Question)))
	return "faq_" + hex.EncodeToString(sum[:8])
}

// plain is a text without what does not change its meaning.
func plain(text string) string {
	return strings.Join(strings.FieldsFunc(folding.Fold(text), func(c rune) bool { return strings.ContainsRune(" \t\r\n.,!?;:。,、!?;:…", c) }), " ")
}

// The least characters of a question and of an answer worth keeping: a Chinese
// character says about as much as a short word.
const (
	leastHan   = 5
	leastLatin = 14
	mostAsked  = 500
)

// isQuestion reports whether a buyer's words ask something that others may ask too.
func isQuestion(text string) bool {
	if !longEnough(text) || utf8.RuneCountInString(text) > mostAsked {
		return false
	}
	folded := folding.Fold(text)
	if strings.Contains(folded, "?") {
		return true
	}
	for _, mark := range askingZH {
		if strings.Contains(folded, mark) {
			return true
		}
	}
	first, _, _ := strings.Cut(strings.TrimSpace(folded), " ")
	return strings.Contains(askingEN, " "+first+" ")
}

// What makes a question without its mark: a word in Chinese, the first in English.
var askingZH = []string{"吗", "呢", "什么", "怎么", "怎样", "多少", "多久", "多长", "几天", "哪", "能否", "能不能", "可不可以", "是否", "是不是", "有没有", "为什么", "请问"}

const askingEN = " what what's how when where which who why can could do does did is are will would may should has have "

// isAnswer reports whether an agent's words say something rather than ask or stall.
func isAnswer(text string) bool {
	return longEnough(text) && !strings.HasSuffix(folding.Fold(strings.TrimSpace(text)), "?")
}

func longEnough(text string) bool {
	n := 0
	for _, c := range text {
		if n++; c >= 0x2E80 {
			n += leastLatin/leastHan - 1
		}
	}
	return n >= leastLatin
}

// PendingFAQs lists the answers that wait to be approved, in id order after the given
// id.
func (d *Desk) PendingFAQs(ctx context.Context, storeID, after string, limit int) ([]catalog.FAQ, error) {
	return d.catalog.FAQs(ctx, storeID, catalog.FAQFilter{State: catalog.FAQPending}, after, min(max(limit, 1), conversation.MaxPage))
}

// Correction is what is changed of a proposal when it is approved; nil leaves it.
type Correction struct {
	Question *string
	Answer   *string
}

// Approve makes a pending answer one that buyers get. One that is live already is a
// catalog.ErrConflict.
func (d *Desk) Approve(ctx context.Context, storeID, id string, by Correction) (catalog.FAQ, error) {
	f, err := d.pending(ctx, storeID, id)
	if err != nil {
		return catalog.FAQ{}, err
	}
	f.State = catalog.FAQLive
	if by.Question != nil {
		f.Question = *by.Question
	}
	if by.Answer != nil {
		f.Answer = *by.Answer
	}
	return d.catalog.PutFAQ(ctx, storeID, f)
}

// Reject drops a pending answer. One that is live is a catalog.ErrConflict.
func (d *Desk) Reject(ctx context.Context, storeID, id string) error {
	if _, err := d.pending(ctx, storeID, id); err != nil {
		return err
	}
	return d.catalog.DeleteFAQ(ctx, storeID, id)
}

func (d *Desk) pending(ctx context.Context, storeID, id string) (catalog.FAQ, error) {
	f, err := d.catalog.FAQ(ctx, storeID, id)
	if err == nil && f.State != catalog.FAQPending {
		err = fmt.Errorf("answer %q is %s, not pending: %w", id, f.State, catalog.ErrConflict)
	}
	return f, err
}
