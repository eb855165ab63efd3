package catalog

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/language"

	"honeyguide/catalog/money"
)

// Store is a merchant's shop: the tenant. Nothing of one store is ever seen in another.
type Store struct {
	ID        string    `json:"id"`
	CreatedAt time.Time `json:"created_at"`
	Settings
}

// Settings are what a merchant may change.
type Settings struct {
	Name     string   `json:"name" doc:"Shown to buyers"`
	Currency string   `json:"currency" doc:"ISO 4217; the currency of prices that name none"`
	Locale   string   `json:"locale" doc:"BCP 47, such as en or zh-CN"`
	Packs    []string `json:"packs" nullable:"false" doc:"Industry packs in use; empty means all"`
	Origins  []string `json:"origins" nullable:"false" doc:"Web origins that may use the publishable key, such as https://shop.example; * allows all"`
	Greeting string   `json:"greeting" doc:"The assistant's first words"`
	// Names are kept apart from the packs, so that an upgrade of a pack leaves them as they are.
	Names   map[string][]string `json:"names" nullable:"false" doc:"The shop's own words for kinds of things, by category of the packs; they outweigh the packs'"`
	Persona string              `json:"persona" doc:"Who the assistant is and how it speaks, for a language model"`
	// Delivery is nil where the store says nothing of it.
	Delivery *Delivery `json:"delivery,omitempty" doc:"Days from the order to the door"`
	// OrderEndpoint is nil where all orders are kept here.
	OrderEndpoint *OrderEndpoint `json:"order_endpoint,omitempty" doc:"The merchant's own look-up of orders"`
	// Hours is nil where somebody is always there.
	Hours *Hours `json:"hours,omitempty" doc:"When persons take conversations over; without them always"`
	// Handover is nil where persons take conversations over and there is no other way to the shop.
	Handover *Handover `json:"handover,omitempty" doc:"How buyers come to speak with a person"`
}

// Bounds of settings.
const (
	maxName     = 200 // bytes
	maxGreeting = 2000
	maxPersona  = 4000
	maxOrigins  = 100

	maxNamed     = 1000 // categories with names of the shop's own
	maxNames     = 50   // of a category
	maxNameRunes = 60
)

// Validate tidies the settings and names the first that cannot be used.
func (s *Settings) Validate() error {
	s.Name, s.Currency = strings.TrimSpace(s.Name), strings.ToUpper(strings.TrimSpace(s.Currency))
	s.Packs, s.Origins = nonNil(s.Packs), nonNil(s.Origins)
	if s.Names == nil {
		s.Names = map[string][]string{}
	}
	if s.Name == "" || len(s.Name) > maxName {
		return invalid("name", "must have 1 to %d bytes", maxName)
	}
	if !money.Valid(s.Currency) {
		return invalid("currency", "%q is no ISO 4217 currency code, such as USD or CNY", s.Currency)
	}
	if _, err := language.Parse(s.Locale); err != nil {
		return invalid("locale", "%q is no language tag, such as en or zh-CN", s.Locale)
	}
	if len(s.Greeting) > maxGreeting {
		return invalid("greeting", "must have %d bytes at most", maxGreeting)
	}
	if len(s.Persona) > maxPersona {
		return invalid("persona", "must have %d bytes at most", maxPersona)
	}
	if s.OrderEndpoint != nil && s.OrderEndpoint.URL == "" {
		s.OrderEndpoint = nil // an endpoint without an address is none
	}
	if err := firstError(s.Delivery.validate, s.OrderEndpoint.validate, s.Hours.validate, s.Handover.validate); err != nil {
		return err
	}
	if err := checkNames(s.Names); err != nil {
		return err
	}
	if len(s.Origins) > maxOrigins {
		return invalid("origins", "at most %d, not %d", maxOrigins, len(s.Origins))
	}
	for _, o := range s.Origins {
		if o != "*" && !isOrigin(o) {
			return invalid("origins", "%q is no origin, such as https://shop.example", o)
		}
	}
	return nil
}

// checkNames bounds a shop's own words.
func checkNames(names map[string][]string) error {
	if len(names) > maxNamed {
		return invalid("names", "at most %d categories, not %d", maxNamed, len(names))
	}
	for category, own := range names {
		if len(own) > maxNames {
			return invalid("names."+category, "at most %d names, not %d", maxNames, len(own))
		}
		for _, name := range own {
			if n := utf8.RuneCountInString(strings.TrimSpace(name)); n < 2 || n > maxNameRunes {
				return invalid("names."+category, "%q must have 2 to %d characters", name, maxNameRunes)
			}
		}
	}
	return nil
}

// knowsNames refuses names of what is no category.
func (c *Catalog) knowsNames(set *Settings) error {
	for category := range set.Names {
		if _, ok := c.packs.Category(category); !ok {
			return invalid("names."+category, "is no category; use a key of the packs, such as %s", strings.Join(c.categoriesNear(strings.ToLower(category)), ", "))
		}
	}
	return nil
}

// isOrigin reports whether s is an origin as browsers send it.
func isOrigin(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Scheme != "" && u.Host != "" && s == u.Scheme+"://"+strings.ToLower(u.Host)
}

// Allows reports whether pages of the origin may use the store's publishable key.
func (s *Settings) Allows(origin string) bool {
	return slices.Contains(s.Origins, "*") || slices.Contains(s.Origins, origin)
}

// NewStore adds a store.
func (c *Catalog) NewStore(ctx context.Context, set Settings) (Store, error) {
	if err := set.Validate(); err != nil {
		return Store{}, err
	}
	if err := c.knowsNames(&set); err != nil {
		return Store{}, err
	}
	s := Store{ID: "st_" + strings.ToLower(rand.Text()[:16]), CreatedAt: now(), Settings: set}
	data, err := s.encode()
	if err != nil {
		return Store{}, err
	}
	_, err = c.db.ExecContext(ctx, `INSERT INTO stores (id, data, created_at) VALUES ($1, $2, $3)`, s.ID, data, s.CreatedAt.UnixMilli())
	if err != nil {
		return Store{}, fmt.Errorf("new store: %w", err)
	}
	return s, nil
}

// Store returns a store, or ErrNotFound.
func (c *Catalog) Store(ctx context.Context, id string) (Store, error) {
	var s Store
	var data []byte
	err := c.db.QueryRowContext(ctx, `SELECT data FROM stores WHERE id = $1`, id).Scan(&data)
	if errors.Is(err, sql.ErrNoRows) {
		return s, fmt.Errorf("store %q: %w", id, ErrNotFound)
	}
	if err == nil {
		err = s.decode(data)
	}
	if err != nil {
		return s, fmt.Errorf("store %q: %w", id, err)
	}
	return s, nil
}

// Stores lists all stores, oldest first.
func (c *Catalog) Stores(ctx context.Context) ([]Store, error) {
	rows, err := c.db.QueryContext(ctx, `SELECT data FROM stores ORDER BY created_at, id`)
	if err != nil {
		return nil, fmt.Errorf("stores: %w", err)
	}
	defer rows.Close()
	var all []Store
	for rows.Next() {
		var s Store
		var data []byte
		if err := rows.Scan(&data); err != nil {
			return nil, fmt.Errorf("stores: %w", err)
		}
		if err := s.decode(data); err != nil {
			return nil, fmt.Errorf("stores: %w", err)
		}
		all = append(all, s)
	}
	return all, rows.Err()
}

// ChangeStore lets f change a store's settings and saves what passes validation.
// The currency stays as it is: stored prices are in it.
func (c *Catalog) ChangeStore(ctx context.Context, id string, f func(*Settings)) (Store, error) {
	var s Store
	err := c.db.Tx(ctx, func(tx *sql.Tx) error {
		var data []byte
		if err := tx.QueryRowContext(ctx, `SELECT data FROM stores WHERE id = $1`, id).Scan(&data); err != nil {
			return notFound(err)
		}
		if err := s.decode(data); err != nil {
			return err
		}
		currency := s.Currency
		f(&s.Settings)
		if err := s.Validate(); err != nil {
			return err
		}
		if err := c.knowsNames(&s.Settings); err != nil {
			return err
		}
		if s.Currency != currency {
			return invalid("currency", "stays %s: a store's prices are in it; make a new store instead", currency)
		}
		data, err := s.encode()
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `UPDATE stores SET data = $1 WHERE id = $2`, data, id)
		return err
	})
	if err != nil {
		return Store{}, fmt.Errorf("change store %q: %w", id, err)
	}
	return s, nil
}

// kept is a store as the database holds it: with what is never shown.
type kept struct {
	Store
	OrderSecret string `json:"order_secret,omitempty"`
}

func (s *Store) encode() ([]byte, error) {
	k := kept{Store: *s}
	if s.OrderEndpoint != nil {
		k.OrderSecret = string(s.OrderEndpoint.Secret)
	}
	return json.Marshal(k)
}

func (s *Store) decode(data []byte) error {
	var k kept
	if err := json.Unmarshal(data, &k); err != nil {
		return err
	}
	if *s = k.Store; s.OrderEndpoint != nil {
		s.OrderEndpoint.Secret = Secret(k.OrderSecret)
	}
	return nil
}

func notFound(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNotFound
	}
	return err
}

// now is the present to the millisecond, which is what the database keeps.
func now() time.Time { return time.Now().UTC().Truncate(time.Millisecond) }

func nonNil[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}
