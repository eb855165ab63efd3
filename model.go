package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"honeyguide/embed/hub"
)

type modelListCmd struct{}

// Run prints the models that can be fetched by name, in both languages.
func (*modelListCmd) Run(to streams) error {
	w := tabwriter.NewWriter(to.out, 0, 0, 2, ' ', 0)
	for _, m := range hub.Models() {
		fmt.Fprintf(w, "%s\t%d MB\t%s\t%s\n\t\t\t%s\n", m.Name, m.Megabytes, m.License, m.English, m.Chinese)
	}
	return w.Flush()
}

type modelPullCmd struct {
	Name string `arg:"" help:"The model's name, as «honeyguide model list» shows it."`
	To   string `help:"Folder for the model's files; models/NAME in the data folder if it is not given." type:"path"`
	Data string `help:"The data folder." default:"./data" env:"HONEYGUIDE_DATA" type:"path"`
	Hub  string `help:"Address of Hugging Face or of a mirror." default:"https://huggingface.co" env:"HONEYGUIDE_MODEL_HUB"`
}

// Run fetches a model, with a progress bar and the checks on standard error, and prints its folder.
func (c *modelPullCmd) Run(ctx context.Context, to streams) error {
	model, err := findModel(hub.Models(), c.Name)
	if err != nil {
		return err
	}
	return c.pull(ctx, to, model)
}

func findModel(models []hub.Model, name string) (hub.Model, error) {
	var names []string
	for _, m := range models {
		if m.Name == name {
			return m, nil
		}
		names = append(names, m.Name)
	}
	return hub.Model{}, usageError{fmt.Errorf("there is no model %q; there are %s", name, strings.Join(names, ", "))}
}

func (c *modelPullCmd) pull(ctx context.Context, to streams, m hub.Model) error {
	folder := c.To
	if folder == "" {
		folder = filepath.Join(c.Data, "models", m.Name)
	}
	fmt.Fprintf(to.err, "%s\n%s\nlicence: %s; about %d MB from %s at %s\n", m.English, m.Chinese, m.License, m.Megabytes, m.Repository, m.Revision[:min(len(m.Revision), 12)])
	stage := stageBar(to)
	files, err := hub.Pull(ctx, hub.Options{Model: m, Folder: folder, Base: c.Hub, Progress: func(file string, done, total int64) {
		stage(file, int(done>>10), int(max(total, done)>>10)) // in KB
	}})
	for _, f := range files {
		state := "there already"
		if f.New {
			state = "fetched"
		}
		fmt.Fprintf(to.err, "%s: %s, %d bytes; checked by %s\n", f.Path, state, f.Size, f.Check)
	}
	if errors.Is(err, hub.ErrOptions) {
		return usageError{err}
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(to.out, folder)
	return err
}
