//go:build race

package demo

// every thins out the pictures that tests draw: the race detector makes drawing
// ten times slower, and each picture is drawn by one goroutine alone.
const every = 8
