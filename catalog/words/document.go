package words

// The parameters of BM25: how soon a repeated term stops counting, and how much
// long texts are held back. These are the usual values; Robertson and Zaragoza,
// The Probabilistic Relevance Framework: BM25 and Beyond (2009), section 3.5,
// find 1.2 < k1 < 2 and 0.5 < b < 0.8 good in most cases.
const (
	saturation = 1.2  // k1
	lengthNorm = 0.75 // b
)

// usualLength is the sum of weights that counts as neither long nor short. BM25
// takes the mean of the collection there; a constant lets an entry be weighed
// once, whatever else the store holds, so that every engine scores alike. On
// 5,929 shop products, whose mean is 78, constants from 40 to 60 rank a little
// better than the mean does; see docs/benchmarks.md.
const usualLength = 50

// Document weighs the terms of what is to be found, as Sparse does, and then
// each by BM25's part of the document: tf·(k1+1) / (tf + k1·(1−b+b·length/usualLength)).
// An index multiplies them with a query's weights from Sparse and the terms'
// rarity.
func Document(fields ...Field) (terms []uint32, weights []float32) {
	terms, weights = Sparse(fields...)
	var length float32
	for _, w := range weights {
		length += w
	}
	norm := saturation * (1 - lengthNorm + lengthNorm*length/usualLength)
	for i, w := range weights {
		weights[i] = w * (saturation + 1) / (w + norm)
	}
	return terms, weights
}
