package photo

import (
	"math"
	"testing"
)

func TestToLab(t *testing.T) {
	convert := newToLab().convert
	for _, tc := range []struct {
		r, g, b uint8
		want    lab
	}{
		{255, 255, 255, lab{100, 0, 0}}, {0, 0, 0, lab{0, 0, 0}}, {119, 119, 119, lab{50.03, 0, 0}},
		{255, 0, 0, lab{53.24, 80.09, 67.20}}, {0, 255, 0, lab{87.73, -86.18, 83.18}}, {0, 0, 255, lab{32.30, 79.19, -107.86}},
		{3, 2, 1, lab{0.56, 0.15, 0.43}},
	} {
		if got := convert(tc.r, tc.g, tc.b); math.Sqrt(got.squared(tc.want)) > 0.1 {
			t.Errorf("%d %d %d: got %.2f, want %.2f", tc.r, tc.g, tc.b, got, tc.want)
		}
	}
}

// The pairs and their differences are published with the formula's implementation
// notes (Sharma, Wu and Dalal, 2005, table 1).
func TestDifferenceIsCIEDE2000(t *testing.T) {
	for _, tc := range []struct {
		p, q lab
		want float64
	}{
		{lab{50, 2.6772, -79.7751}, lab{50, 0, -82.7485}, 2.0425},
		{lab{50, 0, 0}, lab{50, -1, 2}, 2.3669},
		{lab{50, 2.4900, -0.0010}, lab{50, -2.4900, 0.0009}, 7.1792},
		{lab{50, 2.4900, -0.0010}, lab{50, -2.4900, 0.0011}, 7.2195},
		{lab{50, 2.5, 0}, lab{50, 0, -2.5}, 4.3065},
		{lab{50, 2.5, 0}, lab{73, 25, -18}, 27.1492},
		{lab{50, 2.5, 0}, lab{56, -27, -3}, 31.9030},
		{lab{60.2574, -34.0099, 36.2677}, lab{60.4626, -34.1751, 39.4387}, 1.2644},
		{lab{22.7233, 20.0904, -46.6940}, lab{23.0331, 14.9730, -42.5619}, 2.0373},
		{lab{90.8027, -2.0831, 1.4410}, lab{91.1528, -1.6435, 0.0447}, 1.4441},
		{lab{2.0776, 0.0795, -1.1350}, lab{0.9033, -0.0636, -0.5514}, 0.9082},
		{lab{40, 10, 10}, lab{40, 10, 10}, 0},
	} {
		for _, got := range []float64{tc.p.difference(tc.q), tc.q.difference(tc.p)} {
			if math.Abs(got-tc.want) > 0.0001 {
				t.Errorf("%v and %v: got %.4f, want %.4f", tc.p, tc.q, got, tc.want)
			}
		}
	}
}
