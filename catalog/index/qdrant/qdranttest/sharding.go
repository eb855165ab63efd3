package qdranttest

import (
	"fmt"
	"slices"

	"github.com/qdrant/go-client/qdrant"
)

// keyName is a shard key as text.
func keyName(key *qdrant.ShardKey) string {
	if k, ok := key.GetKey().(*qdrant.ShardKey_Number); ok {
		return fmt.Sprint(k.Number)
	}
	return fmt.Sprintf("%q", key.GetKeyword())
}

// keys are those a selector selects: as given, or the fallback of one that does not exist.
func (c *collection) keys(selector *qdrant.ShardKeySelector) ([]*qdrant.ShardKey, error) {
	keys, fallback := selector.GetShardKeys(), selector.GetFallback()
	switch {
	case fallback == nil:
		return keys, nil
	case len(keys) != 1:
		return nil, badRequest("A fallback needs exactly one shard key, not %d", len(keys))
	case c.rings[keyName(keys[0])] != nil:
		return keys, nil
	case c.rings[keyName(fallback)] != nil:
		return []*qdrant.ShardKey{fallback}, nil
	default:
		return nil, notFound("Neither target shard key %s nor fallback shard key %s exist", keyName(keys[0]), keyName(fallback))
	}
}

// readable are the shards to read: all without a selector.
func (c *collection) readable(selector *qdrant.ShardKeySelector) ([]*shard, error) {
	keys, err := c.keys(selector)
	if err != nil {
		return nil, err
	}
	var shards []*shard
	for _, key := range keys {
		ring := c.rings[keyName(key)]
		if ring == nil {
			return nil, badRequest("Shard key %s not found", keyName(key))
		}
		shards = append(shards, ring...)
	}
	if len(keys) == 0 {
		for _, ring := range c.rings {
			shards = append(shards, ring...)
		}
	}
	return shards, nil
}

// writable are the groups of shards to write to, one for each key.
func (c *collection) writable(selector *qdrant.ShardKeySelector) ([][]*shard, error) {
	keys, err := c.keys(selector)
	if err != nil {
		return nil, err
	}
	if len(keys) == 0 {
		if c.custom() {
			return nil, badInput("Shard key not specified")
		}
		return [][]*shard{c.rings[""]}, nil
	}
	var rings [][]*shard
	for _, key := range keys {
		ring := c.rings[keyName(key)]
		if ring == nil {
			return nil, badInput("Shard key %s not found", keyName(key))
		}
		rings = append(rings, ring)
	}
	return rings, nil
}

// createShardKey adds the shards of a key.
func (c *collection) createShardKey(request *qdrant.CreateShardKey) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	name := keyName(request.GetShardKey())
	switch {
	case request.GetShardKey().GetKey() == nil:
		return malformed("Shard key is empty")
	case request.ShardsNumber != nil && request.GetShardsNumber() == 0:
		return invalid("shards_number", "Shards number must be greater than 0")
	case !c.custom():
		return badRequest("Shard Key %s cannot be created with Auto sharding method", name)
	case c.rings[name] != nil:
		return badRequest("Shard key %s already exists", name)
	}
	number := orDefault(request.ShardsNumber, c.config.GetParams().GetShardNumber())
	c.rings[name] = c.newShards(request.GetShardKey(), int(number))
	return nil
}

// deleteShardKey drops the shards of a key with their points; one that is not
// there is not an error.
func (c *collection) deleteShardKey(key *qdrant.ShardKey) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.custom() {
		return badRequest("Shard Key %s cannot be removed with Auto sharding method", keyName(key))
	}
	delete(c.rings, keyName(key))
	return nil
}

// shardKeys lists the keys that have shards.
func (c *collection) shardKeys() []*qdrant.ShardKeyDescription {
	c.mu.RLock()
	defer c.mu.RUnlock()
	var keys []*qdrant.ShardKeyDescription
	for _, ring := range c.rings {
		if ring[0].key != nil {
			keys = append(keys, &qdrant.ShardKeyDescription{Key: ring[0].key})
		}
	}
	slices.SortFunc(keys, func(a, b *qdrant.ShardKeyDescription) int {
		return slices.Compare([]byte(keyName(a.GetKey())), []byte(keyName(b.GetKey())))
	})
	return keys
}
