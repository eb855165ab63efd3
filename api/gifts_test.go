package api

import (
	"strings"
	"testing"
)

const giftRows = `id,title,price,availability,product_type,gender
tea,Green tea tin,16.80 USD,in_stock,Tea,
watch,Steel watch,89.00 USD,in_stock,Watches,male
necklace,Moon necklace,28.00 USD,in_stock,Necklaces,female
perfume,Iris perfume,26.80 USD,in_stock,Perfume,female
scarf,Silk scarf,23.90 USD,in_stock,Scarves,female
rod,Carbon fishing rod,29.90 USD,in_stock,Fishing,
`

func TestGifts(t *testing.T) {
	t.Parallel()
	k := makeStore(t, nil)
	syncFeed(t, k, "full", "gifts.csv", []byte(giftRows)).is("state", "done").is("failed", 0)
	a := call(t, "POST", "/v1/gifts", k.pk, `{"text":"我女朋友过生日,送什么好?30以内"}`).want(200)
	a.is("understood.recipient", "girlfriend").is("understood.occasion", "birthday").is("understood.gender", "female").is("understood.budget_max", 3000).is("understood.language", "zh")
	if a.length("gifts") < 3 || strings.Contains(string(a.body), `"watch"`) || a.text("gifts.0.why.0.text") == "" {
		t.Errorf("%s", a.body)
	}
	given := call(t, "POST", "/v1/gifts", k.sk, `{"text":"gift for mum","recipient":"father","interests":["fishing"],"budget_max":3000,"need_by":"2999-01-01","limit":1}`).want(200)
	given.is("understood.recipient", "father").is("understood.gender", "male").is("understood.need_by", "2999-01-01").is("gifts.0.product.id", "rod").is("notes.0.field", "need_by")
	if given.length("gifts") != 1 {
		t.Errorf("%s", given.body)
	}
	call(t, "PATCH", "/v1/store", k.sk, `{"delivery":{"min_days":2,"max_days":4}}`).want(200).is("delivery.max_days", 4)
	timed := call(t, "POST", "/v1/gifts", k.pk, `{"recipient":"mother","need_by":"2999-01-01"}`).want(200)
	if timed.length("notes") != 0 || !strings.Contains(string(timed.body), "in time") {
		t.Errorf("%s", timed.body)
	}
	nothing := call(t, "POST", "/v1/gifts", k.pk, `{"recipient":"mother","budget_max":1}`).want(200)
	if nothing.length("gifts") != 0 {
		t.Errorf("%s", nothing.body)
	}
	nothing.is("notes.0.field", "budget_max")
}

func TestGiftRefusals(t *testing.T) {
	t.Parallel()
	k := makeStore(t, nil)
	for body, location := range map[string]string{
		`{"recipient":"martian"}`:           "recipient",
		`{"occasion":"doomsday"}`:           "occasion",
		`{"gender":"robot"}`:                "gender",
		`{"age":200}`:                       "age",
		`{"limit":21}`:                      "limit",
		`{"budget_min":20,"budget_max":10}`: "budget_min",
		`{"budget_max":-1}`:                 "budget_max",
		`{"need_by":"tomorrow"}`:            "need_by",
		`{"need_by":"2001-01-01"}`:          "need_by",
		`{"wish":"a pony"}`:                 "wish",
	} {
		call(t, "POST", "/v1/gifts", k.pk, body).problem(422, "invalid").is("errors.0.location", location)
	}
	call(t, "POST", "/v1/gifts", k.ak, `{}`).problem(403, "forbidden")
	call(t, "PATCH", "/v1/store", k.sk, `{"delivery":{"min_days":4,"max_days":2}}`).problem(422, "invalid").is("errors.0.location", "delivery.min_days")
}
