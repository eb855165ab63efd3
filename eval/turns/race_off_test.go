//go:build !race

package turns

// racing is false: without the race detector, the cases are played.
const racing = false
