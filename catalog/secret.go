package catalog

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
)

// Secret is text that is kept but never shown: printed, logged or written as
// JSON it reads SecretSet, or nothing where there is none.
type Secret string

// SecretSet is what is shown of a secret.
const SecretSet = "set"

// String tells only whether there is one.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return SecretSet
}

// GoString is String, so that %#v shows no more.
func (s Secret) GoString() string { return fmt.Sprintf("catalog.Secret(%q)", s.String()) }

// MarshalJSON writes what String says.
func (s Secret) MarshalJSON() ([]byte, error) { return json.Marshal(s.String()) }

// Bounds of a secret, in bytes.
const (
	minSecret = 16
	maxSecret = 200
)

// SigningKey is the key that requests are signed with: as Standard Webhooks has
// it, what the base64 behind whsec_ stands for; of any other secret its bytes.
func (s Secret) SigningKey() ([]byte, error) {
	encoded, ok := strings.CutPrefix(string(s), "whsec_")
	if !ok {
		return []byte(s), nil
	}
	key, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		return nil, fmt.Errorf("behind whsec_ stands no base64: %w", err)
	}
	return key, nil
}
