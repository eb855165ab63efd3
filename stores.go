package main

import (
	"context"
	"fmt"

	"honeyguide/catalog"
)

type storeCreateCmd struct {
	Storage
	Logging
	Name     string   `required:"" help:"Shown to buyers."`
	Currency string   `help:"ISO 4217 code of the store's prices." default:"USD"`
	Locale   string   `help:"Such as en or zh-CN." default:"en"`
	Origin   []string `help:"Web origin that may use the publishable key."`
}

// Run makes a store and prints its id and keys.
func (c *storeCreateCmd) Run(ctx context.Context, to streams) error {
	a, err := c.open(ctx, c.logger(to.err))
	if err != nil {
		return err
	}
	defer a.Close()
	s, err := a.catalog.NewStore(ctx, catalog.Settings{Name: c.Name, Currency: c.Currency, Locale: c.Locale, Origins: c.Origin})
	if err != nil {
		return err
	}
	fmt.Fprintln(to.out, s.ID)
	for _, kind := range []catalog.KeyKind{catalog.SecretKey, catalog.PublishableKey, catalog.AgentKey} {
		key, err := a.catalog.NewKey(ctx, s.ID, kind)
		if err != nil {
			return err
		}
		fmt.Fprintln(to.out, key)
	}
	return nil
}

type storeListCmd struct {
	Storage
	Logging
}

// Run prints a line for each store.
func (c *storeListCmd) Run(ctx context.Context, to streams) error {
	a, err := c.open(ctx, c.logger(to.err))
	if err != nil {
		return err
	}
	defer a.Close()
	all, err := a.catalog.Stores(ctx)
	for _, s := range all {
		fmt.Fprintf(to.out, "%s\t%s\t%s\t%s\n", s.ID, s.Currency, s.Locale, s.Name)
	}
	return err
}

type keyCreateCmd struct {
	Storage
	Logging
	Store string `required:"" help:"The store's id."`
	Kind  string `required:"" enum:"sk,pk,ak" help:"sk merchant, pk buyers' pages, ak agents."`
}

// Run makes a key and prints it.
func (c *keyCreateCmd) Run(ctx context.Context, to streams) error {
	a, err := c.open(ctx, c.logger(to.err))
	if err != nil {
		return err
	}
	defer a.Close()
	key, err := a.catalog.NewKey(ctx, c.Store, catalog.KeyKind(c.Kind))
	if err != nil {
		return err
	}
	fmt.Fprintln(to.out, key)
	return nil
}
