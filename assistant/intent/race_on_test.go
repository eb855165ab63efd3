//go:build race

package intent

// slow tells that the race detector makes learning take a minute. It is done by one
// goroutine alone.
const slow = true
