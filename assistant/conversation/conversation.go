// Package conversation keeps what buyers, the assistant and agents say to each
// other: one log for each conversation, from which everything else is read.
package conversation

import (
	"encoding/json"
	"errors"
	"time"
)

// State says who answers the buyer.
type State string

// The states: bot → waiting → human → bot or closed. A buyer who writes into a
// closed conversation talks to the bot again.
const (
	Bot     State = "bot"
	Waiting State = "waiting"
	Human   State = "human"
	Closed  State = "closed"
)

// Failures that callers tell apart, beside catalog.ErrNotFound.
var ErrMoved = errors.New("the conversation has moved on")

// Role says who speaks in a message.
type Role string

// Who speaks.
const (
	Buyer     Role = "buyer"
	Assistant Role = "bot"
	Agent     Role = "agent"
	System    Role = "system" // tells what happened, such as that a person has come
)

// Person is the buyer, as far as the page that embeds the chat says.
type Person struct {
	ID      string            `json:"id,omitempty" maxLength:"200"`
	Name    string            `json:"name,omitempty" maxLength:"200"`
	Profile map[string]string `json:"profile,omitempty"`
}

// Page is where the buyer was when the conversation began.
type Page struct {
	URL       string `json:"url,omitempty" maxLength:"2000"`
	ProductID string `json:"product_id,omitempty" maxLength:"200"`
}

// Conversation is one buyer's talk with a store.
type Conversation struct {
	ID        string    `json:"id"`
	StoreID   string    `json:"-"`
	State     State     `json:"state" enum:"bot,waiting,human,closed"`
	Version   int64     `json:"version" doc:"Rises with every message and change of state"`
	Locale    string    `json:"locale"`
	Buyer     Person    `json:"buyer"`
	Page      Page      `json:"page"`
	Handover  *Request  `json:"handover" doc:"Why a person was asked for, while one is waited for or there"`
	Agent     string    `json:"agent" doc:"Who holds it, or empty"`
	Rating    int       `json:"rating" doc:"1 to 5 by the buyer, or 0"`
	CreatedAt time.Time `json:"created_at"`
	UpdatedAt time.Time `json:"updated_at"`

	// Memory is what the assistant remembers, in a form of its own.
	Memory json.RawMessage `json:"-"`
}

// Request is a handover that was asked for.
type Request struct {
	Reason  string    `json:"reason" enum:"asked,anger,no_answer,low_confidence,complaint"`
	Summary string    `json:"summary" doc:"For the agent"`
	At      time.Time `json:"at"`
}

// Message is something said.
type Message struct {
	ID       string          `json:"id"`
	Role     Role            `json:"role" enum:"buyer,bot,agent,system"`
	Text     string          `json:"text"`
	ImageIDs []string        `json:"image_ids" nullable:"false"`
	ClientID string          `json:"client_id,omitempty"`
	InReply  string          `json:"in_reply_to,omitempty" doc:"Of a reply: the buyer's message"`
	Reply    json.RawMessage `json:"reply,omitempty" doc:"Of the bot: the whole reply; of an agent who shows products: a reply that holds them"`
	Agent    string          `json:"agent,omitempty"`
	Feedback *Feedback       `json:"feedback,omitempty"`
	At       time.Time       `json:"at"`
	Seq      int64           `json:"seq" doc:"Its place in the log; messages are read after it"`
}

// Feedback is a buyer's thumb on a reply.
type Feedback struct {
	Rating  string `json:"rating" enum:"up,down"`
	Comment string `json:"comment,omitempty" maxLength:"2000"`
}

// Event is an entry of the log.
type Event struct {
	ID             int64           `json:"id"` // rises over all conversations of the database
	StoreID        string          `json:"-"`
	ConversationID string          `json:"conversation_id"`
	Kind           string          `json:"kind" enum:"message,state,note,feedback,rating,suggestion"`
	Data           json.RawMessage `json:"data"`
	At             time.Time       `json:"at"`
}
