package main

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"strings"
	"time"
)

// Config is all that an operator can set: by flags, or by the variables in the
// env tags. Empty means embedded.
type Config struct {
	Addr      string   `help:"Address to listen on; port 0 takes a free one." default:"127.0.0.1:8080" env:"HONEYGUIDE_ADDR"`
	AdminKey  string   `help:"The operator's key (ok_…); without it one is made and kept in the data folder." env:"HONEYGUIDE_ADMIN_KEY"`
	PhotoDays int      `help:"Days that buyers' photos are kept." default:"30" env:"HONEYGUIDE_PHOTO_DAYS"`
	Rate      float64  `help:"Requests a second that one address may make with a publishable key; 0: any number." default:"30" env:"HONEYGUIDE_RATE"`
	Proxies   []string `help:"Addresses or networks (CIDR) of proxies in front, whose X-Forwarded-For is believed." env:"HONEYGUIDE_PROXIES"`
	Storage
	Language Language `embed:"" prefix:"llm-" group:"A language model outside of the process:"`
	Logging
}

// Storage is where everything is kept.
type Storage struct {
	Data    string  `help:"Folder of the database and the pictures." default:"./data" env:"HONEYGUIDE_DATA" type:"path"`
	Encoder Encoder `embed:"" prefix:"encoder-" group:"Another encoder than the built-in one:"`
	Qdrant  Qdrant  `embed:"" prefix:"qdrant-" group:"Vectors outside of the process:"`
}

// Validate names every setting that cannot be used.
func (s *Storage) Validate() error { return errors.Join(s.Encoder.Validate(), s.Qdrant.Validate()) }

// Logging says what is logged and how; logs go to standard error.
type Logging struct {
	LogLevel  slog.Level `help:"debug, info, warn or error." default:"info" env:"HONEYGUIDE_LOG_LEVEL"`
	LogFormat string     `help:"text or json." enum:"text,json" default:"text" env:"HONEYGUIDE_LOG_FORMAT"`
}

func (l Logging) logger(w io.Writer) *slog.Logger {
	options := &slog.HandlerOptions{Level: l.LogLevel}
	if l.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(w, options))
	}
	return slog.New(slog.NewTextHandler(w, options))
}

// Validate names every setting that cannot be used. The parser of commands calls it.
func (c *Config) Validate() error {
	errs := []error{c.Storage.Validate(), c.Language.Validate()}
	if _, _, err := net.SplitHostPort(c.Addr); err != nil {
		errs = append(errs, fmt.Errorf("--addr: %q is no host:port, such as 127.0.0.1:8080", c.Addr))
	}
	if c.AdminKey != "" && (!strings.HasPrefix(c.AdminKey, "ok_") || len(c.AdminKey) < 20) {
		errs = append(errs, errors.New("--admin-key: must start with ok_ and have 20 characters or more"))
	}
	if c.PhotoDays < 1 || c.PhotoDays > 3650 {
		errs = append(errs, errors.New("--photo-days: must be 1 to 3650"))
	}
	if !(c.Rate >= 0 && c.Rate <= 1e6) { // also when it is no number
		errs = append(errs, errors.New("--rate: must be 0 to 1000000"))
	}
	_, err := c.proxies()
	return errors.Join(append(errs, err)...)
}

// proxies reads the networks of the proxies in front.
func (c *Config) proxies() (networks []netip.Prefix, err error) {
	for _, text := range c.Proxies {
		network, err := netip.ParsePrefix(text)
		if err != nil {
			address, err := netip.ParseAddr(text)
			if err != nil {
				return nil, fmt.Errorf("--proxies: %q is no address or network, such as 10.0.0.0/8", text)
			}
			network = netip.PrefixFrom(address, address.BitLen())
		}
		networks = append(networks, network)
	}
	return networks, nil
}

// LogValue shows the configuration with its secrets blotted out.
func (c *Config) LogValue() slog.Value {
	key := "made here"
	if c.AdminKey != "" {
		key = "ok_…"
	}
	return slog.GroupValue(slog.String("addr", c.Addr), slog.String("data", c.Data), slog.Any("index", &c.Qdrant), slog.Any("encoder", &c.Encoder), slog.Any("language_model", &c.Language), slog.String("admin_key", key),
		slog.Int("photo_days", c.PhotoDays), slog.Float64("rate", c.Rate), slog.Any("proxies", c.Proxies), slog.String("log", c.LogLevel.String()))
}

func (c *Config) keepPhotos() time.Duration { return time.Duration(c.PhotoDays) * 24 * time.Hour }
