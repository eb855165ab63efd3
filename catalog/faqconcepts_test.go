package catalog

import (
	"strings"
	"testing"

	"honeyguide/catalog/words"
	"honeyguide/packs"
)

// What is asked in other words shares what the words stand for.
func TestConcepts(t *testing.T) {
	c := testConcepts(t)
	flat := rarity{unknown: 1}
	for _, same := range [][2]string{
		{"return policy", "send it back"}, {"运费多少", "邮费"}, {"how long does delivery take", "when will it arrive"},
		{"washing machine", "洗衣机"}, {"sofa", "沙发"}, {"is it waterproof", "防水吗"}, {"发票", "invoice"}, {"sneakers", "运动鞋"},
		{"pay by card", "可以刷信用卡吗"}, {"arrives", "arrived"},
	} {
		if flat.common(c.wording(same[0]).senses, c.wording(same[1]).senses) == 0 {
			t.Errorf("%q and %q share nothing", same[0], same[1])
		}
	}
	for _, other := range [][2]string{{"refund", "gift card"}, {"多少钱", "多久"}, {"sofa", "watch"}, {"the of it", "的 the"}} {
		if flat.common(c.wording(other[0]).senses, c.wording(other[1]).senses) > 0 {
			t.Errorf("%q and %q share something", other[0], other[1])
		}
	}
	if got := c.wording("the of 吗 的 it's").senses; len(got) != 0 {
		t.Errorf("words that say nothing stand for %d things", len(got))
	}
}

// Every line of the file is a concept of its own, of words that are there once.
func TestConceptsFile(t *testing.T) {
	met := map[string]bool{}
	for line := range strings.Lines(conceptsText) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		name, list, _ := strings.Cut(line, " = ")
		if met[name] {
			t.Errorf("%s is there twice", name)
		}
		met[name] = true
		within := map[string]bool{}
		for word := range strings.SplitSeq(list, ", ") {
			if within[word] || strings.TrimSpace(word) == "" || words.Fold(word) != word {
				t.Errorf("%s: %q is there twice, empty or not folded", name, word)
			}
			within[word] = true
		}
	}
	if _, err := newConcepts("wash", &packs.Packs{}); err == nil {
		t.Error("a line without words is read")
	}
}

func FuzzConcepts(f *testing.F) {
	for _, text := range []string{"do you ship to Canada?", "可以退货嗎", "'' it's a-b 16gb", "\xff洗", ""} {
		f.Add(text)
	}
	c := testConcepts(f)
	f.Fuzz(func(t *testing.T, text string) {
		w := c.wording(text)
		for i := 1; i < len(w.senses); i++ {
			if w.senses[i-1] >= w.senses[i] {
				t.Fatalf("%q: the senses do not ascend", text)
			}
		}
	})
}

// A store's own few answers are found in other words, beside all packs.
func TestServiceQuestions(t *testing.T) {
	s := newFAQShop(t, nil)
	put := func(id, question, answer string, also ...string) {
		s.putFAQ(FAQ{ID: id, Question: question, Phrasings: also, Answer: answer, Enabled: true})
	}
	put("returns", "What is your return policy?", "30 days.", "How long do I have to return an item?", "Can I send it back if it does not fit?")
	put("cost", "How much does shipping cost?", "5 USD.", "Is delivery free?", "What are the postage fees?")
	put("speed", "How long does delivery take?", "Two to five days.", "When will I get my parcel?", "How fast do you ship?")
	put("pay", "How can I pay?", "By card.", "Which payment methods do you accept?", "Do you take credit cards?")
	put("hours", "When is your customer service open?", "From 9 to 18.", "What are your opening hours?")
	put("退", "可以退货吗？", "30天。", "退货政策", "买了不喜欢能退吗")
	put("运费", "运费怎么算？", "5美元。", "包邮吗", "邮费多少钱")
	put("时效", "几天能到？", "2到5天。", "多久发货", "下单后多久能收到")
	put("付款", "支持哪些付款方式？", "信用卡。", "能用支付宝吗", "可以微信支付吗")
	for text, want := range map[string]string{
		"do I have to pay for shipping":          "answer cost",
		"and how long does it take?":             "answer speed",
		"what's your refund policy":              "answer returns",
		"how do I send it back if it's too big?": "answer returns",
		"do you take Visa":                       "answer pay",
		"when are you open":                      "answer hours",
		"邮费要多少":                                  "answer 运费",
		"今天下单几天能收到":                              "answer 时效",
		"可以用支付宝付款吗":                              "answer 付款",
		"不喜歡可以退貨嗎":                               "answer 退",
		"我的订单到哪了":                                "none",
		"有没有实体店":                                 "none",
		"do you have a store in Paris":           "none",
	} {
		if got := s.answerTo(FAQQuery{Text: text}); got != want {
			t.Errorf("%q gives %s, want %s", text, got, want)
		}
	}
	if got := s.answerTo(FAQQuery{Text: "how much is the jacket"}); strings.HasPrefix(got, "answer") {
		t.Errorf("the price of a jacket is answered by %s", got)
	}
}
