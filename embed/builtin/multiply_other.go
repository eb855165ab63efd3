//go:build !amd64

package builtin

// tile computes one tile of a product; see tileGo.
func tile(dst, x, panel, bias []float32, in, out int, t then) {
	tileGo(dst, x, panel, bias, in, out, t)
}
