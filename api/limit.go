package api

import (
	"net"
	"net/netip"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humaecho"
	"github.com/labstack/echo/v4"
	"golang.org/x/time/rate"

	"honeyguide/catalog"
)

// limits bound how often one address calls with a publishable key, since such a
// key is known to everybody. Merchants' own programs are not bounded.
type limits struct {
	rate  float64
	mu    sync.Mutex
	by    map[string]*limiter
	swept time.Time
}

type limiter struct {
	*rate.Limiter
	used time.Time
}

func newLimits(perSecond float64) *limits {
	return &limits{rate: perSecond, by: map[string]*limiter{}, swept: time.Now()}
}

// forgetAfter is when an address that no longer calls has a full allowance again.
const forgetAfter = time.Minute

func (l *limits) allow(address string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	if now.Sub(l.swept) > forgetAfter {
		for a, b := range l.by {
			if now.Sub(b.used) > forgetAfter {
				delete(l.by, a)
			}
		}
		l.swept = now
	}
	b := l.by[address]
	if b == nil {
		b = &limiter{Limiter: rate.NewLimiter(rate.Limit(l.rate), int(4*l.rate)+1)}
		l.by[address] = b
	}
	b.used = now
	return b.AllowN(now, 1)
}

func (s *Server) limit(ctx huma.Context, next func(huma.Context)) {
	p, _ := ctx.Context().Value(principalKey).(catalog.Principal)
	if s.limits.rate > 0 && p.Kind == catalog.PublishableKey {
		if !s.limits.allow(caller(humaecho.Unwrap(ctx).RealIP())) {
			s.refuse(ctx, problem(429, "too many requests from your address; try again in a moment"))
			return
		}
	}
	next(ctx)
}

// clients returns how a request's own address is found: the peer's, unless that
// is a proxy of ours; then the last in X-Forwarded-For that is none.
func clients(proxies []netip.Prefix) echo.IPExtractor {
	if len(proxies) == 0 {
		return echo.ExtractIPDirect()
	}
	trust := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, p := range proxies {
		trust = append(trust, echo.TrustIPRange(&net.IPNet{
			IP: p.Masked().Addr().AsSlice(), Mask: net.CIDRMask(p.Bits(), p.Addr().BitLen()),
		}))
	}
	return echo.ExtractIPFromXFFHeader(trust...)
}

// caller is what a limit counts of an address: of IPv6 the network, since one
// household has all of it.
func caller(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return address
	}
	ip = ip.Unmap().WithZone("")
	if ip.Is4() {
		return ip.String()
	}
	return netip.PrefixFrom(ip, 64).Masked().String()
}
