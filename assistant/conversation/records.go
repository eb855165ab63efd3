package conversation

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"honeyguide/catalog"
	"honeyguide/db"
)

// Records keeps conversations in the database. It is safe for concurrent use, by
// several processes too; only Lock and Watch end at the process. Everything is
// asked for with its store: another store's conversation is catalog.ErrNotFound.
type Records struct {
	db       *db.DB
	now      func() time.Time
	turns    turns
	watchers watchers
}

// Open returns the conversations of a database.
func Open(d *db.DB) *Records {
	return &Records{db: d, now: func() time.Time { return time.Now().UTC().Truncate(time.Millisecond) }}
}

// Begin opens a conversation and returns it with the token that proves its buyer,
// of which only a hash is kept. Locale, Buyer and Page are taken from c; one that
// cannot be is a catalog.FieldError.
func (r *Records) Begin(ctx context.Context, storeID string, c Conversation) (Conversation, string, error) {
	if err := c.validate(); err != nil {
		return Conversation{}, "", err
	}
	at, token := r.now(), "t_"+strings.ToLower(rand.Text()) // 130 bits
	c = Conversation{ID: newID("c_"), StoreID: storeID, State: Bot, Locale: c.Locale, Buyer: c.Buyer, Page: c.Page, CreatedAt: at, UpdatedAt: at}
	data, err := json.Marshal(c.details())
	if err != nil {
		return Conversation{}, "", err
	}
	_, err = r.db.ExecContext(ctx, `INSERT INTO conversations (store_id, id, token_hash, state, agent, version, asked_at, created_at, updated_at, data, memory)
		VALUES ($1, $2, $3, $4, '', 0, 0, $5, $5, $6, '')`, storeID, c.ID, hashOf(token), string(Bot), at.UnixMilli(), string(data))
	if err != nil {
		return Conversation{}, "", fmt.Errorf("begin conversation: %w", err)
	}
	return c, token, nil
}

// Get returns a conversation, or catalog.ErrNotFound.
func (r *Records) Get(ctx context.Context, storeID, id string) (Conversation, error) {
	row := r.db.QueryRowContext(ctx, `SELECT `+columns+`, memory FROM conversations WHERE store_id = $1 AND id = $2`, storeID, id)
	return found(row, storeID, id)
}

// Admit returns a conversation to who shows its token. Another token is
// catalog.ErrNotFound, as no conversation is.
func (r *Records) Admit(ctx context.Context, storeID, id, token string) (Conversation, error) {
	var hash string
	err := r.db.QueryRowContext(ctx, `SELECT token_hash FROM conversations WHERE store_id = $1 AND id = $2`, storeID, id).Scan(&hash)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return Conversation{}, fmt.Errorf("conversation %q: %w", id, err)
	}
	if subtle.ConstantTimeCompare([]byte(hash), []byte(hashOf(token))) != 1 {
		return Conversation{}, missing(id)
	}
	return r.Get(ctx, storeID, id)
}

func missing(id string) error { return fmt.Errorf("conversation %q: %w", id, catalog.ErrNotFound) }

// NewMessageID makes an id for a message whose content has to name it; others get
// theirs when they are kept.
func NewMessageID() string { return newID("m_") }

func newID(kind string) string { return kind + strings.ToLower(rand.Text()[:20]) } // 100 bits

func hashOf(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// details is what a conversation's row holds as JSON.
type details struct {
	Locale   string   `json:"locale"`
	Buyer    Person   `json:"buyer"`
	Page     Page     `json:"page"`
	Handover *Request `json:"handover,omitempty"`
	Rating   int      `json:"rating,omitempty"`
}

func (c *Conversation) details() details {
	return details{Locale: c.Locale, Buyer: c.Buyer, Page: c.Page, Handover: c.Handover, Rating: c.Rating}
}

// columns begin every reading of conversations.
const columns = `store_id, id, state, agent, version, created_at, updated_at, data`

// scan reads the columns, and more behind them.
func (c *Conversation) scan(scan func(...any) error, more ...any) error {
	var created, updated int64
	var data []byte
	if err := scan(append([]any{&c.StoreID, &c.ID, &c.State, &c.Agent, &c.Version, &created, &updated, &data}, more...)...); err != nil {
		return err
	}
	var d details
	if err := json.Unmarshal(data, &d); err != nil {
		return err
	}
	c.Locale, c.Buyer, c.Page, c.Handover, c.Rating = d.Locale, d.Buyer, d.Page, d.Handover, d.Rating
	c.CreatedAt, c.UpdatedAt = time.UnixMilli(created).UTC(), time.UnixMilli(updated).UTC()
	return nil
}

// found reads a conversation with its memory, or says that there is none.
func found(row *sql.Row, storeID, id string) (Conversation, error) {
	var c Conversation
	var memory []byte
	switch err := c.scan(row.Scan, &memory); {
	case errors.Is(err, sql.ErrNoRows):
		return Conversation{}, missing(id)
	case err != nil:
		return Conversation{}, fmt.Errorf("conversation %q: %w", id, err)
	}
	if len(memory) > 0 {
		c.Memory = memory
	}
	return c, nil
}
