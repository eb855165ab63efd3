package builtin

import "golang.org/x/sys/cpu"

// tile computes one tile of a product; see tileGo.
func tile(dst, x, panel, bias []float32, in, out int, t then) {
	if cpu.X86.HasAVX2 && cpu.X86.HasFMA {
		_, _ = dst[(tileRows-1)*out+tileColumns-1], x[tileRows*in-1]
		tileAVX2(&dst[0], &x[0], &panel[0], &bias[0], in, out, int(t))
		return
	}
	tileGo(dst, x, panel, bias, in, out, t)
}

// tileAVX2 is tileGo with fused multiplications. It reads and writes what the
// lengths of its arguments' tiles say, unchecked.
//
//go:noescape
func tileAVX2(dst, x, panel, bias *float32, in, out, then int)
