package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

func TestMain(m *testing.M) { os.Exit(runTests(m)) }

func runTests(m *testing.M) int {
	for _, setting := range os.Environ() { // the tests' settings are their own
		if name, _, _ := strings.Cut(setting, "="); strings.HasPrefix(name, "HONEYGUIDE_") && name != "HONEYGUIDE_BROWSER_REQUIRED" || strings.HasPrefix(name, "QDRANT_") {
			os.Unsetenv(name)
		}
	}
	folder, err := os.MkdirTemp("", "honeyguide-program-")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(folder)
	program = sync.OnceValues(func() (string, error) {
		path := filepath.Join(folder, "honeyguide")
		if out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput(); err != nil {
			return "", fmt.Errorf("%w: %s", err, out)
		}
		return path, nil
	})
	return m.Run()
}

// program is the program as it ships, built when first needed: a process that
// tests may kill, and without the race detector, under which the demo's
// pictures take minutes to draw.
var program func() (string, error)

// patience is how long tests wait for what must come, on the busiest machine.
const patience = 5 * time.Minute

// output is what a command has written so far.
type output struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (o *output) Write(b []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buf.Write(b)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buf.String()
}

// find waits until the output matches, and returns the first group.
func (o *output) find(t *testing.T, pattern string) string {
	t.Helper()
	expression := regexp.MustCompile(pattern)
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if m := expression.FindStringSubmatch(o.String()); m != nil {
			return m[1]
		}
	}
	t.Fatalf("%s never came: %s", pattern, o)
	return ""
}

// ran is a command that has ended.
type ran struct {
	status      int
	out, stderr string
}

// command runs a command to its end, inside this process.
func command(t *testing.T, args ...string) ran {
	t.Helper()
	var out, stderr bytes.Buffer
	status := run(t.Context(), args, &out, &stderr)
	return ran{status, out.String(), stderr.String()}
}

// must runs a command that succeeds and returns what it printed.
func must(t *testing.T, args ...string) string {
	t.Helper()
	r := command(t, args...)
	if r.status != exitOK {
		t.Fatalf("%v: status %d: %s", args, r.status, r.stderr)
	}
	return r.out
}

// service is a command that runs until it is stopped.
type service struct {
	url    string
	out    *output
	stderr *output
	stop   func() int // and returns the exit status
	kill   func()     // with SIGKILL; only of processes
}

const listens = `honeyguide listens on (http://\S+)`

// inside starts a serving command within this process.
func inside(t *testing.T, args ...string) *service {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	s := &service{out: &output{}, stderr: &output{}}
	ended := make(chan int, 1)
	go func() { ended <- run(ctx, args, s.out, s.stderr) }()
	s.stop = sync.OnceValue(func() int {
		cancel()
		return <-ended
	})
	t.Cleanup(func() { s.stop() })
	s.url = s.out.find(t, listens)
	return s
}

// process starts a command as a process of its own.
func process(t *testing.T, args ...string) *service {
	t.Helper()
	path, err := program()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(path, args...)
	s := &service{out: &output{}, stderr: &output{}}
	c.Stdout, c.Stderr = s.out, s.stderr
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan int, 1)
	go func() {
		_ = c.Wait() // the exit status says it
		ended <- c.ProcessState.ExitCode()
	}()
	var once sync.Once
	status := 0
	end := func(sig os.Signal) int {
		once.Do(func() {
			_ = c.Process.Signal(sig) // it may have ended by itself
			status = <-ended
		})
		return status
	}
	s.stop = func() int { return end(syscall.SIGTERM) }
	s.kill = func() { end(syscall.SIGKILL) }
	t.Cleanup(s.kill)
	return s
}

// serving starts a serving command as a process of its own.
func serving(t *testing.T, args ...string) *service {
	t.Helper()
	s := process(t, args...)
	s.url = s.out.find(t, listens)
	return s
}

// call sends a request and returns the status and the JSON answer.
func call(t *testing.T, method, url, key, contentType string, body io.Reader) (int, map[string]any) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, body)
	if err != nil {
		t.Fatal(err)
	}
	if key != "" {
		r.Header.Set("Authorization", "Bearer "+key)
	}
	if contentType != "" {
		r.Header.Set("Content-Type", contentType)
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	answer := map[string]any{}
	data, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	_ = json.Unmarshal(data, &answer) // not all answers are objects
	return res.StatusCode, answer
}

func post(t *testing.T, url, key, body string) (int, map[string]any) {
	t.Helper()
	return call(t, "POST", url, key, "application/json", strings.NewReader(body))
}

// ready waits until a service is.
func (s *service) ready(t *testing.T) {
	t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if status, _ := call(t, "GET", s.url+"/readyz", "", "", nil); status == http.StatusOK {
			return
		}
	}
	t.Fatalf("never ready: %s", s.stderr)
}
