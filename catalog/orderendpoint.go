package catalog

import (
	"net/netip"
	"net/url"
	"strings"

	"honeyguide/catalog/fetch"
)

// OrderEndpoint is a merchant's own address that looks orders up. The package
// orders asks it.
type OrderEndpoint struct {
	URL    string `json:"url" doc:"Asked for orders that are not kept here"`
	Secret Secret `json:"secret" doc:"Signs the requests; only shown as set"`
}

// maxURL bounds an address, in bytes.
const maxURL = 2000

// validate tidies an endpoint; nil is fine.
func (e *OrderEndpoint) validate() error {
	if e == nil {
		return nil
	}
	if len(e.URL) > maxURL || !confidential(e.URL) {
		return invalid("order_endpoint.url", "must be an https address, such as https://shop.example/orders")
	}
	key, err := e.Secret.SigningKey()
	if err != nil {
		return invalid("order_endpoint.secret", "%v", err)
	}
	if len(key) < minSecret || len(e.Secret) > maxSecret {
		return invalid("order_endpoint.secret", "must have %d to %d bytes; requests are signed with it", minSecret, maxSecret)
	}
	return nil
}

// confidential reports whether buyers' data may be sent to an address: over
// https, or within the house, where only an operator can let requests go at all.
func confidential(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || u.User != nil || u.Fragment != "" {
		return false
	}
	if u.Scheme == "https" {
		return true
	}
	ip, err := netip.ParseAddr(u.Hostname())
	inside := strings.EqualFold(u.Hostname(), "localhost") || err == nil && !fetch.Public(ip)
	return u.Scheme == "http" && inside
}
