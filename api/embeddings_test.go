package api

import (
	"encoding/base64"
	"encoding/binary"
	"math"
	"strings"
	"testing"
)

func dataURL(data []byte) string {
	return "data:image/jpeg;base64," + base64.StdEncoding.EncodeToString(data)
}

func TestEmbeddings(t *testing.T) {
	t.Parallel()
	k := makeStore(t, nil)
	embed := func(body map[string]any) *answer {
		t.Helper()
		return call(t, "POST", "/v1/embeddings", k.sk, body).want(200)
	}
	a := embed(map[string]any{"input": []any{"red dress", map[string]any{"image": dataURL(picture(red))}, "蓝色衬衫"}})
	a.is("object", "list").is("data.0.object", "embedding").is("data.2.index", 2).is("usage.prompt_tokens", 3).is("usage.total_tokens", 3)
	model := a.text("model")
	dim := a.length("data.0.embedding")
	for _, at := range []string{"data.0.embedding", "data.1.embedding", "data.2.embedding"} {
		var square float64
		list, _ := a.at(at).([]any)
		for _, x := range list {
			square += x.(float64) * x.(float64)
		}
		if len(list) != dim || math.Abs(square-1) > 1e-3 {
			t.Errorf("%s has %d numbers and length² %g", at, len(list), square)
		}
	}
	one := embed(map[string]any{"input": "red dress", "model": model, "dimensions": dim, "encoding_format": "float", "user": "u1"})
	if one.length("data") != 1 || one.at("data.0.embedding.0") != a.at("data.0.embedding.0") {
		t.Errorf("a single text differs from a list of it")
	}
	picture := embed(map[string]any{"input": map[string]any{"image": dataURL(picture(red))}})
	if picture.at("data.0.embedding.3") != a.at("data.1.embedding.3") {
		t.Errorf("a single picture differs from a list of it")
	}
	packed := embed(map[string]any{"input": "red dress", "encoding_format": "base64"})
	raw, err := base64.StdEncoding.DecodeString(packed.text("data.0.embedding"))
	if err != nil || len(raw) != 4*dim {
		t.Fatalf("%d bytes, %v", len(raw), err)
	}
	first := math.Float32frombits(binary.LittleEndian.Uint32(raw))
	if want := a.at("data.0.embedding.0").(float64); math.Abs(float64(first)-want) > 1e-6 {
		t.Errorf("base64 holds %g, want %g", first, want)
	}
}

func TestEmbeddingRefusals(t *testing.T) {
	t.Parallel()
	k := makeStore(t, nil)
	broken := picture(red)[:300]
	for _, c := range []struct {
		body     any
		location string
	}{
		{`{}`, "input"},
		{`{"input":[]}`, "input"},
		{`{"input":null}`, "input"},
		{`{"input":5}`, "input"},
		{`{"input":[[1,2,3]]}`, "input[0]"},
		{`{"input":["a",{"picture":"x"}]}`, "input[1]"},
		{`{"input":[` + strings.Repeat(`"a",`, 256) + `"a"]}`, "input"},
		{`{"input":"a","model":"text-embedding-3-small"}`, "model"},
		{`{"input":"a","dimensions":7}`, "dimensions"},
		{`{"input":"a","encoding_format":"hex"}`, "encoding_format"},
		{map[string]any{"input": []any{"a", map[string]any{"image": "https://shop.example/a.jpg"}}}, "input[1]"},
		{map[string]any{"input": []any{map[string]any{"image": "data:image/jpeg;base64,***"}}}, "input[0]"},
		{map[string]any{"input": []any{map[string]any{"image": dataURL(broken)}}}, "input[0]"},
		{map[string]any{"input": []any{map[string]any{"image": dataURL([]byte("GIF"))}}}, "input[0]"},
	} {
		a := call(t, "POST", "/v1/embeddings", k.sk, c.body).problem(422, "invalid")
		if got := a.text("errors.0.location"); !strings.HasPrefix(got, "input") && got != c.location || !strings.HasPrefix(c.location, got) {
			t.Errorf("%.60v: location %q, want %q", c.body, got, c.location)
		}
	}
	call(t, "POST", "/v1/embeddings", k.sk, `{"input":`).problem(400, "malformed")
}
