package api

import (
	"fmt"
	"strings"
	"testing"
)

// answering makes a store that answers only what is put into it.
func answering(t *testing.T, packs ...string) keys {
	t.Helper()
	return makeStore(t, map[string]any{"packs": append([]string{"none"}, packs...)})
}

func TestFAQs(t *testing.T) {
	t.Parallel()
	k := answering(t)
	made := call(t, "POST", "/v1/faqs", k.sk, map[string]any{"question": "怎么退货?", "answer": "七天内。", "phrasings": []string{"可以退吗"}},
		"Idempotency-Key", "one").want(201)
	made.is("language", "zh").is("enabled", true).is("source", "merchant").is("state", "live").is("valid_to", nil).is("product_ids", []any{})
	again := call(t, "POST", "/v1/faqs", k.sk, map[string]any{"question": "怎么退货?", "answer": "七天内。", "phrasings": []string{"可以退吗"}},
		"Idempotency-Key", "one").want(201)
	if again.text("id") != made.text("id") || again.header.Get("Idempotent-Replayed") != "true" {
		t.Errorf("the same request made %s and %s", made.text("id"), again.text("id"))
	}
	path := "/v1/faqs/" + made.text("id")
	call(t, "PUT", path, k.sk, map[string]any{"id": "another", "question": "How do I return it?", "answer": "Within a week.", "enabled": false,
		"valid_to": "2027-01-01T00:00:00Z", "product_ids": []string{"p1"}, "state": "pending", "source": "agent"}).want(200).is("id", made.text("id"))
	call(t, "GET", path, k.sk, nil).want(200).is("language", "en").is("enabled", false).is("valid_to", "2027-01-01T00:00:00Z").is("source", "agent").
		is("phrasings", []any{}).is("product_ids.0", "p1")
	call(t, "PUT", "/v1/faqs/shipping", k.sk, map[string]any{"question": "Do you ship abroad?", "answer": "Yes.", "category": "delivery"}).want(200)
	for query, n := range map[string]int{"": 2, "language=en": 2, "language=zh": 0, "category=delivery": 1, "state=pending": 1, "q=ABROAD": 1, "limit=1": 1} {
		if got := call(t, "GET", "/v1/faqs?"+query, k.sk, nil).want(200).length("faqs"); got != n {
			t.Errorf("%q lists %d, want %d", query, got, n)
		}
	}
	other := answering(t)
	call(t, "GET", path, other.sk, nil).problem(404, "not_found")
	call(t, "DELETE", path, other.sk, nil).problem(404, "not_found")
	call(t, "DELETE", path, k.sk, nil).want(204)
	call(t, "GET", path, k.sk, nil).problem(404, "not_found")
}

func TestFAQPages(t *testing.T) {
	t.Parallel()
	k := answering(t, "drinks")
	ids := map[string]bool{}
	for path, pages := "/v1/faqs?limit=15", 0; ; pages++ {
		page := call(t, "GET", path, k.sk, nil).want(200)
		for i := range page.length("faqs") {
			ids[page.text(fmt.Sprintf("faqs.%d.id", i))] = true
		}
		cursor := page.text("next_cursor")
		if cursor == "" || pages > 5 {
			break
		}
		path = "/v1/faqs?limit=15&cursor=" + cursor
	}
	if len(ids) != 40 {
		t.Errorf("the pages hold %d answers of the pack", len(ids))
	}
	id := "/v1/faqs/pack:drinks:tea-temperature:zh"
	call(t, "GET", id, k.sk, nil).want(200).is("source", "pack").is("language", "zh")
	call(t, "PUT", id, k.sk, map[string]any{"question": "水温多少?", "answer": "看茶。"}).want(200).is("source", "merchant")
	call(t, "DELETE", id, k.sk, nil).want(204)
	call(t, "GET", id, k.sk, nil).problem(404, "not_found")
}

func TestFAQFiles(t *testing.T) {
	t.Parallel()
	k := answering(t, "drinks")
	table := "问题,答案,相似问题,启用,备注\n怎么退货,七天内,可以退吗|退货流程,是,x\n国外能寄吗,能,,maybe,\n,没有问题,,,\n"
	first := call(t, "POST", "/v1/faqs/import", k.sk, table, "Content-Type", "text/csv").want(200)
	first.is("added", 1).is("failed", 2).is("ignored.0", "备注").is("errors.0.line", 3).is("errors.0.field", "enabled").is("errors.1.line", 4).is("errors.1.field", "question")
	file := newForm()
	file.file("file", "faqs.csv", []byte(table))
	call(t, "POST", "/v1/faqs/import", k.sk, file).want(200).is("added", 0).is("updated", 0).is("unchanged", 1)
	call(t, "POST", "/v1/faqs/import", k.sk, `[{"question":"怎么退货","answer":"十天内"}]`).want(200).is("updated", 1)
	for _, format := range []string{"csv", "json"} {
		out := call(t, "GET", "/v1/faqs/export?format="+format, k.sk, nil).want(200)
		if !strings.Contains(string(out.body), "可以退吗") || !strings.Contains(out.header.Get("Content-Disposition"), "faqs."+format) {
			t.Errorf("%s: %v", format, out.header)
		}
		call(t, "POST", "/v1/faqs/import", k.sk, string(out.body)).want(200).is("added", 0).is("updated", 0).is("unchanged", 41).is("failed", 0)
	}
}

func TestFAQRefusals(t *testing.T) {
	t.Parallel()
	k := answering(t)
	for _, c := range []struct {
		method, path, key string
		body              any
		status            int
		code, location    string
	}{
		{"GET", "/v1/faqs", k.pk, nil, 403, "forbidden", ""},
		{"POST", "/v1/faqs", k.pk, `{}`, 403, "forbidden", ""},
		{"POST", "/v1/faqs/import", k.ak, `[]`, 403, "forbidden", ""},
		{"GET", "/v1/faqs/export", "", nil, 401, "unauthenticated", ""},
		{"GET", "/v1/faqs?state=dead", k.sk, nil, 422, "invalid", "state"},
		{"GET", "/v1/faqs?language=%21", k.sk, nil, 422, "invalid", "language"},
		{"GET", "/v1/faqs?cursor=nonsense", k.sk, nil, 422, "invalid", "cursor"},
		{"GET", "/v1/faqs/export?format=xls", k.sk, nil, 422, "invalid", "format"},
		{"POST", "/v1/faqs", k.sk, `{"question":"a?"}`, 422, "invalid", "answer"},
		{"POST", "/v1/faqs", k.sk, `{"question":" ","answer":"b"}`, 422, "invalid", "question"},
		{"POST", "/v1/faqs", k.sk, `{"question":"a?","answer":"b","valid_from":"soon"}`, 422, "invalid", "valid_from"},
		{"PUT", "/v1/faqs/pack:no:such:en", k.sk, `{"question":"a?","answer":"b"}`, 422, "invalid", "id"},
		{"POST", "/v1/faqs/import", k.sk, ``, 422, "invalid", "file"},
		{"POST", "/v1/faqs/import", k.sk, `[{"question":`, 422, "invalid", "file"},
		{"POST", "/v1/faqs/import", k.sk, "name,colour\na,b\n", 422, "invalid", "file"},
		{"POST", "/v1/faqs/import", k.sk, newForm(), 422, "invalid", "file"},
		{"POST", "/v1/faqs/import", k.sk, strings.Repeat("a", maxImport+1), 413, "too_large", ""},
	} {
		a := call(t, c.method, c.path, c.key, c.body).problem(c.status, c.code)
		if c.location != "" {
			a.is("errors.0.location", c.location)
		}
	}
}

func TestFAQMatch(t *testing.T) {
	t.Parallel()
	k := answering(t, "drinks")
	put := func(id string, fields map[string]any) {
		call(t, "PUT", "/v1/faqs/"+id, k.sk, fields).want(200)
	}
	put("abroad", map[string]any{"question": "Do you ship to other countries?", "phrasings": []string{"international delivery"}, "answer": "Yes, to 40 countries."})
	put("退货", map[string]any{"question": "怎么申请退货?", "phrasings": []string{"我想退货"}, "answer": "七天内在订单页申请。"})
	put("mug", map[string]any{"question": "Is the mug safe in the dishwasher?", "answer": "Yes.", "product_ids": []string{"mug"}})
	for _, c := range []struct{ text, product, result, id string }{
		{"do you ship to other countries", "", "answer", "abroad"},
		{"申请退货怎么弄", "", "answer", "退货"},
		{"How hot should the water be for which tea", "", "answer", "pack:drinks:tea-temperature:en"},
		{"is the mug safe in the dishwasher?", "mug", "answer", "mug"},
		{"is the mug safe in the dishwasher?", "", "none", ""},
		{"who won the match last night", "", "none", ""},
	} {
		got := call(t, "POST", "/v1/faqs/match", k.pk, map[string]any{"text": c.text, "product_id": c.product}).want(200)
		if got.text("result") != c.result && c.result == "answer" || c.id != "" && got.text("faqs.0.faq.id") != c.id || c.id == "" && got.text("result") == "answer" {
			t.Errorf("%q: %s", c.text, got.body)
		}
	}
	call(t, "POST", "/v1/faqs/match", k.sk, map[string]any{"text": ""}).problem(422, "invalid").is("errors.0.location", "text")
	call(t, "POST", "/v1/faqs/match", k.sk, map[string]any{"text": "a", "language": "!"}).problem(422, "invalid").is("errors.0.location", "language")
	call(t, "POST", "/v1/faqs/match", k.ak, map[string]any{"text": "a"}).problem(403, "forbidden")
}
