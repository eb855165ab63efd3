package catalog

import "honeyguide/catalog/query"

// Understand reads a buyer's words with what the store has, as Find does.
func (c *Catalog) Understand(store *Store, text string) query.Query {
	return c.facets.vocabulary(store).Understand(text)
}

// Sells reports whether a store has products of a category or below it, in
// stock or not.
func (c *Catalog) Sells(storeID, category string) bool {
	return c.facets.has(storeID, tagCategory, category)
}
