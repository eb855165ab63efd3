package builtin

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"
)

// parts are the tensors of a file: type, shape and bytes.
type parts map[string]tensor

// file writes parts in the safetensors layout, under the right hash.
func (p parts) file(t testing.TB, edit func(header map[string]any)) string {
	t.Helper()
	header, numbers := map[string]any{}, ""
	for _, name := range slices.Sorted(maps.Keys(p)) {
		x := p[name]
		x.Offsets = [2]int{len(numbers), len(numbers) + len(x.data)}
		header[name], numbers = x, numbers+x.data
	}
	model := "tiny-" + (&weights{tensors: p}).hash()
	header["__metadata__"] = map[string]string{"model": model, "dim": "16", "side": "80"}
	if edit != nil {
		edit(header)
	}
	text, err := json.Marshal(header)
	if err != nil {
		t.Fatal(err)
	}
	return string(binary.LittleEndian.AppendUint64(nil, uint64(len(text)))) + string(text) + numbers
}

// floats is a tensor of small float32 numbers.
func floats(shape ...int) tensor {
	n, data := 1, []byte(nil)
	for _, size := range shape {
		n *= size
	}
	for i := range n {
		data = binary.LittleEndian.AppendUint32(data, math.Float32bits(float32(i*7%11-5)/16))
	}
	return tensor{DType: "F32", Shape: shape, data: string(data)}
}

// tiny is a whole network of 16 channels and four words.
func tiny() parts {
	return parts{
		"picture.0.weight": floats(8, 8, 3, 16), "picture.0.bias": floats(16),
		"picture.1.depthwise": floats(3, 3, 16),
		"picture.1.up.weight": floats(16, 32), "picture.1.up.bias": floats(32),
		"picture.1.down.weight": floats(32, 16), "picture.1.down.bias": floats(16),
		"picture.2.weight": floats(2, 2, 16, 16), "picture.2.bias": floats(16),
		"picture.hidden.weight": floats(32, 24), "picture.hidden.bias": floats(24),
		"picture.project.weight": floats(24, 16), "picture.project.bias": floats(16),
		"words.table": {DType: "I8", Shape: []int{4, 16}, data: strings.Repeat("\x01\xff\x05\x80", 16)}, "words.scale": floats(4),
		"words.wide.weight": floats(16, 40), "words.wide.bias": floats(40),
		"words.narrow.weight": floats(40, 16), "words.narrow.bias": floats(16),
		"words.skip.weight": floats(16, 16), "words.skip.bias": floats(16),
	}
}

func TestLoadTakesSizesFromTheFile(t *testing.T) {
	e := mustLoad(t, tiny().file(t, nil))
	if !strings.HasPrefix(e.Model(), "tiny-") || e.Dim() != 16 || len(e.pictures.layers) != 3 || e.pictures.stages[0].grid != (grid{10, 10, 16}) {
		t.Errorf("model %s, dim %d, %d layers, output %v", e.Model(), e.Dim(), len(e.pictures.layers), e.pictures.stages[0].grid)
	}
	if v := encodeImages(t, e, drawing("disc", 1)); len(v[0]) != 16 {
		t.Errorf("%d components", len(v[0]))
	}
}

// TestStages: the hidden layer's width says how many stages it sees, and what it
// sees of them does not depend on the rest.
func TestStages(t *testing.T) {
	p := tiny()
	last := encodeImages(t, mustLoad(t, p.file(t, nil)), drawing("disc", 1))
	p["picture.hidden.weight"] = floats(64, 24)
	e := mustLoad(t, p.file(t, nil))
	if len(e.pictures.stages) != 2 || e.pictures.stages[0].grid != (grid{20, 20, 16}) || e.pictures.stages[0].at != 32 || e.pictures.stages[1].at != 0 {
		t.Fatalf("stages %+v", e.pictures.stages)
	}
	if both := encodeImages(t, e, drawing("disc", 1)); distance(both[0], last[0]) < 1e-3 {
		t.Error("the first stage changes nothing")
	}
	narrow := p["picture.hidden.weight"]
	narrow.data = narrow.data[:32*24*4] + strings.Repeat("\x00", 32*24*4) // nothing of the first stage
	p["picture.hidden.weight"] = narrow
	if zero := encodeImages(t, mustLoad(t, p.file(t, nil)), drawing("disc", 1)); distance(zero[0], last[0]) > 1e-6 {
		t.Error("the last stage is not the first part of the hidden layer's input")
	}
}

// TestRoundedMatrices: int8 with a scale a column is the same matrix.
func TestRoundedMatrices(t *testing.T) {
	whole, rounded := parts{}, parts{}
	whole["m.weight"] = floats(3, 4)
	w := &weights{tensors: whole}
	scale := []float32{1. / 16, 1. / 32, 1. / 8, 1. / 16}
	var bytes, scales []byte
	for i, v := range w.matrix("m", 3, 4) {
		bytes = append(bytes, byte(int8(math.Round(float64(v/scale[i%4])))))
	}
	for _, s := range scale {
		scales = binary.LittleEndian.AppendUint32(scales, math.Float32bits(s))
	}
	rounded["m.weight"] = tensor{DType: "I8", Shape: []int{3, 4}, data: string(bytes)}
	rounded["m.scale"] = tensor{DType: "F32", Shape: []int{4}, data: string(scales)}
	r := &weights{tensors: rounded}
	for i, v := range r.matrix("m", 3, 4) {
		if want := w.matrix("m", 3, 4)[i]; math.Abs(float64(v-want)) > float64(scale[i%4])/2+1e-7 {
			t.Errorf("number %d is %g, want %g", i, v, want)
		}
	}
	if w.err != nil || r.err != nil {
		t.Error(w.err, r.err)
	}
}

func mustLoad(t *testing.T, file string) *Encoder {
	t.Helper()
	e, err := load(file)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestCutOrDamagedWeights(t *testing.T) {
	whole := tiny().file(t, nil)
	for n := 0; n < len(whole); n += 1 + n/50 {
		if _, err := load(whole[:n]); !errors.Is(err, ErrWeights) {
			t.Fatalf("%d of %d bytes: error %v", n, len(whole), err)
		}
	}
	for at := 8; at < len(whole); at += 61 {
		damaged := whole[:at] + string(whole[at]^0x10) + whole[at+1:]
		if _, err := load(damaged); err != nil && !errors.Is(err, ErrWeights) {
			t.Fatalf("byte %d: error %v", at, err)
		} else if err == nil && at > 8+strings.Index(whole[8:], "}}") {
			t.Fatalf("byte %d: damage goes unseen", at)
		}
	}
}

func TestWeightsOfAnotherNetwork(t *testing.T) {
	cases := map[string]struct {
		edit func(p parts)
		says string
	}{
		"no stem":              {func(p parts) { delete(p, "picture.0.weight") }, "picture.0.weight"},
		"no hidden layer":      {func(p parts) { delete(p, "picture.hidden.weight") }, "picture.hidden.weight"},
		"no bias":              {func(p parts) { delete(p, "picture.2.bias") }, "picture.2.bias"},
		"wrong scale":          {func(p parts) { p["picture.2.scale"] = floats(8) }, "picture.2"},
		"scale of no bytes":    {func(p parts) { p["picture.2.scale"] = floats(16) }, "picture.2.weight"},
		"no words":             {func(p parts) { delete(p, "words.table") }, "words.table"},
		"no scale":             {func(p parts) { delete(p, "words.scale") }, "words.scale"},
		"scale of a table":     {func(p parts) { p["words.scale"] = floats(2, 2) }, "words.scale"},
		"table of floats":      {func(p parts) { p["words.table"] = floats(4, 16) }, "words.table"},
		"short table":          {func(p parts) { p["words.scale"] = floats(5) }, "words.table"},
		"bytes for floats":     {func(p parts) { p["picture.0.bias"] = p["words.table"] }, "picture.0.bias"},
		"stem of four colours": {func(p parts) { p["picture.0.weight"] = floats(8, 8, 4, 16) }, "picture.0"},
		"oblong kernel":        {func(p parts) { p["picture.2.weight"] = floats(2, 1, 16, 16) }, "picture.2"},
		"kernel too large":     {func(p parts) { p["picture.2.weight"] = floats(30, 30, 16, 16) }, "picture.2"},
		"part of a tile":       {func(p parts) { p["picture.2.weight"] = floats(2, 2, 16, 8) }, "tiles"},
		"odd pixels":           {func(p parts) { p["picture.2.weight"] = floats(3, 3, 16, 16) }, "tiles"},
		"narrow block":         {func(p parts) { p["picture.1.down.weight"] = floats(16, 16) }, "picture.1.down.weight"},
		"depthwise of others":  {func(p parts) { p["picture.1.depthwise"] = floats(3, 3, 8) }, "picture.1.depthwise"},
		"hidden misfit":        {func(p parts) { p["picture.hidden.weight"] = floats(30, 24) }, "last layers"},
		"project misfit":       {func(p parts) { p["picture.project.weight"] = floats(24, 8); p["picture.project.bias"] = floats(8) }, "last layers"},
		"words misfit":         {func(p parts) { p["words.narrow.weight"] = floats(30, 16) }, "word tower"},
		"infinite": {func(p parts) {
			p["words.skip.bias"] = tensor{DType: "F16", Shape: []int{16}, data: strings.Repeat("\x00\x7c", 16)}
		}, "not finite"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			p := tiny()
			c.edit(p)
			_, err := load(p.file(t, nil))
			if !errors.Is(err, ErrWeights) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("error %v, want one about %s", err, c.says)
			}
		})
	}
}

func TestHeaders(t *testing.T) {
	meta := func(key, value string) func(map[string]any) {
		return func(h map[string]any) { h["__metadata__"].(map[string]string)[key] = value }
	}
	entry := func(x any) func(map[string]any) { return func(h map[string]any) { h["words.scale"] = x } }
	cases := map[string]struct {
		edit func(map[string]any)
		says string
	}{
		"other picture size": {meta("side", "224"), "224"},
		"no dim":             {meta("dim", ""), "dim"},
		"negative dim":       {meta("dim", "-1"), "dim"},
		"renamed":            {meta("model", "tiny-00000000"), "tiny-00000000"},
		"no metadata":        {func(h map[string]any) { delete(h, "__metadata__") }, "metadata"},
		"entry of text":      {entry("F32"), "words.scale"},
		"unknown type":       {entry(tensor{DType: "F64", Shape: []int{2}, Offsets: [2]int{0, 16}}), "F64"},
		"outside":            {entry(tensor{DType: "F32", Shape: []int{4}, Offsets: [2]int{1 << 40, 1<<40 + 16}}), "bytes"},
		"backwards":          {entry(tensor{DType: "F32", Shape: []int{4}, Offsets: [2]int{16, 0}}), "bytes"},
		"before the start":   {entry(tensor{DType: "F32", Shape: []int{4}, Offsets: [2]int{-16, 0}}), "bytes"},
		"wrong shape":        {entry(tensor{DType: "F32", Shape: []int{3}, Offsets: [2]int{0, 16}}), "shape"},
		"overflowing shape":  {entry(tensor{DType: "F32", Shape: []int{1 << 31, 1 << 31, 4}, Offsets: [2]int{0, 16}}), "shape"},
		"negative shape":     {entry(tensor{DType: "F32", Shape: []int{-2, -2}, Offsets: [2]int{0, 16}}), "shape"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := load(tiny().file(t, c.edit))
			if !errors.Is(err, ErrWeights) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("error %v, want one about %s", err, c.says)
			}
		})
	}
}

func TestHalf(t *testing.T) {
	for bits, want := range map[uint16]float32{
		0x0000: 0, 0x3c00: 1, 0xc000: -2, 0x7bff: 65504, 0x0400: 1. / (1 << 14), 0x0001: 1. / (1 << 24), 0x83ff: -1023. / (1 << 24), 0x3555: .333251953125,
	} {
		if got := half(bits); got != want {
			t.Errorf("half(%#04x) = %g, want %g", bits, got, want)
		}
	}
	if !math.IsInf(float64(half(0xfc00)), -1) || !math.IsNaN(float64(half(0x7e00))) {
		t.Error("half loses infinity or not a number")
	}
}

// FuzzHeader: whatever a header says, loading fails cleanly or works.
func FuzzHeader(f *testing.F) {
	whole := tiny().file(f, nil)
	size := binary.LittleEndian.Uint64([]byte(whole[:8]))
	f.Add(whole[8 : 8+size])
	f.Add(`{"__metadata__":{"model":"m-e3b0c442","dim":"1","side":"80"}}`)
	f.Add(`{"a":{"dtype":"I8","shape":[],"data_offsets":[0,1]}}`)
	f.Fuzz(func(t *testing.T, header string) {
		file := string(binary.LittleEndian.AppendUint64(nil, uint64(len(header)))) + header + whole[8+size:]
		e, err := load(file)
		if err != nil && !errors.Is(err, ErrWeights) || err == nil && e.Dim() < 1 {
			t.Errorf("error %v", err)
		}
	})
}
