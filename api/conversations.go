package api

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"strings"

	"honeyguide/assistant"
	"honeyguide/assistant/conversation"
	"honeyguide/catalog"
	"honeyguide/embed/photo"
)

// Own is a conversation as its buyer names it. It is exported for huma to find its
// fields where it is embedded.
type Own struct {
	ID    string `path:"id"`
	Token string `header:"X-Conversation-Token" doc:"The token that POST /v1/conversations answered"`
}

// admit returns a buyer's conversation. One whose token is not known looks like none.
func (s *Server) admit(ctx context.Context, in *Own) (conversation.Conversation, error) {
	if in.Token == "" {
		return conversation.Conversation{}, problem(401, "send the conversation's token as «X-Conversation-Token: …»; POST /v1/conversations answers it beside the id")
	}
	return s.records.Admit(ctx, storeOf(ctx), in.ID, in.Token)
}

// opening is how a page begins a conversation; it may leave out all of it.
type opening struct {
	Locale string `json:"locale,omitempty" maxLength:"35" doc:"BCP 47; empty: the store's"`
	Buyer  struct {
		ID      string         `json:"id,omitempty" maxLength:"200"`
		Name    string         `json:"name,omitempty" maxLength:"200"`
		Profile map[string]any `json:"profile,omitempty" doc:"What the page knows, such as {\"level\": \"gold\"}; agents see it"`
	} `json:"buyer,omitempty"`
	Page conversation.Page `json:"page,omitempty" doc:"Where the buyer is"`
}

func (o *opening) start() (assistant.Start, error) {
	profile := map[string]string{}
	for name, value := range o.Buyer.Profile {
		text, ok := value.(string)
		if !ok {
			data, err := json.Marshal(value)
			if err != nil {
				return assistant.Start{}, err
			}
			text = string(data)
		}
		profile[name] = text
	}
	return assistant.Start{Locale: o.Locale, Buyer: conversation.Person{ID: o.Buyer.ID, Name: o.Buyer.Name, Profile: profile}, Page: o.Page}, nil
}

func (s *Server) createConversation(ctx context.Context, in *struct{ Body *opening }) (*answerOf[assistant.Opening], error) {
	start, err := cmp.Or(in.Body, &opening{}).start()
	if err != nil {
		return nil, err
	}
	o, err := s.assistant.Begin(ctx, storeOf(ctx), start)
	if err != nil {
		return nil, err
	}
	return body(*o), nil
}

func (s *Server) callPerson(ctx context.Context, in *Own) (*answerOf[assistant.Reply], error) {
	c, err := s.admit(ctx, in)
	if err != nil {
		return nil, err
	}
	r, err := s.assistant.CallPerson(ctx, c.StoreID, c.ID)
	if err != nil {
		return nil, err
	}
	return body(*r), nil
}

func (s *Server) rateMessage(ctx context.Context, in *struct {
	Own
	Message string `path:"mid"`
	Body    struct {
		Rating  string `json:"rating" enum:"up,down"`
		Comment string `json:"comment,omitempty" maxLength:"2000"`
	}
}) (*struct{}, error) {
	c, err := s.admit(ctx, &in.Own)
	if err != nil {
		return nil, err
	}
	return nil, s.records.SetFeedback(ctx, c.StoreID, c.ID, in.Message, conversation.Feedback{Rating: in.Body.Rating, Comment: in.Body.Comment})
}

func (s *Server) rateConversation(ctx context.Context, in *struct {
	Own
	Body struct {
		Score   int    `json:"score" minimum:"1" maximum:"5"`
		Comment string `json:"comment,omitempty" maxLength:"2000"`
	}
}) (*struct{}, error) {
	c, err := s.admit(ctx, &in.Own)
	if err != nil {
		return nil, err
	}
	return nil, s.records.Rate(ctx, c.StoreID, c.ID, in.Body.Score, in.Body.Comment)
}

// deleteConversation forgets all that a buyer said and showed.
func (s *Server) deleteConversation(ctx context.Context, in *Own) (*struct{}, error) {
	c, err := s.admit(ctx, in)
	if err != nil {
		return nil, err
	}
	photos, err := s.records.Delete(ctx, c.StoreID, c.ID)
	if err != nil {
		return nil, err
	}
	for _, id := range photos {
		if err := s.catalog.ForgetPhoto(ctx, c.StoreID, id); err != nil && !errors.Is(err, catalog.ErrNotFound) {
			return nil, err
		}
	}
	return nil, s.orders.Forget(ctx, c.StoreID, c.ID)
}

// messageBody is what a buyer says.
type messageBody struct {
	Text      string        `json:"text,omitempty" maxLength:"4000"`
	ImageIDs  []string      `json:"image_ids,omitempty" maxItems:"6" doc:"Photos of POST /v1/images"`
	AudioID   string        `json:"audio_id,omitempty" maxLength:"100" doc:"Of POST /v1/audio; text, where it is sent too, is the transcript as the buyer corrected it"`
	Region    *photo.Region `json:"region,omitempty" doc:"The part of the photo, this message's or the last one sent, that counts: x, y, width, height as fractions"`
	ProductID string        `json:"product_id,omitempty" maxLength:"200" doc:"What it is about, such as the product on the page"`
	ClientID  string        `json:"client_id,omitempty" maxLength:"200" doc:"The page's own name for the message: sent again, it gets the same reply"`
}

// message checks what of a buyer's message needs no look at the store.
func (b *messageBody) message() (assistant.Message, error) {
	m := assistant.Message{Text: strings.TrimSpace(b.Text), ImageIDs: b.ImageIDs, AudioID: b.AudioID, Region: b.Region, ProductID: b.ProductID, ClientID: b.ClientID}
	if m.Text == "" && len(m.ImageIDs) == 0 && m.AudioID == "" {
		return m, wrong("text", "say something: text, image_ids or audio_id")
	}
	if r := m.Region; r != nil {
		const slack = 0.01 // of rounding in browsers
		for _, v := range r {
			if v < -slack || v > 1+slack {
				return m, wrong("region", "x, y, width and height are fractions from 0 to 1")
			}
		}
		if r[2] <= 0 || r[3] <= 0 || r[0]+r[2] > 1+slack || r[1]+r[3] > 1+slack {
			return m, wrong("region", "must be a part of the photo")
		}
	}
	return m, nil
}
