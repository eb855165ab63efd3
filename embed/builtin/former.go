package builtin

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// maxWeights bounds the files that Open reads, bytes.
const maxWeights = 64 << 20

// Save keeps the encoder's weights in a folder, under the name of their model,
// so that a later version of the program, which carries others, can still Open
// them. Those that are there already are left as they are.
func (e *Encoder) Save(folder string) error {
	path := filePath(folder, e.model)
	if info, err := os.Stat(path); err == nil && info.Size() == int64(len(e.file)) {
		return nil
	}
	made := path + ".new" // a crash leaves no half of a file
	return errors.Join(os.MkdirAll(folder, 0o700), os.WriteFile(made, []byte(e.file), 0o600), os.Rename(made, path))
}

// Open loads the weights of a model that an earlier version of the program
// saved in a folder; fs.ErrNotExist where none did. Such an encoder gives
// vectors, but no regions.
func Open(folder, model string) (*Encoder, error) {
	if model != filepath.Base(model) {
		return nil, fmt.Errorf("%w: %q is no name of a model", fs.ErrNotExist, model)
	}
	path := filePath(folder, model)
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.Size() > maxWeights {
		return nil, fmt.Errorf("%w: %s has %d bytes", ErrWeights, path, info.Size())
	}
	file, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	e, err := load(string(file))
	if err == nil && e.model != model {
		return nil, fmt.Errorf("%w: %s holds %s", ErrWeights, path, e.model)
	}
	return e, err
}

func filePath(folder, model string) string { return filepath.Join(folder, model+".safetensors") }
