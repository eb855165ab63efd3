package api

import (
	"html/template"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"
)

// docsPage lists every operation. It is plain HTML: the usual renderers of
// OpenAPI come as scripts from elsewhere, which a shop's server should not load.
var docsPage = template.Must(template.New("docs").Parse(`<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Honeyguide API</title>
<link rel="stylesheet" href="/assets/docs.css">
<main><h1>{{.Info.Title}} API</h1><p>{{.Info.Description}}</p><p>For programs: <a href="/openapi.json">/openapi.json</a></p>
{{range .Operations}}<section id="{{.ID}}"><h2><code>{{.Method}}</code> <code>{{.Path}}</code></h2>
<p>{{.Summary}}.{{if .Keys}} Key: {{range $i, $k := .Keys}}{{if $i}} or {{end}}<code>{{$k}}_…</code>{{end}}.{{end}}</p>
{{if .Params}}<table><caption>Parameters</caption>{{range .Params}}<tr><td><code>{{.Name}}</code><td>{{.In}}<td>{{.Kind}}<td>{{.About}}{{end}}</table>{{end}}
{{range .Bodies}}<details><summary>{{.Title}}</summary><table>{{range .Fields}}<tr><td><code>{{.Name}}</code><td>{{.Kind}}<td>{{.About}}{{end}}</table></details>{{end}}
</section>{{end}}</main></html>`))

type docsOperation struct {
	ID, Method, Path, Summary string
	Keys                      []string
	Params                    []docsField
	Bodies                    []docsBody
}

type docsBody struct {
	Title  string
	Fields []docsField
}

type docsField struct{ Name, In, Kind, About string }

func (s *Server) docs(c echo.Context) error {
	api := s.api.OpenAPI()
	page := struct {
		Info       *huma.Info
		Operations []docsOperation
	}{Info: api.Info}
	for path, item := range api.Paths {
		for _, op := range []*huma.Operation{item.Get, item.Post, item.Put, item.Patch, item.Delete} {
			if op != nil {
				page.Operations = append(page.Operations, describe(api, path, op))
			}
		}
	}
	slices.SortFunc(page.Operations, func(a, b docsOperation) int { return strings.Compare(a.Path+a.Method, b.Path+b.Method) })
	h := c.Response().Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; frame-ancestors 'none'")
	c.Response().WriteHeader(http.StatusOK)
	return docsPage.Execute(c.Response(), page)
}

func describe(api *huma.OpenAPI, path string, op *huma.Operation) docsOperation {
	d := docsOperation{ID: op.OperationID, Method: op.Method, Path: path, Summary: op.Summary}
	for _, scheme := range op.Security {
		d.Keys = append(d.Keys, scheme["bearer"]...)
	}
	for _, p := range op.Parameters {
		d.Params = append(d.Params, docsField{p.Name, p.In, kindOf(api, p.Schema), aboutOf(p.Schema)})
	}
	if op.RequestBody != nil {
		d.Bodies = append(d.Bodies, bodiesOf(api, "Request", op.RequestBody.Content)...)
	}
	for status, r := range op.Responses {
		if strings.HasPrefix(status, "2") {
			d.Bodies = append(d.Bodies, bodiesOf(api, "Answer "+status, r.Content)...)
		}
	}
	return d
}

func bodiesOf(api *huma.OpenAPI, title string, content map[string]*huma.MediaType) []docsBody {
	var all []docsBody
	for kind, media := range content {
		b := docsBody{Title: title + ": " + kind}
		schema := resolve(api, media.Schema)
		for name, property := range schema.Properties {
			b.Fields = append(b.Fields, docsField{Name: name, Kind: kindOf(api, property), About: aboutOf(property)})
		}
		slices.SortFunc(b.Fields, func(a, b docsField) int { return strings.Compare(a.Name, b.Name) })
		if len(b.Fields) > 0 {
			all = append(all, b)
		}
	}
	slices.SortFunc(all, func(a, b docsBody) int { return strings.Compare(a.Title, b.Title) })
	return all
}

func resolve(api *huma.OpenAPI, schema *huma.Schema) *huma.Schema {
	if schema != nil && schema.Ref != "" {
		return api.Components.Schemas.SchemaFromRef(schema.Ref)
	}
	if schema == nil {
		return &huma.Schema{}
	}
	return schema
}

// kindOf is a schema's type in a few words, such as "array of Found".
func kindOf(api *huma.OpenAPI, schema *huma.Schema) string {
	switch {
	case schema == nil:
		return ""
	case schema.Ref != "":
		return schema.Ref[strings.LastIndexByte(schema.Ref, '/')+1:]
	case schema.Type == huma.TypeArray:
		return "array of " + kindOf(api, schema.Items)
	}
	return schema.Type
}

func aboutOf(schema *huma.Schema) string {
	if schema == nil {
		return ""
	}
	return schema.Description
}
