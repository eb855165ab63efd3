package conversation

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"honeyguide/catalog"
)

// SaveTranscript keeps what a buyer spoke, for the given time, and returns its id.
func (r *Records) SaveTranscript(ctx context.Context, storeID, text, language string, keep time.Duration) (string, error) {
	if err := bounded("text", text, 0, maxText); err != nil {
		return "", err
	}
	if _, err := r.ForgetTranscripts(ctx); err != nil {
		return "", err
	}
	id := newID("au_")
	_, err := r.db.ExecContext(ctx, `INSERT INTO transcripts (store_id, id, language, text, expires_at) VALUES ($1, $2, $3, $4, $5)`,
		storeID, id, language, text, r.now().Add(keep).UnixMilli())
	if err != nil {
		return "", fmt.Errorf("save transcript: %w", err)
	}
	return id, nil
}

// Transcript returns what was spoken, or catalog.ErrNotFound when its time is over.
func (r *Records) Transcript(ctx context.Context, storeID, id string) (text, language string, err error) {
	err = r.db.QueryRowContext(ctx, `SELECT text, language FROM transcripts WHERE store_id = $1 AND id = $2 AND expires_at > $3`,
		storeID, id, r.now().UnixMilli()).Scan(&text, &language)
	if errors.Is(err, sql.ErrNoRows) {
		err = catalog.ErrNotFound
	}
	if err != nil {
		return "", "", fmt.Errorf("audio %q: %w", id, err)
	}
	return text, language, nil
}

// ForgetTranscripts removes those whose time is over, and returns how many.
func (r *Records) ForgetTranscripts(ctx context.Context) (int, error) {
	n, err := r.db.ExecContext(ctx, `DELETE FROM transcripts WHERE expires_at <= $1`, r.now().UnixMilli())
	if err != nil {
		return 0, fmt.Errorf("forget transcripts: %w", err)
	}
	return int(n), nil
}
