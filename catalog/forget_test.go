package catalog

import (
	"errors"
	"testing"
	"time"

	"honeyguide/embed/photo"
)

func TestForgetPhoto(t *testing.T) {
	s, ctx := newShop(t), t.Context()
	save := func(size int, keep time.Duration) Photo {
		t.Helper()
		p, err := s.SavePhoto(ctx, s.store, drawing(red, size), keep)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	mine, same, other := save(60, time.Hour), save(60, time.Hour), save(50, time.Hour)
	data, err := s.PhotoFile(ctx, s.store, mine.ID)
	if _, info, broken := photo.Decode(data); err != nil || broken != nil || info.Width != 60 {
		t.Errorf("photo of %+v, %v, %v", info, err, broken)
	}
	for _, store := range []string{"st_other", ""} {
		if _, err := s.PhotoFile(ctx, store, mine.ID); !errors.Is(err, ErrNotFound) {
			t.Errorf("store %q reads it: %v", store, err)
		}
		if err := s.ForgetPhoto(ctx, store, mine.ID); !errors.Is(err, ErrNotFound) {
			t.Errorf("store %q forgets it: %v", store, err)
		}
	}
	for _, step := range []struct {
		id    string
		err   error
		files int // that are left
	}{
		{mine.ID, nil, 2}, // another photo shows the same
		{mine.ID, ErrNotFound, 2},
		{other.ID, nil, 1},
		{"img_none", ErrNotFound, 1},
	} {
		if err := s.ForgetPhoto(ctx, s.store, step.id); !errors.Is(err, step.err) {
			t.Errorf("forget %s: %v, want %v", step.id, err, step.err)
		}
		if files := s.photos(t); len(files) != step.files {
			t.Errorf("after %s: %d files, want %d", step.id, len(files), step.files)
		}
	}
	if _, err := s.LoadPhoto(ctx, s.store, same.ID); err != nil {
		t.Errorf("the photo that stays: %v", err)
	}
	if err := s.ForgetPhoto(ctx, s.store, same.ID); err != nil || len(s.photos(t)) != 0 {
		t.Errorf("the last one: %v, files %v", err, s.photos(t))
	}
}

func TestExpiredPhotosAreNotShown(t *testing.T) {
	s, ctx := newShop(t), t.Context()
	p, err := s.SavePhoto(ctx, s.store, drawing(red, 60), -time.Second)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.PhotoFile(ctx, s.store, p.ID); !errors.Is(err, ErrNotFound) {
		t.Errorf("%v, want ErrNotFound", err)
	}
}
