package truth

import "testing"

func BenchmarkJudge(b *testing.B) {
	all := cases(b, "cases.txt")
	gates := make([]*Gate, len(all))
	for i, s := range all {
		gates[i] = s.fresh()
	}
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		g := gates[i%len(all)]
		clear(g.seen)
		g.asks, g.spoken = 0, g.spoken[:0]
		g.Judge(all[i%len(all)].text, nil)
		i++
	}
}

func BenchmarkNew(b *testing.B) {
	all := cases(b, "cases.txt")
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		all[i%len(all)].fresh()
		i++
	}
}
