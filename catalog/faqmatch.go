package catalog

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"honeyguide/catalog/index"
	"honeyguide/catalog/index/local"
)

// FAQQuery is a buyer's question.
type FAQQuery struct {
	Text      string
	Language  string // of the asker; empty: the text's
	ProductID string // of the page it is asked on; answers about other products are none
}

// FAQResult says how well a question is answered.
type FAQResult string

// How well a question is answered: by one answer, perhaps by one of two, or not.
const (
	FAQAnswered FAQResult = "answer"
	FAQNear     FAQResult = "near"
	FAQNone     FAQResult = "none"
)

// FAQAnswer is what a store answers to a question: one answer, two that are near
// (one, where there are no two), or none.
type FAQAnswer struct {
	Result FAQResult  `json:"result" enum:"answer,near,none"`
	FAQs   []FAQMatch `json:"faqs" nullable:"false"`
}

// FAQMatch is an answer and the chance that it is the right one, 0 to 1.
type FAQMatch struct {
	FAQ   FAQ     `json:"faq"`
	Score float64 `json:"score" doc:"The chance that it is the right one, 0 to 1"`
}

// The least chances of being right with which one answer is given, the store's own
// or a pack's, or two are offered. TestFAQMatching and TestPacksInOtherWords print
// what they were chosen by: a store's questions are near each other, so that one
// that it lacks takes its neighbour's answer sooner.
const (
	answerFrom     = 0.50
	packAnswerFrom = 0.40
	nearFrom       = 0.20
)

// So many answers are asked of the index and compared closely, of a store's own,
// which are read for it, and of its packs.
const (
	ownCandidates  = 12
	packCandidates = 24
)

// Answers finds the store's answer to a question, among its own and its packs':
// those that are enabled, live, valid now and about the store or the product. The
// asker's language comes first; another is tried where it has nothing near.
func (c *Catalog) Answers(ctx context.Context, storeID string, q FAQQuery) (FAQAnswer, error) {
	none := FAQAnswer{Result: FAQNone, FAQs: []FAQMatch{}}
	store, err := c.Store(ctx, storeID)
	if err != nil {
		return none, err
	}
	q.Text = firstRunes(q.Text, maxQuestion)
	if q.Language == "" {
		q.Language = languageOf(q.Text)
	} else if q.Language, err = baseLanguage(q.Language); err != nil {
		return none, err
	}
	known, err := c.golden.known()
	if err != nil {
		return none, err
	}
	p := faqProbe{store: &store, text: known.concepts.wording(q.Text)}
	if len(p.text.stems) == 0 {
		return none, nil
	}
	p.words = lookUp(q.Text, p.text)
	p.filter = answerable(q.ProductID)
	if p.changed, err = c.changedGolden(ctx, storeID); err != nil {
		return none, err
	}
	spoken := []string{q.Language}
	for _, language := range []index.Condition{{Field: tagLanguage, AnyOf: spoken}, {Field: tagLanguage, NoneOf: spoken}} {
		found, err := c.candidates(ctx, known, &p, language)
		if err != nil {
			return none, err
		}
		if a := settleOn(known, &p, found); a.Result != FAQNone {
			return a, nil
		}
	}
	return none, nil
}

// faqProbe is a question ready to be looked up.
type faqProbe struct {
	store   *Store
	text    wording
	words   index.Sparse
	filter  index.Filter
	changed []string // ids of the packs' answers that the store changed or hid
}

// answerable is what must hold of an answer that is given now.
func answerable(productID string) index.Filter {
	about, at := []string{allProducts}, float64(now().UnixMilli())
	if productID != "" {
		about = append(about, productID)
	}
	return index.Filter{{Field: tagState, AnyOf: []string{string(FAQLive)}}, {Field: tagProduct, AnyOf: about},
		{Field: numberFrom, Max: &at}, {Field: numberUntil, Min: &at}}
}

// changedGolden returns the ids of the packs' answers that a store keeps itself.
func (c *Catalog) changedGolden(ctx context.Context, storeID string) ([]string, error) {
	rows, err := c.db.QueryContext(ctx, `SELECT id FROM faqs WHERE store_id = $1 AND id >= $2 AND id < $3 AND (deleted_at = 0 OR hidden = 1)`,
		storeID, packPrefix, strings.TrimSuffix(packPrefix, ":")+";")
	if err != nil {
		return nil, fmt.Errorf("faqs: %w", err)
	}
	return scanAll(rows, func(id *string) []any { return []any{id} })
}

// candidates are the answers that share most words with a question.
func (c *Catalog) candidates(ctx context.Context, known *knownFAQs, p *faqProbe, language index.Condition) ([]worded, error) {
	q := index.Query{Store: p.store.ID, Kind: index.FAQs, Space: index.Words, Words: p.words, Limit: ownCandidates,
		Filter: slices.Concat(p.filter, index.Filter{language})}
	hits, err := c.search(ctx, []index.Query{q})
	if errors.Is(err, index.ErrUnavailable) {
		hits, err = c.searchSaved(ctx, q)
	}
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	ids := make([]string, len(hits[0]))
	for i, h := range hits[0] {
		ids[i] = h.ID
	}
	own, err := c.ownFAQs(ctx, p.store.ID, ids)
	if err != nil {
		return nil, err
	}
	var found []worded
	for _, f := range own {
		if !f.hidden {
			found = append(found, known.concepts.worded(f.FAQ))
		}
	}
	theirs, err := known.find(ctx, p, q)
	return append(found, theirs...), err
}

// searchSaved answers one query from what SQL holds of its store and kind: a
// store's answers are few enough to go on without the index.
func (c *Catalog) searchSaved(ctx context.Context, q index.Query) ([][]index.Hit, error) {
	saved := local.New()
	intern := map[string]string{}
	for after := ""; ; {
		some, err := c.projection.page(ctx, q.Store, q.Kind, after, intern)
		if err != nil {
			return nil, err
		}
		if len(some) == 0 {
			return saved.Search(ctx, []index.Query{q})
		}
		if err := saved.Put(ctx, some); err != nil {
			return nil, err
		}
		after = some[len(some)-1].ID
	}
}

// ranked is a candidate with its place.
type ranked struct {
	*worded
	likeness
	order float64
}

// settleOn ranks candidates, ties by id, and decides whether the first is an answer.
func settleOn(known *knownFAQs, p *faqProbe, found []worded) FAQAnswer {
	all := make([]ranked, len(found))
	for i := range found {
		l := known.liken(&p.text, &found[i])
		all[i] = ranked{&found[i], l, l.order()}
	}
	slices.SortFunc(all, func(a, b ranked) int { return cmp.Or(cmp.Compare(b.order, a.order), cmp.Compare(a.faq.ID, b.faq.ID)) })
	a := FAQAnswer{Result: FAQNone, FAQs: []FAQMatch{}}
	for i := range all[:min(len(all), 2)] {
		chance := all[i].certainty(&p.text, all[i].among(all[i+1:]))
		a.FAQs = append(a.FAQs, FAQMatch{all[i].faq, math.Round(chance*1e4) / 1e4})
	}
	switch {
	case len(a.FAQs) == 0 || a.FAQs[0].Score < nearFrom:
		a.FAQs = []FAQMatch{}
	case a.FAQs[0].Score < all[0].enough(), len(all) > 1 && len(p.text.stems) == 1 && all[1].likeness[toldStems] >= all[0].likeness[toldStems]:
		a.Result = FAQNear // one word that two answers hold alike asks for neither
	default:
		a.Result, a.FAQs = FAQAnswered, a.FAQs[:1]
	}
	return a
}

// enough is the chance with which a candidate is given.
func (r *ranked) enough() float64 {
	if r.faq.Source == FromPack {
		return packAnswerFrom
	}
	return answerFrom
}

// among tells how a candidate stands before those behind it, as far as they are
// rivals: neither the same answer, nor a pack's beside a store's own.
func (r *ranked) among(behind []ranked) standing {
	at, others := standing{lead: fullLead}, 0.
	for _, rival := range behind {
		if rival.faq.Answer != r.faq.Answer && (rival.faq.Source != FromPack || r.faq.Source == FromPack) {
			at.lead = min(at.lead, r.order-rival.order)
			others += math.Exp(rival.order - r.order)
		}
	}
	at.share = 1 / (1 + others)
	return at
}
