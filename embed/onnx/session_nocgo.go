//go:build !cgo

package onnx

import "context"

// session is what a program without cgo cannot have.
type session struct{}

func startRuntime(string) error { return ErrNoCgo }

func inspect(string) (takes, gives []port, err error) { return nil, nil, ErrNoCgo }

func openSession(string, []string, string, int) (*session, error) { return nil, ErrNoCgo }

func (*session) close() error { return nil }

func (*session) run(context.Context, []tensor) ([]float32, []int64, error) { return nil, nil, ErrNoCgo }
