package api

import (
	"context"
	"image"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"

	"honeyguide/catalog"
	"honeyguide/embed/photo"
)

// imageBody describes what createImage reads.
var imageBody = map[string]*huma.MediaType{
	multipartForm: {Schema: object("image", &huma.Schema{Type: huma.TypeString, Format: "binary"})},
}

func (s *Server) createImage(ctx context.Context, in *upload) (*answerOf[catalog.Photo], error) {
	form, ok, err := formOf(in.contentType, in.body)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, problem(415, "send the photo as multipart/form-data in the field «image»")
	}
	file, err := formFile(form, "image")
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(file, photo.MaxBytes+1))
	if err != nil {
		return nil, err
	}
	done, err := s.decoding(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	p, err := s.catalog.SavePhoto(ctx, storeOf(ctx), data, s.keep)
	return body(p), err
}

// getImage shows a buyer's photo to who knows its id, which cannot be guessed.
func (s *Server) getImage(ctx context.Context, in *struct {
	ID string `path:"id"`
}) (*photoOut, error) {
	data, err := s.catalog.PhotoFile(ctx, storeOf(ctx), in.ID)
	return &photoOut{Type: "image/jpeg", Cache: "private, max-age=3600", Body: data}, err
}

// shownAsPicture describes what getImage answers.
func shownAsPicture(op huma.Operation) huma.Operation {
	op.Responses = map[string]*huma.Response{"200": {Description: http.StatusText(http.StatusOK),
		Content: map[string]*huma.MediaType{"image/jpeg": {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}}}}
	return op
}

type photoOut struct {
	Type  string `header:"Content-Type"`
	Cache string `header:"Cache-Control"`
	Body  []byte
}

// A picture of forty megapixels takes a third of a gigabyte while it is decoded,
// so few are at a time, and what goes on is small.
const (
	maxDecoding = 4
	maxSide     = 1600 // pixels
)

// decoding waits for its turn to decode a picture; done ends it.
func (s *Server) decoding(ctx context.Context) (done func(), err error) {
	select {
	case s.pictures <- struct{}{}:
		return func() { <-s.pictures }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// picture decodes a buyer's picture.
func (s *Server) picture(ctx context.Context, data []byte) (*image.NRGBA, error) {
	done, err := s.decoding(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	img, info, err := photo.Decode(data)
	if err == nil && max(info.Width, info.Height) > maxSide {
		img = photo.Thumbnail(img, maxSide)
	}
	return img, err
}

// media serves products' pictures. A name never changes its content.
func (s *Server) media(c echo.Context) error {
	name := c.Param("name")
	f, changed, err := s.catalog.Media(name)
	if err != nil {
		return err
	}
	defer f.Close()
	h := c.Response().Header()
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("ETag", `"`+name+`"`)
	h.Set("Content-Security-Policy", "default-src 'none'")
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	http.ServeContent(c.Response(), c.Request(), name, changed, f)
	return nil
}
