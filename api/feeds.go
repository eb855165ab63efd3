package api

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"

	"github.com/danielgtaylor/huma/v2"

	"honeyguide/catalog"
)

// feedIn is a feed as it comes.
type feedIn struct {
	Mode string `query:"mode" default:"full" enum:"full,partial"`
	upload
}

// feedBody describes what createFeed reads.
var feedBody = map[string]*huma.MediaType{
	multipartForm:      {Schema: object("file", &huma.Schema{Type: huma.TypeString, Format: "binary"})},
	"application/json": {Schema: object("url", &huma.Schema{Type: huma.TypeString, Format: "uri"})},
}

type jobOut struct {
	Job catalog.Job `json:"job"`
}

func (s *Server) createFeed(ctx context.Context, in *feedIn) (*answerOf[jobOut], error) {
	mode, storeID := catalog.Mode(in.Mode), storeOf(ctx)
	form, ok, err := formOf(in.contentType, in.body)
	if err != nil {
		return nil, err
	}
	if !ok {
		address, err := feedAddress(in)
		if err != nil {
			return nil, err
		}
		job, err := s.catalog.NewFeedFrom(ctx, storeID, mode, address)
		return body(jobOut{Job: job}), err
	}
	file, err := formFile(form, "file")
	if err != nil {
		return nil, err
	}
	job, err := s.catalog.NewFeed(ctx, storeID, mode, func(w io.Writer) error {
		_, err := io.Copy(w, file)
		return err
	})
	return body(jobOut{Job: job}), err
}

// feedAddress reads {"url": …}.
func feedAddress(in *feedIn) (string, error) {
	if kind, _, err := mime.ParseMediaType(in.contentType); err != nil || kind != "application/json" {
		return "", problem(415, "send the feed as multipart/form-data in the field «file», or as JSON {\"url\": …}")
	}
	data, err := io.ReadAll(io.LimitReader(in.body, maxBody+1))
	if err != nil {
		return "", err
	}
	if len(data) > maxBody {
		return "", problem(413, "the body is larger than "+bytesText(maxBody))
	}
	var b struct {
		URL string `json:"url"`
	}
	var wrong *json.UnmarshalTypeError
	switch err := json.Unmarshal(data, &b); {
	case errors.As(err, &wrong):
		return "", problem(422, "url: must be a text in an object", Fault{Location: "url", Message: "must be a text in an object"})
	case err != nil:
		return "", problem(400, "the body is not JSON: "+err.Error())
	}
	return b.URL, nil
}

type jobID struct {
	ID string `path:"id"`
}

func (s *Server) getJob(ctx context.Context, in *jobID) (*answerOf[catalog.Job], error) {
	j, err := s.catalog.Job(ctx, storeOf(ctx), in.ID)
	return body(j), err
}

func (s *Server) confirmJob(ctx context.Context, in *jobID) (*answerOf[catalog.Job], error) {
	j, err := s.catalog.ConfirmJob(ctx, storeOf(ctx), in.ID)
	return body(j), err
}

func (s *Server) cancelJob(ctx context.Context, in *jobID) (*answerOf[catalog.Job], error) {
	j, err := s.catalog.CancelJob(ctx, storeOf(ctx), in.ID)
	return body(j), err
}

type jobList struct {
	Jobs       []catalog.Job `json:"jobs" nullable:"false"`
	NextCursor string        `json:"next_cursor"`
}

func (s *Server) listJobs(ctx context.Context, in *page) (*answerOf[jobList], error) {
	skip, err := in.skip()
	if err != nil {
		return nil, err
	}
	jobs, err := s.catalog.Jobs(ctx, storeOf(ctx), skip, in.Limit+1)
	if err != nil {
		return nil, err
	}
	out := jobList{Jobs: jobs}
	if len(jobs) > in.Limit {
		out.Jobs, out.NextCursor = jobs[:in.Limit], skipCursor(skip+in.Limit)
	}
	return body(out), nil
}
