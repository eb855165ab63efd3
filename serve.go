package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"honeyguide/api"
	"honeyguide/web"
)

type serveCmd struct {
	Config `embed:""`
}

// Run serves until ctx ends.
func (c *serveCmd) Run(ctx context.Context, to streams) error {
	return serve(ctx, &c.Config, to, nil)
}

// serve opens the data folder and answers requests until ctx ends. ready, if given, runs
// beside; /readyz says no until it has returned.
func serve(ctx context.Context, cfg *Config, to streams, ready func(context.Context, *app, string) error) error {
	log := cfg.logger(to.err)
	a, err := cfg.openTalking(ctx, log)
	if err != nil {
		return err
	}
	defer func() {
		if err := a.Close(); err != nil {
			log.Error("close", "error", err)
		}
	}()
	secret, err := a.keys(ctx, cfg, to)
	if err != nil {
		return err
	}
	site, err := web.New()
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", cfg.Addr)
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	var isReady atomic.Bool
	proxies, err := cfg.proxies()
	if err != nil {
		return err
	}
	server := api.New(api.Options{Catalog: a.catalog, DB: a.db, Secret: []byte(secret), Pages: site, Rate: cfg.Rate, Proxies: proxies,
		Assistant: a.assistant, Records: a.records, Orders: a.orders, Promotions: a.promotions, Desk: a.desk, Voice: a.voice,
		Keep: cfg.keepPhotos(), Ready: func() bool { return isReady.Load() && a.catalog.Followed() }, Log: log})
	address := "http://" + reachable(listener.Addr())
	fmt.Fprintf(to.out, "honeyguide listens on %s\n", address)
	log.Info("serving", slog.Any("config", cfg), "model", a.catalog.Model())

	parent := ctx
	g, ctx := errgroup.WithContext(parent)
	g.Go(func() error { return server.Serve(ctx, listener) })
	g.Go(func() error { return a.catalog.Run(ctx) })
	g.Go(func() error { return a.catalog.Keep(ctx) })
	g.Go(func() error { return a.catalog.Follow(ctx) })
	g.Go(func() error { return a.forgetTranscripts(ctx, log) })
	g.Go(func() error { return a.upgrade(ctx, log) })
	g.Go(func() error {
		err := a.prepare(ctx, address, ready)
		isReady.Store(err == nil)
		return err
	})
	if err := g.Wait(); err != nil && parent.Err() == nil {
		return err
	}
	log.Info("stopped")
	return nil
}

// prepare runs ready, if given, and makes what the first buyers would wait for.
func (a *app) prepare(ctx context.Context, address string, ready func(context.Context, *app, string) error) error {
	if ready != nil {
		if err := ready(ctx, a, address); err != nil {
			return err
		}
	}
	return a.catalog.Warm(ctx)
}

// reachable is an address that a browser on this machine can open.
func reachable(a net.Addr) string {
	if tcp, ok := a.(*net.TCPAddr); ok && tcp.IP.IsUnspecified() {
		return fmt.Sprintf("localhost:%d", tcp.Port)
	}
	return a.String()
}

// upgrade makes vectors anew that another encoder made. Failing at it stops nothing.
func (a *app) upgrade(ctx context.Context, log *slog.Logger) error {
	switch n, err := a.catalog.Reencode(ctx); {
	case err != nil && ctx.Err() == nil:
		log.Error("encode for the new model", "error", err)
	case n > 0:
		log.Info("encoded for the new model", "products", n)
	}
	return nil
}

// forgetTranscripts removes what buyers said and never sent, every hour until ctx ends.
func (a *app) forgetTranscripts(ctx context.Context, log *slog.Logger) error {
	tick := time.NewTicker(time.Hour)
	defer tick.Stop()
	for {
		if _, err := a.records.ForgetTranscripts(ctx); err != nil && ctx.Err() == nil {
			log.Error("forget transcripts", "error", err)
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return nil
		}
	}
}

// keys makes sure of the operator's key, and returns the secret of the pages' keys.
func (a *app) keys(ctx context.Context, cfg *Config, to streams) (string, error) {
	key := cfg.AdminKey
	if key == "" {
		path, made, err := a.secret("admin.key", "ok_")
		if err != nil {
			return "", fmt.Errorf("operator's key: %w", err)
		}
		fmt.Fprintf(to.out, "the operator's key is in %s\n", path)
		key = made
	}
	if err := a.operator(ctx, key); err != nil {
		return "", fmt.Errorf("operator's key: %w", err)
	}
	_, secret, err := a.secret("page.secret", "")
	return secret, err
}
