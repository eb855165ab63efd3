package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"honeyguide/catalog"
	"honeyguide/embed"
	"honeyguide/embed/builtin"
)

// makers are the encoders that are configured, and the way back to those that
// made the vectors that are there: how each model was opened is kept in the data
// folder, without keys, and the weights of built-in ones with it.
type makers struct {
	joint embed.Joint
	texts embed.Texts      // nil: joint is asked
	eyes  *builtin.Encoder // finds the parts of photos, whoever makes the vectors

	settings Encoder
	folder   string // of what is kept
	log      *slog.Logger
	closers  []func() error
}

// maker is how the encoders of one model are opened.
type maker struct {
	Encoder Encoder `json:"encoder"`
	Picture string  `json:"picture"` // the model of pictures
	Dim     int     `json:"dim"`     // of the endpoint's vectors, if there is one
}

// makersFile lists makers by model.
const makersFile = "models.json"

func (s *Storage) openMakers(ctx context.Context, log *slog.Logger) (*makers, error) {
	m := &makers{settings: s.Encoder, folder: filepath.Join(s.Data, "encoders"), log: log}
	known, err := m.known()
	if err != nil {
		return nil, err
	}
	if e := &m.settings; e.URL == "" && e.Model != "" {
		if e.Model, err = filepath.Abs(e.Model); err != nil { // the same from wherever it is started
			return nil, err
		}
	}
	for _, k := range known { // so that an endpoint that is known need not be up
		if e := &m.settings; e.URL != "" && e.Dim == 0 && e.URL == k.Encoder.URL && e.Model == k.Encoder.Model && e.Form == k.Encoder.Form && e.Prefix == k.Encoder.Prefix {
			e.Dim = k.Dim
		}
	}
	if m.joint, m.texts, err = m.open(ctx, m.settings); err != nil {
		return nil, errors.Join(err, m.Close())
	}
	here, ok := m.joint.(*builtin.Encoder)
	if !ok {
		if here, err = builtin.New(); err != nil {
			return nil, errors.Join(err, m.Close())
		}
	}
	m.eyes = here
	return m, nil
}

// regions finds the parts of a photo.
func (m *makers) regions(ctx context.Context, picture image.Image) ([]catalog.Region, error) {
	found, err := m.eyes.Regions(ctx, picture)
	parts := make([]catalog.Region, len(found))
	for i, f := range found {
		parts[i] = catalog.Region{Box: f.Box, Label: f.Label, Score: f.Score}
	}
	return parts, err
}

// open opens encoders, to be let go of with all others.
func (m *makers) open(ctx context.Context, e Encoder) (embed.Joint, embed.Texts, error) {
	joint, texts, close, err := e.open(ctx, m.log)
	m.closers = append(m.closers, close)
	return joint, texts, err
}

// Close lets go of all encoders. Nobody may use them any more.
func (m *makers) Close() error {
	var errs []error
	for _, close := range m.closers {
		errs = append(errs, close())
	}
	return errors.Join(errs...)
}

func (m *makers) model() string { return catalog.Model(m.joint, m.texts) }

// known reads the makers that are kept, by model.
func (m *makers) known() (map[string]maker, error) {
	data, err := os.ReadFile(filepath.Join(m.folder, makersFile))
	if errors.Is(err, fs.ErrNotExist) {
		return map[string]maker{}, nil
	}
	var known map[string]maker
	if err == nil {
		err = json.Unmarshal(data, &known)
	}
	if err != nil {
		return nil, fmt.Errorf("encoders of before: %w; without %s they are forgotten, and words answer until all vectors are made anew", err, makersFile)
	}
	return known, nil
}

// remember keeps how the configured encoders are opened.
func (m *makers) remember() error {
	known, err := m.known()
	if err != nil {
		return err
	}
	if here, ok := m.joint.(*builtin.Encoder); ok {
		if err := here.Save(m.folder); err != nil {
			return fmt.Errorf("keep the encoder: %w", err)
		}
	}
	now := maker{Encoder: m.settings, Picture: m.joint.Model()}
	switch now.Encoder.Key, now.Encoder.Library = "", ""; {
	case m.settings.URL != "" && m.texts != nil:
		now.Dim = m.texts.Dim()
	case m.settings.URL != "":
		now.Dim = m.joint.Dim()
	}
	if known[m.model()] == now {
		return nil
	}
	known[m.model()] = now
	data, err := json.MarshalIndent(known, "", "\t")
	if err != nil {
		return err
	}
	path := filepath.Join(m.folder, makersFile)
	return errors.Join(os.MkdirAll(m.folder, 0o700), os.WriteFile(path+".new", data, 0o600), os.Rename(path+".new", path))
}

// former opens the encoders of a model of before: by its settings, with the key
// of now, unless that is another endpoint's, and the library of now; a built-in one of an earlier
// version by the weights that it left here.
func (m *makers) former(ctx context.Context, model string) (embed.Joint, embed.Texts, error) {
	known, err := m.known()
	if err != nil {
		return nil, nil, err
	}
	was, ok := known[model]
	if !ok {
		return nil, nil, fmt.Errorf("it is not known how %s was opened", model)
	}
	e := was.Encoder
	if e.Library = m.settings.Library; e.URL != "" {
		e.Dim = was.Dim
	}
	if m.settings.URL == "" || m.settings.URL == e.URL {
		e.Key = m.settings.Key
	}
	joint, texts, err := m.open(ctx, e)
	if err != nil {
		return nil, nil, err
	}
	if _, here := joint.(*builtin.Encoder); here && joint.Model() != was.Picture {
		if joint, err = builtin.Open(m.folder, was.Picture); err != nil {
			return nil, nil, err
		}
	}
	if now := catalog.Model(joint, texts); now != model {
		return nil, nil, fmt.Errorf("what made %s is %s now", model, now)
	}
	return joint, texts, nil
}
