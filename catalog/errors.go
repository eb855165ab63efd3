package catalog

import (
	"errors"
	"fmt"
)

// The kinds of failure that callers tell apart. They are wrapped with what was wrong.
var (
	ErrNotFound = errors.New("not found")
	ErrConflict = errors.New("conflict")
	ErrInvalid  = errors.New("invalid")
	ErrKey      = errors.New("unknown key")
)

// FieldError is an ErrInvalid that names the field and the way out.
type FieldError struct {
	Field   string // as in the request, such as "filters.gender"
	Message string
}

func (e *FieldError) Error() string { return fmt.Sprintf("%s: %s", e.Field, e.Message) }

// Unwrap makes a FieldError an ErrInvalid.
func (e *FieldError) Unwrap() error { return ErrInvalid }

func invalid(field, format string, args ...any) error {
	return &FieldError{Field: field, Message: fmt.Sprintf(format, args...)}
}
