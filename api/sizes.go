package api

import (
	"context"

	"honeyguide/catalog"
	"honeyguide/outfit"
)

// measurements are of the body of the one who will wear it; 0 is not known.
type measurements struct {
	Height     float64 `json:"height_cm,omitempty"`
	Weight     float64 `json:"weight_kg,omitempty"`
	Chest      float64 `json:"chest_cm,omitempty"`
	Underbust  float64 `json:"underbust_cm,omitempty"`
	Waist      float64 `json:"waist_cm,omitempty"`
	Hip        float64 `json:"hip_cm,omitempty"`
	Foot       float64 `json:"foot_cm,omitempty"`
	Neck       float64 `json:"neck_cm,omitempty"`
	Head       float64 `json:"head_cm,omitempty"`
	Hand       float64 `json:"hand_cm,omitempty"`
	Wrist      float64 `json:"wrist_cm,omitempty"`
	Finger     float64 `json:"finger_cm,omitempty"`
	Inseam     float64 `json:"inseam_cm,omitempty"`
	Age        float64 `json:"age,omitempty"`
	Gender     string  `json:"gender,omitempty" enum:",male,female" doc:"Where the product does not say for whom it is"`
	UsualSize  string  `json:"usual_size,omitempty" maxLength:"60" example:"EU 38"`
	UsualBrand string  `json:"usual_brand,omitempty" maxLength:"200"`
}

type sizeIn struct {
	Body struct {
		ProductID    string       `json:"product_id" minLength:"1"`
		Measurements measurements `json:"measurements,omitempty"`
		Text         string       `json:"text,omitempty" maxLength:"2000" doc:"Measures in words, also in feet, inches, pounds and 斤; the fields above outweigh it"`
		Language     string       `json:"language,omitempty" enum:"en,zh" doc:"Of the reasons; else the store's"`
	}
}

type sizeOut struct {
	Size       string           `json:"size" doc:"Empty where none can be told; why says so"`
	Between    []string         `json:"between" nullable:"false" doc:"The two sizes that the body lies between, or none"`
	Confidence float64          `json:"confidence" doc:"How likely this size is the one that will be kept, 0 to 1"`
	InStock    bool             `json:"in_stock"`
	Why        []catalog.Reason `json:"why" nullable:"false"`
	Missing    []string         `json:"missing" nullable:"false" doc:"The one measurement that would help most, or none"`
	Chart      string           `json:"chart,omitempty"`
	Row        any              `json:"row,omitempty" doc:"The chart's row, lengths in cm: {size, chest:[from,to], …}"`
}

func (s *Server) adviseSize(ctx context.Context, in *sizeIn) (*answerOf[sizeOut], error) {
	b := &in.Body
	a, err := s.sizer.Size(ctx, s.catalog, storeOf(ctx), b.ProductID, b.Measurements.body(b.Text), b.Language)
	if err != nil {
		return nil, err
	}
	out := sizeOut{Size: a.Size, Between: list(a.Between), Confidence: a.Confidence, InStock: a.InStock, Why: a.Why, Missing: list(a.Missing), Chart: a.Chart}
	if a.Row != nil {
		out.Row = *a.Row
	}
	return body(out), nil
}

func list(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}

func (m *measurements) body(text string) outfit.Body {
	b := outfit.Body{Measures: outfit.ReadBody(text), Gender: m.Gender, UsualSize: m.UsualSize, UsualBrand: m.UsualBrand}
	for name, value := range map[string]float64{
		"height": m.Height, "weight": m.Weight, "chest": m.Chest, "underbust": m.Underbust, "waist": m.Waist, "hip": m.Hip, "foot": m.Foot,
		"neck": m.Neck, "head": m.Head, "hand": m.Hand, "wrist": m.Wrist, "finger": m.Finger, "inseam": m.Inseam, "age": m.Age,
	} {
		if value != 0 {
			b.Measures[name] = value
		}
	}
	return b
}
