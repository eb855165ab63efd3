//go:build !race

package intent

// slow is false without the race detector: learning takes seconds.
const slow = false
