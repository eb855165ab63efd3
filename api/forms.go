package api

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"os"

	"github.com/danielgtaylor/huma/v2"
)

// upload is a body that is read as a stream, since it may be large.
type upload struct {
	contentType string
	body        io.Reader
}

// Resolve takes hold of the body before anything reads it.
func (in *upload) Resolve(ctx huma.Context) []error {
	in.contentType, in.body = ctx.Header("Content-Type"), ctx.BodyReader()
	return nil
}

// reads describes the body of an operation that reads it as a stream. huma would
// read a body that it knew of before, so it learns of it afterwards.
func (s *Server) reads(path string, content map[string]*huma.MediaType) {
	s.api.OpenAPI().Paths[path].Post.RequestBody = &huma.RequestBody{Required: true, Content: content}
}

// object is the schema of an object with one needed property.
func object(name string, property *huma.Schema) *huma.Schema {
	return &huma.Schema{Type: huma.TypeObject, Properties: map[string]*huma.Schema{name: property}, Required: []string{name}}
}

const multipartForm = "multipart/form-data"

// formOf reads a body as a form, if its type says that it is one.
func formOf(contentType string, body io.Reader) (form *multipart.Reader, ok bool, err error) {
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil || kind != multipartForm {
		return nil, false, nil
	}
	if params["boundary"] == "" {
		return nil, true, problem(400, "the form's Content-Type names no boundary")
	}
	return multipart.NewReader(body, params["boundary"]), true, nil
}

// nextPart returns a form's next part, or io.EOF behind the last one.
func nextPart(form *multipart.Reader) (*multipart.Part, error) {
	part, err := form.NextPart()
	if err == io.EOF { // wrapped, it is a form that breaks off
		return nil, err
	}
	return part, formError(err)
}

// formFile finds a file in a form without holding it.
func formFile(form *multipart.Reader, field string) (io.Reader, error) {
	for {
		part, err := nextPart(form)
		if err == io.EOF {
			return nil, problem(422, "the form has no field «"+field+"»", Fault{Location: field, Message: "is needed"})
		}
		if err != nil {
			return nil, err
		}
		if part.FormName() == field {
			return formReader{part}, nil
		}
	}
}

// formReader tells a form's own faults from those of keeping what it holds.
type formReader struct{ from io.Reader }

// Read reads from the form.
func (r formReader) Read(p []byte) (int, error) {
	n, err := r.from.Read(p)
	if err != io.EOF {
		err = formError(err)
	}
	return n, err
}

// formError names a form that breaks off or is none.
func formError(err error) error {
	var tooBig *http.MaxBytesError
	if err == nil || errors.As(err, &tooBig) || errors.Is(err, os.ErrDeadlineExceeded) {
		return err
	}
	return problem(400, "the form breaks off or is none: "+err.Error())
}
