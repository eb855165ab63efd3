package catalog

import (
	"testing"

	"honeyguide/catalog/index"
)

// The picture itself leads by more than words beside it can give to one that is
// nearly the same; kinds come after both.
func TestSamePictureLeads(t *testing.T) {
	p := part{
		queries: []index.Query{{Space: ImageSpace, Limit: 9}, {Space: ImageSpace, Limit: 9}},
		bonus:   []float64{0, kindBonus}, weight: weightPhoto, photo: true, same: 0.998,
	}
	itself, double, near := index.Hit{ID: "itself", Score: 1}, index.Hit{ID: "double", Score: 0.9985}, index.Hit{ID: "near", Score: 0.9975}
	byID := map[string]*hit{}
	p.fuse(byID, [][]index.Hit{{itself, double, near}, {near}})
	if lead := byID["itself"].score - byID["double"].score; lead <= weightPhotoText {
		t.Errorf("it leads a double by %.4f, of which words can give %.1f", lead, weightPhotoText)
	}
	if byID["double"].score <= byID["near"].score {
		t.Errorf("a double has %.4f, another of the kind %.4f", byID["double"].score, byID["near"].score)
	}
}
