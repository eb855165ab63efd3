package assistant

import (
	"time"

	"honeyguide/assistant/conversation"
	"honeyguide/assistant/intent"
	"honeyguide/catalog"
	"honeyguide/embed/photo"
	"honeyguide/outfit"
)

// Reply is what the assistant answers to one message. Every fact in it comes from
// a record that Sources, Products, Outfits, Size or Order name.
type Reply struct {
	ID             string             `json:"id"`
	ConversationID string             `json:"conversation_id"`
	State          conversation.State `json:"state" enum:"bot,waiting,human,closed"`
	Language       string             `json:"language" enum:"en,zh"`
	Intent         intent.Intent      `json:"intent" enum:"search,similar,outfit,gift,size,faq,order,promotion,compare,handover,smalltalk,unknown"`
	Text           string             `json:"text" doc:"Empty while a person holds the conversation"`
	Products       []catalog.Found    `json:"products" nullable:"false" doc:"Also the presents of a gift turn"`
	Outfits        []outfit.Outfit    `json:"outfits" nullable:"false"`
	Size           *Size              `json:"size"`
	Sources        []Source           `json:"sources" nullable:"false" doc:"Every record that the answer rests on"`
	Order          *OrderView         `json:"order"`
	Chips          []string           `json:"chips" nullable:"false" doc:"What the buyer may want to say next"`
	Asked          string             `json:"asked" doc:"The slot of a clarifying question, or empty"`
	Understood     Understood         `json:"understood"`
	Relaxed        []catalog.Reason   `json:"relaxed" nullable:"false"`
	Regions        []catalog.Region   `json:"regions" nullable:"false" doc:"Of the photo that was sent"`
	Palette        []photo.Swatch     `json:"palette" nullable:"false"`
	Handover       *Handover          `json:"handover"`
	Confidence     float64            `json:"confidence" doc:"0 to 1"`
	Timings        Timings            `json:"timings_ms"`
	CreatedAt      time.Time          `json:"created_at"`
}

// Source is a record that an answer rests on.
type Source struct {
	Kind  string `json:"kind" enum:"faq,product,order,promotion,size_chart,ticket,store"`
	ID    string `json:"id"`
	Title string `json:"title"`
}

// Understood is what was understood of the turn and what came before it, as far as
// it still holds. Amounts are in minor units of the store's currency.
type Understood struct {
	Language     string              `json:"language,omitempty"`
	Category     string              `json:"category,omitempty"`
	Brands       []string            `json:"brands,omitempty"`
	Colors       []string            `json:"colors,omitempty"`
	Sizes        []string            `json:"sizes,omitempty"`
	Gender       string              `json:"gender,omitempty"`
	AgeGroup     string              `json:"age_group,omitempty"`
	Season       string              `json:"season,omitempty"`
	Pattern      string              `json:"pattern,omitempty"`
	Material     string              `json:"material,omitempty"`
	PriceMin     *int64              `json:"price_min,omitempty"`
	PriceMax     *int64              `json:"price_max,omitempty"`
	Recipient    string              `json:"recipient,omitempty"`
	Occasion     string              `json:"occasion,omitempty"`
	Interests    []string            `json:"interests,omitempty"`
	Age          *int                `json:"age,omitempty"`
	BudgetMin    *int64              `json:"budget_min,omitempty"`
	BudgetMax    *int64              `json:"budget_max,omitempty"`
	NeedBy       string              `json:"need_by,omitempty" doc:"YYYY-MM-DD"`
	Measurements map[string]float64  `json:"measurements,omitempty" doc:"height_cm, weight_kg, chest_cm, waist_cm, hip_cm, foot_cm, age"`
	UsualSize    string              `json:"usual_size,omitempty"`
	UsualBrand   string              `json:"usual_brand,omitempty"`
	OrderNumber  string              `json:"order_number,omitempty"`
	ProductID    string              `json:"product_id,omitempty" doc:"The product that the turn is about"`
	Excluded     map[string][]string `json:"excluded,omitempty" doc:"What was ruled out, by field"`
}

// Size is a size advised for a product, as POST /v1/size answers it.
type Size struct {
	ProductID  string           `json:"product_id"`
	Size       string           `json:"size"`
	Between    []string         `json:"between" nullable:"false"`
	Confidence float64          `json:"confidence"`
	InStock    bool             `json:"in_stock"`
	Why        []catalog.Reason `json:"why" nullable:"false"`
	Missing    []string         `json:"missing" nullable:"false"`
}

// OrderView is what a buyer who proved an order sees of it.
type OrderView struct {
	ID        string      `json:"id"`
	Status    string      `json:"status"`
	Carrier   string      `json:"carrier"`
	Tracking  string      `json:"tracking"`
	ETA       string      `json:"eta" doc:"YYYY-MM-DD, or empty"`
	OrderedAt string      `json:"ordered_at" doc:"YYYY-MM-DD, or empty"`
	Items     []OrderLine `json:"items" nullable:"false"`
}

// OrderLine is a product of an order.
type OrderLine struct {
	ProductID string `json:"product_id"`
	Title     string `json:"title"`
	ImageLink string `json:"image_link"`
	Size      string `json:"size"`
	Quantity  int    `json:"quantity"`
}

// Handover is what a buyer is told of it: only what is so.
type Handover struct {
	Reason string `json:"reason" enum:"asked,anger,no_answer,low_confidence,complaint"`
	State  string `json:"state" enum:"waiting,human,closed_hours,unavailable"`
	Place  int    `json:"place" doc:"In the queue, from 1; 0 where there is none"`
	Opens  string `json:"opens" doc:"When somebody is there again, RFC 3339, or empty"`
}

// Timings tell how long the parts of a turn took, in milliseconds.
type Timings struct {
	Understand float64 `json:"understand"`
	Search     float64 `json:"search" doc:"All acting: searching, advising, looking up"`
	Phrase     float64 `json:"phrase"`
	Total      float64 `json:"total"`
}
