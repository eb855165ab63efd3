package api

import (
	"net/http"

	"github.com/danielgtaylor/huma/v2"
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
	s.reads("/v1/feeds", feedBody)
	s.reads("/v1/faqs/import", faqFile)
	s.reads("/v1/images", imageBody)
	s.readsForm("/v1/search")

	s.open("/v1/media/{name}", "get-media", "A product's picture, for ever the same under its name", "image/*", s.media)
	s.open("/healthz", "healthz", "Answers while the process lives", "text/plain", s.healthz)
	s.open("/readyz", "readyz", "Answers 200 once it can serve, else 503", "text/plain", s.readyz)
	s.open("/metrics", "metrics", "Figures for Prometheus", "text/plain", s.scrape)
}
