package intent

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
)

// encode writes a model in the form that decode reads.
func (m *model) encode(w io.Writer) error {
	zip, err := gzip.NewWriterLevel(w, gzip.BestCompression)
	if err != nil {
		return err
	}
	m.Features = len(m.Hashes)
	head, err := json.Marshal(m)
	if err != nil {
		return err
	}
	body, before := append(head, '\n'), uint32(0)
	for _, hash := range m.Hashes {
		body = binary.AppendUvarint(body, uint64(hash-before))
		before = hash
	}
	n := len(m.Labels)
	for label := range n {
		for row := range m.Hashes {
			body = append(body, byte(m.Weights[row*n+label]))
		}
	}
	if _, err := zip.Write(body); err != nil {
		return err
	}
	return zip.Close()
}

func TestModelComesBackAsWritten(t *testing.T) {
	m := &model{Labels: []string{"a", "b/c"}, Bias: []float32{1, -2}, Temperature: 1.5, Scale: 0.25, Phrasings: "x",
		Hashes: []uint32{7, 8, 1 << 31}, Weights: []int8{1, -1, 0, 127, -127, 5}}
	var file bytes.Buffer
	if err := m.encode(&file); err != nil {
		t.Fatal(err)
	}
	got, err := decode(&file)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(got.Hashes, m.Hashes) || !slices.Equal(got.Weights, m.Weights) || !slices.Equal(got.Labels, m.Labels) ||
		!slices.Equal(got.Bias, m.Bias) || got.Temperature != 1.5 || got.Scale != 0.25 {
		t.Errorf("wrote %+v, read %+v", m, got)
	}
}

func TestDamagedWeightsAreErrors(t *testing.T) {
	zip := func(text string) string {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		w.Write([]byte(text))
		w.Close()
		return b.String()
	}
	head := `{"Labels":["a"],"Bias":[0],"Temperature":1,"Scale":1,"Features":`
	for name, file := range map[string]string{
		"empty":                "",
		"not gzip":             "weights",
		"cut short":            weightsFile[:len(weightsFile)/2],
		"no head":              zip(""),
		"head not JSON":        zip("{\n"),
		"no labels":            zip("{}\n"),
		"bias of another size": zip(`{"Labels":["a"],"Temperature":1}` + "\n"),
		"no temperature":       zip(`{"Labels":["a"],"Bias":[0]}` + "\n"),
		"too many features":    zip(head + "9999999}\n"),
		"features missing":     zip(head + "2}\n\x01"),
		"weights missing":      zip(head + "2}\n\x01\x01\x05"),
	} {
		if _, err := decode(strings.NewReader(file)); !errors.Is(err, errModel) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
