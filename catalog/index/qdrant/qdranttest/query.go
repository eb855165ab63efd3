package qdranttest

import (
	"cmp"
	"context"
	"math"

	"github.com/qdrant/go-client/qdrant"
	"github.com/viterin/vek/vek32"
	"google.golang.org/grpc/status"
)

// defaultLimit is that of queries, scrolls and facets.
const defaultLimit = 10

// scorer gives the score of a point and whether it is found at all.
type scorer func(*point) (float32, bool)

// hit is a found point.
type hit struct {
	holding
	score float32
}

// byScore puts the highest first and equal ones in an order of no meaning.
// As in Qdrant, what is not a number counts as the highest.
func byScore(a, b hit) int {
	rank := func(score float32) float64 {
		if score != score {
			return math.Inf(1)
		}
		return float64(score)
	}
	return cmp.Or(cmp.Compare(rank(b.score), rank(a.score)), cmp.Compare(a.hash, b.hash), byID(a.holding, b.holding))
}

func byHitID(a, b hit) int { return byID(a.holding, b.holding) }

// query answers one query. The caller holds the lock.
func (c *collection) query(ctx context.Context, q *qdrant.QueryPoints, strict bool) ([]*qdrant.ScoredPoint, error) {
	if len(q.GetPrefetch()) > 0 {
		return nil, unimplemented("prefetching")
	}
	if q.Limit != nil && q.GetLimit() == 0 {
		return nil, invalid("limit", "value 0 invalid, must be 1 or larger")
	}
	payload, err := payloadChoice(q.GetWithPayload(), nothing)
	if err != nil {
		return nil, err
	}
	hits, err := c.find(ctx, q, strict)
	if err != nil {
		return nil, err
	}
	vectors := vectorChoice(q.GetWithVectors())
	hits = hits[min(q.GetOffset(), uint64(len(hits))):]
	points := make([]*qdrant.ScoredPoint, len(hits))
	for i, h := range hits {
		points[i] = &qdrant.ScoredPoint{
			Id: h.id.proto(), Score: h.score, ShardKey: h.key,
			Payload: h.chosenPayload(payload), Vectors: h.chosenVectors(vectors),
		}
	}
	return points, nil
}

// find returns the first hits of a query up to its offset and limit.
func (c *collection) find(ctx context.Context, q *qdrant.QueryPoints, strict bool) ([]hit, error) {
	passes, err := c.compiler(strict).filter(q.GetFilter())
	if err != nil {
		return nil, err
	}
	scorerOf, err := c.scorer(q)
	if err != nil {
		return nil, err
	}
	shards, err := c.readable(q.GetShardKeySelector())
	if err != nil {
		return nil, err
	}
	compare := byScore
	if q.GetQuery() == nil {
		compare = byHitID
	}
	rows := 0
	for _, s := range shards {
		rows += len(s.rows)
	}
	found := best[hit]{compare: compare, k: int(min(uint64(rows), q.GetOffset()+min(orDefault(q.Limit, defaultLimit), uint64(rows))))}
	for _, s := range shards {
		score := scorerOf(s)
		for i, p := range s.rows {
			if i%1024 == 0 && ctx.Err() != nil {
				return nil, status.FromContextError(ctx.Err()).Err()
			}
			if !passes(p) {
				continue
			}
			if x, ok := score(p); ok && (q.ScoreThreshold == nil || x >= q.GetScoreThreshold()) {
				found.offer(hit{holding{p, s.key}, x})
			}
		}
	}
	return found.sorted(), nil
}

// scorer reads what a query looks for. What it returns is made for one shard,
// since each has its own statistics.
func (c *collection) scorer(q *qdrant.QueryPoints) (func(*shard) scorer, error) {
	if q.GetQuery() == nil {
		return func(*shard) scorer { return func(*point) (float32, bool) { return 0, true } }, nil
	}
	nearest, ok := q.GetQuery().GetVariant().(*qdrant.Query_Nearest)
	if !ok {
		return nil, unimplemented("queries but the nearest")
	}
	name := q.GetUsing()
	switch input := nearest.Nearest.GetVariant().(type) {
	case *qdrant.VectorInput_Dense:
		if err := c.checkVector(name, input.Dense.GetData(), nil); err != nil {
			return nil, err
		}
		vector := normalise(input.Dense.GetData(), c.dense[name].GetDistance())
		return func(*shard) scorer { return denseScorer(name, vector) }, nil
	case *qdrant.VectorInput_Sparse:
		vector, err := newSparse(input.Sparse.GetIndices(), input.Sparse.GetValues())
		if err == nil {
			err = c.checkVector(name, nil, vector)
		}
		if err != nil {
			return nil, err
		}
		idf := c.sparse[name].GetModifier() == qdrant.Modifier_Idf
		return func(s *shard) scorer { return sparseScorer(name, vector, s.terms[name], idf) }, nil
	default:
		return nil, unimplemented("queries but by dense and sparse vectors")
	}
}

func denseScorer(name string, vector []float32) scorer {
	return func(p *point) (float32, bool) {
		v, ok := p.dense[name]
		if !ok {
			return 0, false
		}
		return vek32.Dot(v, vector), true
	}
}

// sparseScorer finds the points that share an index with the vector. With idf
// the vector's weights are first multiplied by how rare each index is.
func sparseScorer(name string, vector *sparseVector, terms *termStatistics, idf bool) scorer {
	weights := vector.values
	if idf {
		weights = make([]float32, len(vector.values))
		for i, w := range vector.values {
			weights[i] = w * rarity(float32(terms.points), float32(terms.having[vector.indices[i]]))
		}
	}
	return func(p *point) (score float32, shared bool) {
		v := p.sparse[name]
		for i, j := 0, 0; i < len(vector.indices) && j < len(v.indices); {
			switch a, b := vector.indices[i], v.indices[j]; {
			case a < b:
				i++
			case a > b:
				j++
			default:
				score, shared = score+weights[i]*v.values[j], true
				i, j = i+1, j+1
			}
		}
		return score, shared
	}
}

// rarity is the inverse document frequency of an index that df of n points have.
func rarity(n, df float32) float32 {
	return float32(math.Log(float64((n-df+0.5)/(df+0.5) + 1)))
}
