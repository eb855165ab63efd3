package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"mime/multipart"
	"os"
	"strings"
	"testing"
	"time"
)

const killedProducts = 1000

// A server that is killed again and again while it syncs ends with exactly the
// feed's products.
func TestKillServerInSync(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	made := strings.Fields(must(t, "store", "create", "--name", "Killed", "--data", data))
	key := made[1]
	start := func() *service { return serving(t, "serve", "--addr", "127.0.0.1:0", "--data", data) }
	s := start()
	kind, body := feedForm(t, zipped(t, files(t, killedProducts)))
	status, answer := call(t, "POST", s.url+"/v1/feeds", key, kind, body)
	if status != 202 {
		t.Fatalf("%d: %v", status, answer)
	}
	id := answer["job"].(map[string]any)["id"].(string)
	interrupted := 0
	for range 3 {
		time.Sleep(time.Duration(50+rand.IntN(350)) * time.Millisecond)
		if _, j := call(t, "GET", s.url+"/v1/jobs/"+id, key, "", nil); j["state"] != "done" {
			interrupted++
		}
		s.kill()
		s = start()
	}
	if interrupted == 0 {
		t.Log("the sync was over before the first kill")
	}
	var j map[string]any
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if _, j = call(t, "GET", s.url+"/v1/jobs/"+id, key, "", nil); j["state"] != "running" && j["state"] != "queued" {
			break
		}
	}
	if j["state"] != "done" || j["added"] != float64(killedProducts) || j["updated"] != 0.0 || j["failed"] != 0.0 || j["done"] != float64(killedProducts) {
		t.Errorf("the job ended as %v", j)
	}
	checkProducts(t, s.url, key)
	if status := s.stop(); status != exitOK {
		t.Errorf("SIGTERM ends it with %d: %s", status, s.stderr)
	}
}

// A sync of the command line that was killed is finished by the next one.
func TestKillSync(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	made := strings.Fields(must(t, "store", "create", "--name", "Killed", "--data", data))
	feed := zipped(t, files(t, killedProducts))
	for range 2 {
		s := process(t, "sync", "--store", made[0], "--data", data, feed)
		time.Sleep(time.Duration(300+rand.IntN(700)) * time.Millisecond)
		s.kill()
	}
	var j job
	if err := json.Unmarshal([]byte(must(t, "sync", "--store", made[0], "--data", data, feed)), &j); err != nil {
		t.Fatal(err)
	}
	if j.State != "done" || j.Done != killedProducts || j.Added+j.Unchanged != killedProducts || j.Failed != 0 {
		t.Errorf("the job ended as %+v", j)
	}
	s := inside(t, "serve", "--addr", "127.0.0.1:0", "--data", data)
	s.ready(t)
	checkProducts(t, s.url, made[1])
	if _, all := call(t, "GET", s.url+"/v1/jobs", made[1], "", nil); all != nil {
		for _, one := range all["jobs"].([]any) {
			if state := one.(map[string]any)["state"]; state == "running" || state == "queued" {
				t.Errorf("a job is left %s", state)
			}
		}
	}
}

// An interrupted sync is no success.
func TestInterruptSync(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	made := strings.Fields(must(t, "store", "create", "--name", "Interrupted", "--data", data))
	s := process(t, "sync", "--store", made[0], "--data", data, zipped(t, files(t, 5*killedProducts)))
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if _, err := os.Stat(data + "/media"); err == nil { // it is at work
			break
		}
	}
	if status := s.stop(); status != exitFailed || !strings.Contains(s.stderr.String(), "honeyguide: interrupted") {
		t.Errorf("status %d: %s", status, s.stderr)
	}
}

func feedForm(t *testing.T, path string) (kind string, body io.Reader) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := multipart.NewWriter(&out)
	part, err := w.CreateFormFile("file", "feed.zip")
	if err == nil {
		_, err = part.Write(data)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return w.FormDataContentType(), &out
}

// checkProducts compares what a store lists and finds with the feed.
func checkProducts(t *testing.T, url, key string) {
	t.Helper()
	seen := map[string]int{}
	for cursor := ""; ; {
		_, page := call(t, "GET", url+"/v1/products?limit=200&cursor="+cursor, key, "", nil)
		for _, one := range page["products"].([]any) {
			p := one.(map[string]any)
			seen[p["id"].(string)]++
			var n int
			fmt.Sscanf(p["id"].(string), "p%d", &n)
			if p["title"] != fmt.Sprintf("Cotton shirt %d", n) || p["indexed_at"] == nil || (p["image_link"] != "") != (n%2 == 0) {
				t.Fatalf("product %v", p)
			}
		}
		if cursor = page["next_cursor"].(string); cursor == "" {
			break
		}
	}
	for i := range killedProducts {
		if id := fmt.Sprintf("p%04d", i); seen[id] != 1 {
			t.Errorf("%s is there %d times", id, seen[id])
		}
	}
	if len(seen) != killedProducts {
		t.Errorf("%d products, want %d", len(seen), killedProducts)
	}
	for _, n := range []int{0, 777, killedProducts - 1} {
		_, found := post(t, url+"/v1/search", key, fmt.Sprintf(`{"text":"cotton shirt %d"}`, n))
		list, _ := found["products"].([]any)
		if len(list) == 0 || list[0].(map[string]any)["product"].(map[string]any)["id"] != fmt.Sprintf("p%04d", n) {
			t.Errorf("the search for %d finds %.200v", n, list)
		}
	}
}
