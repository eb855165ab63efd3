package api

import (
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"honeyguide/assistant"
)

// routes are all operations at a glance; /docs says more about each.
func (s *Server) routes() {
	const (
		get, post, patch, del = http.MethodGet, http.MethodPost, http.MethodPatch, http.MethodDelete
	)
	op := func(method, path, id, summary string, kinds []string, status int) huma.Operation {
		return huma.Operation{Method: method, Path: path, OperationID: id, Summary: summary, Security: bearer(kinds), DefaultStatus: status,
			MaxBodyBytes: -1, BodyReadTimeout: requestTime} // bound has limited the size
	}
	on(s, op(post, "/v1/stores", "create-store", "Make a store and its keys", operators, 201), s.createStore)
	on(s, op(get, "/v1/store", "get-store", "The store of the key", merchants, 200), s.getStore)
	on(s, op(patch, "/v1/store", "change-store", "Change settings of the store", merchants, 200), s.patchStore)

	on(s, op(post, "/v1/feeds", "create-feed", "Sync a feed: a file, or {url}", merchants, 202), s.createFeed)
	on(s, op(get, "/v1/jobs", "list-jobs", "Jobs, newest first", merchants, 200), s.listJobs)
	on(s, op(get, "/v1/jobs/{id}", "get-job", "A job with its first errors", merchants, 200), s.getJob)
	on(s, op(post, "/v1/jobs/{id}/confirm", "confirm-job", "Let a held feed remove what it lacks", merchants, 200), s.confirmJob)
	on(s, op(post, "/v1/jobs/{id}/cancel", "cancel-job", "End a job; what it did stays", merchants, 200), s.cancelJob)

	on(s, op(patch, "/v1/products", "change-products", "Put and delete up to 1,000 products at once", merchants, 200), s.changeProducts)
	on(s, op(get, "/v1/products", "list-products", "All products, by id", merchants, 200), s.listProducts)
	on(s, op(get, "/v1/products/{id}", "get-product", "A product", buyers, 200), s.getProduct)
	on(s, op(del, "/v1/products/{id}", "delete-product", "Delete a product", merchants, 204), s.deleteProduct)
	on(s, op(get, "/v1/products/{id}/similar", "similar-products", "Products like this one", buyers, 200), s.similar)
	on(s, op(get, "/v1/products/{id}/outfits", "product-outfits", "Outfits around a product", buyers, 200), s.productOutfits)

	on(s, op(get, "/v1/faqs", "list-faqs", "All answers, the packs' among them, by id", merchants, 200), s.listFAQs)
	on(s, op(post, "/v1/faqs", "create-faq", "Add an answer", merchants, 201), s.createFAQ)
	on(s, op(post, "/v1/faqs/import", "import-faqs", "Take answers in: a CSV table or a JSON list", merchants, 200), s.importFAQs)
	on(s, shownAsFile(op(get, "/v1/faqs/export", "export-faqs", "All answers as a file that can be imported", merchants, 200)), s.exportFAQs)
	on(s, op(post, "/v1/faqs/match", "match-faq", "What the store answers to a question: one answer, two that are near, or none", buyers, 200), s.matchFAQ)
	on(s, op(get, "/v1/faqs/{id}", "get-faq", "An answer", merchants, 200), s.getFAQ)
	on(s, op(http.MethodPut, "/v1/faqs/{id}", "put-faq", "Add or replace an answer; one of the packs becomes the store's own", merchants, 200), s.putFAQ)
	on(s, op(del, "/v1/faqs/{id}", "delete-faq", "Delete an answer, or hide one of the packs", merchants, 204), s.deleteFAQ)

	on(s, searchBody(op(post, "/v1/search", "search", "Find products by words, a photo, or both", buyers, 200), s), s.search)
	on(s, op(post, "/v1/images", "create-image", "Upload a photo to search by", buyers, 201), s.createImage)
	on(s, op(post, "/v1/embeddings", "create-embeddings", "Vectors of texts and pictures, in OpenAI's shape", merchants, 200), s.embeddings)
	on(s, op(post, "/v1/outfits", "advise-outfits", "Outfits around a product, a photo or what words name", buyers, 200), s.outfits)
	on(s, op(post, "/v1/gifts", "advise-gifts", "Presents for somebody, each with its reason", buyers, 200), s.createGifts)
	on(s, op(post, "/v1/size", "advise-size", "The size of a product for a body", buyers, 200), s.adviseSize)
	on(s, op(get, "/v1/size-charts", "list-size-charts", "All size charts, by id", merchants, 200), s.listSizeCharts)
	on(s, op(get, "/v1/size-charts/{id}", "get-size-chart", "A size chart", merchants, 200), s.getSizeChart)
	on(s, op(http.MethodPut, "/v1/size-charts/{id}", "put-size-chart", "Add or replace a size chart", merchants, 200), s.putSizeChart)
	on(s, op(del, "/v1/size-charts/{id}", "delete-size-chart", "Delete a size chart", merchants, 204), s.deleteSizeChart)

	s.trade(op)
	s.talk(op)
	s.attend(op)
	s.reads("/v1/feeds", feedBody)
	s.reads("/v1/faqs/import", faqFile)
	s.reads("/v1/images", imageBody)
	s.reads("/v1/audio", audioBody)
	s.readsForm("/v1/search")

	s.open("/v1/media/{name}", "get-media", "A product's picture, for ever the same under its name", "image/*", s.media)
	s.open("/healthz", "healthz", "Answers while the process lives", "text/plain", s.healthz)
	s.open("/readyz", "readyz", "Answers 200 once it can serve, else 503", "text/plain", s.readyz)
	s.open("/metrics", "metrics", "Figures for Prometheus", "text/plain", s.scrape)
}

// trade adds the operations of orders, what buyers ask for about them, and promotions.
func (s *Server) trade(op func(method, path, id, summary string, kinds []string, status int) huma.Operation) {
	const (
		get, put, patch, del = http.MethodGet, http.MethodPut, http.MethodPatch, http.MethodDelete
	)
	on(s, op(get, "/v1/orders", "list-orders", "All orders, by id", merchants, 200), s.listOrders)
	on(s, op(get, "/v1/orders/{id}", "get-order", "An order", merchants, 200), s.getOrder)
	on(s, op(put, "/v1/orders/{id}", "put-order", "Add or replace an order; a buyer proves it by number and phone ending or email", merchants, 200), s.putOrder)
	on(s, op(del, "/v1/orders/{id}", "delete-order", "Delete an order", merchants, 204), s.deleteOrder)
	on(s, op(get, "/v1/promotions", "list-promotions", "All promotions, by id", merchants, 200), s.listPromotions)
	on(s, op(get, "/v1/promotions/{id}", "get-promotion", "A promotion", merchants, 200), s.getPromotion)
	on(s, op(put, "/v1/promotions/{id}", "put-promotion", "Add or replace a promotion, which is told to buyers while it is valid", merchants, 200), s.putPromotion)
	on(s, op(del, "/v1/promotions/{id}", "delete-promotion", "Delete a promotion", merchants, 204), s.deletePromotion)
	on(s, op(get, "/v1/tickets", "list-tickets", "What buyers have asked for: open tickets oldest first, else newest first", agents, 200), s.listTickets)
	on(s, op(get, "/v1/tickets/{id}", "get-ticket", "A ticket", agents, 200), s.getTicket)
	on(s, op(patch, "/v1/tickets/{id}", "change-ticket", "See to a ticket: its state, and a note", agents, 200), s.changeTicket)
}

// talk adds the operations of a buyer's conversation.
func (s *Server) talk(op func(method, path, id, summary string, kinds []string, status int) huma.Operation) {
	const (
		get, post = http.MethodGet, http.MethodPost
		all       = "/v1/conversations"
		one       = all + "/{id}"
	)
	on(s, op(post, all, "create-conversation", "Begin a conversation; its token proves the buyer on further calls", buyers, 201), s.createConversation)
	on(s, toldAs(op(post, one+"/messages", "create-message", "Say something, and get the assistant's reply as JSON or as it is made", buyers, 200), s, assistant.Reply{}, replyEvents), s.postMessage)
	on(s, op(get, one+"/messages", "list-messages", "What was said, oldest first, and who answers now", buyers, 200), s.listMessages)
	on(s, toldAs(op(get, one+"/events", "follow-conversation", "What happens in a conversation from now on, as server-sent events", buyers, 200), s, nil, buyerEvents), s.listenBuyer)
	on(s, op(post, one+"/handover", "request-handover", "Ask for a person; the reply says what happens next", buyers, 200), s.callPerson)
	on(s, op(post, one+"/messages/{mid}/feedback", "rate-message", "A thumb on a reply; a later one takes its place", buyers, 204), s.rateMessage)
	on(s, op(post, one+"/rating", "rate-conversation", "What the buyer thinks of the conversation", buyers, 204), s.rateConversation)
	on(s, op(http.MethodDelete, one, "delete-conversation", "Forget a conversation, the buyer's data and photos", buyers, 204), s.deleteConversation)
	on(s, op(post, "/v1/audio", "create-audio", "Upload what was spoken, and get it in words", buyers, 201), s.createAudio)
	on(s, shownAsPicture(op(get, "/v1/images/{id}", "get-image", "A buyer's photo as it is kept", everybody, 200)), s.getImage)
}

// attend adds the operations of the agents' desk.
func (s *Server) attend(op func(method, path, id, summary string, kinds []string, status int) huma.Operation) {
	const (
		get, post = http.MethodGet, http.MethodPost
		all       = "/v1/desk/conversations"
		one       = all + "/{id}"
	)
	on(s, op(get, all, "list-desk", "Conversations, those that wait in the order of the queue", agents, 200), s.listDesk)
	on(s, op(get, one, "view-conversation", "A conversation with all that an agent needs to know", agents, 200), s.viewDesk)
	on(s, op(post, one+"/claim", "claim-conversation", "Take a conversation over; the buyer is told", agents, 200), s.hold(s.desk.Claim))
	on(s, op(post, one+"/release", "release-conversation", "Give it back to the assistant; the buyer is told", agents, 200), s.hold(s.desk.Release))
	on(s, op(post, one+"/close", "close-conversation", "End it; the buyer is told", agents, 200), s.hold(s.desk.Close))
	on(s, op(post, one+"/reply", "reply-to-buyer", "Say something to the buyer, or show products", agents, 200), s.replyDesk)
	on(s, op(post, one+"/note", "note-conversation", "Note something for agents only", agents, 200), s.noteDesk)
	on(s, op(get, one+"/suggestions", "suggest-replies", "Replies from the store's answers, to a draft and to what the buyer said last", agents, 200), s.suggest)
	on(s, op(post, one+"/suggestions/{sid}", "judge-suggestion", "What an agent made of a suggestion; the buyer is told nothing", agents, 204), s.judge)
	on(s, op(get, "/v1/desk/pending-faqs", "list-pending-faqs", "Answers learned from agents that wait to be approved", agents, 200), s.listPending)
	on(s, op(post, "/v1/desk/pending-faqs/{id}/approve", "approve-faq", "Let buyers get the answer, as it is or corrected", agents, 200), s.approve)
	on(s, op(post, "/v1/desk/pending-faqs/{id}/reject", "reject-faq", "Drop the answer", agents, 204), s.reject)
	on(s, op(get, "/v1/insights/gaps", "list-gaps", "What buyers asked and nobody could answer, most often first", merchants, 200), s.listGaps)
	on(s, op(post, "/v1/insights/gaps/{id}/answer", "answer-gap", "Answer a question from now on", merchants, 201), s.answerGap)
	on(s, toldAs(op(get, "/v1/desk/events", "follow-desk", "What happens in all conversations from now on, as server-sent events", agents, 200), s, nil, deskEvents), s.listenDesk)
}
