package api

import (
	"bytes"
	"context"
	"encoding/json"
	"image"
	"io"
	"maps"
	"mime/multipart"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"
)

// formPicture is where a form's photo waits for the operation.
const formPicture = "honeyguide.picture"

// searchBody lets a search come as a form too: its photo is decoded, and its
// fields are rewritten as the JSON that the operation takes, so that both ways
// are checked by the same rules.
func searchBody(op huma.Operation, s *Server) huma.Operation {
	op.Middlewares = huma.Middlewares{func(ctx huma.Context, next func(huma.Context)) {
		e := humaecho.Unwrap(ctx)
		r := e.Request()
		form, ok, err := formOf(ctx.Header("Content-Type"), r.Body)
		if ok && err == nil {
			var fields []byte
			var picture *image.NRGBA
			if fields, picture, err = s.readForm(ctx.Context(), form); err == nil {
				e.Set(formPicture, picture)
				e.SetRequest(asJSON(r, fields))
			}
		}
		if err != nil {
			s.refuse(ctx, err)
			return
		}
		next(ctx)
	}}
	return op
}

// readsForm adds the form to an operation's description, with the fields of its JSON.
func (s *Server) readsForm(path string) {
	api := s.api.OpenAPI()
	content := api.Paths[path].Post.RequestBody.Content
	properties := map[string]*huma.Schema{"image": {Type: huma.TypeString, Format: "binary"}}
	maps.Copy(properties, resolve(api, content["application/json"].Schema).Properties)
	content[multipartForm] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeObject, Properties: properties},
		Encoding: map[string]*huma.Encoding{"filters": {ContentType: "application/json"}, "region": {ContentType: "application/json"}}}
}

// readForm returns a form's photo, or nil, and its other fields as JSON.
func (s *Server) readForm(ctx context.Context, form *multipart.Reader) (fields []byte, picture *image.NRGBA, err error) {
	values := map[string]json.RawMessage{}
	for {
		part, err := nextPart(form)
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, nil, err
		}
		data, err := io.ReadAll(formReader{part})
		if err != nil {
			return nil, nil, err
		}
		switch name := part.FormName(); {
		case name != "image":
			values[name] = formValue(name, data)
		case len(data) == 0 && part.FileName() == "": // a browser's empty picker
		default:
			if picture, err = s.picture(ctx, data); err != nil {
				return nil, nil, err
			}
		}
	}
	fields, err = json.Marshal(values)
	return fields, picture, err
}

// formValue is a form field as JSON: numbers, lists and objects as they stand,
// everything else as text.
func formValue(name string, data []byte) json.RawMessage {
	switch name {
	case "filters", "region", "limit":
		if trimmed := bytes.TrimSpace(data); json.Valid(trimmed) {
			return trimmed
		}
	}
	text, _ := json.Marshal(strings.ToValidUTF8(string(data), "\uFFFD")) // a text always has a JSON form
	return text
}

func asJSON(r *http.Request, fields []byte) *http.Request {
	r = r.Clone(r.Context())
	r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(fields)), int64(len(fields))
	r.Header.Set("Content-Type", "application/json")
	return r
}
