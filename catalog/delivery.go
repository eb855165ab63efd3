package catalog

import "time"

// Delivery is how long a parcel takes from the order to the door, in days.
type Delivery struct {
	MinDays int `json:"min_days" minimum:"0" maximum:"365"`
	MaxDays int `json:"max_days" minimum:"0" maximum:"365"`
}

// maxDelivery is the longest that a store may say, in days.
const maxDelivery = 365

// Arrival returns the first and last day on which what is ordered now may come,
// each as midnight in UTC.
func (d Delivery) Arrival(now time.Time) (first, last time.Time) {
	today := now.UTC().Truncate(24 * time.Hour)
	return today.AddDate(0, 0, d.MinDays), today.AddDate(0, 0, d.MaxDays)
}

func (d *Delivery) validate() error {
	if d == nil {
		return nil
	}
	if d.MinDays < 0 || d.MinDays > d.MaxDays {
		return invalid("delivery.min_days", "must be 0 to max_days, which is %d", d.MaxDays)
	}
	if d.MaxDays > maxDelivery {
		return invalid("delivery.max_days", "must be %d at most", maxDelivery)
	}
	return nil
}
