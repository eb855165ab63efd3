//go:build !race

package demo

// every is 1: without the race detector, tests draw all pictures.
const every = 1
