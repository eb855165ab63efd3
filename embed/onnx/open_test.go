package onnx

import (
	"context"
	"errors"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestFolderErrors(t *testing.T) {
	for name, c := range map[string]struct {
		kind    string
		variant string
		changes map[string][]byte
		is      error
		says    string
	}{
		"no config":        {"clip", "", map[string][]byte{"config.json": nil}, ErrFolder, "lacks config.json; «honeyguide model pull»"},
		"no processor":     {"clip", "", map[string][]byte{"preprocessor_config.json": nil}, ErrFolder, "lacks preprocessor_config.json"},
		"no tokenizer":     {"siglip", "", map[string][]byte{"tokenizer.json": nil}, ErrFolder, "lacks tokenizer.json"},
		"no settings":      {"siglip", "", map[string][]byte{"tokenizer_config.json": nil}, ErrFolder, "lacks tokenizer_config.json"},
		"no vision":        {"siglip", "", map[string][]byte{"onnx/vision_model.onnx": nil}, ErrFolder, "lacks onnx/vision_model.onnx, in no variant; «honeyguide model pull»"},
		"no text":          {"siglip", "", map[string][]byte{"onnx/text_model.onnx": nil}, ErrFolder, "lacks onnx/text_model.onnx"},
		"no such variant":  {"clip", "fp16", nil, ErrFolder, "lacks onnx/vision_model_fp16.onnx and onnx/text_model_fp16.onnx"},
		"variant is path":  {"clip", "../x", nil, ErrFolder, "no ending"},
		"another model":    {"clip", "", map[string][]byte{"config.json": []byte(`{"model_type":"bert"}`)}, ErrModel, `model_type is "bert"`},
		"broken config":    {"clip", "", map[string][]byte{"config.json": []byte(`{`)}, ErrModel, "config.json"},
		"broken processor": {"clip", "", map[string][]byte{"preprocessor_config.json": []byte(`{"size":"big"}`)}, ErrModel, "preprocessor_config.json"},
		"broken tokenizer": {"clip", "", map[string][]byte{"tokenizer.json": []byte(`[]`)}, ErrModel, "tokenizer.json"},
		"a word tokenizer": {"clip", "", map[string][]byte{"tokenizer.json": []byte(`{"model":{"type":"WordPiece"}}`)}, ErrModel, `"WordPiece"`},
		"no padding":       {"clip", "", map[string][]byte{"tokenizer_config.json": []byte(`{"pad_token":{"content":"[PAD]"}}`)}, ErrModel, `pad_token "[PAD]"`},
		"too short":        {"clip", "", map[string][]byte{"tokenizer_config.json": []byte(`{"model_max_length":2}`)}, ErrModel, "may have 2 tokens"},
	} {
		_, err := openFolder(copied(t, c.kind, c.changes), c.variant)
		if !errors.Is(err, c.is) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want %v: … %s", name, err, c.is, c.says)
		}
	}
	if _, err := openFolder(filepath.Join(t.TempDir(), "none"), ""); !errors.Is(err, ErrFolder) || !strings.Contains(err.Error(), "there is no folder") {
		t.Errorf("no folder: %v", err)
	}
}

// Files at the top of the folder do as well, and lengths that nobody has set are the family's.
func TestFolderForms(t *testing.T) {
	dir := copied(t, "siglip", map[string][]byte{"tokenizer_config.json": []byte(`{"model_max_length":1e30}`), "config.json": []byte(`{"model_type":"siglip"}`)})
	for _, tower := range []string{"vision", "text"} {
		if err := os.Rename(filepath.Join(dir, "onnx", tower+"_model.onnx"), filepath.Join(dir, tower+"_model_int8.onnx")); err != nil {
			t.Fatal(err)
		}
	}
	f, err := openFolder(dir, "")
	if err != nil || f.limit != 64 || f.pad != 1 || f.name != "siglip" || filepath.Base(f.text) != "text_model_int8.onnx" {
		t.Errorf("%+v, %v", f, err)
	}
}

// Networks that do not fit the settings, or each other.
func TestNetworkErrors(t *testing.T) {
	siglip := func(name string) []byte { return testdata(t, "siglip/onnx/"+name) }
	clip := func(name string) []byte { return testdata(t, "clip/onnx/"+name) }
	for name, c := range map[string]struct {
		kind    string
		changes map[string][]byte
		says    string
	}{
		"swapped":       {"clip", map[string][]byte{"onnx/vision_model.onnx": clip("text_model.onnx")}, `vision_model.onnx takes "input_ids", and pixel_values are known`},
		"no projection": {"clip", map[string][]byte{"onnx/vision_model.onnx": siglip("vision_model.onnx")}, "does not give image_embeds"},
		"two spaces":    {"siglip", map[string][]byte{"onnx/vision_model.onnx": clip("vision_model.onnx")}, "texts become 16 numbers and pictures 20"},
		"another size":  {"siglip", map[string][]byte{"preprocessor_config.json": []byte(`{"size":64}`)}, "takes pixel_values as float32 of"},
		"no network":    {"siglip", map[string][]byte{"onnx/text_model.onnx": []byte("<html>")}, "text_model.onnx"},
		"cut short":     {"siglip", map[string][]byte{"onnx/text_model.onnx": siglip("text_model.onnx")[:5000]}, "text_model.onnx"},
		"longer texts":  {"clip", map[string][]byte{"tokenizer_config.json": []byte(`{"model_max_length":512}`)}, ""},
	} {
		e, err := Open(t.Context(), Options{Folder: copied(t, c.kind, c.changes), Library: library(t)})
		if c.says == "" { // its places end at 77, which only a long text shows
			if err == nil {
				_, err = e.EncodeTexts(t.Context(), []string{strings.Repeat("red dress ", 100)})
				_ = e.Close()
			}
			if err == nil {
				t.Errorf("%s: no error", name)
			}
			continue
		}
		if !errors.Is(err, ErrModel) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want … %s", name, err, c.says)
		}
	}
}

// A model's name stays with the folder's content, whatever the folder is called.
func TestModelName(t *testing.T) {
	e := open(t, Options{Folder: "siglip"})
	name := e.Model()
	if !strings.HasPrefix(name, "siglip-tiny-") || len(name) != len("siglip-tiny-")+12 {
		t.Errorf("the name is %q", name)
	}
	if other := open(t, Options{Folder: copied(t, "siglip", nil)}).Model(); other != name {
		t.Errorf("%s in another folder is %s", name, other)
	}
	for file, content := range map[string][]byte{
		"tokenizer_config.json":       []byte(`{"model_max_length":32}`),
		"preprocessor_config.json":    []byte(`{"size":32,"resample":2}`),
		"onnx/vision_model.onnx":      append(testdata(t, "siglip/onnx/vision_model.onnx"), 0x2a, 0),
		"onnx/text_model.onnx_data":   []byte("weights"),
		"onnx/vision_model.onnx.data": []byte("weights"),
	} {
		dir := copied(t, "siglip", map[string][]byte{file: content})
		f, err := openFolder(dir, "")
		if err != nil {
			t.Fatal(err)
		}
		if other, err := f.modelName(); other == name || err != nil {
			t.Errorf("another %s: %s, %v", file, other, err)
		}
	}
}

// What quantisation by the batch does to neighbours is found out.
func TestBatches(t *testing.T) {
	if e := open(t, Options{Folder: "clip", Variant: "quantized"}); e.text.batch != 1 || e.vision.batch != 1 {
		t.Errorf("batches of %d texts and %d pictures, want 1", e.text.batch, e.vision.batch)
	}
	if e := open(t, Options{Folder: "clip"}); e.text.batch != textBatch || e.vision.batch != pictureBatch {
		t.Errorf("batches of %d texts and %d pictures, want %d and %d", e.text.batch, e.vision.batch, textBatch, pictureBatch)
	}
}

func TestWrongUse(t *testing.T) {
	e := open(t, Options{Folder: "clip"})
	for _, pictures := range [][]image.Image{{nil}, {drawing("noise", 0, 3, 3), image.NewGray(image.Rect(0, 0, 0, 5))}} {
		if _, err := e.EncodeImages(t.Context(), pictures); !errors.Is(err, ErrPicture) {
			t.Errorf("%v: %v", pictures, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	ids := []int64{1, 2, 3}
	if _, _, err := e.text.session.run(ctx, []tensor{{shape: []int64{1, 3}, ints: ids}, {shape: []int64{1, 3}, ints: ids}}); !errors.Is(err, context.Canceled) {
		t.Errorf("a run after the end: %v", err)
	}
	if err := errors.Join(e.Close(), e.Close()); err != nil {
		t.Error(err)
	}
	if _, err := e.EncodeTexts(t.Context(), []string{"a"}); !errors.Is(err, ErrClosed) {
		t.Errorf("texts after Close: %v", err)
	}
	if _, err := e.EncodeImages(t.Context(), nil); !errors.Is(err, ErrClosed) {
		t.Errorf("pictures after Close: %v", err)
	}
}

// TestLibrary opens a model in other processes, where nothing is loaded yet.
func TestLibrary(t *testing.T) {
	text := filepath.Join(t.TempDir(), "libonnxruntime.so")
	if err := os.WriteFile(text, []byte("no library"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ library, says string }{
		"missing":      {filepath.Join(t.TempDir(), "none.so"), "none.so, which is the place that is set; set HONEYGUIDE_ONNXRUNTIME"},
		"empty folder": {t.TempDir(), "libonnxruntime.so"},
		"no library":   {text, "version 1.24 or newer"},
		"old":          {oldLibrary(t), "is older than version 1.24"},
		"nowhere":      {"", "the folders where the system looks"},
	} {
		if c.library == "" && name != "nowhere" {
			continue // there is no compiler to make one
		}
		if said := inChild(t, c.library); !strings.Contains(said, ErrLibrary.Error()) || !strings.Contains(said, c.says) {
			t.Errorf("%s: %s, want … %s", name, said, c.says)
		}
	}
	real := library(t)
	if said := inChild(t, filepath.Dir(real)); !strings.Contains(said, "opened") {
		t.Errorf("by its folder: %s", said)
	}
	open(t, Options{Folder: "clip"})
	if _, err := Open(t.Context(), Options{Folder: "testdata/clip", Library: text}); !errors.Is(err, ErrLibrary) || !strings.Contains(err.Error(), "a process has one") {
		t.Errorf("another library: %v", err)
	}
}

// oldLibrary compiles a library that answers as ONNX Runtime 1.10 does. Empty: it cannot.
func oldLibrary(t *testing.T) string {
	t.Helper()
	const source = `#include <stddef.h>
static const void *api(unsigned version) { return NULL; }
static const char *version(void) { return "1.10.0"; }
static struct { const void *(*api)(unsigned); const char *(*version)(void); } base = { api, version };
const void *OrtGetApiBase(void) { return &base; }`
	dir := t.TempDir()
	c, so := filepath.Join(dir, "old.c"), filepath.Join(dir, "old.so")
	if err := os.WriteFile(c, []byte(source), 0o600); err != nil {
		t.Fatal(err)
	}
	if said, err := exec.CommandContext(t.Context(), "cc", "-shared", "-fPIC", "-o", so, c).CombinedOutput(); err != nil {
		t.Logf("no C compiler: %v %s", err, said)
		return ""
	}
	return so
}

func inChild(t *testing.T, library string) string {
	t.Helper()
	c := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestInChild$", "-test.v")
	c.Env = append(os.Environ(), "ONNX_TEST_CHILD=1", "ONNX_TEST_LIBRARY="+library, "LD_LIBRARY_PATH=")
	said, err := c.CombinedOutput()
	if err != nil {
		t.Errorf("the child: %v", err)
	}
	return string(said)
}

func TestInChild(t *testing.T) {
	if os.Getenv("ONNX_TEST_CHILD") == "" {
		t.Skip("runs as a child of TestLibrary")
	}
	e, err := Open(t.Context(), Options{Folder: "testdata/clip", Library: os.Getenv("ONNX_TEST_LIBRARY")})
	if err != nil {
		t.Log(err)
		return
	}
	t.Log("opened", e.Model())
	if err := e.Close(); err != nil {
		t.Error(err)
	}
}
