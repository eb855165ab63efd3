package conversation

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"honeyguide/catalog"
	"honeyguide/catalog/words"
)

// Gap is a question that nobody could answer.
type Gap struct {
	ID             string    `json:"id"`
	Question       string    `json:"question" doc:"Without personal data"`
	Language       string    `json:"language"`
	ConversationID string    `json:"conversation_id" doc:"One where it was asked, or empty"`
	Near           []string  `json:"near" nullable:"false" doc:"Ids of answers that came near"`
	Count          int       `json:"count" doc:"How often it was asked; one buyer who repeats it counts once"`
	LastAt         time.Time `json:"last_at"`
}

// AddGap counts a question that nobody could answer. Questions that differ only in
// case, width and punctuation are one. The question outlives its conversation when
// others ask it too, so who adds it takes personal data out first.
func (r *Records) AddGap(ctx context.Context, storeID string, g Gap) error {
	if err := bounded("question", g.Question, 1, maxText); err != nil {
		return err
	}
	if g.Near == nil {
		g.Near = []string{}
	}
	g.ID = gapID(g.Language, g.Question)
	data, err := json.Marshal(gapDetails{g.Question, g.Language, g.Near})
	if err != nil {
		return err
	}
	_, err = r.db.ExecContext(ctx, `INSERT INTO gaps (store_id, id, count, last_at, conversation_id, data) VALUES ($1, $2, 1, $3, $4, $5)
		ON CONFLICT (store_id, id) DO UPDATE SET last_at = excluded.last_at, conversation_id = excluded.conversation_id, data = excluded.data,
		count = gaps.count + CASE WHEN excluded.conversation_id <> '' AND excluded.conversation_id = gaps.conversation_id THEN 0 ELSE 1 END`,
		storeID, g.ID, r.now().UnixMilli(), g.ConversationID, string(data))
	if err != nil {
		return fmt.Errorf("add gap: %w", err)
	}
	return nil
}

// gapDetails is what a gap's row holds as JSON.
type gapDetails struct {
	Question string   `json:"question"`
	Language string   `json:"language"`
	Near     []string `json:"near"`
}

// gapID is the same for questions that are asked alike.
func gapID(language, question string) string {
	plain := strings.Join(strings.FieldsFunc(words.Fold(question), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsNumber(c) }), " ")
	sum := sha256.Sum256([]byte(language + "\n" + plain))
	return "g_" + hex.EncodeToString(sum[:10])
}

// Gaps lists the questions that nobody could answer, those asked most often first,
// after the one with the given id.
func (r *Records) Gaps(ctx context.Context, storeID string, after string, limit int) ([]Gap, error) {
	query, args := `SELECT id, count, last_at, conversation_id, data FROM gaps WHERE store_id = $1`, []any{storeID}
	if after != "" {
		var count, lastAt int64
		err := r.db.QueryRowContext(ctx, `SELECT count, last_at FROM gaps WHERE store_id = $1 AND id = $2`, storeID, after).Scan(&count, &lastAt)
		if errors.Is(err, sql.ErrNoRows) {
			return nil, invalid("cursor", "is none that a list gave")
		}
		if err != nil {
			return nil, fmt.Errorf("gaps: %w", err)
		}
		query, args = query+` AND (count, last_at, id) < ($2, $3, $4)`, append(args, count, lastAt, after)
	}
	rows, err := r.db.QueryContext(ctx, query+` ORDER BY count DESC, last_at DESC, id DESC LIMIT $`+strconv.Itoa(len(args)+1), append(args, page(limit))...)
	all, err := scanAll(rows, err, scanGap)
	if err != nil {
		return nil, fmt.Errorf("gaps: %w", err)
	}
	return all, nil
}

func scanGap(scan func(...any) error) (Gap, error) {
	var g Gap
	var d gapDetails
	var lastAt int64
	var data []byte
	if err := scan(&g.ID, &g.Count, &lastAt, &g.ConversationID, &data); err != nil {
		return g, err
	}
	err := json.Unmarshal(data, &d)
	g.Question, g.Language, g.Near, g.LastAt = d.Question, d.Language, d.Near, time.UnixMilli(lastAt).UTC()
	return g, err
}

// Gap returns a question that nobody could answer, or catalog.ErrNotFound.
func (r *Records) Gap(ctx context.Context, storeID, id string) (Gap, error) {
	row := r.db.QueryRowContext(ctx, `SELECT id, count, last_at, conversation_id, data FROM gaps WHERE store_id = $1 AND id = $2`, storeID, id)
	g, err := scanGap(row.Scan)
	if errors.Is(err, sql.ErrNoRows) {
		err = catalog.ErrNotFound
	}
	if err != nil {
		return Gap{}, fmt.Errorf("gap %q: %w", id, err)
	}
	return g, nil
}

// CloseGap takes a question off the list, such as one that has an answer now. It
// comes back when somebody asks it again and nobody can answer.
func (r *Records) CloseGap(ctx context.Context, storeID, id string) error {
	n, err := r.db.ExecContext(ctx, `DELETE FROM gaps WHERE store_id = $1 AND id = $2`, storeID, id)
	if err == nil && n == 0 {
		err = catalog.ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("gap %q: %w", id, err)
	}
	return nil
}
