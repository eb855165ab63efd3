package demo

// mugs are the shop's mugs.
func mugs() []model {
	return []model{
		{
			id: "mug-stoneware", draw: mug{}, brand: "Hearthwick", kind: "Kitchen > Mugs",
			occasion: "home", material: "ceramic", price: 1600,
			en:     text{"Stoneware Coffee Mug", "Thrown, glazed and fired twice, with a bare clay foot. 350 ml, a handle for three fingers. Dishwasher and microwave safe."},
			zh:     text{"粗陶马克杯", "手工拉坯，两次烧制，杯底露出素胎。350毫升，把手容得下三根手指。可用洗碗机和微波炉。"},
			colors: []way{{color: "teal"}, {color: "white"}, {color: "white", with: "blue", pattern: waves}},
		},
		{
			id: "mug-enamel", draw: mug{enamel: true}, brand: "Northwane", kind: "Kitchen > Mugs",
			occasion: "travel", material: "metal", price: 1400,
			en:     text{"Campfire Enamel Mug", "Steel under enamel, so it may fall off a log. 400 ml, 130 g, fine over embers but not in the microwave. Wash by hand to keep the rim bright."},
			zh:     text{"露营搪瓷杯", "钢胎搪瓷，从木桩上掉下去也不怕。400毫升，130克，可直接架在炭火上，不可微波。手洗能让杯沿更亮。"},
			colors: []way{{color: "cream", with: "navy blue"}, {color: "green", with: "black"}},
		},
		{
			id: "mug-cappuccino", draw: mug{wide: true}, brand: "Hearthwick", kind: "Kitchen > Mugs",
			occasion: "home", material: "ceramic", price: 1800,
			en:     text{"Wide Cappuccino Cup", "A low, round cup that leaves room for the foam: 280 ml. Porcelain with a satin glaze. Dishwasher safe."},
			zh:     text{"宽口卡布奇诺杯", "矮而圆，给奶泡留足位置。280毫升，瓷质缎面釉。可用洗碗机。"},
			colors: in("peach"),
		},
	}
}

// cushions are the shop's cushions.
func cushions() []model {
	return []model{
		{
			id: "cushion-linen", draw: cushion{}, brand: "Hearthwick", kind: "Home > Cushions",
			occasion: "home", material: "linen", price: 3200,
			en:     text{"Washed Linen Cushion", "45 × 45 cm of stonewashed linen with piped edges and a hidden zip. Filling included: recycled fibre, plump but not bossy. Cover washes at 40 °C."},
			zh:     text{"水洗亚麻抱枕", "45×45厘米，石洗亚麻，滚边隐形拉链。含枕芯，再生纤维填充，蓬松不顶腰。枕套可40℃机洗。"},
			colors: []way{{color: "mustard"}, {color: "olive"}, {color: "white", with: "blue", pattern: gingham}},
		},
		{
			id: "cushion-tassel", draw: cushion{fringe: true}, brand: "Hearthwick", kind: "Home > Cushions",
			occasion: "home", material: "cotton", price: 3600,
			en:     text{"Tasselled Print Cushion", "Block-print motifs on heavy cotton, a tassel at each corner for the cat. 45 × 45 cm with filling. Wash cold; keep the tassels dry if you can."},
			zh:     text{"流苏印花抱枕", "厚棉布木版印花风格，四角流苏归猫咪所有。45×45厘米，含枕芯。冷水洗，流苏尽量少沾水。"},
			colors: []way{{color: "cream", with: "rust", pattern: leaves}, {color: "cream", with: "teal", pattern: blooms}},
		},
		{
			id: "cushion-long", draw: cushion{long: true}, brand: "Hearthwick", kind: "Home > Cushions",
			occasion: "home", material: "cotton", price: 3400,
			en:     text{"Deckchair Striped Lumbar Cushion", "Broad stripes and a good shape for the small of the back: 60 × 35 cm. Cotton canvas, hidden zip, filling included. Wash at 30 °C."},
			zh:     text{"宽条纹腰枕", "宽条纹，形状正好托住腰：60×35厘米。棉帆布，隐形拉链，含枕芯。30℃机洗。"},
			colors: []way{{color: "navy blue", with: "white", pattern: broad}, {color: "red", with: "cream", pattern: broad, soldOut: true}},
		},
		{
			id: "cushion-velvet", draw: cushion{disc: true}, brand: "Hearthwick", kind: "Home > Cushions",
			occasion: "home", material: "velvet", price: 3900,
			en:     text{"Round Velvet Cushion", "Gathered to a button in the middle, like a cake nobody cut. Cotton velvet, 40 cm across. Spot clean."},
			zh:     text{"圆形丝绒抱枕", "褶皱向中心的布扣收拢，像一只没切的蛋糕。棉质丝绒，直径40厘米。局部擦洗。"},
			colors: in("rose", "teal"),
		},
	}
}

// lamps are the shop's table lamps.
func lamps() []model {
	return []model{
		{
			id: "lamp-ceramic", draw: lamp{}, brand: "Hearthwick", kind: "Home > Lamps > Table Lamps",
			occasion: "home", material: "ceramic", price: 8900,
			en:     text{"Globe Ceramic Table Lamp", "A glazed globe on a brass foot under a linen shade. Warm light, 52 cm tall, E27 up to 40 W, switch on a 1.8 m fabric cable. Bulb not included."},
			zh:     text{"圆球陶瓷台灯", "釉面圆球、黄铜底座，配亚麻灯罩，光线温暖。高52厘米，E27灯口，最大40瓦，1.8米布线带开关。不含灯泡。"},
			colors: in("teal", "white"),
		},
		{
			id: "lamp-mushroom", draw: lamp{cut: mushroom}, brand: "Hearthwick", kind: "Home > Lamps > Table Lamps",
			occasion: "home", material: "metal", price: 7400,
			en:     text{"Mushroom Dome Lamp", "A metal cap that throws its light down and keeps a glow for itself. Three-step dimmer, built-in LED, 2,700 K, 34 cm tall."},
			zh:     text{"蘑菇台灯", "金属灯帽把光洒向桌面，自己留一圈柔光。三档调光，内置LED，2700K暖光，高34厘米。"},
			colors: []way{{color: "orange"}, {color: "green", sale: 5900}},
		},
		{
			id: "lamp-task", draw: lamp{cut: task}, brand: "Hearthwick", kind: "Home > Lamps > Desk Lamps",
			occasion: "home", material: "metal", price: 6400,
			en:     text{"Jointed Desk Lamp", "Two steel arms, three honest joints, light exactly where the book is. LED 8 W, CRI 95, no flicker. Reach 60 cm."},
			zh:     text{"折臂护眼台灯", "双节钢臂，三处关节，光线准确落在书页上。LED 8瓦，显色指数95，无频闪，臂展60厘米。"},
			colors: in("red", "black"),
		},
	}
}

// vases are the shop's vases.
func vases() []model {
	return []model{
		{
			id: "vase-bottle", draw: vase{}, brand: "Hearthwick", kind: "Home > Vases",
			occasion: "home", material: "ceramic", price: 3400,
			en:     text{"Slender Ceramic Vase", "A narrow neck that holds a single stem upright or a few dried grasses at ease. Watertight, 28 cm tall. Stems shown for scale."},
			zh:     text{"细颈陶瓷花瓶", "窄口，一枝花能站直，几支干草也自在。不渗水，高28厘米。图中花材仅作展示。"},
			colors: in("white", "charcoal"),
		},
		{
			id: "vase-ribbed", draw: vase{cut: ribbed}, brand: "Hearthwick", kind: "Home > Vases",
			occasion: "home", material: "ceramic", price: 4200,
			en:     text{"Ribbed Barrel Vase", "Carved ribs that catch the afternoon. Wide mouth for a market bunch, 26 cm tall, matte outside and glazed inside."},
			zh:     text{"竖纹陶瓷花瓶", "手刻竖纹接住下午的光。阔口，放得下一大把市集鲜花；高26厘米，外哑光、内施釉。"},
			colors: in("rust", "cream"),
		},
		{
			id: "vase-jug", draw: vase{cut: jug}, brand: "Hearthwick", kind: "Home > Vases",
			occasion: "home", material: "ceramic", price: 3900,
			en:     text{"Farmhouse Jug Vase", "A jug with a handle, for water at lunch and eucalyptus after. 1.2 litres, 27 cm. Dishwasher safe."},
			zh:     text{"农舍壶形花瓶", "带把手的陶壶，午餐盛水，饭后插尤加利。1.2升，高27厘米。可用洗碗机。"},
			colors: in("light blue"),
		},
	}
}

// bottles are the shop's water bottles.
func bottles() []model {
	return []model{
		{
			id: "bottle-loop", draw: flask{loop: true}, brand: "Northwane", kind: "Kitchen > Water Bottles",
			occasion: "sports", material: "metal", price: 2900,
			en:     text{"Insulated Steel Water Bottle", "Cold for 24 hours, hot for 12. Double-walled steel, 750 ml, a loop for one finger and a lid that does not leak in a bag. Lid goes in the dishwasher."},
			zh:     text{"不锈钢保温水壶", "保冷24小时，保温12小时。双层不锈钢，750毫升，提环一根手指就能勾起，放包里不漏。杯盖可用洗碗机。"},
			colors: []way{{color: "green"}, {color: "orange", sale: 2200}},
		},
		{
			id: "bottle-slim", draw: flask{slim: true}, brand: "Hearthwick", kind: "Kitchen > Water Bottles",
			occasion: "travel", material: "metal", price: 2400,
			en:     text{"Slim Vacuum Flask", "Fits a cup holder and the side of any backpack. 500 ml, 290 g, keeps tea hot through two meetings."},
			zh:     text{"纤细真空保温杯", "杯架放得下，背包侧袋也放得下。500毫升，290克，热茶能撑过两场会议。"},
			colors: []way{{color: "white", with: "green", pattern: terrazzo}, {color: "navy blue"}},
		},
		{
			id: "kids-bottle", draw: flask{straw: true}, brand: "Pipkinlane", kind: "Kitchen > Water Bottles",
			who: children, occasion: "casual", material: "plastic", price: 1500,
			en:     text{"Kids' Rocket Straw Bottle", "A straw that flips away, a rocket that doesn't. 400 ml, BPA-free, five parts that all go in the dishwasher."},
			zh:     text{"儿童火箭吸管水壶", "吸管可翻折，火箭印得牢。400毫升，不含双酚A，五个零件全可进洗碗机。"},
			colors: []way{{color: "yellow", with: "blue"}, {color: "pink", with: "purple"}},
		},
	}
}

// plants are the shop's plants in pots.
func plants() []model {
	return []model{
		{
			id: "plant-monstera", draw: plant{}, brand: "Fernmote", kind: "Home > Potted Plants",
			occasion: "home", material: "ceramic", price: 3800,
			en:     text{"Monstera in a Ceramic Pot", "About 50 cm tall and ambitious. Bright shade, a drink a week, a wipe of the leaves on Sundays. Not for cats to chew. Colour names the pot."},
			zh:     text{"龟背竹盆栽（含陶盆）", "高约50厘米，长势旺盛。喜明亮散射光，每周浇一次水，周末擦擦叶子。猫咪请勿啃食。颜色为花盆颜色。"},
			colors: in("white", "rust"),
		},
		{
			id: "plant-snake", draw: plant{kind: snake}, brand: "Fernmote", kind: "Home > Potted Plants",
			occasion: "home", material: "ceramic", price: 2900,
			en:     text{"Snake Plant in a Ceramic Pot", "The plant for people who travel. Low light, little water, no complaints. About 45 cm. Colour names the pot."},
			zh:     text{"虎尾兰盆栽（含陶盆）", "常出差的人最适合养它：耐阴、少水、不抱怨。高约45厘米。颜色为花盆颜色。"},
			colors: in("charcoal", "cream"),
		},
		{
			id: "plant-cactus", draw: plant{kind: cactus}, brand: "Fernmote", kind: "Home > Potted Plants",
			occasion: "home", material: "ceramic", price: 2400,
			en:     text{"Flowering Cactus in a Terracotta-Style Pot", "Full sun, a sip a month, a pink flower when it is happy. About 30 cm. Admire, don't hug. Colour names the pot."},
			zh:     text{"开花仙人掌盆栽（含盆）", "晒足太阳，一月一小口水，心情好时开粉花。高约30厘米。只可远观，不宜拥抱。颜色为花盆颜色。"},
			colors: in("rust"),
		},
		{
			id: "plant-trailing", draw: plant{kind: trailing}, brand: "Fernmote", kind: "Home > Potted Plants",
			occasion: "home", material: "ceramic", price: 3200,
			en:     text{"Trailing Pothos in a Hanging Pot", "Heart-shaped leaves that pour over the rim and grow a hand a month. Hanging cord included. Any light but the darkest corner. Colour names the pot."},
			zh:     text{"绿萝吊盆（含挂绳）", "心形叶片越过盆沿垂下，一个月能长一掌。附挂绳。除了最暗的角落，哪里都能养。颜色为花盆颜色。"},
			colors: []way{{color: "cream", with: "rust", pattern: terrazzo}},
		},
	}
}

// headphoneShelf are the shop's headphones and earbuds.
func headphoneShelf() []model {
	return []model{
		{
			id: "headphones-over", draw: headphones{}, brand: "Quilltone", kind: "Electronics > Headphones",
			occasion: "travel", material: "plastic", price: 15900,
			en:     text{"Hush Wireless Over-Ear Headphones", "Noise cancelling that takes the plane away, 38 hours from one charge, and ear cushions you can replace. Bluetooth 5.3 to two devices at once, 3.5 mm cable in the case. 248 g."},
			zh:     text{"静谧无线头戴式降噪耳机", "主动降噪，飞机轰鸣瞬间退场；一次充电听38小时，耳垫可更换。蓝牙5.3，可同时连接两台设备，盒内附3.5毫米线。重248克。"},
			colors: []way{{color: "black", with: "copper"}, {color: "navy blue", with: "silver", sale: 12900}},
		},
		{
			id: "headphones-kids", draw: headphones{kids: true}, brand: "Pipkinlane", kind: "Electronics > Headphones",
			who: children, occasion: "home", material: "plastic", price: 3900,
			en:     text{"Kids' Cat-Ear Headphones", "Volume limited to 85 dB, ears included. Soft headband from three years up, 22 hours of stories per charge, wireless or by cable."},
			zh:     text{"儿童猫耳头戴式耳机", "音量限制在85分贝，自带猫耳朵。柔软头梁，3岁以上适用，一次充电可听22小时故事，无线有线都行。"},
			colors: []way{{color: "pink", with: "cream"}, {color: "lavender", with: "white"}},
		},
		{
			id: "earbuds", draw: headphones{buds: true}, brand: "Quilltone", kind: "Electronics > Earbuds",
			occasion: "sports", material: "plastic", price: 7900,
			en:     text{"Pebble Wireless Earbuds", "7 hours in the ear, 28 with the case. Sweat-proof to IPX5, four sizes of tips, clear calls in wind. Charges by USB-C or any wireless pad."},
			zh:     text{"鹅卵石真无线耳机", "单次7小时，配合充电盒28小时。IPX5防汗，四种耳塞尺寸，风中通话也清晰。USB-C或无线充电。"},
			colors: in("white", "black"),
		},
	}
}

// speakers are the shop's speakers.
func speakers() []model {
	return []model{
		{
			id: "speaker-can", draw: speaker{}, brand: "Quilltone", kind: "Electronics > Speakers > Bluetooth Speakers",
			occasion: "travel", material: "plastic", price: 6900,
			en:     text{"Tumbler Outdoor Bluetooth Speaker", "Sounds the same from every side of the picnic. 16 hours, IP67 against sand and surf, two of them pair to stereo. 18 cm, 540 g."},
			zh:     text{"户外圆筒蓝牙音箱", "360度发声，野餐垫哪边坐都好听。续航16小时，IP67防沙防水，两台可组立体声。高18厘米，重540克。"},
			colors: []way{{color: "blue", with: "orange"}, {color: "black", with: "red"}},
		},
		{
			id: "speaker-box", draw: speaker{cut: boxed}, brand: "Quilltone", kind: "Electronics > Speakers",
			occasion: "home", material: "synthetic leather", price: 18900,
			en:     text{"Parlour Home Speaker", "Woven grille, brass knobs, 60 W of warm sound. Bluetooth, line-in and a dial you can turn in the dark. Mains powered; 38 × 21 × 18 cm."},
			zh:     text{"客厅复古音箱", "编织网罩、黄铜旋钮，60瓦暖声。支持蓝牙与音频线输入，黑暗中也能摸到旋钮。插电使用，38×21×18厘米。"},
			colors: in("coffee brown"),
		},
		{
			id: "speaker-puck", draw: speaker{cut: puck}, brand: "Quilltone", kind: "Electronics > Speakers > Bluetooth Speakers",
			occasion: "sports", material: "plastic", price: 3400,
			en:     text{"Skipping-Stone Mini Speaker", "Clips to a rucksack, a shower rail or a handlebar. 9 hours, floats, 190 g."},
			zh:     text{"便携迷你蓝牙音箱", "可挂背包、浴室、车把。续航9小时，掉水里能浮起来，仅190克。"},
			colors: in("sea green", "orange"),
		},
	}
}

// phoneCases are the shop's phone cases.
func phoneCases() []model {
	return []model{
		{
			id: "case-soft", draw: phoneCase{}, brand: "Quilltone", kind: "Electronics > Phone Cases",
			occasion: "casual", material: "silicone", price: 1900,
			en:     text{"Soft-Touch Phone Case", "Liquid silicone outside, microfibre inside, a raised lip around the camera. Survives 1.5 m drops; works with wireless charging. For 6.1-inch phones."},
			zh:     text{"液态硅胶手机壳", "外层液态硅胶，内里超细纤维，镜头凸边保护。1.5米防摔，支持无线充电。适用6.1英寸手机。"},
			colors: []way{{color: "lavender"}, {color: "sea green", sale: 1200}},
		},
		{
			id: "case-print", draw: phoneCase{ringed: true}, brand: "Quilltone", kind: "Electronics > Phone Cases",
			occasion: "casual", material: "plastic", price: 2200,
			en:     text{"Printed Phone Case with Ring Stand", "A print under clear resin that cannot scratch off, and a metal ring that is handle, stand and magnet plate. For 6.1-inch phones."},
			zh:     text{"印花指环支架手机壳", "图案封在透明树脂下，刮不掉；金属指环可提、可立、可吸车载支架。适用6.1英寸手机。"},
			colors: []way{{color: "cream", with: "rose", pattern: blooms}, {color: "black", with: "orange", pattern: terrazzo}, {color: "teal", with: "cream", pattern: leaves}},
		},
	}
}
