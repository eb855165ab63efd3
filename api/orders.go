package api

import (
	"context"

	"honeyguide/catalog"
	"honeyguide/catalog/orders"
)

// orderBody is an order as a merchant writes it.
type orderBody struct {
	ID        string      `json:"id,omitempty" doc:"As shown; the path decides"`
	Status    string      `json:"status" maxLength:"100" doc:"placed, paid, packed, shipped, out_for_delivery, delivered, canceled, return_requested, returned, refunded, or what shop systems and merchants call them, such as fulfilled or 已发货" example:"shipped"`
	Carrier   string      `json:"carrier,omitempty"`
	Tracking  string      `json:"tracking,omitempty" doc:"The carrier's number"`
	Phone     string      `json:"phone,omitempty" doc:"The buyer's; it may be masked but for the last four digits. Without phone and email nobody can prove the order" example:"+86 138 0013 8000"`
	Email     string      `json:"email,omitempty"`
	Items     []orderLine `json:"items,omitempty" maxItems:"200"`
	OrderedAt string      `json:"ordered_at,omitempty" doc:"YYYY-MM-DD or RFC 3339"`
	ETA       string      `json:"eta,omitempty" doc:"When it should arrive: YYYY-MM-DD or RFC 3339"`
	UpdatedAt string      `json:"updated_at,omitempty" doc:"As shown; ignored"`
}

type orderLine struct {
	ProductID string `json:"product_id,omitempty"`
	Title     string `json:"title,omitempty" doc:"For what the catalogue does not hold"`
	Size      string `json:"size,omitempty"`
	Quantity  int    `json:"quantity,omitempty" default:"1" minimum:"1"`
}

func (b *orderBody) order(id string) orders.Order {
	o := orders.Order{ID: id, Status: orders.Status(b.Status), Carrier: b.Carrier, Tracking: b.Tracking, Phone: b.Phone, Email: b.Email,
		OrderedAt: b.OrderedAt, ETA: b.ETA}
	for _, line := range b.Items {
		o.Items = append(o.Items, orders.Item(line))
	}
	return o
}

type orderID struct {
	ID string `path:"id"`
}

func (s *Server) putOrder(ctx context.Context, in *struct {
	ID   string `path:"id"`
	Body orderBody
}) (*answerOf[orders.Order], error) {
	o, err := s.orders.Put(ctx, storeOf(ctx), in.Body.order(in.ID))
	return body(o), err
}

func (s *Server) getOrder(ctx context.Context, in *orderID) (*answerOf[orders.Order], error) {
	o, err := s.orders.Get(ctx, storeOf(ctx), in.ID)
	return body(o), err
}

func (s *Server) deleteOrder(ctx context.Context, in *orderID) (*struct{}, error) {
	return nil, s.orders.Delete(ctx, storeOf(ctx), in.ID)
}

type orderList struct {
	Orders     []orders.Order `json:"orders" nullable:"false"`
	NextCursor string         `json:"next_cursor"`
}

func (s *Server) listOrders(ctx context.Context, in *page) (*answerOf[orderList], error) {
	after, err := in.after()
	if err != nil {
		return nil, err
	}
	list, err := s.orders.List(ctx, storeOf(ctx), after, in.Limit+1)
	if err != nil {
		return nil, err
	}
	out := orderList{Orders: list}
	if len(list) > in.Limit {
		out.Orders = list[:in.Limit]
		out.NextCursor = encodeCursor("a", out.Orders[in.Limit-1].ID)
	}
	return body(out), nil
}

// endpointBody changes a store's order endpoint; what is left out stays.
type endpointBody struct {
	URL    *string `json:"url,omitempty" doc:"https address that is asked for orders which are not kept here; empty: none"`
	Secret *string `json:"secret,omitempty" doc:"Signs the requests, as Standard Webhooks: whsec_ with base64 behind it, or 16 to 200 bytes of your own. Never shown again"`
}

func (b *endpointBody) change(set *catalog.Settings) {
	if b == nil {
		return
	}
	var e catalog.OrderEndpoint
	if set.OrderEndpoint != nil {
		e = *set.OrderEndpoint
	}
	change(&e.URL, b.URL)
	if b.Secret != nil && *b.Secret != catalog.SecretSet { // which is how it is shown: it came back as it was
		e.Secret = catalog.Secret(*b.Secret)
	}
	set.OrderEndpoint = &e
}
