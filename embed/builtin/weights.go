package builtin

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"unsafe"
)

// weights reads tensors out of a file in the safetensors layout: eight bytes
// of header length, a JSON header, the numbers in little-endian order.
//
// The first failure is kept in err. After it every read returns nothing, so
// that a tower can be read without a check at each step.
type weights struct {
	model   string
	dim     int // length of a vector
	tensors map[string]tensor
	err     error
}

type tensor struct {
	DType   string `json:"dtype"`
	Shape   []int  `json:"shape"`
	Offsets [2]int `json:"data_offsets"`
	data    string
}

// parse reads the header and checks every tensor's place, and all of them
// against the hash in the model's name.
func parse(file string) (*weights, error) {
	if len(file) < 8 {
		return nil, fmt.Errorf("%w: %d bytes hold no header", ErrWeights, len(file))
	}
	size := binary.LittleEndian.Uint64([]byte(file[:8]))
	if size > uint64(len(file)-8) {
		return nil, fmt.Errorf("%w: header of %d bytes in a file of %d", ErrWeights, size, len(file))
	}
	text, numbers := file[8:8+size], file[8+size:]
	var header map[string]json.RawMessage
	if err := json.Unmarshal([]byte(text), &header); err != nil {
		return nil, fmt.Errorf("%w: header: %w", ErrWeights, err)
	}
	w := &weights{tensors: make(map[string]tensor, len(header))}
	if err := w.describe(header["__metadata__"]); err != nil {
		return nil, fmt.Errorf("%w: metadata: %w", ErrWeights, err)
	}
	delete(header, "__metadata__")
	for name, raw := range header {
		t, err := newTensor(raw, numbers)
		if err != nil {
			return nil, fmt.Errorf("%w: %s: %w", ErrWeights, name, err)
		}
		w.tensors[name] = t
	}
	if hash := w.hash(); !strings.HasSuffix(w.model, "-"+hash) {
		return nil, fmt.Errorf("%w: they hash to %s, the model's name is %q", ErrWeights, hash, w.model)
	}
	return w, nil
}

// describe reads the model's name and sizes.
func (w *weights) describe(raw json.RawMessage) error {
	var meta struct{ Model, Dim, Side string }
	if err := json.Unmarshal(raw, &meta); err != nil {
		return err
	}
	if meta.Side != strconv.Itoa(side) {
		return fmt.Errorf("side %q, want %d", meta.Side, side)
	}
	dim, err := strconv.Atoi(meta.Dim)
	if err != nil || dim < 1 {
		return fmt.Errorf("dim %q is not a size", meta.Dim)
	}
	w.model, w.dim = meta.Model, dim
	return nil
}

// hash is the first eight digits of the SHA-256 of every tensor's name, type,
// shape and bytes, by name. train/export.py puts it into the model's name.
func (w *weights) hash() string {
	h := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(w.tensors)) {
		t := w.tensors[name]
		fmt.Fprintf(h, "%s %s %v\n", name, t.DType, t.Shape)
		io.WriteString(h, t.data)
	}
	return hex.EncodeToString(h.Sum(nil))[:8]
}

// newTensor reads one entry of the header. Its shape fills its bytes exactly.
func newTensor(raw json.RawMessage, numbers string) (tensor, error) {
	var t tensor
	if err := json.Unmarshal(raw, &t); err != nil {
		return t, err
	}
	from, to := t.Offsets[0], t.Offsets[1]
	if from < 0 || to < from || to > len(numbers) {
		return t, fmt.Errorf("bytes %d to %d of %d", from, to, len(numbers))
	}
	size, ok := map[string]int{"I8": 1, "F16": 2, "F32": 4}[t.DType]
	if !ok {
		return t, fmt.Errorf("type %q is not known", t.DType)
	}
	for _, n := range t.Shape {
		if n < 1 || n > (to-from)/size {
			return t, fmt.Errorf("shape %v in %d bytes", t.Shape, to-from)
		}
		size *= n
	}
	if size != to-from {
		return t, fmt.Errorf("shape %v in %d bytes", t.Shape, to-from)
	}
	t.data = numbers[from:to]
	return t, nil
}

// fail keeps the first failure.
func (w *weights) fail(format string, args ...any) {
	if w.err == nil {
		w.err = fmt.Errorf("%w: %s", ErrWeights, fmt.Sprintf(format, args...))
	}
}

// has tells whether a tensor is there.
func (w *weights) has(name string) bool {
	_, ok := w.tensors[name]
	return ok
}

// shape returns the sizes of a tensor of n dimensions; zeros after a failure.
func (w *weights) shape(name string, n int) []int {
	t := w.tensors[name]
	if len(t.Shape) != n {
		w.fail("%s: shape %v, want %d sizes", name, t.Shape, n)
	}
	if w.err != nil {
		return make([]int, n)
	}
	return t.Shape
}

// floats returns a tensor of exactly n finite float16 or float32 numbers; nil
// after a failure.
func (w *weights) floats(name string, n int) []float32 {
	t := w.tensors[name]
	size := map[string]int{"F16": 2, "F32": 4}[t.DType]
	if size == 0 || len(t.data) != size*n {
		w.fail("%s: %d bytes of type %q, want %d numbers of F16 or F32", name, len(t.data), t.DType, n)
	}
	if w.err != nil {
		return nil
	}
	out := make([]float32, n)
	for i := range out {
		if size == 2 {
			out[i] = half(uint16(t.data[2*i]) | uint16(t.data[2*i+1])<<8)
		} else {
			out[i] = math.Float32frombits(binary.LittleEndian.Uint32([]byte(t.data[4*i : 4*i+4])))
		}
		if v := float64(out[i]); math.IsNaN(v) || math.IsInf(v, 0) {
			w.fail("%s: number %d is not finite", name, i)
			return nil
		}
	}
	return out
}

// bytes returns a tensor of exactly n int8 numbers, not copied; nil after a failure.
func (w *weights) bytes(name string, n int) []int8 {
	t := w.tensors[name]
	if t.DType != "I8" || len(t.data) != n {
		w.fail("%s: %d bytes of type %q, want %d numbers of I8", name, len(t.data), t.DType, n)
	}
	if w.err != nil {
		return nil
	}
	return unsafe.Slice((*int8)(unsafe.Pointer(unsafe.StringData(t.data))), n)
}

// matrix returns a layer's weight of in × out numbers, which are stored as they
// are or as int8 with one scale a column; nil after a failure.
func (w *weights) matrix(name string, in, out int) []float32 {
	if !w.has(name + ".scale") {
		return w.floats(name+".weight", in*out)
	}
	rounded, scale := w.bytes(name+".weight", in*out), w.floats(name+".scale", out)
	if w.err != nil {
		return nil
	}
	m := make([]float32, in*out)
	for i, v := range rounded {
		m[i] = float32(v) * scale[i%out]
	}
	return m
}

// half widens an IEEE 754 half-precision number.
func half(h uint16) float32 {
	sign, exponent, fraction := uint32(h>>15)<<31, uint32(h>>10)&31, uint32(h)&1023
	switch exponent {
	case 0: // zero and subnormal: fraction × 2⁻²⁴
		return math.Float32frombits(sign | math.Float32bits(float32(fraction)/(1<<24)))
	case 31: // infinity and not a number
		return math.Float32frombits(sign | 0x7f800000 | fraction<<13)
	}
	return math.Float32frombits(sign | (exponent+112)<<23 | fraction<<13)
}
