package embedtest

import (
	"context"
	"hash/fnv"
	"image"
	"math"
	"os"
	"os/exec"
	"strings"
	"testing"

	"honeyguide/embed"
)

// hashed is a correct, if meaningless, encoder, and each flaw makes it wrong.
type hashed struct{ flaw string }

func (h *hashed) Model() string { return "hashed" }
func (h *hashed) Dim() int      { return 8 }

func (h *hashed) EncodeTexts(ctx context.Context, texts []string) ([]embed.Vector, error) {
	return h.encode(ctx, len(texts), func(i int) []byte { return []byte(texts[i]) })
}

func (h *hashed) EncodeImages(ctx context.Context, pictures []image.Image) ([]embed.Vector, error) {
	return h.encode(ctx, len(pictures), func(i int) []byte {
		b := pictures[i].Bounds()
		pixels := []byte{byte(b.Dx()), byte(b.Dy())}
		for y := b.Min.Y; y < b.Max.Y; y += 5 {
			for x := b.Min.X; x < b.Max.X; x += 5 {
				red, green, blue, _ := pictures[i].At(x, y).RGBA()
				pixels = append(pixels, byte(red>>8), byte(green>>8), byte(blue>>8))
			}
		}
		return pixels
	})
}

func (h *hashed) encode(ctx context.Context, n int, bytes func(int) []byte) ([]embed.Vector, error) {
	if h.flaw == "deaf to cancel" {
		ctx = context.Background()
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	out := make([]embed.Vector, n)
	for i := range out {
		seed := bytes(i)
		switch {
		case h.flaw == "minds its batch":
			seed = append(seed, byte(n))
		case h.flaw == "minds its place":
			seed = append(seed, byte(i))
		case h.flaw == "blind":
			seed = nil
		}
		out[i] = direction(seed)
		switch {
		case h.flaw == "long":
			out[i][0] += 2
		case h.flaw == "not a number":
			out[i][3] = float32(math.NaN())
		case h.flaw == "shared" && i > 0:
			out[i] = out[0]
		case h.flaw == "short":
			out[i] = out[i][:7]
		}
	}
	if h.flaw == "drops one" && n > 1 {
		out = out[1:]
	}
	return out, nil
}

// direction is a unit vector that a hash chooses.
func direction(seed []byte) embed.Vector {
	f := fnv.New64a()
	f.Write(seed)
	state, v, square := f.Sum64(), make(embed.Vector, 8), 0.
	for i := range v {
		state = state*6364136223846793005 + 1442695040888963407
		v[i] = float32(int64(state)>>40) / (1 << 23)
		square += float64(v[i]) * float64(v[i])
	}
	for i := range v {
		v[i] /= float32(math.Sqrt(square))
	}
	return v
}

func TestCorrectEncoderPasses(t *testing.T) {
	h := &hashed{flaw: os.Getenv("EMBEDTEST_FLAW")}
	t.Run("texts", func(t *testing.T) { Texts(t, h) })
	t.Run("images", func(t *testing.T) { Images(t, h) })
}

// TestFlawsAreFound runs the suite over wrong encoders in another process,
// where it must fail both for texts and for pictures.
func TestFlawsAreFound(t *testing.T) {
	for _, flaw := range []string{"deaf to cancel", "minds its batch", "minds its place", "blind", "long", "not a number", "shared", "short", "drops one"} {
		t.Run(flaw, func(t *testing.T) {
			c := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestCorrectEncoderPasses$")
			c.Env = append(os.Environ(), "EMBEDTEST_FLAW="+flaw)
			said, err := c.CombinedOutput()
			for _, half := range []string{"texts", "images"} {
				if err == nil || !strings.Contains(string(said), "--- FAIL: TestCorrectEncoderPasses/"+half) {
					t.Errorf("%s: the flaw goes unseen: %v\n%s", half, err, said)
				}
			}
		})
	}
}
