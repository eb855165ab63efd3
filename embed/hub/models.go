// Package hub fetches models that package onnx opens from Hugging Face, or from
// a mirror of it.
//
// A download goes on where it broke off, is checked against a digest before it
// gets its name, and leaves a list of digests, SHA256SUMS, in the model's folder.
package hub

// Model is one of the models that can be fetched by name.
type Model struct {
	Name       string
	Repository string // owner/name
	Revision   string // the commit
	License    string
	English    string // what it is, in one line
	Chinese    string
	Megabytes  int // of all files, about
	Files      []File
}

// File is one file of a model.
type File struct {
	Path   string // with slashes, below the model's folder
	Size   int64  // bytes; 0: as the hub announces
	SHA256 string // hex; empty: as the hub announces
}

// Models lists what can be fetched, the usual choice first. The digests are
// those that Hugging Face's own pages show.
func Models() []Model {
	return []Model{{
		Name: "siglip2", Repository: "onnx-community/siglip2-base-patch16-224-ONNX", Revision: "ba1f3b0843f24bc5417d38e19c37b287d719b2f4", License: "Apache-2.0",
		English:   "SigLIP 2 base, 224 px, 16 bit: understands Chinese, English and a hundred other languages; 768 numbers.",
		Chinese:   "SigLIP 2 base，224 像素，16 位：懂中文、英文等上百种语言；768 维。",
		Megabytes: 786,
		Files: files(File{"onnx/vision_model_fp16.onnx", 186_039_516, "a1959f7bd3993a607e48839f6d01e25b876fe76afda301b028b78eef68aabd95"},
			File{"onnx/text_model_fp16.onnx", 564_862_230, "711da56ada0a4aa11c7dd3320df741081a3cae4f0ae1b5e5c6d5b294738d0eb0"}),
	}, {
		Name: "fashion-siglip", Repository: "Marqo/marqo-fashionSigLIP", Revision: "e5619578fd528afa0bf88d8fae37748336a57fa2", License: "Apache-2.0",
		English:   "Marqo FashionSigLIP, 224 px: SigLIP trained further on fashion; English; 768 numbers.",
		Chinese:   "Marqo FashionSigLIP，224 像素：在时尚商品上继续训练的 SigLIP；仅英文；768 维。",
		Megabytes: 816,
		Files: files(File{"onnx/vision_model.onnx", 0, "a7e773846b27a699c45ba7e3978514b7fca420662d7e69e3b9226982f09f4a13"},
			File{"onnx/text_model.onnx", 441_361_402, "c1d501b23bddf27ba828c037b0780e44fdf47ca4c0b925ef190ab5bcf7aaf6e6"}),
	}, {
		Name: "siglip", Repository: "Xenova/siglip-base-patch16-224", Revision: "294847d6b5fe86c91330269da98ce112d6c75e7e", License: "Apache-2.0",
		English:   "SigLIP base, 224 px: of all things, English; 768 numbers.",
		Chinese:   "SigLIP base，224 像素：通用，仅英文；768 维。",
		Megabytes: 816,
		Files: files(File{"onnx/vision_model.onnx", 0, ""},
			File{"onnx/text_model.onnx", 0, "3aa7fdbd20eaa8740cce17bf82913de641fcb632a768fed59f661cdcd0c32553"}),
	}, {
		Name: "clip", Repository: "Xenova/clip-vit-base-patch32", Revision: "0b95b21b04a877260b196dfc3ebdb79c3c8be8ca", License: "MIT (OpenAI's CLIP)",
		English:   "CLIP ViT-B/32, 224 px: the classic and the fastest here, English; 512 numbers.",
		Chinese:   "CLIP ViT-B/32，224 像素：经典模型，这里最快的，仅英文；512 维。",
		Megabytes: 609,
		Files: files(File{"onnx/vision_model.onnx", 0, "fd6e1402a588279d1723c7534d4bcba5bc0b14b47dfab0e46f8c47b8270d7d40"},
			File{"onnx/text_model.onnx", 0, ""}),
	}}
}

// files adds to a model's networks what every model has beside them. The small
// ones go first, so that a wrong address shows at once.
func files(networks ...File) []File {
	small := []File{{Path: "config.json"}, {Path: "preprocessor_config.json"}, {Path: "tokenizer_config.json"}, {Path: "tokenizer.json"}}
	return append(small, networks...)
}
