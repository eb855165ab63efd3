package desk

import (
	"context"
	"encoding/json"
	"strings"

	"honeyguide/assistant/conversation"
)

// words are a sentence in both languages; {agent} stands for a name.
type words struct{ en, zh string }

func (w words) in(language, agent string) string {
	text := w.en
	if language == "zh" {
		text = w.zh
	}
	return strings.ReplaceAll(text, "{agent}", agent)
}

// What buyers are told when agents come and go.
var (
	joined = words{"{agent} has joined the conversation.", "{agent} 已加入对话,由人工为您服务。"}
	left   = words{"{agent} has left the conversation. The assistant answers again.", "{agent} 已离开对话,接下来由智能助手继续为您服务。"}
	ended  = words{"{agent} has closed the conversation. If you write again, the assistant answers.", "{agent} 已结束对话。您可以随时再次留言,智能助手会为您解答。"}
)

// spokenWithin is among how many of the last messages the language is looked for.
const spokenWithin = 6

// speaks is the language in which the buyer was answered last, or that of the
// conversation's locale.
func (d *Desk) speaks(ctx context.Context, c *conversation.Conversation) (string, error) {
	last, err := d.records.Last(ctx, c.StoreID, c.ID, spokenWithin)
	if err != nil {
		return "", err
	}
	return spoken(c, last), nil
}

func spoken(c *conversation.Conversation, said []conversation.Message) string {
	language := languageOf(c.Locale)
	for _, m := range said {
		var r struct {
			Language string `json:"language"`
		}
		if m.Role == conversation.Assistant && json.Unmarshal(m.Reply, &r) == nil && r.Language != "" {
			language = r.Language
		}
	}
	return language
}
