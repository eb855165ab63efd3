package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestHelp(t *testing.T) {
	for _, args := range []string{"--help", "-h", "serve --help", "demo --help", "sync --help", "store --help", "store create --help", "store list --help",
		"key --help", "key create --help", "index --help", "index check --help", "index rebuild --help", "health --help", "eval --help", "eval retrieval --help", "eval sets --help"} {
		r := command(t, strings.Fields(args)...)
		if r.status != exitOK || !strings.HasPrefix(r.out, "Usage: honeyguide") || r.stderr != "" {
			t.Errorf("%s: status %d, %q, %q", args, r.status, r.out, r.stderr)
		}
	}
	if serve := command(t, "serve", "--help").out; !strings.Contains(serve, "HONEYGUIDE_ADMIN_KEY") || !strings.Contains(serve, "--photo-days") {
		t.Errorf("the help does not name the settings: %s", serve)
	}
}

// Wrong use is status 2, failure is status 1, and both are told in one line.
func TestFailures(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	store := strings.Fields(must(t, "store", "create", "--name", "Failures", "--data", data))[0]
	broken := filepath.Join(write(t, t.TempDir(), map[string][]byte{"feed.csv": []byte("\x00\x01\x02 nothing of the kind")}), "feed.csv")
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args   string
		status int
		says   string
	}{
		{"", exitUsage, "--help"},
		{"dance", exitUsage, "dance"},
		{"serve --colour red", exitUsage, "--colour"},
		{"serve extra", exitUsage, "extra"},
		{"serve --addr nowhere", exitUsage, "--addr"},
		{"serve --photo-days 0", exitUsage, "--photo-days"},
		{"serve --rate -1", exitUsage, "--rate"},
		{"serve --proxies here", exitUsage, "--proxies"},
		{"serve --rate NaN", exitUsage, "--rate"},
		{"serve --admin-key sk_0123456789abcdefghij", exitUsage, "--admin-key"},
		{"serve --admin-key ok_short", exitUsage, "--admin-key"},
		{"serve --log-level loud", exitUsage, "--log-level"},
		{"serve --log-format xml", exitUsage, "--log-format"},
		{"serve --qdrant-addr nowhere --data " + data, exitFailed, "nowhere"},
		{"serve --qdrant-shards 0", exitUsage, "--qdrant-shards"},
		{"serve --qdrant-timeout 0s", exitUsage, "--qdrant-timeout"},
		{"serve --qdrant-quantization half", exitUsage, "--qdrant-quantization"},
		{"serve --qdrant-api-key a --qdrant-api-key-file b", exitUsage, "--qdrant-api-key"},
		{"sync --store s --qdrant-prefix= " + broken, exitUsage, "--qdrant-prefix"},
		{"index check --data " + data + " --qdrant-addr 127.0.0.1:1", exitFailed, "QDRANT_ADDR"},
		{"index check --data " + filepath.Join(data, "missing"), exitFailed, "no shop"},
		{"health --url http://127.0.0.1:1", exitFailed, "refused"},
		{"serve --addr nowhere --photo-days 0", exitUsage, "--photo-days"},
		{"sync", exitUsage, "--store"},
		{"sync --store s --mode half f", exitUsage, "--mode"},
		{"sync --store s --data " + data + " " + filepath.Join(data, "missing.zip"), exitUsage, "missing.zip"},
		{"sync --store st_none --data " + data + " " + broken, exitFailed, "st_none"},
		{"sync --store " + store + " --data " + data + " " + broken, exitFailed, "feed"},
		{"key create --store " + store + " --kind ok --data " + data, exitUsage, "--kind"},
		{"key create --store st_none --kind sk --data " + data, exitFailed, "st_none"},
		{"store create --name x --currency shells --data " + data, exitFailed, "currency"},
		{"store list --data " + file, exitFailed, "data folder"},
		{"eval retrieval " + filepath.Join(data, "missing"), exitFailed, "missing"},
		{"eval retrieval --k 0 " + data, exitUsage, "0"},
		{"serve --addr 256.0.0.1:1 --data " + data, exitFailed, "listen"},
	} {
		r := command(t, strings.Fields(c.args)...)
		last := strings.TrimSuffix(r.stderr, "\n")
		last = last[strings.LastIndexByte(last, '\n')+1:]
		if r.status != c.status || !strings.HasPrefix(last, "honeyguide: ") || !strings.Contains(last, c.says) {
			t.Errorf("%s: status %d, want %d and %q: %q", c.args, r.status, c.status, c.says, r.stderr)
		}
		if c.status == exitUsage && strings.Count(r.stderr, "\n") != 1 {
			t.Errorf("%s: more than one line: %q", c.args, r.stderr)
		}
	}
}

func TestStoresAndKeys(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "made", "by", "the", "first", "command")
	made := strings.Fields(must(t, "store", "create", "--name", "Blumen", "--currency", "eur", "--locale", "de", "--origin", "https://blumen.example", "--data", data))
	if len(made) != 4 {
		t.Fatalf("printed %q", made)
	}
	for i, prefix := range []string{"st_", "sk_", "pk_", "ak_"} {
		if !strings.HasPrefix(made[i], prefix) {
			t.Errorf("%q, want %s…", made[i], prefix)
		}
	}
	if got, want := must(t, "store", "list", "--data", data), made[0]+"\tEUR\tde\tBlumen\n"; got != want {
		t.Errorf("list %q, want %q", got, want)
	}
	for _, kind := range []string{"sk", "pk", "ak"} {
		if key := must(t, "key", "create", "--store", made[0], "--kind", kind, "--data", data); !strings.HasPrefix(key, kind+"_") || strings.Contains(strings.Join(made, " "), strings.TrimSpace(key)) {
			t.Errorf("new key %q", key)
		}
	}
}

// job is what sync prints.
type job struct {
	State                                                             string
	Total, Done, Added, Updated, Unchanged, Removed, Failed, ToRemove int
}

func TestSync(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	store := strings.Fields(must(t, "store", "create", "--name", "Sync", "--data", data))[0]
	sync := func(status int, args ...string) (job, string) {
		t.Helper()
		r := command(t, append([]string{"sync", "--store", store, "--data", data}, args...)...)
		if r.status != status {
			t.Fatalf("%v: status %d, want %d: %s", args, r.status, status, r.stderr)
		}
		if strings.ContainsAny(r.stderr, "\r\x1b") {
			t.Errorf("a progress bar where nobody looks on: %q", r.stderr)
		}
		var j job
		if err := json.Unmarshal([]byte(r.out), &j); err != nil {
			t.Fatalf("%v: %q", err, r.out)
		}
		return j, r.stderr
	}
	feed := files(t, 30)
	j, summary := sync(exitOK, zipped(t, feed))
	if j.State != "done" || j.Added != 30 || j.Total != 30 || j.Failed != 0 || !strings.Contains(summary, "30 added") {
		t.Errorf("zip: %+v, %s", j, summary)
	}
	folder := write(t, t.TempDir(), feed)
	if j, _ = sync(exitOK, folder); j.Added != 0 || j.Removed != 0 || j.Done != 30 {
		t.Errorf("the same as a folder: %+v", j)
	}
	if j, _ = sync(exitOK, folder); j.Unchanged != 30 {
		t.Errorf("the folder again: %+v", j)
	}
	feed["products.csv"] = []byte(table(10) + "bad,,free,maybe,,\n")
	j, summary = sync(exitFailed, zipped(t, feed))
	if j.State != "held" || !strings.Contains(summary, "--confirm") {
		t.Errorf("a feed that lacks most: %+v, %s", j, summary)
	}
	if j, _ = sync(exitOK, "--mode", "partial", zipped(t, feed)); j.Removed != 0 || j.Failed != 1 {
		t.Errorf("partial: %+v", j)
	}
	j, summary = sync(exitOK, "--confirm", zipped(t, feed))
	if j.Removed != 20 || j.Failed != 1 || !strings.Contains(summary, "line 12: bad") {
		t.Errorf("confirmed: %+v, %s", j, summary)
	}
	csv := filepath.Join(write(t, t.TempDir(), map[string][]byte{"p.csv": []byte("id,title,price,availability,link\nx,鞋,5.00 USD,in_stock,https://s.example/x\n")}), "p.csv")
	if j, _ = sync(exitOK, "--mode", "partial", csv); j.Added != 1 {
		t.Errorf("csv: %+v", j)
	}
}

func TestEvalRetrieval(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	all := map[string][]byte{}
	var corpus, queries, judged strings.Builder
	judged.WriteString("query-id\tcorpus-id\tscore\n")
	for i, name := range []string{"red", "blue", "green", "black"} {
		all[name+".jpg"] = picture(t, palette[i])
		fmt.Fprintf(&corpus, `{"id":"c%d","text":"%s shirt","image":"%s.jpg"}`+"\n", i, name, name)
		fmt.Fprintf(&queries, `{"id":"q%d","text":"%s shirt"}`+"\n"+`{"id":"i%d","image":"%s.jpg"}`+"\n", i, name, i, name)
		fmt.Fprintf(&judged, "q%d\tc%d\t1\ni%d\tc%d\t1\n", i, i, i, i)
	}
	all["corpus.jsonl"], all["queries.jsonl"], all["qrels.tsv"] = []byte(corpus.String()), []byte(queries.String()), []byte(judged.String())
	write(t, folder, all)
	report := filepath.Join(t.TempDir(), "report.html")
	for _, searched := range []string{"image", "text", "both", "store"} {
		out := must(t, "eval", "retrieval", folder, "--corpus", searched, "--k", "1,10", "--report", report)
		var figures map[string]any
		if err := json.Unmarshal([]byte(out), &figures); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		for _, name := range []string{"queries", "corpus", "recall@1", "recall@10", "mrr", "ndcg@10", "p@1", "p@10", "encode_per_s", "search_ms_p50"} {
			if _, ok := figures[name].(float64); !ok {
				t.Errorf("%s: no %s in %s", searched, name, out)
			}
		}
		if figures["queries"] != 8.0 || figures["corpus"] != 4.0 || figures["recall@10"].(float64) < .75 {
			t.Errorf("%s: %s", searched, out)
		}
		page, err := os.ReadFile(report)
		if err != nil || !strings.Contains(string(page), "data:image/") {
			t.Errorf("%s: report without pictures: %v", searched, err)
		}
		os.Remove(report)
	}
}
