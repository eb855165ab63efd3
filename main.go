// Honeyguide gives any shop its own image-aware shopping assistant.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"
)

type cli struct {
	Serve serveCmd `cmd:"" help:"Serve the API and the pages."`
	Demo  demoCmd  `cmd:"" help:"Serve with a ready demo store, drawn on the spot."`
	Sync  syncCmd  `cmd:"" help:"Sync a feed into a store, without a server."`
	Store struct {
		Create storeCreateCmd `cmd:"" help:"Make a store and print its keys."`
		List   storeListCmd   `cmd:"" help:"List the stores."`
	} `cmd:"" help:"Stores."`
	Key struct {
		Create keyCreateCmd `cmd:"" help:"Make another key of a store and print it."`
	} `cmd:"" help:"Keys."`
	Index struct {
		Check   indexCheckCmd   `cmd:"" help:"Compare an outside index with the database; fails when they differ."`
		Rebuild indexRebuildCmd `cmd:"" help:"Make an outside index anew from the database, without a pause."`
	} `cmd:"" help:"The index of vectors."`
	Model struct {
		List modelListCmd `cmd:"" help:"List the models that can be fetched by name."`
		Pull modelPullCmd `cmd:"" help:"Fetch a model, checked by its digest; goes on where it broke off."`
	} `cmd:"" help:"Models for ONNX Runtime."`
	Health healthCmd `cmd:"" help:"Ask a running server whether it can serve; fails when not."`
	Eval   struct {
		Retrieval evalRetrievalCmd `cmd:"" help:"Measure how well queries find what they should."`
		Matched   evalMatchedCmd   `cmd:"" help:"Measure how well photos of what a store sells are told from others."`
		Regions   evalRegionsCmd   `cmd:"" help:"Measure how well the things in a photo are found, by annotated photos."`
		Turns     evalTurnsCmd     `cmd:"" help:"Measure how well conversations go, by cases in plain text."`
		Sets      evalSetsCmd      `cmd:"" help:"Build evaluation sets from the public data sets that the project is measured on."`
	} `cmd:"" help:"Measure quality."`
}

// Exit statuses of every command.
const (
	exitOK     = 0
	exitFailed = 1
	exitUsage  = 2
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// streams are where commands write: results to out, everything else to err.
type streams struct{ out, err io.Writer }

// run is the whole program but for signals and the process's exit.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	helped := false
	parser, err := kong.New(&cli{}, kong.Name("honeyguide"),
		kong.Description("A shop's own image-aware shopping assistant. «honeyguide demo» shows it."),
		kong.Writers(stdout, stderr), kong.Exit(func(int) { helped = true }), // kong exits only for --help
		kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(streams{stdout, stderr}))
	if err != nil {
		fmt.Fprintln(stderr, "honeyguide:", oneLine(err))
		return exitFailed
	}
	command, err := parser.Parse(args)
	if helped {
		return exitOK
	}
	if err != nil {
		fmt.Fprintf(stderr, "honeyguide: %s (honeyguide --help lists the commands)\n", oneLine(err))
		return exitUsage
	}
	err = command.Run()
	var usage usageError
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, context.Canceled) && ctx.Err() != nil:
		err = errors.New("interrupted")
	}
	fmt.Fprintln(stderr, "honeyguide:", oneLine(err))
	if errors.As(err, &usage) {
		return exitUsage
	}
	return exitFailed
}

// usageError is a wrong use that only the command itself can see.
type usageError struct{ error }

// oneLine is an error in one line, also where it is several.
func oneLine(err error) string {
	lines := strings.FieldsFunc(err.Error(), func(r rune) bool { return r == '\n' || r == '\r' })
	return strings.Join(lines, "; ")
}
