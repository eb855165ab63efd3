//go:build !cgo

package onnx

import (
	"errors"
	"testing"
)

func TestWithoutCgo(t *testing.T) {
	if _, err := Open(t.Context(), Options{Folder: "testdata/clip"}); !errors.Is(err, ErrNoCgo) {
		t.Errorf("got %v", err)
	}
}
