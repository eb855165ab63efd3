package conversation

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
)

// Delete removes all that is kept of a conversation: its row with the buyer, the
// page and the memory, and its whole log. A question that nobody could answer goes
// with it if only this conversation asked it; one that others asked too stays,
// without a way back here. It returns the ids of the buyer's photos, which are the
// caller's to remove. Afterwards everything about it is catalog.ErrNotFound.
func (r *Records) Delete(ctx context.Context, storeID, id string) (imageIDs []string, err error) {
	err = r.db.Tx(ctx, func(tx *sql.Tx) error {
		if _, err := tick(ctx, tx, 0); err != nil {
			return err
		}
		if imageIDs, err = imagesOf(ctx, tx, storeID, id); err != nil {
			return err
		}
		for _, statement := range []string{
			`DELETE FROM conversation_events WHERE store_id = $1 AND conversation_id = $2`,
			`DELETE FROM gaps WHERE store_id = $1 AND conversation_id = $2 AND count = 1`,
			`UPDATE gaps SET conversation_id = '' WHERE store_id = $1 AND conversation_id = $2`,
		} {
			if _, err := tx.ExecContext(ctx, statement, storeID, id); err != nil {
				return err
			}
		}
		gone, err := tx.ExecContext(ctx, `DELETE FROM conversations WHERE store_id = $1 AND id = $2`, storeID, id)
		if err != nil {
			return err
		}
		if n, err := gone.RowsAffected(); err != nil || n == 0 {
			return missing(id)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("delete: %w", err)
	}
	r.watchers.wake(storeID, id)
	return imageIDs, nil
}

// imagesOf returns the photos of a conversation, each once. Replies, which are
// long, hold none.
func imagesOf(ctx context.Context, tx *sql.Tx, storeID, id string) ([]string, error) {
	rows, err := tx.QueryContext(ctx, `SELECT data FROM conversation_events
		WHERE store_id = $1 AND conversation_id = $2 AND kind = 'message' AND reply_to = ''`, storeID, id)
	lists, err := scanAll(rows, err, func(scan func(...any) error) ([]string, error) {
		m, err := scanMessage(scan)
		return m.ImageIDs, err
	})
	all := slices.Concat(lists...)
	slices.Sort(all)
	return slices.Compact(all), err
}
