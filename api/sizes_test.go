package api

import (
	"fmt"
	"strings"
	"testing"
)

const sizeRows = `id,title,price,availability,product_type,gender,brand,size
dress,Red dress,50.00 USD,in_stock,Dresses,female,Acme,"S,M,L"
shirt,White shirt,30.00 USD,out_of_stock,Shirts,male,Other,"M,L"
bear,Plush bear,20.00 USD,in_stock,Plush toys,,,
`

func TestSize(t *testing.T) {
	t.Parallel()
	k := makeStore(t, nil)
	syncFeed(t, k, "full", "sizes.csv", []byte(sizeRows)).is("state", "done").is("failed", 0)
	size := func(body string) *answer {
		t.Helper()
		return call(t, "POST", "/v1/size", k.pk, body).want(200)
	}
	a := size(`{"product_id":"dress","measurements":{"chest_cm":88,"waist_cm":72}}`).is("size", "M").is("in_stock", true).is("row.size", "M").is("row.chest.0", 86)
	if a.length("between") != 0 || a.length("missing") != 0 || a.at("confidence").(float64) < .4 {
		t.Errorf("%s", a.body)
	}
	size(`{"product_id":"dress","text":"I'm 5'5\" and 137 lb"}`).is("size", "M").is("missing.0", "chest_cm")
	size(`{"product_id":"dress","text":"身高165体重124斤","language":"zh"}`).is("size", "M").is("missing.0", "chest_cm")
	size(`{"product_id":"shirt","measurements":{"chest_cm":98}}`).is("size", "M").is("in_stock", false)
	size(`{"product_id":"dress"}`).is("size", "").is("missing.0", "chest_cm").is("confidence", 0)
	size(`{"product_id":"bear","measurements":{"chest_cm":98}}`).is("size", "").is("why.0.field", "chart")

	put := `{"category":"dresses","brand":"ACME","gender":"female","unit":"in","rows":[{"size":"S","chest":[34,35.4]},{"size":"M","chest":[35.5,36.9],"also":{"eu":"38"}}]}`
	call(t, "PUT", "/v1/size-charts/acme", k.sk, put).want(200).is("id", "acme").is("rows.1.also.eu", "38").is("unit", "in")
	size(`{"product_id":"dress","measurements":{"chest_cm":88}}`).is("size", "S").is("chart", "acme")
	shown := call(t, "GET", "/v1/size-charts/acme", k.sk, nil).want(200).is("rows.0.chest.1", 35.4)
	call(t, "PUT", "/v1/size-charts/acme", k.sk, string(shown.body)).want(200)
	call(t, "PUT", "/v1/size-charts/b", k.sk, put).want(200)
	first := call(t, "GET", "/v1/size-charts?limit=1", k.sk, nil).want(200).is("size_charts.0.id", "acme")
	second := call(t, "GET", "/v1/size-charts?limit=1&cursor="+first.text("next_cursor"), k.sk, nil).want(200).is("size_charts.0.id", "b").is("next_cursor", "")
	if second.length("size_charts") != 1 {
		t.Errorf("%s", second.body)
	}
	other := makeStore(t, map[string]any{"name": "Other"})
	call(t, "GET", "/v1/size-charts/acme", other.sk, nil).problem(404, "not_found")
	call(t, "DELETE", "/v1/size-charts/acme", other.sk, nil).problem(404, "not_found")
	call(t, "DELETE", "/v1/size-charts/acme", k.sk, nil).want(204)
	call(t, "GET", "/v1/size-charts/acme", k.sk, nil).problem(404, "not_found")
	call(t, "GET", "/v1/size-charts", k.pk, nil).problem(403, "forbidden")
}

func TestSizeRefusals(t *testing.T) {
	t.Parallel()
	k := makeStore(t, nil)
	syncFeed(t, k, "full", "sizes.csv", []byte(sizeRows)).is("state", "done")
	for measure, location := range map[string]string{
		`"chest_cm":900`: "measurements.chest_cm", `"weight_kg":-5`: "measurements.weight_kg", `"gender":"robot"`: "measurements.gender", `"wings_cm":1`: "measurements.wings_cm",
	} {
		call(t, "POST", "/v1/size", k.pk, fmt.Sprintf(`{"product_id":"dress","measurements":{%s}}`, measure)).problem(422, "invalid").is("errors.0.location", location)
	}
	call(t, "POST", "/v1/size", k.pk, `{"product_id":"none"}`).problem(404, "not_found")
	call(t, "POST", "/v1/size", k.pk, `{}`).problem(422, "invalid").is("errors.0.location", "product_id")
	for body, location := range map[string]string{
		`{"category":"spaceships","rows":[{"size":"M","chest":[1,2]}]}`:         "category",
		`{"category":"tops","rows":[]}`:                                         "rows",
		`{"category":"tops","rows":[{"size":"M","chest":[1]}]}`:                 "rows[0]",
		`{"category":"tops","rows":[{"size":"M","wings":[1,2]}]}`:               "rows[0].wings",
		`{"category":"tops","unit":"feet","rows":[{"size":"M","chest":[1,2]}]}`: "unit",
	} {
		call(t, "PUT", "/v1/size-charts/a", k.sk, body).problem(422, "invalid").is("errors.0.location", location)
	}
	call(t, "PUT", "/v1/size-charts/"+strings.Repeat("a", 61), k.sk, `{"category":"tops","rows":[{"size":"M","chest":[1,2]}]}`).problem(422, "invalid").is("errors.0.location", "id")
}
