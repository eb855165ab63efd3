package catalog

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"honeyguide/embed/photo"
)

func (s *shop) photos(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(s.folder, "photos", "*", "*.jpg"))
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestPhotosAreKeptForTheirTime(t *testing.T) {
	s, ctx := newShop(t), context.Background()
	short, err := s.SavePhoto(ctx, s.store, drawing(red, 60), 30*time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	long, err := s.SavePhoto(ctx, s.store, drawing(red, 60), time.Hour) // the same picture
	if err != nil {
		t.Fatal(err)
	}
	other, err := s.SavePhoto(ctx, s.store, drawing(blue, 60), 30*time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	if img, err := s.LoadPhoto(ctx, s.store, other.ID); err != nil || img.Rect.Dx() != 60 {
		t.Errorf("before its time is over: %v", err)
	}
	time.Sleep(40 * time.Millisecond)
	for _, id := range []string{short.ID, other.ID} {
		if _, err := s.LoadPhoto(ctx, s.store, id); !errors.Is(err, ErrNotFound) {
			t.Errorf("after its time: %v, want ErrNotFound", err)
		}
	}
	if n, err := s.ForgetPhotos(ctx); n != 2 || err != nil {
		t.Errorf("forgot %d, %v; want 2", n, err)
	}
	if files := s.photos(t); len(files) != 1 {
		t.Errorf("files left: %v, want the one that another photo shows", files)
	}
	if _, err := s.LoadPhoto(ctx, s.store, long.ID); err != nil {
		t.Errorf("the photo that stays: %v", err)
	}
	if n, err := s.ForgetPhotos(ctx); n != 0 || err != nil {
		t.Errorf("forgot %d more, %v", n, err)
	}
}

func TestPhotosBelongToTheirStore(t *testing.T) {
	s, ctx := newShop(t), context.Background()
	p, err := s.SavePhoto(ctx, s.store, drawing(red, 60), time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.LoadPhoto(ctx, "st_other", p.ID); !errors.Is(err, ErrNotFound) {
		t.Errorf("another store's photo: %v, want ErrNotFound", err)
	}
	if _, err := s.LoadPhoto(ctx, s.store, "img_none"); !errors.Is(err, ErrNotFound) {
		t.Errorf("no photo: %v, want ErrNotFound", err)
	}
	if _, err := s.SavePhoto(ctx, s.store, []byte("no picture"), time.Hour); !errors.Is(err, photo.ErrUnsupported) {
		t.Errorf("no picture: %v, want ErrUnsupported", err)
	}
}

func TestLargePhotosAreKeptSmaller(t *testing.T) {
	s, ctx := newShop(t), context.Background()
	p, err := s.SavePhoto(ctx, s.store, drawn(red, maxKept+400, 60), time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	img, err := s.LoadPhoto(ctx, s.store, p.ID)
	if err != nil || img.Rect.Dx() != maxKept || p.Width != maxKept+400 {
		t.Errorf("kept %v of a photo %d wide, %v", img.Rect, p.Width, err)
	}
}

func TestForgettingWhilePhotosCome(t *testing.T) {
	s, ctx := newShop(t), context.Background()
	stop := make(chan struct{})
	var forgetting sync.WaitGroup
	forgetting.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
				if _, err := s.ForgetPhotos(ctx); err != nil {
					t.Error(err)
				}
			}
		}
	})
	for i := range 12 { // always the same picture, every other forgotten at once
		p, err := s.SavePhoto(ctx, s.store, drawing(red, 60), time.Duration(i%2)*time.Hour)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.LoadPhoto(ctx, s.store, p.ID); i%2 == 1 && err != nil {
			t.Errorf("photo %d went with another: %v", i, err)
		}
	}
	close(stop)
	forgetting.Wait()
	if _, err := os.Stat(filepath.Join(s.folder, "photos")); err != nil {
		t.Error(err)
	}
}

func TestKeepEndsWithItsContext(t *testing.T) {
	s := newShop(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := s.Keep(ctx); err != nil {
		t.Error(err)
	}
}
