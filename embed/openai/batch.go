package openai

import (
	"context"
	"fmt"
	"slices"
	"unicode/utf8"

	"golang.org/x/sync/errgroup"

	"honeyguide/embed"
)

// shortText is how many characters a text is cut to at the least.
const shortText = 40

// encode makes the n inputs and returns their vectors. Batches go side by side,
// each making its own inputs, so that no more of them are in memory than are sent.
func (c *client) encode(ctx context.Context, n, batch int, kind string, inputAt func(int) (input, error)) ([]embed.Vector, error) {
	out := make([]embed.Vector, n)
	g, inner := errgroup.WithContext(ctx)
	g.SetLimit(c.o.Parallel)
	for from := 0; from < n && inner.Err() == nil; from += batch {
		to := min(from+batch, n)
		g.Go(func() error { return c.fill(inner, out, from, to, kind, inputAt) })
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("encode: %w", err)
	}
	return out, nil
}

// fill makes the inputs in [from, to) and writes their vectors to out.
func (c *client) fill(ctx context.Context, out []embed.Vector, from, to int, kind string, inputAt func(int) (input, error)) error {
	var inputs []input
	var at []int
	for i := from; i < to; i++ {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("encode: %w", err)
		}
		in, err := inputAt(i)
		switch {
		case err != nil:
			return fmt.Errorf("%s %d cannot be encoded: %w", kind, i, err)
		case in.blank():
			out[i] = make(embed.Vector, c.dim)
		default:
			inputs, at = append(inputs, in), append(at, i)
		}
	}
	if len(inputs) == 0 {
		return nil
	}
	s, err := c.send(ctx, inputs)
	if refused(err) {
		return fmt.Errorf("%s %d: %w", kind, at[s.failed], err)
	}
	if err != nil {
		return err
	}
	for k, i := range at {
		out[i] = s.vectors[k]
	}
	return nil
}

// sent is what became of inputs.
type sent struct {
	vectors []embed.Vector
	failed  int  // of an error: the first input of its request
	cut     bool // a text was too long and had to be cut
}

// send asks for inputs, by halves where they are too many: for BatchBytes, or for
// the endpoint, which is known once it has refused them together and taken them
// apart as they are.
func (c *client) send(ctx context.Context, inputs []input) (s sent, err error) {
	most := &c.habits(inputs).most
	var refusal error
	if c.fits(inputs, int(most.Load())) {
		s.vectors, refusal = c.ask(ctx, inputs)
		if !refused(refusal) {
			return s, refusal
		}
	}
	if len(inputs) == 1 {
		s.cut = true
		s.vectors, err = c.cut(ctx, inputs[0], refusal)
		return s, err
	}
	half := len(inputs) / 2
	first, err := c.send(ctx, inputs[:half])
	if err != nil {
		return first, err
	}
	second, err := c.send(ctx, inputs[half:])
	if err != nil {
		return sent{failed: half + second.failed}, err
	}
	s = sent{vectors: slices.Concat(first.vectors, second.vectors), cut: first.cut || second.cut}
	if refusal != nil && !s.cut {
		most.CompareAndSwap(0, int64(len(inputs)-half))
	}
	return s, nil
}

// fits tells whether inputs may go in one request to an endpoint that takes so many
// at most, or any number if that is 0.
func (c *client) fits(inputs []input, most int) bool {
	size := 0
	for _, in := range inputs {
		size += in.size()
	}
	return len(inputs) == 1 || size <= c.o.BatchBytes && (most == 0 || len(inputs) <= most)
}

// cut asks for shorter and shorter beginnings of a text that an endpoint refused, as
// endpoints do with what is longer than the model reads. The first refusal is the
// error of what is refused even when short.
func (c *client) cut(ctx context.Context, in input, refusal error) ([]embed.Vector, error) {
	for in = in.half(); utf8.RuneCountInString(in.text) >= shortText && !in.blank(); in = in.half() {
		vectors, err := c.ask(ctx, []input{in})
		if !refused(err) {
			return vectors, err
		}
	}
	return nil, refusal
}
