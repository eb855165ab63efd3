package catalog

import (
	"context"
	"errors"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/simplifiedchinese"
)

func TestFAQTables(t *testing.T) {
	chinese := "编号,标准问题,相似问法,答案,语言,是否启用,分类,商品编号,生效时间,失效时间,状态\n" +
		"a,怎么退货？,可以退吗|退货流程,\"七天内，\n无理由\",zh-CN,否,售后,p1|p2,2026-01-02,2026年12月31日,待审核\n"
	gbk, err := simplifiedchinese.GB18030.NewEncoder().String(chinese)
	if err != nil {
		t.Fatal(err)
	}
	wide := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(chinese)) {
		wide = append(wide, byte(u), byte(u>>8))
	}
	for name, data := range map[string]string{
		"utf-8": chinese, "with a mark": "\ufeff" + chinese, "gbk": gbk, "utf-16": string(wide), "windows lines": strings.ReplaceAll(chinese, "\n", "\r\n"),
		"tabs": strings.ReplaceAll(chinese, ",", "\t"), "semicolons": strings.ReplaceAll(chinese, ",", ";"),
		"json": `[{"id":"a","question":"怎么退货？","phrasings":["可以退吗","退货流程"],"answer":"七天内，\n无理由","language":"zh","enabled":false,` +
			`"category":"售后","product_ids":["p1","p2"],"valid_from":"2026-01-02T00:00:00Z","valid_to":"2026-12-31","state":"pending"}]`,
	} {
		t.Run(name, func(t *testing.T) {
			s := newFAQShop(t, []string{noPacks})
			wantChanges(t, s.importFAQs(data), "1 added, 0 updated, 0 unchanged, 0 failed")
			f, err := s.FAQ(context.Background(), s.store, "a")
			if err != nil || f.Question != "怎么退货？" || strings.Join(f.cells()[2:], ",") !=
				"可以退吗|退货流程,七天内，\n无理由,zh,false,售后,p1|p2,2026-01-02T00:00:00Z,2026-12-31T23:59:59.999Z,merchant,pending" {
				t.Errorf("%+v, %v", f.cells(), err)
			}
			wantChanges(t, s.importFAQs(data), "0 added, 0 updated, 1 unchanged, 0 failed")
		})
	}
}

func TestFAQRowsMeetAnswers(t *testing.T) {
	s := newFAQShop(t, []string{"drinks"})
	wantChanges(t, s.importFAQs("Question,Answer\nDo you ship?,Yes\n怎么付款,微信\n"), "2 added, 0 updated, 0 unchanged, 0 failed")
	wantChanges(t, s.importFAQs("question,answer,category\n  do you SHIP?,\"No\",delivery\n"), "0 added, 1 updated, 0 unchanged, 0 failed")
	wantChanges(t, s.importFAQs(`{"questions":[{"question":"怎么付款","language":"en","answer":"another language, another answer"}]}`), "1 added, 0 updated, 0 unchanged, 0 failed")
	theirs := s.golden.faqs[s.golden.at["pack:drinks:tea-temperature:zh"]]
	wantChanges(t, s.importFAQs("问题,答案\n"+theirs.Question+",看茶\n"), "0 added, 1 updated, 0 unchanged, 0 failed")
	if f, err := s.FAQ(context.Background(), s.store, theirs.ID); err != nil || f.Answer != "看茶" || f.Source != FromMerchant || len(f.Phrasings) != len(theirs.Phrasings) {
		t.Errorf("%+v, %v", f, err)
	}
	list := s.faqs(FAQFilter{Text: "do you ship"})
	if len(list) != 1 || list[0].Answer != "No" || list[0].Category != "delivery" {
		t.Errorf("%+v", list)
	}
}

func TestFAQRowErrors(t *testing.T) {
	s := newFAQShop(t, []string{noPacks})
	c := s.importFAQs("id,question,answer,language,enabled,valid_to,valid_from,source,state,colour\n" +
		"a,Good?,yes,,,,,,,red\n" + // line 2
		"b,,yes,,,,,,,\n" +
		"c,No answer?,,,,,,,,\n" +
		",\"Two\nlines?\",yes,not a language,,,,,,\n" + // lines 5 and 6
		"e,Enabled?,yes,,perhaps,,,,,\n" +
		"f,Until?,yes,,,tomorrow,,,,\n" +
		"g,Order?,yes,,,2026-01-01,2026-02-01,,,\n" +
		"h,Source?,yes,,,,,stranger,,\n" +
		"i,State?,yes,,,,,,dead,\n" +
		"a,Again?,yes,,,,,,,\n" +
		"pack:no:such:en,Theirs?,yes,,,,,,,\n" +
		"\n,,,,,,,,,\n" +
		"z,Good too?,yes,,,,,,,\n")
	wantChanges(t, c, "2 added, 0 updated, 0 unchanged, 10 failed")
	var got []string
	for _, e := range c.Errors {
		got = append(got, strings.TrimSpace(strings.Join([]string{e.ID, e.Field, e.Code}, " ")))
		if e.Line < 3 || e.Message == "" {
			t.Errorf("%+v", e)
		}
	}
	want := "b question invalid;c answer invalid;language invalid;e enabled invalid;f valid_to invalid;g valid_to invalid;h source invalid;i state invalid;a id invalid;pack:no:such:en id invalid"
	if strings.Join(got, ";") != want || c.Errors[3].Line != 7 || len(c.Ignored) != 1 || c.Ignored[0] != "colour" {
		t.Errorf("%v\nwant %s\n%+v ignored %v", strings.Join(got, ";"), want, c.Errors, c.Ignored)
	}
	c = s.importFAQs(`[{"question":5,"answer":"x"},{"question":{"a":1},"answer":"x"},"text",{"question":"ok?","answer":"x","phrasings":["a|b"]}]`)
	wantChanges(t, c, "1 added, 0 updated, 0 unchanged, 3 failed")
	for i, field := range []string{"question", "", "phrasings[0]"} {
		if c.Errors[i].Field != field || c.Errors[i].Line != i+2 {
			t.Errorf("%+v, want %s", c.Errors[i], field)
		}
	}
	for _, data := range []string{"", " \n", "name,colour\na,b\n", "[", `{"faqs":5}`, "question,问题\na,b\n", "\xff\xff\xff\x00"} {
		var fault *FieldError
		if _, err := s.ImportFAQs(context.Background(), s.store, []byte(data)); !errors.As(err, &fault) || fault.Field != "file" {
			t.Errorf("%q gives %v", data, err)
		}
	}
}

// FuzzFAQFile: a file is refused or read, and what is read can be kept and
// exported as it is.
func FuzzFAQFile(f *testing.F) {
	for _, seed := range []string{"question,answer\na?,b\n", "问题;答案\n怎么退货;七天\n", `[{"question":"a","phrasings":["b","c"],"enabled":true,"valid_to":"2026-1-2"}]`,
		`{"faqs":[{"id":"x","question":"q","answer":"a"}]}`, "\"", "id\tquestion\n\"a\"b\tc", "\xff\xfea\x00,\x00"} {
		f.Add([]byte(seed))
	}
	read := testConcepts(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		var ignored []string
		rows, err := readFAQs(data, &ignored)
		if err != nil && !errors.Is(err, ErrInvalid) {
			t.Fatal(err)
		}
		for _, r := range rows {
			f := FAQ{Enabled: true}
			bad := r.fault
			for field, cell := range r.cells {
				bad = errors.Join(bad, f.set(field, cell))
			}
			if bad != nil || f.Validate() != nil {
				continue
			}
			again := FAQ{}
			for i, cell := range f.cells() {
				if err := again.set(faqColumns[i], cell); err != nil {
					t.Fatalf("%q: %v", f.cells(), err)
				}
			}
			if err := again.Validate(); err != nil || !again.same(&f) {
				t.Fatalf("%+v became %+v, %v", f, again, err)
			}
			_ = read.wording(f.asks()...)
		}
	})
}
