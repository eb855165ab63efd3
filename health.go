package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

type healthCmd struct {
	URL string `help:"Address of the server." default:"http://127.0.0.1:8080" env:"HONEYGUIDE_URL"`
}

// Run asks a server whether it can serve. Its exit status is the answer.
func (c *healthCmd) Run(ctx context.Context, to streams) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimSuffix(c.URL, "/")+"/readyz", nil)
	if err != nil {
		return usageError{fmt.Errorf("--url: %w", err)}
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		said, _ := io.ReadAll(io.LimitReader(answer.Body, 200)) // whatever it says
		return fmt.Errorf("not ready: %s %s", answer.Status, said)
	}
	fmt.Fprintln(to.out, "ready")
	return nil
}
