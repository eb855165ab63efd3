package builtin

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func TestSaveAndOpen(t *testing.T) {
	folder, e := filepath.Join(t.TempDir(), "encoders"), newEncoder(t)
	if _, err := Open(folder, e.Model()); !errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("before it was saved: %v", err)
	}
	for range 2 {
		if err := e.Save(folder); err != nil {
			t.Fatal(err)
		}
	}
	former, err := Open(folder, e.Model())
	if err != nil {
		t.Fatal(err)
	}
	if former.Model() != e.Model() || !equal(encodeImages(t, former, drawings()[:2]...), encodeImages(t, e, drawings()[:2]...)) {
		t.Error("the opened encoder is another")
	}
	path := filepath.Join(folder, e.Model()+".safetensors")
	if err := os.Truncate(path, 1000); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(folder, e.Model()); !errors.Is(err, ErrWeights) {
		t.Errorf("cut short: %v", err)
	}
	if err := e.Save(folder); err != nil { // mends it
		t.Fatal(err)
	}
	if _, err := Open(folder, e.Model()); err != nil {
		t.Errorf("after it was saved again: %v", err)
	}
	if err := os.WriteFile(filepath.Join(folder, "other.safetensors"), []byte(shipped), 0o600); err != nil {
		t.Fatal(err)
	}
	for model, want := range map[string]error{"other": ErrWeights, "../other": fs.ErrNotExist, "": fs.ErrNotExist} {
		if _, err := Open(folder, model); !errors.Is(err, want) {
			t.Errorf("%q: %v", model, err)
		}
	}
}
