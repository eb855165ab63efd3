package conversation

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/language"

	"honeyguide/catalog"
)

// Bounds of conversations, in characters where nothing else is said.
const (
	maxText    = 8000
	maxImages  = 6
	maxID      = 200 // bytes, of ids that clients give
	maxAgent   = 80
	maxComment = 2000
	maxLog     = 20_000    // entries, after which a buyer begins another conversation
	maxMemory  = 64 << 10  // bytes
	maxReply   = 512 << 10 // bytes
	maxProfile = 50        // entries
	maxName    = 200
	maxValue   = 1000
	maxURL     = 2000
)

func invalid(field, format string, args ...any) error {
	return &catalog.FieldError{Field: field, Message: fmt.Sprintf(format, args...)}
}

// bounded checks the length of a text in characters.
func bounded(field, text string, least, most int) error {
	if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
		return invalid(field, "must be UTF-8 without NUL")
	}
	if n := utf8.RuneCountInString(text); n > most || n < least || least > 0 && strings.TrimSpace(text) == "" {
		return invalid(field, "must have %d to %d characters, not %d", least, most, n)
	}
	return nil
}

func (c *Conversation) validate() error {
	if c.Locale != "" {
		if _, err := language.Parse(c.Locale); err != nil {
			return invalid("locale", "%q is no language tag, such as en or zh-CN", c.Locale)
		}
	}
	for _, check := range []struct {
		field, text string
		most        int
	}{
		{"locale", c.Locale, maxID}, {"buyer.id", c.Buyer.ID, maxName}, {"buyer.name", c.Buyer.Name, maxName},
		{"page.url", c.Page.URL, maxURL}, {"page.product_id", c.Page.ProductID, maxName},
	} {
		if err := bounded(check.field, check.text, 0, check.most); err != nil {
			return err
		}
	}
	if len(c.Buyer.Profile) > maxProfile {
		return invalid("buyer.profile", "at most %d entries, not %d", maxProfile, len(c.Buyer.Profile))
	}
	for key, value := range c.Buyer.Profile {
		if err := bounded("buyer.profile", key, 1, maxName); err != nil {
			return err
		}
		if err := bounded("buyer.profile."+key, value, 0, maxValue); err != nil {
			return err
		}
	}
	return nil
}

// validate checks what a buyer sends.
func (m *Message) validate() error {
	if strings.TrimSpace(m.Text) == "" && len(m.ImageIDs) == 0 {
		return invalid("text", "needs words or a photo")
	}
	if err := bounded("text", m.Text, 0, maxText); err != nil {
		return err
	}
	if len(m.ImageIDs) > maxImages {
		return invalid("image_ids", "at most %d, not %d", maxImages, len(m.ImageIDs))
	}
	for i, id := range m.ImageIDs {
		if err := bounded(fmt.Sprintf("image_ids[%d]", i), id, 1, maxID); err != nil {
			return err
		}
	}
	return bounded("client_id", m.ClientID, 0, maxID)
}

// validate checks what is said to a buyer.
func (s *Saying) validate() error {
	m := &s.Message
	if !slices.Contains([]Role{Assistant, Agent, System}, m.Role) {
		return invalid("role", "%q does not speak to buyers", m.Role)
	}
	if m.ID != "" && (!strings.HasPrefix(m.ID, "m_") || len(m.ID) > maxID) {
		return invalid("id", "%.40q is none of NewMessageID", m.ID)
	}
	if m.Role == Agent && m.Agent == "" {
		return invalid("agent", "must be named")
	}
	if err := bounded("text", m.Text, 0, maxText); err != nil {
		return err
	}
	if err := bounded("client_id", m.ClientID, 0, maxID); err != nil {
		return err
	}
	if len(s.Memory) > maxMemory {
		return invalid("memory", "at most %d bytes, not %d", maxMemory, len(s.Memory))
	}
	if len(m.Reply) > maxReply {
		return invalid("reply", "at most %d bytes, not %d", maxReply, len(m.Reply))
	}
	return nil
}

func (m *Move) validate() error {
	if m.To == Human {
		if err := bounded("agent", m.Agent, 1, maxAgent); err != nil {
			return err
		}
	} else if m.Agent != "" {
		return invalid("agent", "holds nothing that is %s", m.To)
	}
	return nil
}

func (f *Feedback) validate() error {
	if f.Rating != "up" && f.Rating != "down" {
		return invalid("rating", "must be up or down, not %q", f.Rating)
	}
	return bounded("comment", f.Comment, 0, maxComment)
}

// room says whether a buyer may add to the log.
func (d *draft) room() error {
	if d.Version >= maxLog {
		return invalid("conversation", "is full with %d entries; begin another", maxLog)
	}
	return nil
}
