package demo

// sneakers are the shop's sneakers and running shoes.
func sneakers() []model {
	return []model{
		{
			id: "sneaker-court", draw: sneaker{}, brand: "Fennick", kind: "Shoes > Sneakers",
			who: everyone, sizes: "36|37|38|39|40|41|42|43|44|45", season: "", occasion: "casual", material: "leather", price: 8900,
			en:     text{"Court Low Leather Sneakers", "Smooth leather, a stitched cup sole, one bold side panel. Cushioned insole you can take out. Fits true to size; half sizes go up. Wipe with a damp cloth."},
			zh:     text{"低帮真皮板鞋", "光面皮革，缝线杯底，一道撞色侧片。可拆缓震鞋垫。尺码标准，半码建议选大。用湿布擦拭即可。"},
			colors: []way{{color: "white", with: "green"}, {color: "black", with: "white"}, {color: "beige", with: "rust", sale: 6900}},
		},
		{
			id: "sneaker-hightop", draw: sneaker{high: true}, brand: "Fennick", kind: "Shoes > Sneakers",
			who: everyone, sizes: "36|37|38|39|40|41|42|43|44", season: "", occasion: "casual", material: "canvas", price: 6900,
			en:     text{"Rehearsal High-Top Canvas Sneakers", "Tough 12 oz canvas on a vulcanised sole, laced high. They look better scuffed. Between sizes, choose the smaller. Hand wash, dry in the shade."},
			zh:     text{"高帮帆布鞋", "12盎司耐磨帆布，硫化鞋底，系带高帮，越旧越有味道。介于两码之间选小一码。手洗阴干。"},
			colors: []way{{color: "red", with: "white"}, {color: "black", with: "white"}},
		},
		{
			id: "runner-tempo", draw: sneaker{runner: true}, brand: "Northwane", kind: "Shoes > Running Shoes",
			who: men, sizes: "40|41|42|43|44|45|46", season: "", occasion: "sports", material: "polyester", price: 11900,
			en:     text{"Men's Tempo Running Shoes", "A knitted upper and 8 mm of drop on foam that gives back what you put in. 245 g in size 42; good for road runs up to a half marathon. Leave a thumb's width at the toe."},
			zh:     text{"男士节奏跑鞋", "针织鞋面透气包裹，8毫米落差，高回弹中底。42码单只245克，适合半马以内的公路跑。脚尖预留一指宽最舒适。"},
			colors: []way{{color: "blue", with: "orange"}, {color: "black", with: "yellow"}},
		},
		{
			id: "runner-women", draw: sneaker{runner: true}, brand: "Northwane", kind: "Shoes > Running Shoes",
			who: women, sizes: "35|36|37|38|39|40|41", season: "", occasion: "sports", material: "polyester", price: 11500,
			en:     text{"Women's Glide Running Shoes", "Softer at the heel, narrower at the heel counter, light everywhere. 198 g in size 38. For daily miles and gym floors."},
			zh:     text{"女士轻盈跑鞋", "后跟更软更贴合，整鞋轻盈，38码单只198克。日常慢跑、健身房都合适。"},
			colors: []way{{color: "pink", with: "purple"}, {color: "lavender", with: "yellow", sale: 8900}},
		},
		{
			id: "kids-sneaker", draw: sneaker{velcro: true}, brand: "Pipkinlane", kind: "Shoes > Sneakers",
			who: children, sizes: "26|27|28|29|30|31|32|33", season: "", occasion: "casual", material: "synthetic leather", price: 3600,
			en:     text{"Kids' Two-Strap Sneakers", "On in three seconds, no bows to teach. Bendy sole, padded ankle, washable insole with a line that shows when they are outgrown."},
			zh:     text{"儿童魔术贴运动鞋", "三秒穿好，不用教系鞋带。软底易弯，护踝柔软；可洗鞋垫上有标线，脚长大了一眼看出。"},
			colors: []way{{color: "pink", with: "lavender"}, {color: "blue", with: "yellow"}},
		},
	}
}

// heelsAndFlats are the shop's heels and ballet flats.
func heelsAndFlats() []model {
	return []model{
		{
			id: "heel-pump", draw: pump{}, brand: "Halverie", kind: "Shoes > Heels",
			who: women, sizes: "35|36|37|38|39|40", season: "", occasion: "party", material: "leather", price: 10900,
			en:     text{"Women's Pointed Leather Pumps", "A clean point, an 8 cm heel set right under your weight, and a padded ball so you can dance in them. Leather inside and out. True to size; wide feet go half up."},
			zh:     text{"女士尖头真皮高跟鞋", "利落尖头，8厘米细跟，重心稳；前掌加垫，跳舞也不累。内外全皮。尺码标准，脚宽建议选大半码。"},
			colors: in("black", "red", "beige"),
		},
		{
			id: "heel-block", draw: pump{block: true, strap: true}, brand: "Halverie", kind: "Shoes > Heels",
			who: women, sizes: "35|36|37|38|39|40", season: "spring", occasion: "party", material: "suede", price: 9600,
			en:     text{"Women's Block-Heel Ankle-Strap Shoes", "A steady 7 cm block heel and a strap that keeps its promise. Soft suede for weddings on grass. True to size. Brush when dry."},
			zh:     text{"女士粗跟一字带高跟鞋", "7厘米粗跟稳稳当当，一字带不掉跟；绒面柔软，草坪婚礼也走得从容。尺码标准。干后用刷子打理。"},
			colors: []way{{color: "rose"}, {color: "tan", soldOut: true}},
		},
		{
			id: "flat-ballet", draw: pump{flat: true, bow: true}, brand: "Saltreed", kind: "Shoes > Ballet Flats",
			who: women, sizes: "35|36|37|38|39|40|41", season: "spring", occasion: "smart casual", material: "leather", price: 7400,
			en:     text{"Women's Bow Ballet Flats", "Glove leather that folds into a handbag, a tiny bow, and a hidden 1 cm wedge that your heels will thank you for. True to size."},
			zh:     text{"女士蝴蝶结芭蕾平底鞋", "手套革柔软可对折进包，小小蝴蝶结，内藏1厘米坡跟，久走不累脚后跟。尺码标准。"},
			colors: in("beige", "black"),
		},
	}
}

// boots are the shop's boots, loafers and sandals.
func boots() []model {
	return []model{
		{
			id: "boot-chelsea", draw: boot{}, brand: "Fennick", kind: "Shoes > Ankle Boots",
			who: men, sizes: "40|41|42|43|44|45", season: "winter", occasion: "smart casual", material: "leather", price: 14900,
			en:     text{"Men's Leather Chelsea Boots", "Pull on, go. Oiled leather, elastic that stays elastic, a sole that can be replaced. Fits true to size with medium socks. Feed with wax twice a winter."},
			zh:     text{"男士真皮切尔西靴", "一蹬即走。油蜡皮，松紧带不松垮，鞋底可更换。配中厚袜穿标准码。每个冬天上两次蜡就好。"},
			colors: in("brown", "black"),
		},
		{
			id: "boot-laced", draw: boot{laced: true}, brand: "Northwane", kind: "Shoes > Boots",
			who: everyone, sizes: "36|37|38|39|40|41|42|43|44|45", season: "winter", occasion: "travel", material: "leather", price: 15900,
			en:     text{"Trailhead Lace-Up Boots", "Full-grain leather, welted, with a lug sole that grips wet stone. Waterproof to the third eyelet. Leave room for thick socks: half a size up."},
			zh:     text{"系带户外短靴", "头层牛皮，固特异缝制，深齿大底抓得住湿石头；第三个鞋眼以下防水。穿厚袜建议选大半码。"},
			colors: in("tan", "coffee brown"),
		},
		{
			id: "boot-tall", draw: boot{tall: true, heeled: true}, brand: "Halverie", kind: "Shoes > Boots",
			who: women, sizes: "35|36|37|38|39|40", season: "winter", occasion: "smart casual", material: "leather", price: 18900,
			en:     text{"Women's Knee-High Leather Boots", "A long smooth shaft with a hidden inner zip and a walking heel of 4 cm. Calf width 37 cm in size 38. Keep them on boot trees."},
			zh:     text{"女士及膝真皮长靴", "流畅长筒，内侧隐形拉链，4厘米舒适跟。38码筒围37厘米。收纳时请放靴撑。"},
			colors: in("black"),
		},
		{
			id: "loafer-penny", draw: loafer{}, brand: "Fennick", kind: "Shoes > Loafers",
			who: men, sizes: "40|41|42|43|44|45", season: "", occasion: "smart casual", material: "leather", price: 12900,
			en:     text{"Men's Penny Loafers", "Hand-sewn apron, leather sole with a rubber forepart, and a slot for a lucky coin. Snug at first; they give in within a week. Size down a half if you go sockless."},
			zh:     text{"男士便士乐福鞋", "手缝围盖，皮底前掌贴橡胶，鞋面小缝可塞一枚幸运硬币。初穿贴脚，一周即服帖。裸脚穿建议小半码。"},
			colors: in("burgundy", "black"),
		},
		{
			id: "sandal-cork", draw: sandal{}, brand: "Saltreed", kind: "Shoes > Sandals",
			who: everyone, sizes: "36|37|38|39|40|41|42|43|44", season: "summer", occasion: "travel", material: "leather", price: 6800,
			en:     text{"Two-Strap Cork Sandals", "Cork that takes the shape of your foot, two buckles to set, nothing to lace. Give them a week. Regular width."},
			zh:     text{"双扣软木凉鞋", "软木鞋床会记住你的脚型，两枚扣带自由调节，一蹬就走。穿一周就合脚。常规宽度。"},
			colors: in("tan"),
		},
	}
}
