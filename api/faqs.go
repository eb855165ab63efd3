package api

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"honeyguide/catalog"
)

// faqBody is an answer as a merchant writes it.
type faqBody struct {
	ID         string            `json:"id,omitempty" doc:"As shown; the path decides"`
	Question   string            `json:"question" maxLength:"500"`
	Phrasings  []string          `json:"phrasings,omitempty" maxItems:"50" doc:"Other ways to ask it"`
	Answer     string            `json:"answer" maxLength:"10000"`
	Language   string            `json:"language,omitempty" doc:"en, zh and so on; else the question's"`
	Enabled    *bool             `json:"enabled,omitempty" default:"true"`
	Category   string            `json:"category,omitempty" maxLength:"100"`
	ProductIDs []string          `json:"product_ids,omitempty" maxItems:"1000" doc:"The products it is about; none: the whole store"`
	ValidFrom  *time.Time        `json:"valid_from,omitempty" nullable:"true"`
	ValidTo    *time.Time        `json:"valid_to,omitempty" nullable:"true"`
	Source     catalog.FAQSource `json:"source,omitempty" enum:"merchant,agent,pack" doc:"What a merchant changes of the packs' becomes the merchant's"`
	State      catalog.FAQState  `json:"state,omitempty" enum:"live,pending" default:"live"`
}

func (b *faqBody) faq(id string) catalog.FAQ {
	return catalog.FAQ{ID: id, Question: b.Question, Phrasings: b.Phrasings, Answer: b.Answer, Language: b.Language, Enabled: *b.Enabled,
		Category: b.Category, ProductIDs: b.ProductIDs, ValidFrom: b.ValidFrom, ValidTo: b.ValidTo, Source: b.Source, State: b.State}
}

func (s *Server) createFAQ(ctx context.Context, in *struct{ Body faqBody }) (*answerOf[catalog.FAQ], error) {
	f, err := s.catalog.AddFAQ(ctx, storeOf(ctx), in.Body.faq(""))
	return body(f), err
}

type faqID struct {
	ID string `path:"id"`
}

func (s *Server) getFAQ(ctx context.Context, in *faqID) (*answerOf[catalog.FAQ], error) {
	f, err := s.catalog.FAQ(ctx, storeOf(ctx), in.ID)
	return body(f), err
}

func (s *Server) putFAQ(ctx context.Context, in *struct {
	ID   string `path:"id"`
	Body faqBody
}) (*answerOf[catalog.FAQ], error) {
	f, err := s.catalog.PutFAQ(ctx, storeOf(ctx), in.Body.faq(in.ID))
	return body(f), err
}

func (s *Server) deleteFAQ(ctx context.Context, in *faqID) (*struct{}, error) {
	return nil, s.catalog.DeleteFAQ(ctx, storeOf(ctx), in.ID)
}

type faqList struct {
	FAQs       []catalog.FAQ `json:"faqs" nullable:"false"`
	NextCursor string        `json:"next_cursor"`
}

func (s *Server) listFAQs(ctx context.Context, in *struct {
	Limit    int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
	Cursor   string `query:"cursor" doc:"next_cursor of the page before"`
	Language string `query:"language"`
	Category string `query:"category"`
	State    string `query:"state" enum:"live,pending"`
	Text     string `query:"q" maxLength:"500" doc:"In the question, a phrasing or the answer"`
}) (*answerOf[faqList], error) {
	after, err := decodeCursor("a", in.Cursor)
	if err != nil {
		return nil, err
	}
	filter := catalog.FAQFilter{Language: in.Language, Category: in.Category, State: catalog.FAQState(in.State), Text: in.Text}
	list, err := s.catalog.FAQs(ctx, storeOf(ctx), filter, after, in.Limit+1)
	if err != nil {
		return nil, err
	}
	return body(faqPage(list, in.Limit)), nil
}

// faqPage is a page of a list that was read one longer, to know whether it goes on.
func faqPage(list []catalog.FAQ, limit int) faqList {
	out := faqList{FAQs: list}
	if len(list) > limit {
		out.FAQs = list[:limit]
		out.NextCursor = encodeCursor("a", out.FAQs[limit-1].ID)
	}
	return out
}

// faqFile describes what importFAQs reads.
var faqFile = map[string]*huma.MediaType{
	multipartForm:      {Schema: object("file", &huma.Schema{Type: huma.TypeString, Format: "binary"})},
	"text/csv":         {Schema: &huma.Schema{Type: huma.TypeString}},
	"application/json": {Schema: &huma.Schema{Type: huma.TypeArray, Items: &huma.Schema{Type: huma.TypeObject}}},
}

func (s *Server) importFAQs(ctx context.Context, in *upload) (*answerOf[catalog.FAQChanges], error) {
	file := in.body
	form, ok, err := formOf(in.contentType, in.body)
	if err == nil && ok {
		file, err = formFile(form, "file")
	}
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(file) // bound has limited it
	if err != nil {
		return nil, err
	}
	changes, err := s.catalog.ImportFAQs(ctx, storeOf(ctx), data)
	return body(changes), err
}

// fileOut is a file to keep.
type fileOut struct {
	Type string `header:"Content-Type"`
	Name string `header:"Content-Disposition"`
	Body []byte
}

func (s *Server) exportFAQs(ctx context.Context, in *struct {
	Format string `query:"format" enum:"csv,json" default:"csv"`
}) (*fileOut, error) {
	write, kind := s.catalog.ExportFAQs, "text/csv; charset=utf-8"
	if in.Format == "json" {
		write, kind = s.catalog.ExportFAQList, "application/json"
	}
	var file bytes.Buffer
	if err := write(ctx, storeOf(ctx), &file); err != nil {
		return nil, err
	}
	return &fileOut{Type: kind, Name: `attachment; filename="faqs.` + in.Format + `"`, Body: file.Bytes()}, nil
}

// shownAsFile describes what exportFAQs answers.
func shownAsFile(op huma.Operation) huma.Operation {
	text := &huma.Schema{Type: huma.TypeString}
	op.Responses = map[string]*huma.Response{"200": {Description: http.StatusText(http.StatusOK),
		Content: map[string]*huma.MediaType{"text/csv": {Schema: text}, "application/json": {Schema: &huma.Schema{Type: huma.TypeArray, Items: &huma.Schema{Type: huma.TypeObject}}}}}}
	return op
}

func (s *Server) matchFAQ(ctx context.Context, in *struct {
	Body struct {
		Text      string `json:"text" minLength:"1" maxLength:"2000"`
		Language  string `json:"language,omitempty" doc:"Of the asker; else the text's"`
		ProductID string `json:"product_id,omitempty" doc:"Of the page it is asked on"`
	}
}) (*answerOf[catalog.FAQAnswer], error) {
	a, err := s.catalog.Answers(ctx, storeOf(ctx), catalog.FAQQuery{Text: in.Body.Text, Language: in.Body.Language, ProductID: in.Body.ProductID})
	return body(a), err
}
