package llm

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"time"
	"unicode/utf8"
)

// Usage is what calls took.
type Usage struct {
	Calls     int64   `json:"calls"`
	Failures  int64   `json:"failures" doc:"Of the calls: those that gave no answer"`
	TokensIn  int64   `json:"tokens_in"`
	TokensOut int64   `json:"tokens_out"`
	Cost      float64 `json:"cost" doc:"In the currency of the configured prices"`
}

// Tokens are those of questions and answers together.
func (u Usage) Tokens() int64 { return u.TokensIn + u.TokensOut }

// Usage returns what a store used on a day, in UTC. A day without calls is all zeros.
func (m *Model) Usage(ctx context.Context, storeID string, day time.Time) (Usage, error) {
	var u Usage
	var millionths int64
	err := m.o.DB.QueryRowContext(ctx, `SELECT calls, failures, tokens_in, tokens_out, cost FROM llm_usage WHERE store_id = $1 AND day = $2`,
		storeID, dayOf(day)).Scan(&u.Calls, &u.Failures, &u.TokensIn, &u.TokensOut, &millionths)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return Usage{}, fmt.Errorf("language model usage: %w", err)
	}
	u.Cost = float64(millionths) / 1e6
	return u, nil
}

func dayOf(t time.Time) string { return t.UTC().Format(time.DateOnly) }

// count adds a call to its store's day, which is the day it began.
func (m *Model) count(ctx context.Context, storeID string, day time.Time, u Usage) error {
	_, err := m.o.DB.ExecContext(ctx, `INSERT INTO llm_usage (store_id, day, calls, failures, tokens_in, tokens_out, cost)
		VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (store_id, day) DO UPDATE SET
		calls = llm_usage.calls + excluded.calls, failures = llm_usage.failures + excluded.failures,
		tokens_in = llm_usage.tokens_in + excluded.tokens_in, tokens_out = llm_usage.tokens_out + excluded.tokens_out,
		cost = llm_usage.cost + excluded.cost`,
		storeID, dayOf(day), u.Calls, u.Failures, u.TokensIn, u.TokensOut, int64(math.Round(u.Cost*1e6)))
	if err != nil {
		return fmt.Errorf("count language model usage: %w", err)
	}
	return nil
}

// cost of tokens; prices are for a million of them.
func (p Price) cost(in, out int64) float64 {
	return (float64(in)*p.In + float64(out)*p.Out) / 1e6
}

// reserve sets tokens of a store aside for a call, so that calls at the same time
// do not overshoot the day's cap together. Release gives them back once the call
// is counted. It is ErrCapped where they are more than what is left.
func (m *Model) reserve(ctx context.Context, storeID string, now time.Time, tokens int64) (release func(), err error) {
	if m.o.DailyTokens == 0 {
		return func() {}, nil
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	used, err := m.Usage(ctx, storeID, now)
	if err != nil {
		return nil, err
	}
	if used.Tokens()+m.reserved[storeID]+tokens > m.o.DailyTokens {
		return nil, ErrCapped
	}
	m.reserved[storeID] += tokens
	return func() {
		m.mu.Lock()
		defer m.mu.Unlock()
		if m.reserved[storeID] -= tokens; m.reserved[storeID] == 0 {
			delete(m.reserved, storeID)
		}
	}, nil
}

// tokensOf estimates the tokens of a text: one for four ASCII characters, one for
// every other character. Of English it counts about right, of Chinese rather too many.
func tokensOf(text string) int64 {
	ascii, other := 0, 0
	for _, r := range text {
		if r < utf8.RuneSelf {
			ascii++
		} else {
			other++
		}
	}
	return int64((ascii+3)/4 + other)
}
