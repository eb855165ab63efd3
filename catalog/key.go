package catalog

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/base32"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// KeyKind is what a key may do; it is the key's first letters.
type KeyKind string

// The kinds of keys.
const (
	OperatorKey    KeyKind = "ok" // makes stores
	SecretKey      KeyKind = "sk" // a merchant's: everything of one store
	PublishableKey KeyKind = "pk" // buyers': search, products and conversations of one store
	AgentKey       KeyKind = "ak" // the desk of one store
)

// Principal is who a key speaks for. StoreID is empty for the operator.
type Principal struct {
	Kind    KeyKind
	StoreID string
}

// NewKey makes a key of a store and returns it. Only its hash is kept, so it
// cannot be shown again.
func (c *Catalog) NewKey(ctx context.Context, storeID string, kind KeyKind) (string, error) {
	if !slices.Contains([]KeyKind{SecretKey, PublishableKey, AgentKey}, kind) {
		return "", invalid("kind", "must be sk, pk or ak, not %q", kind)
	}
	if _, err := c.Store(ctx, storeID); err != nil {
		return "", err
	}
	key := string(kind) + "_" + rand.Text()
	return key, c.AddKey(ctx, key, storeID)
}

// minKey is how many characters stand behind a key's kind, at least. Made keys have 26.
const minKey = 16

// AddKey makes a given key valid. Adding it again changes nothing.
func (c *Catalog) AddKey(ctx context.Context, key, storeID string) error {
	kind, rest, _ := strings.Cut(key, "_")
	if !slices.Contains([]KeyKind{OperatorKey, SecretKey, PublishableKey, AgentKey}, KeyKind(kind)) || len(rest) < minKey {
		return invalid("key", "must be ok_, sk_, pk_ or ak_ with %d characters or more behind it", minKey)
	}
	if (KeyKind(kind) == OperatorKey) != (storeID == "") {
		return invalid("key", "an operator's key is of no store, every other of one")
	}
	_, err := c.db.ExecContext(ctx, `INSERT INTO keys (hash, store_id, kind, hint, created_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
		hashKey(key), storeID, kind, key[len(key)-4:], now().UnixMilli())
	if err != nil {
		return fmt.Errorf("add key: %w", err)
	}
	return nil
}

// PageKey is the publishable key of this server's own pages for a store. It is
// derived from secret, so that it need not be stored anywhere.
func (c *Catalog) PageKey(ctx context.Context, storeID string, secret []byte) (string, error) {
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte("page\x00" + storeID))
	key := "pk_" + base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(mac.Sum(nil))[:26]
	return key, c.AddKey(ctx, key, storeID)
}

// Authenticate returns who a key speaks for, or ErrKey.
func (c *Catalog) Authenticate(ctx context.Context, key string) (Principal, error) {
	h := hashKey(key)
	if p, ok := c.principals.Load(h); ok {
		return p.(Principal), nil
	}
	var p Principal
	err := c.db.QueryRowContext(ctx, `SELECT kind, store_id FROM keys WHERE hash = $1`, h).Scan(&p.Kind, &p.StoreID)
	if errors.Is(err, sql.ErrNoRows) {
		return p, ErrKey
	}
	if err != nil {
		return p, fmt.Errorf("authenticate: %w", err)
	}
	c.principals.Store(h, p)
	return p, nil
}

// hashKey needs no salt or stretching: made keys are 128 random bits, and the
// operator's own is asked to be as long.
func hashKey(key string) string {
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:])
}
