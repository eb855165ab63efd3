package packs

// Giving is the words of giving presents: to whom, when, and what people like.
type Giving struct {
	Recipients map[string]Recipient
	Occasions  map[string]GivingDay
	Interests  map[string]Names
}

// Recipient is somebody who is given to, with what the word itself says of them.
type Recipient struct {
	Gender string `yaml:"gender"` // male, female, or nothing: then it is not guessed
	Age    []int  `yaml:"age"`    // from and to, or nothing
	Names  `yaml:",inline"`
}

// GivingDay is an occasion of giving.
type GivingDay struct {
	Date  string `yaml:"date"` // MM-DD, where it is the same every year
	Names `yaml:",inline"`
}
