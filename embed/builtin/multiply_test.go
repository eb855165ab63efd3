package builtin

import (
	"fmt"
	"math"
	"testing"

	"github.com/viterin/vek/vek32"
)

// numbers fills a slice with small numbers of both signs.
func numbers(n int, state uint32) []float32 {
	out := make([]float32, n)
	for i := range out {
		state = state*1664525 + 1013904223
		out[i] = float32(int32(state)>>8) / (1 << 23)
	}
	return out
}

// product is a pointwise layer and its plain weights, in × out.
func product(in, out int) (pointwise, []float32) {
	weight := numbers(in*out, 1)
	p := pointwise{in: in, out: out, panels: pack(weight, in, out), bias: numbers(out, 2)}
	return p, weight
}

func TestPointwise(t *testing.T) {
	for _, size := range [][3]int{{5, 1, 16}, {5, 3, 32}, {10, 7, 48}, {25, 224, 32}, {100, 96, 288}, {1005, 96, 80}} { // the last on two cores
		rows, in, out := size[0], size[1], size[2]
		p, weight := product(in, out)
		x := numbers(rows*in, 3)
		for _, after := range []then{replace, rectify, add} {
			t.Run(fmt.Sprint(size, after), func(t *testing.T) {
				before := numbers(rows*out+64, 4)
				dst := append([]float32(nil), before...)
				p.apply(dst[32:32+rows*out], x, after)
				for i := range dst {
					want := float64(before[i])
					if at := i - 32; 0 <= at && at < rows*out {
						want = plainProduct(&p, weight, x, at, want, after)
					}
					if math.Abs(float64(dst[i])-want) > 1e-5*float64(in+1) {
						t.Fatalf("number %d is %g, want %g", i-32, dst[i], want)
					}
				}
			})
		}
	}
}

// plainProduct computes one number in float64, by the definition.
func plainProduct(p *pointwise, weight, x []float32, at int, before float64, after then) float64 {
	row, column := at/p.out, at%p.out
	sum := float64(p.bias[column])
	for k := range p.in {
		sum += float64(x[row*p.in+k]) * float64(weight[k*p.out+column])
	}
	switch after {
	case rectify:
		return max(sum, 0)
	case add:
		return sum + before
	}
	return sum
}

// The plain tile is what other processors use.
func TestPlainTileAgrees(t *testing.T) {
	const in, out = 37, 48
	p, _ := product(in, out)
	x := numbers(tileRows*in, 3)
	for _, after := range []then{replace, rectify, add} {
		fast, plain := numbers(tileRows*out, 4), numbers(tileRows*out, 4)
		for column := 0; column < out; column += tileColumns {
			panel, bias := p.panels[column*in:][:in*tileColumns], p.bias[column:][:tileColumns]
			tile(fast[column:], x, panel, bias, in, out, after)
			tileGo(plain[column:], x, panel, bias, in, out, after)
		}
		if d := distance(fast, plain); d > 1e-5 {
			t.Errorf("then %d: tiles differ by %g", after, d)
		}
	}
}

func TestRowsAreIndependent(t *testing.T) {
	p, _ := product(96, 32)
	x := numbers(100*96, 5)
	whole, part := make([]float32, 100*32), make([]float32, 5*32)
	p.apply(whole, x, rectify)
	for row := 0; row < 100; row += 5 {
		p.apply(part, x[row*96:(row+5)*96], rectify)
		if distance(part, whole[row*32:(row+5)*32]) != 0 {
			t.Fatalf("row %d differs by itself", row)
		}
	}
}

func TestPointwiseRefusesParts(t *testing.T) {
	p, _ := product(4, 16)
	for name, sizes := range map[string][2]int{"part of a row": {16 * 5, 19}, "part of a tile": {16 * 4, 16}, "short result": {16 * 4, 20}} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			p.apply(make([]float32, sizes[0]), make([]float32, sizes[1]), replace)
		})
	}
}

func TestDepthwise(t *testing.T) {
	for _, g := range []grid{{5, 5, 4}, {1, 1, 3}, {2, 7, 1}, {20, 20, 32}} {
		taps, x := numbers(9*g.channels, 6), numbers(g.len(), 7)
		var d depthwise
		for tap := range d {
			for range g.width {
				d[tap] = append(d[tap], taps[tap*g.channels:(tap+1)*g.channels]...)
			}
		}
		got := make([]float32, g.len())
		d.apply(got, x, make([]float32, g.width*g.channels), g)
		for i := range got {
			row, column, channel := i/g.channels/g.width, i/g.channels%g.width, i%g.channels
			want := 0.
			for tap := range 9 {
				r, c := row+tap/3-1, column+tap%3-1
				if 0 <= r && r < g.height && 0 <= c && c < g.width {
					want += float64(taps[tap*g.channels+channel]) * float64(x[(r*g.width+c)*g.channels+channel])
				}
			}
			if math.Abs(float64(got[i])-want) > 1e-5 {
				t.Fatalf("%v: number %d is %g, want %g", g, i, got[i], want)
			}
		}
	}
}

func BenchmarkPointwise(b *testing.B) {
	for _, size := range [][3]int{{400, 192, 32}, {400, 32, 96}, {100, 96, 288}, {25, 672, 224}} {
		rows, in, out := size[0], size[1], size[2]
		p, weight := product(in, out)
		x, dst := numbers(rows*in, 3), make([]float32, rows*out)
		rate := func(b *testing.B) {
			b.ReportMetric(2*float64(rows*in*out)*float64(b.N)/float64(b.Elapsed().Nanoseconds()), "GFLOP/s")
		}
		b.Run(fmt.Sprint(size, "tile"), func(b *testing.B) {
			for b.Loop() {
				p.apply(dst, x, replace)
			}
			rate(b)
		})
		b.Run(fmt.Sprint(size, "vek"), func(b *testing.B) {
			for b.Loop() {
				vek32.MatMul_Into(dst, x, weight, in)
			}
			rate(b)
		})
	}
}
