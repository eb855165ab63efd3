package builtin

import (
	"fmt"
	"runtime"
	"sync"
)

// The products of a grid's pixels with a layer's weights are nine tenths of the
// encoder's work. They are cut into tiles of tileRows pixels by tileColumns
// outputs, whose sums stay in registers. vek32.MatMul loads and stores its sums
// at every step, which takes more than twice as long (BenchmarkPointwise).
const (
	tileRows    = 5 // divides 20×20, 10×10 and 5×5 pixels
	tileColumns = 16
)

// worthSharing is from how many multiplications on, some 100 µs of them, half a
// product is given to another core. No layer over a picture of side×side pixels has
// as many: there each core has pictures of its own.
const worthSharing = 3 << 20

// After a product, its result replaces dst, replaces it with what is above
// zero, or is added to dst.
type then int

const (
	replace then = iota
	rectify
	add
)

// pointwise is a layer over each pixel of a grid: x·weight + bias.
type pointwise struct {
	in, out int
	panels  []float32 // (out/tileColumns) × in × tileColumns
	bias    []float32
}

// newPointwise reads a matrix of in × out for a grid of some pixels.
func newPointwise(w *weights, name string, in, out, pixels int) pointwise {
	p := pointwise{in: in, out: out}
	if out%tileColumns != 0 || pixels%tileRows != 0 {
		w.fail("%s: %d pixels by %d outputs do not fill tiles of %d×%d", name, pixels, out, tileRows, tileColumns)
	}
	weight := w.matrix(name, in, out)
	p.bias = w.floats(name+".bias", out)
	if w.err == nil {
		p.panels = pack(weight, in, out)
	}
	return p
}

// pack cuts a matrix of in × out into panels of tileColumns columns, each of
// which lies together in memory.
func pack(weight []float32, in, out int) []float32 {
	panels := make([]float32, 0, in*out)
	for column := 0; column < out; column += tileColumns {
		for row := range in {
			panels = append(panels, weight[row*out+column:][:tileColumns]...)
		}
	}
	return panels
}

// apply multiplies the rows of x, of which there must be whole tiles. Each
// row's result depends on that row alone.
func (p *pointwise) apply(dst, x []float32, t then) {
	rows := len(x) / p.in
	if rows*p.in != len(x) || rows*p.out != len(dst) || rows%tileRows != 0 {
		panic(fmt.Sprintf("builtin: %d numbers by %d×%d into %d", len(x), p.in, p.out, len(dst)))
	}
	half := rows / tileRows / 2 * tileRows
	if half*p.in*p.out < worthSharing || runtime.GOMAXPROCS(0) == 1 {
		p.tiles(dst, x, rows, t)
		return
	}
	var other sync.WaitGroup
	other.Go(func() { p.tiles(dst, x, half, t) })
	p.tiles(dst[half*p.out:], x[half*p.in:], rows-half, t)
	other.Wait()
}

// tiles multiplies so many rows of x.
func (p *pointwise) tiles(dst, x []float32, rows int, t then) {
	for column := 0; column < p.out; column += tileColumns {
		panel, bias := p.panels[column*p.in:][:p.in*tileColumns], p.bias[column:][:tileColumns]
		for row := 0; row < rows; row += tileRows {
			tile(dst[row*p.out+column:], x[row*p.in:], panel, bias, p.in, p.out, t)
		}
	}
}

// tileGo computes one tile: tileRows rows of x, a panel's columns. The rows of
// x are in apart, those of dst out apart.
func tileGo(dst, x, panel, bias []float32, in, out int, t then) {
	for row := range tileRows {
		var sum [tileColumns]float32
		copy(sum[:], bias)
		for k, v := range x[row*in:][:in] {
			for j, weight := range panel[k*tileColumns:][:tileColumns] {
				sum[j] += v * weight
			}
		}
		to := dst[row*out:][:tileColumns]
		for j, v := range sum {
			switch t {
			case rectify:
				v = max(v, 0)
			case add:
				v += to[j]
			}
			to[j] = v
		}
	}
}
