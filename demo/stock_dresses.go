package demo

// summerDresses are the shop's dresses for warm days and parties.
func summerDresses() []model {
	return []model{
		{
			id: "dress-polka", draw: dress{cut: swing, length: 490}, brand: "Halverie", kind: "Apparel > Dresses",
			who: women, sizes: "XS|S|M|L|XL", season: "summer", occasion: "party", material: "cotton", price: 8200,
			en:     text{"Women's Polka-Dot Swing Dress", "A fitted bodice, a full skirt and pockets in the seams. It spins. Cotton sateen with 3 % elastane; hidden zip at the side. Falls just below the knee at 168 cm. Wash at 30 °C, iron inside out."},
			zh:     text{"女士波点大摆连衣裙", "合身上身，大摆下身，侧缝还有口袋，转起圈来最好看。棉缎面混3%氨纶，侧边隐形拉链。身高168厘米裙长过膝。30℃机洗，反面熨烫。"},
			colors: []way{{color: "navy blue", with: "white", pattern: dots}, {color: "red", with: "white", pattern: dots}, {color: "white", with: "black", pattern: dots}},
		},
		{
			id: "dress-swing-belt", draw: dress{cut: swing, neck: vneck, sleeve: sleeveless, length: 440, belt: true}, brand: "Halverie", kind: "Apparel > Dresses",
			who: women, sizes: "XS|S|M|L|XL", season: "summer", occasion: "party", material: "polyester", price: 7600,
			en:     text{"Women's Belted V-Neck Dress", "Sleeveless, above the knee, with a tie belt that finds your waist. The crepe does not crease in a suitcase, so it goes to weddings far from home. True to size. Hand wash cold, hang to dry."},
			zh:     text{"女士V领系带无袖连衣裙", "无袖及膝上款，腰带一系腰线立现。绉面料抗皱，压进行李箱拿出来就能穿，赴远方的婚礼也从容。尺码标准。冷水手洗，悬挂晾干。"},
			colors: []way{{color: "red"}, {color: "black"}, {color: "purple", sale: 5400}},
		},
		{
			id: "dress-slip", draw: dress{cut: slip, length: 530}, brand: "Halverie", kind: "Apparel > Dresses",
			who: women, sizes: "XS|S|M|L", season: "summer", occasion: "party", material: "silk", price: 12900,
			en:     text{"Women's Bias-Cut Silk Slip Dress", "Cut on the bias so the silk follows you like water. Adjustable straps, a midi length, and a sheen that looks after you at candlelight. Wear with heels, or with a sweater over it until spring. Dry clean, or hand wash cold."},
			zh:     text{"女士斜裁真丝吊带连衣裙", "斜裁工艺让真丝如水般贴着身体流动。肩带可调，中长款，烛光下自带柔光。配高跟鞋赴宴，或外搭毛衣穿到春天。建议干洗，也可冷水手洗。"},
			colors: in("sea green", "black"),
		},
		{
			id: "dress-tiered-maxi", draw: dress{cut: tiers, neck: square, length: 562}, brand: "Saltreed", kind: "Apparel > Dresses",
			who: women, sizes: "XS|S|M|L|XL", season: "summer", occasion: "travel", material: "cotton", price: 9400,
			en:     text{"Women's Tiered Garden Maxi Dress", "Three gathered tiers of airy cotton voile, a square neck and soft short sleeves. Fully lined to the knee. For garden parties, island ferries and any day above 25 degrees. Loose fit. Gentle wash at 30 °C."},
			zh:     text{"女士方领蛋糕长裙", "三层抽褶的轻薄棉纱，方领配短袖，内衬及膝不透。花园聚会、海岛轮渡，或任何超过25度的日子都适合。版型宽松。30℃轻柔机洗。"},
			colors: []way{{color: "cream", with: "rose", pattern: blooms}, {color: "light blue", with: "white", pattern: blooms}},
		},
	}
}

// otherDresses are the shop's dresses for work, cool days and children.
func otherDresses() []model {
	return []model{
		{
			id: "dress-sheath", draw: dress{cut: sheath, neck: boat, length: 452}, brand: "Oakmere", kind: "Apparel > Dresses",
			who: women, sizes: "XS|S|M|L|XL", season: "", occasion: "formal", material: "wool", price: 11800,
			en:     text{"Women's Boat-Neck Sheath Dress", "The dress that chairs the meeting. Stretch wool with a matte finish, a boat neck and a back vent for stairs. Lined. Sits at the knee. Dry clean."},
			zh:     text{"女士一字领修身连衣裙", "穿上它，会议由你主持。弹力羊毛哑光质感，一字领干练，后开衩上下楼自如。全内衬，裙长及膝。建议干洗。"},
			colors: in("black", "navy blue"),
		},
		{
			id: "dress-buttoned", draw: dress{cut: buttoned, neck: vneck, length: 510}, brand: "Saltreed", kind: "Apparel > Dresses",
			who: women, sizes: "XS|S|M|L|XL", season: "spring", occasion: "casual", material: "linen", price: 8800,
			en:     text{"Women's Button-Front Linen Midi Dress", "Buttons from neck to hem: closed it is a dress, open it is a light coat over trousers. European linen that softens every summer. Regular fit. Wash at 30 °C; creases are part of it."},
			zh:     text{"女士亚麻单排扣中长连衣裙", "从领口一路扣到裙摆：扣上是连衣裙，敞开是薄外搭。欧洲亚麻，一年比一年软。常规版型。30℃机洗，自然褶皱正是亚麻的味道。"},
			colors: []way{{color: "mustard", with: "white", pattern: ditsy}, {color: "olive"}},
		},
		{
			id: "dress-wrap-long", draw: dress{cut: swing, neck: vneck, sleeve: long, length: 540, belt: true}, brand: "Saltreed", kind: "Apparel > Dresses",
			who: women, sizes: "XS|S|M|L|XL", season: "fall", occasion: "smart casual", material: "polyester", price: 8600,
			en:     text{"Women's Long-Sleeve Floral Midi Dress", "Small flowers on a dark ground for the months when the garden has none. Long sleeves, a tied waist, a hem that moves with boots. Regular fit. Wash at 30 °C."},
			zh:     text{"女士长袖碎花中长连衣裙", "花园凋零的季节，把小花穿在身上。长袖系腰，裙摆随靴子轻轻摆动。常规版型。30℃机洗。"},
			colors: []way{{color: "burgundy", with: "peach", pattern: ditsy}, {color: "teal", with: "cream", pattern: ditsy, sale: 6400}},
		},
		{
			id: "girls-dress-gingham", draw: dress{cut: swing, length: 384}, brand: "Pipkinlane", kind: "Apparel > Dresses",
			who: girls, sizes: "3-4Y|5-6Y|7-8Y|9-10Y", season: "summer", occasion: "party", material: "cotton", price: 3200,
			en:     text{"Girls' Birthday Gingham Dress", "For cake, cartwheels and grandparents. Yarn-dyed cotton with a full skirt and shorts-friendly length. Buttons at the back that small fingers can almost do. Wash at 40 °C."},
			zh:     text{"女童格子连衣裙", "吃蛋糕、翻跟头、见爷爷奶奶都穿它。色织纯棉，大裙摆，长度正好可搭安全裤；后背扣子大，小手也快会自己扣了。可40℃机洗。"},
			colors: []way{{color: "white", with: "pink", pattern: gingham}, {color: "white", with: "yellow", pattern: gingham}},
		},
	}
}

// skirts are the shop's skirts.
func skirts() []model {
	return []model{
		{
			id: "skirt-aline", draw: skirt{cut: aline}, brand: "Oakmere", kind: "Apparel > Bottoms > Skirts",
			who: women, sizes: "XS|S|M|L|XL", season: "fall", occasion: "casual", material: "wool", price: 5600,
			en:     text{"Women's A-Line Wool Skirt", "A short A-line in soft wool flannel that hangs well over tights. Side zip, full lining. Sits at the natural waist; length 46 cm. Dry clean."},
			zh:     text{"女士A字羊毛短裙", "柔软羊毛法兰绒，配连裤袜垂感正好。侧拉链，全内衬；高腰穿着，裙长46厘米。建议干洗。"},
			colors: in("rust", "black"),
		},
		{
			id: "skirt-pleated", draw: skirt{cut: pleated}, brand: "Halverie", kind: "Apparel > Bottoms > Skirts",
			who: women, sizes: "XS|S|M|L|XL", season: "spring", occasion: "smart casual", material: "polyester", price: 6400,
			en:     text{"Women's Pleated Midi Skirt", "Knife pleats set by steam, so they stay sharp through washing and rush hour. Elastic waist at the back, calf length. True to size. Machine wash cold in a net bag."},
			zh:     text{"女士百褶中长半身裙", "高温定型的刀褶，洗后依旧笔挺，挤完早高峰也不乱。后腰松紧，裙长及小腿。尺码标准。装网袋冷水机洗。"},
			colors: []way{{color: "lavender"}, {color: "black", soldOut: true}},
		},
		{
			id: "skirt-pencil", draw: skirt{cut: pencil}, brand: "Oakmere", kind: "Apparel > Bottoms > Skirts",
			who: women, sizes: "XS|S|M|L|XL", season: "", occasion: "formal", material: "wool", price: 6800,
			en:     text{"Women's Tailored Pencil Skirt", "High waist, side slit, enough stretch to run for the lift. Matches our Everyday blazer. Length 60 cm. Dry clean."},
			zh:     text{"女士高腰铅笔裙", "高腰收身，侧开衩，带弹力，追电梯也跑得动。可与同系列西装外套成套穿着。裙长60厘米。建议干洗。"},
			colors: in("charcoal"),
		},
		{
			id: "skirt-tiered", draw: skirt{cut: tiered}, brand: "Saltreed", kind: "Apparel > Bottoms > Skirts",
			who: women, sizes: "XS|S|M|L|XL", season: "summer", occasion: "travel", material: "cotton", price: 5900,
			en:     text{"Women's Tiered Maxi Skirt", "Yards of light cotton in three tiers, elastic at the waist, no zip to fight with. Sandals recommended. Wash at 30 °C."},
			zh:     text{"女士三层蛋糕长裙", "三层轻薄棉布层层铺开，松紧腰无拉链，一套就走。推荐搭配凉鞋。30℃机洗。"},
			colors: []way{{color: "white", with: "blue", pattern: ditsy}, {color: "rust"}},
		},
		{
			id: "skirt-denim", draw: skirt{cut: jean}, brand: "Northwane", kind: "Apparel > Bottoms > Skirts",
			who: women, sizes: "XS|S|M|L", season: "spring", occasion: "casual", material: "denim", price: 4900,
			en:     text{"Women's Button-Front Denim Skirt", "A 1970s shape in 11 oz denim with copper buttons from waist to hem. Above the knee, rigid at first, yours after a month. Wash cold inside out."},
			zh:     text{"女士单排扣牛仔短裙", "七十年代廓形，11盎司牛仔布，铜扣从腰间一路到裙摆。及膝上，起初偏硬，穿一个月就只属于你。翻面冷水洗。"},
			colors: in("blue"),
		},
	}
}

// jeans are the shop's jeans.
func jeans() []model {
	return []model{
		{
			id: "jeans-straight", draw: trousers{denim: true}, brand: "Northwane", kind: "Apparel > Bottoms > Jeans",
			who: men, sizes: "28|30|32|34|36|38", season: "", occasion: "casual", material: "denim", price: 7400,
			en:     text{"Men's Straight-Leg Jeans", "Honest 13 oz denim with 1 % stretch, a mid rise and a leg that goes over boots. Bar-tacked at every pocket. Size is the waist in inches; inside leg 81 cm. Wash seldom, cold, inside out."},
			zh:     text{"男士直筒牛仔裤", "13盎司厚实丹宁，含1%弹力，中腰直筒，能盖住靴筒；袋口全部加固打枣。尺码为英寸腰围，内长81厘米。少洗、冷水、翻面。"},
			colors: in("blue", "black", "charcoal"),
		},
		{
			id: "jeans-skinny", draw: trousers{leg: skinny, denim: true}, brand: "Northwane", kind: "Apparel > Bottoms > Jeans",
			who: women, sizes: "24|26|28|30|32", season: "", occasion: "casual", material: "denim", price: 6900,
			en:     text{"Women's High-Rise Skinny Jeans", "Holds you in, springs back by evening. High rise, ankle length, denim that recovers instead of bagging at the knee. Size is the waist in inches. Wash cold inside out."},
			zh:     text{"女士高腰紧身牛仔裤", "高腰收腹，弹力回复好，穿到晚上膝盖也不鼓包。九分长度。尺码为英寸腰围。翻面冷水洗。"},
			colors: in("black", "blue"),
		},
		{
			id: "jeans-wide", draw: trousers{leg: wide, denim: true}, brand: "Saltreed", kind: "Apparel > Bottoms > Jeans",
			who: women, sizes: "24|26|28|30|32", season: "spring", occasion: "casual", material: "denim", price: 7800,
			en:     text{"Women's Wide-Leg Jeans", "A high waist and a leg as wide as the sky. Light washed denim, raw enough to stand, soft enough to sit. Made to skim the floor in flat shoes at 172 cm; shortening is free. Wash cold."},
			zh:     text{"女士高腰阔腿牛仔裤", "高腰配天空一样宽的裤腿，水洗薄丹宁，站着有型，坐下柔软。身高172厘米穿平底鞋刚好及地，可免费改短。冷水洗。"},
			colors: []way{{color: "light blue"}, {color: "blue", sale: 5900}},
		},
	}
}

// trouserRack are the shop's trousers and shorts.
func trouserRack() []model {
	return []model{
		{
			id: "trousers-wide", draw: trousers{leg: wide, crisp: true}, brand: "Halverie", kind: "Apparel > Bottoms > Trousers",
			who: women, sizes: "XS|S|M|L|XL", season: "", occasion: "formal", material: "polyester", price: 7900,
			en:     text{"Women's Pressed Wide-Leg Trousers", "Full-length, high-waisted, with a crease that has been told to stay. The fabric drapes like wool and washes like cotton. True to size. Machine wash cold."},
			zh:     text{"女士高腰垂感阔腿西裤", "高腰及地，裤线定型不散。垂感似羊毛，打理如棉布。尺码标准。可冷水机洗。"},
			colors: in("cream", "black"),
		},
		{
			id: "trousers-chino", draw: trousers{leg: tapered}, brand: "Oakmere", kind: "Apparel > Bottoms > Trousers",
			who: men, sizes: "28|30|32|34|36|38", season: "", occasion: "smart casual", material: "cotton", price: 5900,
			en:     text{"Men's Tapered Chinos", "Garment-dyed twill that goes from desk to dinner. Roomy at the seat, narrow at the ankle, with a hidden coin pocket. Size is the waist in inches. Wash at 30 °C."},
			zh:     text{"男士锥形休闲长裤", "成衣染色斜纹棉，上班、聚餐一条搞定。臀部宽松，脚口收窄，内藏零钱袋。尺码为英寸腰围。30℃机洗。"},
			colors: []way{{color: "khaki"}, {color: "burgundy", sale: 3900}},
		},
		{
			id: "trousers-cargo", draw: trousers{cargo: true}, brand: "Northwane", kind: "Apparel > Bottoms > Trousers",
			who: men, sizes: "S|M|L|XL|XXL", season: "fall", occasion: "travel", material: "cotton", price: 6600,
			en:     text{"Men's Six-Pocket Cargo Trousers", "Ripstop cotton with two bellows pockets for the map, the knife and the sandwich. Gusseted so you can climb. Regular fit. Wash at 40 °C."},
			zh:     text{"男士多袋工装裤", "防撕裂棉布，立体侧袋放地图、小刀和三明治；裆部加片，爬坡不紧绷。常规版型。可40℃机洗。"},
			colors: in("olive"),
		},
		{
			id: "joggers", draw: trousers{leg: tapered, cord: true}, brand: "Oakmere", kind: "Apparel > Bottoms > Joggers",
			who: everyone, sizes: "S|M|L|XL", season: "", occasion: "sports", material: "cotton", price: 4400,
			en:     text{"Fleece-Back Joggers", "Soft inside, smooth outside, ribbed at the ankle. Good for stretching, stretched out on a sofa too. Unisex regular fit. Wash at 30 °C."},
			zh:     text{"抓绒束脚运动裤", "内里柔软外层平滑，罗纹束脚。拉伸时穿，窝在沙发上也穿。男女同款，常规版型。30℃机洗。"},
			colors: in("grey melange", "black"),
		},
		{
			id: "shorts-chino", draw: trousers{short: true}, brand: "Oakmere", kind: "Apparel > Bottoms > Shorts",
			who: men, sizes: "28|30|32|34|36", season: "summer", occasion: "casual", material: "cotton", price: 3800,
			en:     text{"Men's Chino Shorts", "Cut to sit just above the knee, in washed cotton twill. Pockets deep enough that nothing falls out on a bicycle. Size is the waist in inches. Wash at 30 °C."},
			zh:     text{"男士休闲短裤", "长度刚好过膝上，水洗斜纹棉。口袋够深，骑车也不掉东西。尺码为英寸腰围。30℃机洗。"},
			colors: in("khaki", "navy blue"),
		},
		{
			id: "kids-jeans", draw: trousers{denim: true, small: true}, brand: "Pipkinlane", kind: "Apparel > Bottoms > Jeans",
			who: children, sizes: "3-4Y|5-6Y|7-8Y|9-10Y", season: "", occasion: "casual", material: "denim", price: 2800,
			en:     text{"Kids' Tree-Climber Jeans", "Double knees, adjustable waist, soft stretch denim. When the knee gives out, we send a free patch. Wash at 40 °C."},
			zh:     text{"儿童耐磨牛仔裤", "双层膝盖，腰围可调，弹力软丹宁。膝盖磨破了，我们免费寄补丁。可40℃机洗。"},
			colors: in("blue"),
		},
	}
}

// jackets are the shop's jackets and coats.
func jackets() []model {
	return []model{
		{
			id: "jacket-bomber", draw: jacket{cut: bomber}, brand: "Northwane", kind: "Apparel > Outerwear > Jackets",
			who: men, sizes: "S|M|L|XL|XXL", season: "spring", occasion: "casual", material: "nylon", price: 9800,
			en:     text{"Men's Flight Bomber Jacket", "Light nylon with a satin lining and ribbed trims, windproof for the scooter and warm enough for a late terrace. Two slanted pockets and one inside. Regular fit. Wash at 30 °C."},
			zh:     text{"男士飞行员夹克", "轻质锦纶配缎面里布，罗纹收口，骑车挡风，夜里露台也不冷。斜插袋两个，内袋一个。常规版型。30℃机洗。"},
			colors: in("olive", "black"),
		},
		{
			id: "jacket-trucker", draw: jacket{cut: trucker}, brand: "Northwane", kind: "Apparel > Outerwear > Jackets",
			who: everyone, sizes: "XS|S|M|L|XL", season: "spring", occasion: "casual", material: "denim", price: 8900,
			en:     text{"Classic Denim Trucker Jacket", "Six copper buttons, two flap pockets, seams in amber thread. 12 oz denim that breaks in with you. Unisex; women usually take one size down. Wash cold inside out."},
			zh:     text{"经典牛仔夹克", "六粒铜扣，双翻盖胸袋，琥珀色明线。12盎司丹宁，越穿越合身。男女同款，女生建议选小一码。翻面冷水洗。"},
			colors: in("blue", "light blue"),
		},
		{
			id: "jacket-puffer", draw: jacket{cut: puffer}, brand: "Northwane", kind: "Apparel > Outerwear > Jackets > Puffer Jackets",
			who: women, sizes: "XS|S|M|L|XL", season: "winter", occasion: "casual", material: "nylon", price: 13900,
			en:     text{"Women's Light Puffer Jacket", "Warm to minus ten, light as a loaf. Recycled filling that insulates when wet, a storm collar, and a pouch it packs into. Fits over a sweater. Wash at 30 °C, tumble dry with two tennis balls."},
			zh:     text{"女士轻暖棉服", "零下十度依然暖和，轻得像一条面包。再生填充物遇湿也保温，立领防风，可收进随附小袋。内搭毛衣有余量。30℃机洗，烘干时放两个网球更蓬松。"},
			colors: []way{{color: "orange"}, {color: "burgundy", sale: 9900}},
		},
		{
			id: "coat-trench", draw: jacket{cut: trench}, brand: "Halverie", kind: "Apparel > Outerwear > Coats > Trench Coats",
			who: women, sizes: "XS|S|M|L|XL", season: "spring", occasion: "smart casual", material: "cotton", price: 18900,
			en:     text{"Women's Belted Trench Coat", "Tightly woven cotton that turns away a shower, horn-look buttons, and a belt to knot rather than buckle. Half-lined, with room for a blazer. Falls above the knee. Dry clean."},
			zh:     text{"女士系带风衣", "高密棉布可挡阵雨，仿牛角扣；腰带随手打个结最好看。半里设计，内搭西装不紧。长度及膝上。建议干洗。"},
			colors: in("beige", "navy blue"),
		},
	}
}

// blazersAndRain are the shop's blazers and rain jackets.
func blazersAndRain() []model {
	return []model{
		{
			id: "blazer-everyday", draw: jacket{cut: blazer}, brand: "Oakmere", kind: "Apparel > Outerwear > Blazers",
			who: men, sizes: "46|48|50|52|54", season: "", occasion: "formal", material: "wool", price: 16900,
			en:     text{"Men's Everyday Wool Blazer", "Half-canvassed, unlined at the back, with a natural shoulder. Merino hopsack that shrugs off creases on a train. Slim but not tight; European sizes. Dry clean."},
			zh:     text{"男士日常羊毛西装外套", "半毛衬工艺，后背无里，自然肩线。美利奴平纹呢抗皱，坐一路高铁依旧平整。修身不紧绷，欧码。建议干洗。"},
			colors: in("navy blue", "charcoal"),
		},
		{
			id: "blazer-women", draw: jacket{cut: blazer, fit: slim}, brand: "Halverie", kind: "Apparel > Outerwear > Blazers",
			who: women, sizes: "XS|S|M|L|XL", season: "", occasion: "formal", material: "polyester", price: 12900,
			en:     text{"Women's Fitted Blazer", "One good line from shoulder to hip. Stretch crepe, two buttons, real pockets. Over the sheath dress or a white T-shirt. Machine wash cold in a net bag."},
			zh:     text{"女士修身西装外套", "从肩到胯一条利落的线。弹力绉料，两粒扣，真口袋。配连衣裙或白T恤都成立。装网袋冷水机洗。"},
			colors: in("black", "cream"),
		},
		{
			id: "rain-anorak", draw: jacket{cut: anorak}, brand: "Northwane", kind: "Apparel > Outerwear > Rain Jackets",
			who: everyone, sizes: "XS|S|M|L|XL", season: "fall", occasion: "travel", material: "polyester", price: 11900,
			en:     text{"Harbour Rain Jacket", "Fully taped seams, a hood with a peak, a zip that laughs at gales: 10,000 mm water column. Long enough to sit on wet benches. Unisex; take your usual size. Wash at 30 °C without softener."},
			zh:     text{"港口防雨夹克", "全压胶接缝，带檐帽兜，防水拉链，防水指数10000毫米；衣长够坐湿板凳。男女同款，按平时尺码。30℃机洗，勿用柔顺剂。"},
			colors: []way{{color: "yellow", with: "navy blue"}, {color: "navy blue", with: "orange"}},
		},
		{
			id: "kids-rain", draw: jacket{cut: anorak, fit: kids}, brand: "Pipkinlane", kind: "Apparel > Outerwear > Rain Jackets",
			who: children, sizes: "3-4Y|5-6Y|7-8Y|9-10Y", season: "fall", occasion: "casual", material: "polyester", price: 4600,
			en:     text{"Kids' Puddle Rain Jacket", "For the deepest puddle on the way to school. Waterproof, lined with soft jersey, with reflective zip pulls. Roomy enough for a sweater. Wipe clean or wash at 30 °C."},
			zh:     text{"儿童踩水坑雨衣夹克", "专为上学路上最深的那个水坑。防水面料，柔软针织里，反光拉链头更安全；里面套毛衣也宽裕。可擦拭，或30℃机洗。"},
			colors: []way{{color: "yellow", with: "blue"}},
		},
	}
}
