//go:build race

package turns

// racing skips the demo shop, whose pictures take a minute to draw under the race
// detector; nothing here runs beside anything.
const racing = true
