//go:build cgo

package onnx

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	ort "github.com/yalue/onnxruntime_go"
)

// environment is the process's ONNX Runtime: the library can be loaded once, by
// the nature of shared libraries, so this is the one place for it.
var environment struct {
	sync.Mutex
	library string // the path it was loaded by
}

// startRuntime loads the library, unless it is loaded. It is never unloaded:
// its threads may outlive its last session.
func startRuntime(library string) error {
	environment.Lock()
	defer environment.Unlock()
	if ort.IsInitialized() {
		if library != "" && !slices.Contains(candidatesFor(library), environment.library) {
			return fmt.Errorf("%w: this process has loaded %s, and a process has one: %s needs a restart", ErrLibrary, environment.library, library)
		}
		return nil
	}
	paths := candidatesFor(library)
	var problems []string
	for _, p := range paths {
		if strings.ContainsAny(p, `/\`) && !isFile(p) {
			continue
		}
		ort.SetSharedLibraryPath(p)
		err := ort.InitializeEnvironment(ort.WithLogLevelError())
		if err == nil {
			environment.library = p
			return nil
		}
		if strings.Contains(err.Error(), "ORT API base: 2") {
			return fmt.Errorf("%w: %s is older than version %s; %s", ErrLibrary, p, needs, howToGet)
		}
		if library != "" {
			problems = append(problems, err.Error())
		}
	}
	if problems != nil {
		return fmt.Errorf("%w: %s; %s", ErrLibrary, strings.Join(problems, "; "), howToGet)
	}
	where := "the folders where the system looks for libraries"
	if library != "" {
		where = "the place that is set"
	}
	return fmt.Errorf("%w: there is no %s, which is %s; %s", ErrLibrary, strings.Join(paths, " or "), where, howToGet)
}

// needs is the oldest version whose interface the wrapper knows.
const needs = "1.24"

const howToGet = "set HONEYGUIDE_ONNXRUNTIME to the path of ONNX Runtime's shared library, version " + needs +
	" or newer: it is in the releases of ONNX Runtime, and in the npm package onnxruntime-node as bin/napi-v6/<system>/<processor>/"

// candidatesFor lists where the library may be: a file, or by its usual names in
// a folder or wherever the system looks.
func candidatesFor(library string) []string {
	names := []string{"libonnxruntime.so.1", "libonnxruntime.so"}
	switch runtime.GOOS {
	case "darwin":
		names = []string{"libonnxruntime.dylib"}
	case "windows":
		names = []string{"onnxruntime.dll"}
	}
	if library == "" {
		return names
	}
	if info, err := os.Stat(library); err != nil || !info.IsDir() {
		if !strings.ContainsAny(library, `/\`) {
			library = "." + string(filepath.Separator) + library
		}
		return []string{library}
	}
	for i, n := range names {
		names[i] = filepath.Join(library, n)
	}
	return names
}

// kinds are the element types of tensors that have a name here.
var kinds = map[ort.TensorElementDataType]string{ort.TensorElementDataTypeFloat: kindFloat, ort.TensorElementDataTypeInt64: kindInt}

// inspect lists a network's inputs and outputs.
func inspect(file string) (takes, gives []port, err error) {
	o, err := ort.NewSessionOptions()
	if err != nil {
		return nil, nil, err
	}
	defer o.Destroy()
	if err := o.SetGraphOptimizationLevel(ort.GraphOptimizationLevelDisableAll); err != nil { // it will not run
		return nil, nil, err
	}
	in, out, err := ort.GetInputOutputInfoWithOptions(file, o)
	return ports(in), ports(out), err
}

func ports(infos []ort.InputOutputInfo) []port {
	var all []port
	for _, i := range infos {
		kind, known := kinds[i.DataType]
		if !known {
			kind = strings.ToLower(i.DataType.String())
		}
		all = append(all, port{i.Name, kind, i.Dimensions})
	}
	return all
}

// session is a loaded network. It is safe for concurrent use until it is closed.
type session struct{ network *ort.DynamicAdvancedSession }

func openSession(file string, inputs []string, output string, threads int) (*session, error) {
	o, err := ort.NewSessionOptions()
	if err != nil {
		return nil, err
	}
	defer o.Destroy()
	err = errors.Join(o.SetIntraOpNumThreads(threads),
		// Threads that wait by spinning would take the cores from everything else here.
		o.AddSessionConfigEntry("session.intra_op.allow_spinning", "0"))
	if err != nil {
		return nil, err
	}
	n, err := ort.NewDynamicAdvancedSession(file, inputs, []string{output}, o)
	if err != nil {
		return nil, err
	}
	return &session{n}, nil
}

func (s *session) close() error { return s.network.Destroy() }

// run returns the output's numbers and shape. The end of ctx stops it between
// two layers.
func (s *session) run(ctx context.Context, in []tensor) ([]float32, []int64, error) {
	options, err := ort.NewRunOptions()
	if err != nil {
		return nil, nil, err
	}
	defer options.Destroy()
	values := make([]ort.Value, 0, len(in))
	defer func() {
		for _, v := range values {
			_ = v.Destroy() // frees; there is nothing to be done about a failure
		}
	}()
	for _, t := range in {
		v, err := value(t)
		if err != nil {
			return nil, nil, err
		}
		values = append(values, v)
	}
	out := []ort.Value{nil}
	err = stoppable(ctx, options, func() error { return s.network.RunWithOptions(values, out, options) })
	if err != nil {
		return nil, nil, err
	}
	defer out[0].Destroy()
	numbers, ok := out[0].(*ort.Tensor[float32])
	if !ok {
		return nil, nil, fmt.Errorf("%w: the network gives no %s", ErrModel, kindFloat)
	}
	return numbers.GetData(), numbers.GetShape(), nil
}

func value(t tensor) (ort.Value, error) {
	if t.floats != nil {
		return ort.NewTensor(ort.NewShape(t.shape...), t.floats)
	}
	return ort.NewTensor(ort.NewShape(t.shape...), t.ints)
}

// stoppable runs f, which the end of ctx terminates by its options. They are no
// longer in use when it returns.
func stoppable(ctx context.Context, options *ort.RunOptions, f func() error) error {
	stopped := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		_ = options.Terminate() // if it cannot, the run ends by itself
		close(stopped)
	})
	err := f()
	if !stop() {
		<-stopped
		return ctx.Err()
	}
	return err
}
