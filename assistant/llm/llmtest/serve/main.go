// Command serve runs a scripted language model, to try Honeyguide by hand against
// models that are slow, silent, lying or broken. The model's name picks the script:
// test-parrot, test-lying-en, test-silent and the others of llmtest.Named.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"

	"honeyguide/assistant/llm/llmtest"
)

func main() {
	addr := flag.String("addr", "127.0.0.1:9090", "where to listen")
	flag.Parse()
	s, err := llmtest.Listen(*addr, llmtest.Parrot())
	if err != nil {
		fmt.Fprintln(os.Stderr, "serve:", err)
		os.Exit(1)
	}
	defer s.Close()
	fmt.Println("a scripted model at", s.URL())
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	<-ctx.Done()
}
