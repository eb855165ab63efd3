package main

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
	"go.yaml.in/yaml/v3"
)

// composeFile is what these tests read of docker-compose.yml.
type composeFile struct {
	Services map[string]composeService `yaml:"services"`
	Networks map[string]struct {
		Internal bool `yaml:"internal"`
	} `yaml:"networks"`
	Volumes map[string]any `yaml:"volumes"`
	Version any            `yaml:"version"`
}

type composeService struct {
	Image       string            `yaml:"image"`
	Build       string            `yaml:"build"`
	User        string            `yaml:"user"`
	ReadOnly    bool              `yaml:"read_only"`
	Profiles    []string          `yaml:"profiles"`
	Command     []string          `yaml:"command"`
	Environment map[string]string `yaml:"environment"`
	Ports       []string          `yaml:"ports"`
	Volumes     []string          `yaml:"volumes"`
	Networks    []string          `yaml:"networks"`
	CapDrop     []string          `yaml:"cap_drop"`
	SecurityOpt []string          `yaml:"security_opt"`
	Restart     string            `yaml:"restart"`
	DependsOn   map[string]struct {
		Condition string `yaml:"condition"`
	} `yaml:"depends_on"`
	Healthcheck struct {
		Test []string `yaml:"test"`
	} `yaml:"healthcheck"`
	Logging struct {
		Options map[string]string `yaml:"options"`
	} `yaml:"logging"`
	Deploy struct {
		Resources struct {
			Limits map[string]string `yaml:"limits"`
		} `yaml:"resources"`
	} `yaml:"deploy"`
}

// once tells the services that do one thing and end.
func (s composeService) once() bool {
	return s.Restart == "no" || strings.HasPrefix(s.Restart, "on-failure")
}

func readText(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func readCompose(t *testing.T) composeFile {
	t.Helper()
	var file composeFile
	if err := yaml.Unmarshal([]byte(readText(t, "docker-compose.yml")), &file); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"server", "qdrant", "secrets"} {
		if s, ok := file.Services[name]; !ok || len(s.Profiles) > 0 {
			t.Fatalf("a plain «docker compose up» does not start %s", name)
		}
	}
	if file.Version != nil {
		t.Error("the key version is obsolete")
	}
	return file
}

// pinned is an image with a version of three numbers, perhaps of a variant, and no host.
var pinned = regexp.MustCompile(`^[a-z0-9-]+(/[a-z0-9-]+)?:v?\d+\.\d+\.\d+(-[a-z0-9]+)?$`)

func TestComposeServicesAreConfined(t *testing.T) {
	file := readCompose(t)
	for name, s := range file.Services {
		if s.Build == "" && !pinned.MatchString(s.Image) {
			t.Errorf("%s: image %q is not pinned", name, s.Image)
		}
		if !slices.Contains(s.CapDrop, "ALL") || !slices.Contains(s.SecurityOpt, "no-new-privileges:true") {
			t.Errorf("%s keeps rights", name)
		}
		for _, limit := range []string{"cpus", "memory", "pids"} {
			if s.Deploy.Resources.Limits[limit] == "" {
				t.Errorf("%s has no limit of %s", name, limit)
			}
		}
		if s.Logging.Options["max-size"] == "" || s.Logging.Options["max-file"] == "" {
			t.Errorf("%s: logs grow without end", name)
		}
		if s.Restart == "" || !s.once() && len(s.Healthcheck.Test) == 0 {
			t.Errorf("%s lacks a restart policy or a health check", name)
		}
		for _, mount := range s.Volumes {
			volume, _, _ := strings.Cut(mount, ":")
			if _, declared := file.Volumes[volume]; !declared {
				t.Errorf("%s: volume %s is not declared", name, volume)
			}
		}
		if name != "server" && len(s.Ports) > 0 {
			t.Errorf("%s is published: %v", name, s.Ports)
		}
	}
}

func TestComposeServerAndQdrant(t *testing.T) {
	file := readCompose(t)
	for _, name := range []string{"server", "qdrant"} {
		s := file.Services[name]
		if !s.ReadOnly {
			t.Errorf("%s may write to its root file system", name)
		}
		if uid, _, _ := strings.Cut(s.User, ":"); uid == "" || uid == "0" || uid == "root" {
			t.Errorf("%s runs as %q", name, s.User)
		}
		if s.DependsOn["secrets"].Condition != "service_completed_successfully" {
			t.Errorf("%s does not wait for the secrets", name)
		}
		if !slices.Contains(s.Volumes, "secrets:/run/honeyguide:ro") {
			t.Errorf("%s: the secrets are not mounted, or not read-only: %v", name, s.Volumes)
		}
	}
	server, qdrant := file.Services["server"], file.Services["qdrant"]
	if len(server.Ports) != 1 || !strings.HasPrefix(server.Ports[0], "${HG_PUBLISH:-127.0.0.1:") {
		t.Errorf("published at %v: by default only this machine may reach it", server.Ports)
	}
	if server.DependsOn["qdrant"].Condition != "service_healthy" {
		t.Error("the server does not wait for Qdrant")
	}
	if !slices.Equal(qdrant.Networks, []string{"inside"}) || !file.Networks["inside"].Internal {
		t.Errorf("Qdrant can be reached from outside: %v", qdrant.Networks)
	}
	if !slices.Contains(server.Healthcheck.Test, "health") {
		t.Errorf("the server's health check is %v", server.Healthcheck.Test)
	}
}

// secretNames are variables whose value is a secret; those that name a file are not.
var secretNames = regexp.MustCompile(`(?i)(key|secret|token|password)$`)

func TestComposeHoldsNoSecret(t *testing.T) {
	for name, s := range readCompose(t).Services {
		for variable, value := range s.Environment {
			if secretNames.MatchString(variable) {
				t.Errorf("%s: %s=%s", name, variable, value)
			}
		}
	}
	text := readText(t, "docker-compose.yml")
	for _, start := range []string{"ok_", "sk_", "sk-", "hf_"} {
		if found := regexp.MustCompile(`\b` + start + `[A-Za-z0-9]{8,}`).FindString(text); found != "" {
			t.Errorf("%s looks like a key", found)
		}
	}
	if !strings.Contains(text, "/dev/urandom") {
		t.Error("no secret is made")
	}
}

// serverVariables are the variables that the commands read.
func serverVariables(t *testing.T) map[string]bool {
	t.Helper()
	parser, err := kong.New(&cli{})
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]bool{}
	err = kong.Visit(parser.Model, func(node kong.Visitable, next kong.Next) error {
		if flag, ok := node.(*kong.Flag); ok {
			for _, name := range flag.Envs {
				all[name] = true
			}
		}
		return next(nil)
	})
	if err != nil || !all["HONEYGUIDE_ADDR"] {
		t.Fatalf("the variables of the server are not found: %v, %v", all, err)
	}
	return all
}

// documented finds variables of the server. Qdrant's own have two underscores after its name.
var documented = regexp.MustCompile(`\b(HONEYGUIDE|QDRANT)_[A-Z][A-Z_]*\b`)

// distinct returns what a pattern finds, each once.
func distinct(pattern *regexp.Regexp, text string) []string {
	found := pattern.FindAllString(text, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

func TestComposeSetsWhatTheServerKnows(t *testing.T) {
	known := serverVariables(t)
	server := readCompose(t).Services["server"]
	if len(server.Environment) == 0 {
		t.Fatal("the server is given nothing")
	}
	for variable := range server.Environment {
		if !known[variable] {
			t.Errorf("docker-compose.yml sets %s, which the server does not know", variable)
		}
	}
	for _, name := range distinct(documented, readText(t, "Dockerfile")) {
		if !known[name] {
			t.Errorf("Dockerfile sets %s, which the server does not know", name)
		}
	}
}

func TestOperationsNameWhatIs(t *testing.T) {
	guide, compose, known := readText(t, "docs/operations.md"), readText(t, "docker-compose.yml"), serverVariables(t)
	for _, name := range distinct(documented, guide) {
		if !known[name] {
			t.Errorf("docs/operations.md names %s, which the server does not know", name)
		}
	}
	for name := range known {
		if strings.HasPrefix(name, "HONEYGUIDE_") && !strings.Contains(guide, "`"+name+"`") {
			t.Errorf("docs/operations.md does not explain %s", name)
		}
	}
	ours := regexp.MustCompile(`\bHG_[A-Z_]+\b`)
	used, explained := distinct(ours, compose), distinct(ours, guide)
	for _, name := range used {
		if !slices.Contains(explained, name) {
			t.Errorf("docs/operations.md does not explain %s", name)
		}
	}
	for _, name := range explained {
		if !slices.Contains(used, name) {
			t.Errorf("docs/operations.md names %s, which docker-compose.yml does not use", name)
		}
	}
}

func TestDockerfile(t *testing.T) {
	text := readText(t, "Dockerfile")
	stages := regexp.MustCompile(`(?m)^FROM (?:--platform=\S+ )?(\S+)`).FindAllStringSubmatch(text, -1)
	if len(stages) != 2 {
		t.Fatalf("%d stages, want one that builds and one that runs", len(stages))
	}
	goVersion := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindStringSubmatch(readText(t, "go.mod"))[1]
	if image := stages[0][1]; !pinned.MatchString(image) || !strings.HasPrefix(image, "golang:"+goVersion+".") {
		t.Errorf("built by %s, while go.mod wants go %s", image, goVersion)
	}
	if stages[1][1] != "scratch" {
		t.Errorf("the image that runs is made from %s", stages[1][1])
	}
	_, last, _ := strings.Cut(text, "FROM scratch")
	for _, line := range []string{"USER 65532:65532", "HEALTHCHECK ", `ENTRYPOINT ["/honeyguide"]`, `CMD ["serve"]`, "EXPOSE 8080", "VOLUME /data"} {
		if !strings.Contains(last, "\n"+line) {
			t.Errorf("the image that runs lacks %s", line)
		}
	}
}

// What must never reach the builder, and so an image: history, data, keys.
func TestDockerignore(t *testing.T) {
	ignored := strings.Fields(readText(t, ".dockerignore"))
	for _, pattern := range []string{".*", "*.env", "/data", "/bench", "**/testdata"} {
		if !slices.Contains(ignored, pattern) {
			t.Errorf(".dockerignore lacks %s", pattern)
		}
	}
}
