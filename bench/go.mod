module honeyguide/bench

go 1.26.0

replace honeyguide => ../

require (
	github.com/philippgille/chromem-go v0.7.0
	github.com/viterin/vek v0.4.3
	honeyguide v0.0.0-00010101000000-000000000000
)

require (
	github.com/chewxy/math32 v1.10.1 // indirect
	github.com/tphakala/simd v1.5.0 // indirect
	github.com/viterin/partial v1.1.0 // indirect
	golang.org/x/exp v0.0.0-20261011100332-faecfb24eb49 // indirect
	golang.org/x/sys v0.49.0 // indirect
)
