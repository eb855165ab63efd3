package onnx

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// folder is a model as Hugging Face lays out its ONNX export.
type folder struct {
	dir          string
	vision, text string // paths of the two networks
	kind         string // clip or siglip
	name         string // what the model calls itself
	limit        int    // tokens of a text, at most
	processor    *processor
	tokens       *tokenizer
	pad          int64
	settings     [][]byte // what of the small files decides about vectors
}

// The largest files of each kind that are read into memory.
const (
	maxSettings  = 1 << 20
	maxTokenizer = 64 << 20
)

// maxTokens is how long a tower's texts may be.
const maxTokens = 512

// variants are the endings of the networks' names, the first wanted most.
var variants = []string{"", "fp16", "quantized", "int8", "uint8", "q4", "q4f16", "bnb4"}

// Fields of config.json and tokenizer_config.json that count. A token is a text,
// or an object that has one.
type (
	configFile struct {
		Name string `json:"_name_or_path"`
		Type string `json:"model_type"`
		Text struct {
			Length int `json:"max_position_embeddings"`
		} `json:"text_config"`
	}
	tokensFile struct {
		Length float64         `json:"model_max_length"` // huge where nobody has set it
		Pad    json.RawMessage `json:"pad_token"`
	}
)

// openFolder reads everything but the networks.
func openFolder(dir, variant string) (*folder, error) {
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return nil, fmt.Errorf("%w: there is no folder %s; «honeyguide model pull» fetches models", ErrFolder, dir)
	}
	f := &folder{dir: dir}
	if err := f.findNetworks(variant); err != nil {
		return nil, err
	}
	var c configFile
	if err := f.readJSON("config.json", &c); err != nil {
		return nil, err
	}
	switch {
	case strings.HasPrefix(c.Type, "siglip"):
		f.kind = "siglip"
	case c.Type == "clip":
		f.kind = "clip"
	default:
		return nil, fmt.Errorf("%w: config.json: model_type is %q, and clip and siglip are known", ErrModel, c.Type)
	}
	f.name = c.Type
	if c.Name != "" {
		f.name = path.Base(filepath.ToSlash(c.Name))
	}
	settings, err := f.read("preprocessor_config.json", maxSettings)
	if err != nil {
		return nil, err
	}
	if f.processor, err = newProcessor(settings, f.kind == "clip"); err != nil {
		return nil, fmt.Errorf("%w: preprocessor_config.json: %w", ErrModel, err)
	}
	f.settings = append(f.settings, settings)
	return f, f.readTokens(&c)
}

// readTokens reads the tokenizer and how its texts are filled up.
func (f *folder) readTokens(c *configFile) error {
	data, err := f.read("tokenizer.json", maxTokenizer)
	if err != nil {
		return err
	}
	if f.tokens, err = newTokenizer(data); err != nil {
		return fmt.Errorf("%w: tokenizer.json: %w", ErrModel, err)
	}
	if f.kind == "siglip" {
		f.tokens.prepare = canonical
		if _, second := f.tokens.model.(*bpe); second { // SigLIP 2 knows punctuation
			f.tokens.prepare = lowerWords
		}
	}
	var t tokensFile
	if err := f.readJSON("tokenizer_config.json", &t); err != nil {
		return err
	}
	f.limit = map[string]int{"clip": 77, "siglip": 64}[f.kind]
	for _, n := range []float64{t.Length, float64(c.Text.Length)} {
		if n >= 1 && n <= maxTokens {
			f.limit = int(n)
		}
	}
	if need := len(f.tokens.before) + len(f.tokens.after); f.limit <= need {
		return fmt.Errorf("%w: a text may have %d tokens, and %d stand around every text", ErrModel, f.limit, need)
	}
	pad := "<|endoftext|>"
	if f.kind == "siglip" {
		pad = "</s>"
	}
	var named struct{ Content string }
	if json.Unmarshal(t.Pad, &pad) != nil && json.Unmarshal(t.Pad, &named) == nil {
		pad = named.Content
	}
	id, known := f.tokens.ids[pad]
	if !known {
		return fmt.Errorf("%w: tokenizer.json: the vocabulary lacks the pad_token %q", ErrModel, pad)
	}
	f.pad = id
	f.settings = append(f.settings, data, fmt.Appendf(nil, "%s %d %d", f.kind, f.limit, f.pad))
	return nil
}

// findNetworks finds both networks in one variant, in the folder onnx or at the top.
func (f *folder) findNetworks(variant string) error {
	wanted := variants
	if variant != "" {
		if strings.ContainsAny(variant, `/\`) {
			return fmt.Errorf("%w: the variant %q is no ending of a file's name", ErrFolder, variant)
		}
		wanted = []string{variant}
	}
	for _, v := range wanted {
		for _, below := range []string{"onnx", ""} {
			f.vision, f.text = f.network("vision", v, below), f.network("text", v, below)
			if isFile(f.vision) && isFile(f.text) {
				return nil
			}
		}
	}
	first, of := path.Join("onnx", path.Base(filepath.ToSlash(f.network("vision", wanted[0], "")))), ""
	missing := []string{first}
	if isFile(filepath.Join(f.dir, filepath.FromSlash(first))) {
		missing = nil
	}
	if second := strings.Replace(first, "vision", "text", 1); !isFile(filepath.Join(f.dir, filepath.FromSlash(second))) {
		missing = append(missing, second)
	}
	if variant == "" {
		of = ", in no variant"
	}
	return fmt.Errorf("%w: %s lacks %s%s; «honeyguide model pull» fetches whole models", ErrFolder, f.dir, strings.Join(missing, " and "), of)
}

func (f *folder) network(tower, variant, below string) string {
	name := tower + "_model"
	if variant != "" {
		name += "_" + variant
	}
	return filepath.Join(f.dir, below, name+".onnx")
}

func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}

// read returns a file of the folder that has at most limit bytes.
func (f *folder) read(name string, limit int64) ([]byte, error) {
	file, err := os.Open(filepath.Join(f.dir, name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: %s lacks %s; «honeyguide model pull» fetches whole models", ErrFolder, f.dir, name)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFolder, err)
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, limit+1))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFolder, err)
	}
	if int64(len(data)) > limit {
		return nil, fmt.Errorf("%w: %s has more than %d MB", ErrFolder, name, limit>>20)
	}
	return data, nil
}

func (f *folder) readJSON(name string, to any) error {
	data, err := f.read(name, maxSettings)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, to); err != nil {
		return fmt.Errorf("%w: %s: %w", ErrModel, name, err)
	}
	return nil
}

// recipe is a part of every model's name: another one means that this package
// makes other vectors of the same files.
const recipe = "honeyguide onnx 1"

// modelName is the model's own name and a hash of all that decides about its
// vectors: both networks with their external data, whole (a second for a
// gigabyte), the settings of pictures, the tokenizer.
func (f *folder) modelName() (string, error) {
	sum := sha256.New()
	fmt.Fprintln(sum, recipe)
	for _, s := range f.settings {
		fmt.Fprintln(sum, len(s))
		sum.Write(s)
	}
	for _, network := range []string{f.vision, f.text} {
		// Weights beyond 2 GB lie beside the network: .onnx_data, .onnx_data_1, .onnx.data.
		data, err := filepath.Glob(escapeGlob(network) + "[_.]data*")
		if err != nil {
			return "", err
		}
		slices.Sort(data)
		for _, name := range append([]string{network}, data...) {
			if err := addFile(sum, name); err != nil {
				return "", fmt.Errorf("%w: %w", ErrFolder, err)
			}
		}
	}
	return fmt.Sprintf("%s-%x", f.name, sum.Sum(nil)[:6]), nil
}

func escapeGlob(s string) string {
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "?", `\?`, "[", `\[`).Replace(s)
}

func addFile(sum hash.Hash, name string) error {
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	content := sha256.New()
	if _, err := io.Copy(content, file); err != nil {
		return err
	}
	sum.Write(content.Sum(nil))
	return nil
}
