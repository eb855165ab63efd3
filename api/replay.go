package api

import (
	"bytes"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"
	"github.com/labstack/echo/v4"
)

const (
	maxIdempotencyKey = 255
	replayFor         = 24 * time.Hour
	maxReplay         = 1 << 20 // larger answers are not kept
)

// replay honours Idempotency-Key on POST: the same key and body get the first
// answer again, another body is a conflict. Only successes are kept, so that a
// failed request may be repeated under its key.
//
// A body is hashed while it is served, so that feeds stay streams; a repeated
// body is read to its end before it is answered.
func (s *Server) replay(ctx huma.Context, next func(huma.Context)) {
	key := ctx.Header("Idempotency-Key")
	if ctx.Method() != http.MethodPost || key == "" {
		next(ctx)
		return
	}
	if len(key) > maxIdempotencyKey {
		s.refuse(ctx, wrong("Idempotency-Key", fmt.Sprintf("at most %d bytes", maxIdempotencyKey)))
		return
	}
	e := humaecho.Unwrap(ctx)
	body := newDigest(e.Request())
	defer body.end()
	c := claimOf(strings.TrimSpace(ctx.Header("Authorization")+" "+ctx.Header("X-Conversation-Token")), e.Request().URL.RequestURI(), key)
	earlier, first, err := s.claim(ctx.Context(), c)
	switch {
	case err != nil:
		s.refuse(ctx, err)
	case first:
		s.serveFirst(ctx, e, next, c, body)
	default:
		if err := repeat(ctx, earlier, c, body); err != nil {
			s.refuse(ctx, err)
		}
	}
}

// claim is one use of an Idempotency-Key: by one API key, for one route, and
// where that is of a conversation, by its token.
type claim struct {
	scope string
	key   string // its hash
	seal  cipher.AEAD
}

func claimOf(authorization, uri, key string) claim {
	scope, name := sha256.Sum256([]byte(authorization+"\n"+uri)), sha256.Sum256([]byte(key))
	return claim{hex.EncodeToString(scope[:]), hex.EncodeToString(name[:]), sealOf(authorization, key)}
}

// sealOf hides answers from who reads the database, since new stores' keys and
// conversations' tokens are among them: they open only with the API key and the
// Idempotency-Key that asked, of which the database has hashes.
func sealOf(authorization, key string) cipher.AEAD {
	secret := sha256.Sum256([]byte("answer\n" + authorization + "\n" + key))
	block, err := aes.NewCipher(secret[:])
	if err != nil {
		panic(err) // only another length of key does this
	}
	seal, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		panic(err) // only another block size does this
	}
	return seal
}

// answered is the first request of a claim.
type answered struct {
	body   string // its hash
	status int    // 0 while it is being answered
	answer []byte // sealed
}

// claim returns an earlier request, or notes that this one is the first. What a
// crash left unanswered does not count.
func (s *Server) claim(ctx context.Context, c claim) (earlier answered, first bool, err error) {
	err = s.db.Tx(ctx, func(tx *sql.Tx) error {
		old := time.Now().Add(-replayFor).UnixMilli()
		_, err := tx.ExecContext(ctx, `DELETE FROM replays WHERE created_at < $1 OR (status = 0 AND created_at < $2)`, old, s.started.UnixMilli())
		if err != nil {
			return err
		}
		err = tx.QueryRowContext(ctx, `SELECT body_hash, status, answer FROM replays WHERE scope = $1 AND key = $2`, c.scope, c.key).
			Scan(&earlier.body, &earlier.status, &earlier.answer)
		if !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		first = true
		_, err = tx.ExecContext(ctx, `INSERT INTO replays (scope, key, body_hash, status, answer, created_at) VALUES ($1, $2, '', 0, '', $3)`,
			c.scope, c.key, time.Now().UnixMilli())
		return err
	})
	if err != nil {
		return answered{}, false, fmt.Errorf("claim idempotency key: %w", err)
	}
	return earlier, first, nil
}

// serveFirst serves a request and keeps its answer, or forgets it if it failed.
func (s *Server) serveFirst(ctx huma.Context, e echo.Context, next func(huma.Context), c claim, body *digest) {
	tee := &recorder{ResponseWriter: e.Response().Writer}
	e.Response().Writer = tee
	defer func() { // also when the operation panics
		status := e.Response().Status
		if !e.Response().Committed {
			status = http.StatusInternalServerError
		}
		if err := s.settle(c, body, status, tee); err != nil {
			s.log.Error("keep answer for replay", "error", err)
		}
	}()
	next(ctx)
}

func (s *Server) settle(c claim, body *digest, status int, tee *recorder) error {
	sum, readErr := body.sum()
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if readErr != nil || status < 200 || status > 299 || tee.body.Len() > maxReplay {
		_, err := s.db.ExecContext(ctx, `DELETE FROM replays WHERE scope = $1 AND key = $2`, c.scope, c.key)
		return err
	}
	_, err := s.db.ExecContext(ctx, `UPDATE replays SET body_hash = $1, status = $2, answer = $3 WHERE scope = $4 AND key = $5`,
		sum, status, c.seal.Seal(nil, nil, tee.kept(), nil), c.scope, c.key)
	return err
}

// repeat gives the first answer again.
func repeat(ctx huma.Context, earlier answered, c claim, body *digest) error {
	if earlier.status == 0 {
		return problem(http.StatusConflict, "the first request with this Idempotency-Key is still being answered")
	}
	sum, err := body.sum()
	if err != nil {
		return err
	}
	if sum != earlier.body {
		return problem(http.StatusConflict, "this Idempotency-Key was used with another body")
	}
	answer, err := c.seal.Open(nil, nil, earlier.answer, nil)
	if err != nil {
		return fmt.Errorf("open kept answer: %w", err)
	}
	kind, text, _ := bytes.Cut(answer, []byte("\n"))
	if len(kind) > 0 {
		ctx.SetHeader("Content-Type", string(kind))
	}
	ctx.SetHeader("Idempotent-Replayed", "true")
	ctx.SetStatus(earlier.status)
	_, _ = ctx.BodyWriter().Write(text) // fails only where nobody listens any more
	return nil
}

// recorder copies what is answered.
type recorder struct {
	http.ResponseWriter
	body bytes.Buffer
}

// Write writes on and remembers, up to a little over maxReplay.
func (r *recorder) Write(b []byte) (int, error) {
	if r.body.Len() <= maxReplay {
		r.body.Write(b)
	}
	return r.ResponseWriter.Write(b)
}

// kept is the answer behind its type.
func (r *recorder) kept() []byte {
	return append([]byte(r.Header().Get("Content-Type")+"\n"), r.body.Bytes()...)
}

// Unwrap lets deadlines through to the connection.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }
