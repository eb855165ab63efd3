package intent

import (
	"bufio"
	"compress/gzip"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// errModel marks a file of weights that is cut short or damaged.
var errModel = errors.New("broken intent weights")

// model is what training gives. Its file is gzipped: a line of JSON, the gaps between
// the features' hashes as varints, and the rows of weights, label by label.
type model struct {
	Labels      []string
	Bias        []float32 // by label
	Temperature float64   // divides the scores, so that probabilities are true
	Scale       float32   // of a step of the weights
	Phrasings   string    // hash of what it was trained on
	Hashes      []uint32  `json:"-"` // of the features, ascending
	Weights     []int8    `json:"-"` // a row of labels for every feature
	Features    int       // how many
}

// maxFeatures bounds what a damaged file can ask for.
const maxFeatures = 1 << 20

// decode reads a model, or returns errModel.
func decode(r io.Reader) (*model, error) {
	zip, err := gzip.NewReader(r)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errModel, err)
	}
	in := bufio.NewReader(zip)
	head, err := in.ReadBytes('\n')
	if err != nil {
		return nil, fmt.Errorf("%w: head: %w", errModel, err)
	}
	m := &model{}
	if err := json.Unmarshal(head, m); err != nil {
		return nil, fmt.Errorf("%w: head: %w", errModel, err)
	}
	n := len(m.Labels)
	if n == 0 || len(m.Bias) != n || m.Features < 0 || m.Features > maxFeatures || !(m.Temperature > 0) {
		return nil, fmt.Errorf("%w: %d labels, %d features", errModel, n, m.Features)
	}
	m.Hashes = make([]uint32, m.Features)
	last := uint64(0)
	for i := range m.Hashes {
		gap, err := binary.ReadUvarint(in)
		if err != nil {
			return nil, fmt.Errorf("%w: features: %w", errModel, err)
		}
		last += gap
		m.Hashes[i] = uint32(last)
	}
	column := make([]byte, m.Features)
	m.Weights = make([]int8, m.Features*n)
	for label := range n {
		if _, err := io.ReadFull(in, column); err != nil {
			return nil, fmt.Errorf("%w: weights: %w", errModel, err)
		}
		for row, w := range column {
			m.Weights[row*n+label] = int8(w)
		}
	}
	return m, nil
}
