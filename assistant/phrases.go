package assistant

import (
	_ "embed"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"
)

//go:embed phrases.yaml
var phrasesYAML []byte

// phrases are what the assistant says, by key and language, each in one or more
// wordings. {name} stands for a value.
type phrases map[string]map[string][]string

// readPhrases reads the phrases that the program carries.
func readPhrases() (phrases, error) {
	var all phrases
	if err := yaml.Unmarshal(phrasesYAML, &all); err != nil {
		return nil, fmt.Errorf("phrases: %w", err)
	}
	return all, nil
}

// say returns a phrase in a language. n chooses among the wordings, so that the same
// is not said in the same words again and again. pairs are names and values.
func (p phrases) say(language, key string, n int, pairs ...string) string {
	wordings := p[key][language]
	if len(wordings) == 0 {
		panic("no phrase " + key + " in " + language) // a test goes through all
	}
	for i := 0; i < len(pairs); i += 2 {
		pairs[i] = "{" + pairs[i] + "}"
	}
	return strings.NewReplacer(pairs...).Replace(wordings[n%len(wordings)])
}
