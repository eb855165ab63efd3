package demo

// tShirts are the shop's T-shirts and tanks for adults.
func tShirts() []model {
	return []model{
		{
			id: "tee-everyday", draw: tee{}, brand: "Oakmere", kind: "Apparel > Tops > T-Shirts",
			who: men, sizes: "S|M|L|XL|XXL", season: "summer", occasion: "casual", material: "cotton", price: 2400,
			en:     text{"Men's Everyday Crew-Neck T-Shirt", "A 200 g combed-cotton tee that keeps its shape from the first wash to the fiftieth. The neckband is taped so it never bells out, and the side seams stay straight. Regular fit: take your usual size; size M measures 104 cm around the chest and 70 cm in length. Machine wash at 30 °C."},
			zh:     text{"男士日常圆领短袖T恤", "200克精梳棉面料，手感扎实又透气，多洗几次也不易变形。领口加缝定型带，不松不垮。常规版型，按平时尺码选购即可；M码胸围104厘米，衣长70厘米。可30℃机洗。"},
			colors: []way{{color: "white"}, {color: "black"}, {color: "grey melange", sale: 1800}},
		},
		{
			id: "tee-breton", draw: tee{}, brand: "Saltreed", kind: "Apparel > Tops > T-Shirts",
			who: women, sizes: "XS|S|M|L|XL", season: "summer", occasion: "casual", material: "cotton", price: 2900,
			en:     text{"Women's Harbour Striped T-Shirt", "The sailor stripe, knitted rather than printed, so it never cracks or fades. Midweight cotton jersey, short sleeves that end just above the elbow, and a hem made to be tucked in. True to size; the model is 172 cm tall and wears S. Wash with like colours at 30 °C."},
			zh:     text{"女士海港条纹短袖T恤", "条纹由色纱织成，并非印花，久洗不裂不褪。中厚纯棉，不透不闷，下摆塞进裤腰也服帖。尺码标准，模特身高172厘米，穿S码。30℃同色机洗。"},
			colors: []way{{color: "white", with: "navy blue", pattern: breton}, {color: "white", with: "red", pattern: breton, sale: 2200}},
		},
		{
			id: "tee-vneck", draw: tee{neck: vneck, fit: slim}, brand: "Saltreed", kind: "Apparel > Tops > T-Shirts",
			who: women, sizes: "XS|S|M|L|XL", season: "summer", occasion: "casual", material: "cotton", price: 2600,
			en:     text{"Women's Soft V-Neck T-Shirt", "Cotton with a touch of elastane, cut close to the waist, with a V that flatters without gaping. It layers under a blazer as happily as it goes with jeans. Slim fit; between two sizes, choose the larger. Machine wash cold, dry flat."},
			zh:     text{"女士修身V领短袖T恤", "棉混少量氨纶，柔软有弹性，收腰剪裁显身形；V领深浅适中，弯腰也不走光。单穿配牛仔裤，或打底配西装都合适。版型修身，介于两码之间建议选大一码。冷水机洗，平铺晾干。"},
			colors: in("rose", "white"),
		},
		{
			id: "tee-boxy-bird", draw: tee{fit: boxy, graphic: bird}, brand: "Oakmere", kind: "Apparel > Tops > T-Shirts",
			who: everyone, sizes: "S|M|L|XL", season: "summer", occasion: "casual", material: "cotton", price: 3200,
			en:     text{"Songbird Boxy Graphic T-Shirt", "Our little guide bird on heavy 240 g cotton, screen-printed with water-based ink. Dropped shoulders and a short, wide body give it an easy, oversized look; for a closer fit go one size down. Turn inside out before washing at 30 °C."},
			zh:     text{"小鸟印花宽松短袖T恤", "240克重磅棉，胸前印着我们的“引路小鸟”，采用水性油墨，手感不发硬。落肩短款，男女都能穿出松弛感；喜欢合身一点可以选小一码。翻面30℃机洗。"},
			colors: []way{{color: "sea green", with: "rust"}, {color: "cream", with: "blue"}},
		},
		{
			id: "tee-sunset", draw: tee{fit: boxy, graphic: sunset}, brand: "Northwane", kind: "Apparel > Tops > T-Shirts",
			who: men, sizes: "S|M|L|XL|XXL", season: "summer", occasion: "travel", material: "cotton", price: 3000,
			en:     text{"Men's Last Light Graphic T-Shirt", "A sunset sinking into the sea, printed large on washed cotton that feels ten years old on day one. Relaxed fit with room to move; dries overnight on a hostel chair. Machine wash at 30 °C, do not iron the print."},
			zh:     text{"男士落日印花短袖T恤", "整颗落日沉入海面，大幅印在水洗棉上，新衣到手就有穿旧了的柔软。版型宽松好活动，旅途中晾一晚就干。30℃机洗，印花处勿熨烫。"},
			colors: []way{{color: "charcoal", with: "red"}},
		},
		{
			id: "tee-longsleeve", draw: tee{sleeve: long, pocket: true}, brand: "Oakmere", kind: "Apparel > Tops > Long Sleeve Tops",
			who: men, sizes: "S|M|L|XL|XXL", season: "fall", occasion: "casual", material: "cotton", price: 3400,
			en:     text{"Men's Long-Sleeve Pocket T-Shirt", "The layer you reach for from September to May. Waffle-soft cotton, a chest pocket that holds a pair of glasses, and cuffs that stay where you push them. Regular fit. Machine wash at 40 °C."},
			zh:     text{"男士口袋长袖T恤", "从初秋穿到初夏的打底常备款。棉质柔软亲肤，胸前小口袋刚好放一副眼镜，袖子推上去不易滑落。常规版型。可40℃机洗。"},
			colors: []way{{color: "navy blue"}, {color: "green", soldOut: true}},
		},
		{
			id: "tank-rib", draw: tee{neck: scoop, sleeve: sleeveless, fit: slim}, brand: "Saltreed", kind: "Apparel > Tops > Tank Tops",
			who: women, sizes: "XS|S|M|L", season: "summer", occasion: "sports", material: "cotton", price: 1800,
			en:     text{"Women's Scoop-Neck Tank Top", "Fine cotton rib with enough stretch for a morning of yoga and enough polish for lunch afterwards. The straps are wide enough to hide a bra. Close fit. Machine wash cold."},
			zh:     text{"女士圆领修身背心", "细罗纹棉，弹力十足，早上练瑜伽、中午约饭一件搞定；肩带够宽，不露内衣。贴身版型。冷水机洗。"},
			colors: in("white"),
		},
	}
}

// smallTops are the shop's polo shirts, and T-shirts for children.
func smallTops() []model {
	return []model{
		{
			id: "polo-pique", draw: polo{}, brand: "Oakmere", kind: "Apparel > Tops > Polo Shirts",
			who: men, sizes: "S|M|L|XL|XXL", season: "summer", occasion: "smart casual", material: "cotton", price: 3900,
			en:     text{"Men's Piqué Polo Shirt", "Breathable cotton piqué with a collar that stands up by itself. Three shell-look buttons, ribbed cuffs, and a slightly longer back so it stays tucked in on the course and at the office. Regular fit. Wash at 30 °C, tumble dry low."},
			zh:     text{"男士珠地棉Polo衫", "珠地网眼棉，透气不贴身；领子挺括，不卷边不塌陷。三粒贝壳质感纽扣，罗纹袖口，后摆略长，塞进裤腰不易跑出。常规版型。30℃机洗，低温烘干。"},
			colors: []way{{color: "green"}, {color: "orange", sale: 2900}},
		},
		{
			id: "kids-tee-rocket", draw: tee{fit: kids, graphic: rocket}, brand: "Pipkinlane", kind: "Apparel > Tops > T-Shirts",
			who: children, sizes: "3-4Y|5-6Y|7-8Y|9-10Y", season: "summer", occasion: "casual", material: "cotton", price: 1600,
			en:     text{"Kids' Lift-Off Rocket T-Shirt", "Three, two, one. Soft organic cotton with a rocket that survives the washing machine, and a neck that goes over the head without tears. Roomy fit with space to grow; 5-6Y suits 110 to 116 cm. Wash at 40 °C."},
			zh:     text{"儿童火箭印花短袖T恤", "三、二、一，出发！有机棉柔软不扎，火箭印花经得起反复机洗；领口弹性好，穿脱不哭闹。版型略宽松，5-6岁码适合身高110至116厘米。可40℃机洗。"},
			colors: []way{{color: "light blue", with: "red"}},
		},
		{
			id: "kids-tee-whale", draw: tee{fit: kids, graphic: whale}, brand: "Pipkinlane", kind: "Apparel > Tops > T-Shirts",
			who: children, sizes: "3-4Y|5-6Y|7-8Y|9-10Y", season: "summer", occasion: "casual", material: "cotton", price: 1600,
			en:     text{"Kids' Friendly Whale T-Shirt", "A whale with good manners on cheerful cotton jersey. Flat seams that don't scratch and a print without plastic feel. Roomy fit. Wash at 40 °C."},
			zh:     text{"儿童鲸鱼印花短袖T恤", "一头有礼貌的小鲸鱼，印在明快的纯棉汗布上。平缝内里不磨皮肤，印花透气无胶感。版型宽松。可40℃机洗。"},
			colors: []way{{color: "yellow", with: "blue"}, {color: "peach", with: "teal", sale: 1200}},
		},
	}
}

// shirts are the shop's woven shirts and blouses.
func shirts() []model {
	return []model{
		{
			id: "shirt-oxford", draw: shirt{sleeve: long, pocket: true}, brand: "Oakmere", kind: "Apparel > Tops > Shirts",
			who: men, sizes: "S|M|L|XL|XXL", season: "", occasion: "formal", material: "cotton", price: 5900,
			en:     text{"Men's Oxford Button-Down Shirt", "The shirt for Monday's meeting and Saturday's market. Two-ply Oxford cotton softens with age; the collar rolls gently and the curved hem works tucked or loose. Regular fit; M fits a 39 cm neck. Wash at 40 °C, iron while damp."},
			zh:     text{"男士牛津纺长袖衬衫", "周一开会、周末逛街都合适的衬衫。双股牛津纺棉越穿越软，领型自然挺括，弧形下摆外穿内塞皆可。常规版型，M码适合39厘米领围。40℃机洗，半干时熨烫更平整。"},
			colors: []way{{color: "white"}, {color: "light blue"}, {color: "white", with: "blue", pattern: pinstripe}},
		},
		{
			id: "shirt-flannel", draw: shirt{sleeve: long, pocket: true}, brand: "Northwane", kind: "Apparel > Tops > Shirts",
			who: men, sizes: "S|M|L|XL|XXL", season: "winter", occasion: "casual", material: "cotton", price: 6400,
			en:     text{"Men's Cabin Flannel Shirt", "Brushed on both sides and warm the moment you put it on. Woven in Portugal from 170 g cotton; wear it buttoned as a shirt or open as a light jacket. Relaxed fit. Wash at 30 °C inside out."},
			zh:     text{"男士磨毛法兰绒格子衬衫", "双面磨毛，上身即暖。170克纯棉在葡萄牙织造，扣起来是衬衫，敞开就是薄外套。版型宽松。翻面30℃机洗。"},
			colors: []way{{color: "red", with: "navy blue", pattern: tartan}, {color: "green", with: "navy blue", pattern: tartan}, {color: "cream", with: "rust", pattern: tartan, sale: 4900}},
		},
		{
			id: "shirt-camp", draw: shirt{camp: true}, brand: "Saltreed", kind: "Apparel > Tops > Shirts",
			who: men, sizes: "S|M|L|XL", season: "summer", occasion: "travel", material: "linen", price: 5400,
			en:     text{"Men's Camp-Collar Holiday Shirt", "Linen and a little viscose, an open collar, a straight hem: everything a hot day asks for. The print is matched across the button band. Relaxed fit; size down if you like it neat. Hand wash or gentle cycle at 30 °C."},
			zh:     text{"男士古巴领度假短袖衬衫", "亚麻混纺，轻薄凉爽；敞开式古巴领配直下摆，天再热也清爽。门襟处花型对齐，细节讲究。版型宽松，喜欢合身可选小一码。手洗或30℃轻柔机洗。"},
			colors: []way{{color: "cream", with: "green", pattern: leaves}, {color: "navy blue", with: "sea green", pattern: leaves}},
		},
		{
			id: "shirt-gingham", draw: shirt{fit: slim}, brand: "Saltreed", kind: "Apparel > Tops > Shirts",
			who: women, sizes: "XS|S|M|L|XL", season: "spring", occasion: "casual", material: "cotton", price: 4500,
			en:     text{"Women's Picnic Short-Sleeve Shirt", "Crisp cotton poplin in a check as fresh as a tablecloth on grass. Shaped at the waist, with a neat collar and buttons set close enough not to gape. Wash at 30 °C."},
			zh:     text{"女士野餐格短袖衬衫", "清爽的棉府绸，格纹像草地上的野餐布。微收腰，领型小巧，扣距加密不易走光。30℃机洗。"},
			colors: []way{{color: "white", with: "red", pattern: gingham}},
		},
		{
			id: "blouse-bow", draw: shirt{sleeve: long, fit: slim, bow: true}, brand: "Halverie", kind: "Apparel > Tops > Blouses",
			who: women, sizes: "XS|S|M|L|XL", season: "", occasion: "formal", material: "silk", price: 8900,
			en:     text{"Women's Bow-Neck Silk Blouse", "Washed mulberry silk, 19 momme, with a bow you can tie high for work or leave loose for dinner. French seams inside; covered snap at the neck. Slim fit. Hand wash cold with a silk detergent."},
			zh:     text{"女士蝴蝶结真丝衬衫", "19姆米桑蚕丝经水洗处理，光泽柔和。飘带系高是通勤，散下来是约会。内里法式缝，领口暗扣。版型修身。请用丝毛洗涤剂冷水手洗。"},
			colors: in("peach", "cream"),
		},
		{
			id: "shirt-denim", draw: shirt{sleeve: long, denim: true}, brand: "Northwane", kind: "Apparel > Tops > Shirts",
			who: men, sizes: "S|M|L|XL|XXL", season: "fall", occasion: "casual", material: "denim", price: 6200,
			en:     text{"Men's Workshop Denim Shirt", "A 6 oz denim shirt with two pockets and triple-stitched seams, washed soft before it reaches you. Good over a T-shirt, better over a fire. Regular fit. Wash cold with dark colours."},
			zh:     text{"男士工装牛仔衬衫", "6盎司薄牛仔，双胸袋，三线加固；出厂前已水洗，上身就柔软。套在T恤外面正好。常规版型。与深色衣物一起冷水洗。"},
			colors: in("blue"),
		},
	}
}

// sweaters are the shop's sweaters and cardigans.
func sweaters() []model {
	return []model{
		{
			id: "sweater-lambswool", draw: sweater{}, brand: "Oakmere", kind: "Apparel > Tops > Sweaters",
			who: men, sizes: "S|M|L|XL|XXL", season: "winter", occasion: "smart casual", material: "wool", price: 7900,
			en:     text{"Men's Lambswool Crew-Neck Sweater", "Warm, light lambswool from a mill that has spun it for generations. Fully fashioned sleeves, ribbed trims that keep their spring. Regular fit; works over a shirt. Hand wash or wool cycle, dry flat."},
			zh:     text{"男士羊羔毛圆领毛衣", "轻而暖的羊羔毛，出自几代纺毛的老厂。全成型袖窿不起皱，罗纹领口袖口回弹好。常规版型，内搭衬衫不显臃肿。手洗或羊毛程序，平铺晾干。"},
			colors: in("grey melange", "navy blue"),
		},
		{
			id: "sweater-cable", draw: sweater{neck: turtle, cable: true}, brand: "Saltreed", kind: "Apparel > Tops > Sweaters",
			who: women, sizes: "XS|S|M|L|XL", season: "winter", occasion: "casual", material: "wool", price: 9800,
			en:     text{"Women's Cable-Knit Turtleneck Sweater", "Three deep cables and a collar you can hide in. Merino and alpaca, soft enough to wear against the skin. Relaxed fit; one size down for a neater look. Hand wash cool."},
			zh:     text{"女士麻花高领毛衣", "三道立体麻花，高领堆叠，冷风天把脸埋进去刚好。美利奴羊毛混羊驼毛，贴身穿也不扎。版型宽松，想利落可选小一码。冷水手洗。"},
			colors: []way{{color: "cream"}, {color: "charcoal", sale: 7400}},
		},
		{
			id: "sweater-yoke", draw: sweater{yoke: true}, brand: "Northwane", kind: "Apparel > Tops > Sweaters",
			who: everyone, sizes: "S|M|L|XL", season: "winter", occasion: "casual", material: "wool", price: 11000,
			en:     text{"Fair Weather Yoke Sweater", "A circle of diamonds around the shoulders, knitted in one piece without a seam to rub. Undyed and dyed wool from hill sheep; naturally water-shedding. Unisex regular fit. Air it rather than wash it."},
			zh:     text{"提花圆肩羊毛毛衣", "肩部一圈菱形提花，整件无缝织成，不磨皮肤。山地羊毛自带油脂，小雨不湿。男女同款，常规版型。平日多晾少洗更耐穿。"},
			colors: []way{{color: "teal", with: "cream"}, {color: "red", with: "cream"}},
		},
		{
			id: "cardigan-button", draw: sweater{cardigan: true}, brand: "Halverie", kind: "Apparel > Tops > Cardigans",
			who: women, sizes: "XS|S|M|L|XL", season: "fall", occasion: "smart casual", material: "wool", price: 7200,
			en:     text{"Women's Fine Merino Cardigan", "The cardigan for cold offices and warm evenings. Fine merino, horn-look buttons, a V that shows a shirt collar. Regular fit. Wool cycle at 30 °C."},
			zh:     text{"女士美利奴羊毛V领开衫", "空调房里披一件，傍晚散步也刚好。细支美利奴羊毛，仿牛角扣，V领正好露出衬衫领。常规版型。30℃羊毛程序洗涤。"},
			colors: []way{{color: "burgundy"}, {color: "lavender", soldOut: true}},
		},
	}
}

// hoodies are the shop's hoodies and sweatshirts.
func hoodies() []model {
	return []model{
		{
			id: "hoodie-classic", draw: hoodie{hood: true}, brand: "Oakmere", kind: "Apparel > Tops > Hoodies",
			who: everyone, sizes: "S|M|L|XL|XXL", season: "fall", occasion: "casual", material: "cotton", price: 5200,
			en:     text{"Heavyweight Pullover Hoodie", "400 g brushed fleece, a double-lined hood that stands up, and a pocket for both hands and a phone. Unisex fit with a little room. Pre-shrunk; wash at 30 °C inside out."},
			zh:     text{"重磅连帽套头卫衣", "400克内刷绒，帽子双层有型，前袋放得下双手和手机。男女同款，略宽松。已做预缩处理，翻面30℃机洗。"},
			colors: []way{{color: "mustard"}, {color: "grey melange"}, {color: "pink", sale: 3900}},
		},
		{
			id: "hoodie-zip", draw: hoodie{hood: true, zip: true}, brand: "Northwane", kind: "Apparel > Tops > Hoodies",
			who: men, sizes: "S|M|L|XL|XXL", season: "spring", occasion: "sports", material: "fleece", price: 5800,
			en:     text{"Men's Warm-Up Zip Hoodie", "On before the run, off after the first lap, on again for the way home. Recycled fleece with a metal zip and hidden phone pocket. Athletic fit. Wash at 30 °C, no softener."},
			zh:     text{"男士运动拉链连帽卫衣", "热身时穿，跑起来脱，回家路上再穿。再生抓绒配金属拉链，内藏手机袋。运动版型。30℃机洗，勿用柔顺剂。"},
			colors: in("charcoal", "navy blue"),
		},
		{
			id: "sweatshirt-peaks", draw: hoodie{graphic: peaks}, brand: "Northwane", kind: "Apparel > Tops > Sweatshirts",
			who: women, sizes: "XS|S|M|L|XL", season: "fall", occasion: "casual", material: "cotton", price: 4800,
			en:     text{"Women's Two Peaks Sweatshirt", "Loopback cotton with a printed ridge line, for people who would rather be up there. Dropped shoulders, snug cuffs. Relaxed fit. Wash at 30 °C inside out."},
			zh:     text{"女士双峰印花圆领卫衣", "胸前印着一道山脊线，送给心在山上的你。毛圈棉透气不闷，落肩设计，袖口收拢保暖。版型宽松。翻面30℃机洗。"},
			colors: []way{{color: "lavender", with: "purple"}, {color: "cream", with: "teal"}},
		},
		{
			id: "kids-hoodie", draw: hoodie{fit: kids, hood: true}, brand: "Pipkinlane", kind: "Apparel > Tops > Hoodies",
			who: children, sizes: "3-4Y|5-6Y|7-8Y|9-10Y", season: "fall", occasion: "casual", material: "cotton", price: 2900,
			en:     text{"Kids' Playground Hoodie", "Soft inside, tough at the elbows. The cords are sewn in place for safety and the cuffs grow with a fold. 7-8Y suits 122 to 128 cm. Wash at 40 °C."},
			zh:     text{"儿童连帽卫衣", "内里柔软，肘部加固，疯玩也不怕。帽绳固定缝死更安全，袖口可翻折，多穿一季。7-8岁码适合身高122至128厘米。可40℃机洗。"},
			colors: in("red", "blue"),
		},
	}
}
