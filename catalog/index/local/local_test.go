package local_test

import (
	"testing"

	"honeyguide/catalog/index"
	"honeyguide/catalog/index/indextest"
	"honeyguide/catalog/index/local"
)

func TestContract(t *testing.T) {
	indextest.Run(t, func(*testing.T) index.Index { return local.New() })
}
