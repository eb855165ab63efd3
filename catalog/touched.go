package catalog

import "honeyguide/catalog/index"

// touch notes the products that were saved, where somebody asks.
func (p *Projection) touch(storeID string, kind index.Kind, put []index.Entry, gone []string) {
	if p.touched == nil || kind != index.Products {
		return
	}
	for i := range put {
		p.touched[index.Key{Store: storeID, ID: put[i].ID}] = true
	}
	for _, id := range gone {
		p.touched[index.Key{Store: storeID, ID: id}] = true
	}
}

// watch notes from now on which products are saved; unwatch ends that.
func (p *Projection) watch() {
	p.saving.Lock()
	defer p.saving.Unlock()
	p.touched = map[index.Key]bool{}
}

func (p *Projection) unwatch() {
	p.saving.Lock()
	defer p.saving.Unlock()
	p.touched = nil
}

// takeTouched returns the products that were saved since it was last called.
func (p *Projection) takeTouched() map[index.Key]bool {
	p.saving.Lock()
	defer p.saving.Unlock()
	touched := p.touched
	p.touched = map[index.Key]bool{}
	return touched
}
