package demo

// handbags are the shop's bags for hand and shoulder.
func handbags() []model {
	return []model{
		{
			id: "bag-tote", draw: bag{cut: tote}, brand: "Tandemoor", kind: "Bags > Handbags > Tote Bags",
			who: women, occasion: "formal", material: "leather", price: 16800,
			en:     text{"Large Leather Tote Bag", "Takes a 14-inch laptop, a notebook and the flat shoes. Vegetable-tanned leather, magnetic closing, one zipped pocket inside. 38 × 30 × 14 cm, 0.8 kg."},
			zh:     text{"大容量真皮托特包", "14英寸电脑、笔记本和一双平底鞋都装得下。植鞣皮革，磁扣开合，内有拉链袋。38×30×14厘米，重0.8千克。"},
			colors: in("tan", "black"),
		},
		{
			id: "bag-crossbody", draw: bag{cut: crossbody}, brand: "Tandemoor", kind: "Bags > Handbags > Crossbody Bags",
			who: women, occasion: "party", material: "leather", price: 12400,
			en:     text{"Evening Crossbody Bag with Turn Lock", "Small enough for dancing, big enough for a phone, keys and lipstick. Smooth leather, brass turn lock, a strap laced with chain that drops 55 cm. 21 × 15 × 6 cm."},
			zh:     text{"转锁链条斜挎包", "小到可以跳舞，大到装得下手机、钥匙和口红。光面皮革，黄铜转锁，链条肩带垂长55厘米。21×15×6厘米。"},
			colors: []way{{color: "burgundy"}, {color: "sea green", sale: 8900}},
		},
		{
			id: "bag-satchel", draw: bag{cut: satchel}, brand: "Tandemoor", kind: "Bags > Handbags",
			who: women, occasion: "smart casual", material: "leather", price: 14900,
			en:     text{"Two-Buckle Satchel Handbag", "The schoolbag grown up: hidden magnets under the buckles, a top handle and a detachable strap. Fits A4 and a tablet. 32 × 24 × 11 cm."},
			zh:     text{"双扣剑桥手提包", "长大了的书包：皮扣下藏磁吸，手提、斜挎两用，肩带可拆。放得下A4文件和平板。32×24×11厘米。"},
			colors: in("brown", "navy blue"),
		},
		{
			id: "bag-bucket", draw: bag{cut: bucketBag}, brand: "Tandemoor", kind: "Bags > Handbags > Shoulder Bags",
			who: women, occasion: "casual", material: "suede", price: 11200,
			en:     text{"Drawstring Bucket Bag", "Soft sides, firm base, one pull to close. A removable pouch keeps small things from sinking. 24 × 26 × 18 cm."},
			zh:     text{"抽绳水桶单肩包", "包身柔软，包底挺括，一拉即合；附可拆小袋，小物不再沉底。24×26×18厘米。"},
			colors: in("beige"),
		},
		{
			id: "bag-belt", draw: bag{cut: beltBag}, brand: "Northwane", kind: "Bags > Waist Pouches",
			who: everyone, occasion: "sports", material: "nylon", price: 3200,
			en:     text{"Featherlight Waist Bag", "Two zips, 1.5 litres, 120 g. Water-repellent nylon that stays put on a run, worn at the waist or across the chest; belt from 70 to 120 cm."},
			zh:     text{"轻量腰包", "双拉链，1.5升，仅120克。防泼水尼龙，跑步不晃；系腰或斜挎胸前皆可，腰带70至120厘米可调。"},
			colors: in("orange", "black"),
		},
	}
}

// backpacks are the shop's backpacks.
func backpacks() []model {
	return []model{
		{
			id: "backpack-daily", draw: backpack{}, brand: "Northwane", kind: "Bags > Backpacks",
			who: everyone, occasion: "casual", material: "polyester", price: 6900,
			en:     text{"Daily 20-Litre Backpack", "A padded sleeve for 15-inch laptops, a bottle pocket on each side, straps that do not cut. Recycled polyester, 620 g. 44 × 30 × 15 cm."},
			zh:     text{"20升日常双肩包", "加厚电脑仓适合15英寸笔记本，两侧水壶袋，肩带不勒肩。再生涤纶，重620克。44×30×15厘米。"},
			colors: in("navy blue", "black", "rust"),
		},
		{
			id: "backpack-roll", draw: backpack{roll: true}, brand: "Northwane", kind: "Bags > Backpacks",
			who: everyone, occasion: "travel", material: "canvas", price: 9800,
			en:     text{"Roll-Top Canvas Backpack", "18 litres, or 25 with the top unrolled. Waxed canvas that a downpour runs off, one big buckle, and a laptop sleeve for 14 inches. 900 g."},
			zh:     text{"卷口帆布双肩包", "平时18升，展开卷口可达25升。打蜡帆布，暴雨也不透；一枚大插扣，内有14英寸电脑仓。重900克。"},
			colors: []way{{color: "olive"}, {color: "charcoal", sale: 7400}},
		},
		{
			id: "kids-backpack", draw: backpack{ears: true}, brand: "Pipkinlane", kind: "Bags > Backpacks",
			who: children, occasion: "casual", material: "polyester", price: 3400,
			en:     text{"Little Bear Kids' Backpack", "Eight litres for a lunch box, a jumper and one important stone. Chest clip, name tag inside, wipe clean. For ages three to seven; 30 × 24 × 11 cm."},
			zh:     text{"小熊儿童双肩包", "8升容量，装得下饭盒、外套和一块很重要的石头。胸前扣防滑落，内有姓名贴，脏了一擦就净。适合3至7岁，30×24×11厘米。"},
			colors: []way{{color: "peach", with: "white"}, {color: "tan", with: "cream"}},
		},
	}
}

// hatsAndScarves are the shop's what is worn on the head and around the neck.
func hatsAndScarves() []model {
	return []model{
		{
			id: "hat-cap", draw: hat{cut: baseball}, brand: "Oakmere", kind: "Accessories > Hats > Baseball Caps",
			who: everyone, season: "summer", occasion: "casual", material: "cotton", price: 2200,
			en:     text{"Washed Cotton Baseball Cap", "Six panels, a soft crown and a brim that is already a little curved. Brass buckle at the back, 55 to 61 cm. Hand wash."},
			zh:     text{"水洗棉棒球帽", "六片软顶，帽檐微弯，上头就有型。后部铜扣可调，适合头围55至61厘米。手洗。"},
			colors: in("navy blue", "beige"),
		},
		{
			id: "hat-beanie", draw: hat{cut: beanie}, brand: "Northwane", kind: "Accessories > Hats > Beanies",
			who: everyone, season: "winter", occasion: "casual", material: "wool", price: 2800,
			en:     text{"Pompom Wool Beanie", "Chunky merino with a turned cuff over the ears, two layers deep, and a pompom that snaps off for washing. One size."},
			zh:     text{"羊毛毛球针织帽", "粗针美利奴，翻边双层护耳；毛球带暗扣，洗前可摘。均码。"},
			colors: []way{{color: "mustard", with: "cream"}, {color: "red", with: "white"}},
		},
		{
			id: "hat-bucket", draw: hat{cut: bucketHat}, brand: "Oakmere", kind: "Accessories > Hats > Bucket Hats",
			who: everyone, season: "summer", occasion: "travel", material: "cotton", price: 2600,
			en:    text{"Cotton Bucket Hat", "Stitched brim, two air holes a side, folds flat in a pocket. UPF 50. S/M is 56 cm, L/XL 59 cm."},
			zh:    text{"纯棉渔夫帽", "车线帽檐，两侧透气孔，可折叠入袋，防晒指数UPF50。S/M为56厘米，L/XL为59厘米。"},
			sizes: "S/M|L/XL", colors: in("khaki", "black"),
		},
		{
			id: "hat-sun", draw: hat{cut: sunHat}, brand: "Saltreed", kind: "Accessories > Hats > Sun Hats",
			who: women, season: "summer", occasion: "travel", material: "straw", price: 3900,
			en:     text{"Wide-Brim Straw Sun Hat", "An 11 cm brim of braided straw that keeps your face in the shade and the sea in view. Grosgrain ribbon, inner tie to fit. Do not soak."},
			zh:     text{"宽檐草编遮阳帽", "11厘米编织宽檐，脸在荫凉里，海在视野中。罗缎丝带，内有调节绳。请勿浸水。"},
			colors: []way{{color: "beige", with: "black"}, {color: "tan", with: "navy blue", sale: 2900}},
		},
		{
			id: "scarf-plaid", draw: scarf{}, brand: "Oakmere", kind: "Accessories > Scarves",
			who: everyone, season: "winter", occasion: "casual", material: "wool", price: 4600,
			en:     text{"Lambswool Plaid Scarf", "Long enough to go round twice, soft enough to nap on. Woven, brushed and fringed; 190 × 32 cm. Hand wash cool or dry clean."},
			zh:     text{"羊羔毛格纹围巾", "够长，绕两圈；够软，垫着能打盹。梭织拉绒，两端流苏，190×32厘米。冷水手洗或干洗。"},
			colors: []way{{color: "red", with: "navy blue", pattern: tartan}, {color: "cream", with: "tan", pattern: tartan}, {color: "navy blue", with: "green", pattern: tartan}},
		},
		{
			id: "scarf-silk", draw: scarf{silk: true}, brand: "Halverie", kind: "Accessories > Scarves > Silk Scarves",
			who: women, season: "spring", occasion: "smart casual", material: "silk", price: 6800,
			en:     text{"Silk Twill Square Scarf", "Printed on 14 momme mulberry twill with hand-rolled edges. At the neck, on a bag handle, round a ponytail: 70 × 70 cm in a gift box. Dry clean."},
			zh:     text{"真丝斜纹方巾", "14姆米桑蚕丝斜纹，手工卷边。系颈间、绑包柄、扎马尾皆可，70×70厘米，附礼盒。建议干洗。"},
			colors: []way{{color: "cream", with: "navy blue", pattern: blooms}, {color: "peach", with: "burgundy", pattern: leaves}},
		},
	}
}

// watches are the shop's watches.
func watches() []model {
	return []model{
		{
			id: "watch-field", draw: watch{}, brand: "Halverie", kind: "Accessories > Watches",
			who: everyone, occasion: "smart casual", material: "leather", price: 13900,
			en:     text{"Meridian Leather-Strap Watch", "A plain white dial that tells the time and nothing else. 38 mm steel case, sapphire glass, quartz movement with a five-year battery; splash-proof to 50 m. Strap by colour."},
			zh:     text{"子午线皮带腕表", "一面白盘，只说时间。38毫米精钢表壳，蓝宝石玻璃，石英机芯，电池可用五年，50米生活防水。表带多色可选。"},
			colors: in("brown", "black"),
		},
		{
			id: "watch-steel", draw: watch{steel: true}, brand: "Halverie", kind: "Accessories > Watches",
			who: men, occasion: "formal", material: "metal", price: 18900,
			en:     text{"Men's Steel Bracelet Watch", "A solid link bracelet and a deep dial under sapphire. Automatic with 42 hours of reserve, 40 mm, water-resistant to 100 m. Links come out at home with the tool in the box."},
			zh:     text{"男士钢带腕表", "实心链节表带，蓝宝石镜面下盘色深邃。自动机芯，动力储存42小时，40毫米，防水100米；附工具，在家即可截链。"},
			colors: []way{{color: "silver", with: "navy blue"}, {color: "gold", with: "black"}},
		},
		{
			id: "watch-digital", draw: watch{digital: true}, brand: "Northwane", kind: "Accessories > Watches",
			who: men, occasion: "sports", material: "rubber", price: 4900,
			en:     text{"Men's Lap Digital Sports Watch", "Big digits, a stopwatch with 50 laps, and a light for night runs. Swim-proof to 100 m; the battery lasts seven years. Rubber strap."},
			zh:     text{"男士数字运动手表", "大数字显示，50圈秒表，夜跑有背光。100米防水可游泳，电池可用七年，橡胶表带。"},
			colors: []way{{color: "black", with: "orange"}},
		},
		{
			id: "watch-square", draw: watch{square: true}, brand: "Halverie", kind: "Accessories > Watches",
			who: women, occasion: "party", material: "leather", price: 15900,
			en:     text{"Women's Square Dress Watch", "Soft corners, gold-plated case of 28 mm, a strap as slim as a ribbon. Quartz, splash-proof. Boxed for giving."},
			zh:     text{"女士方形腕表", "圆润方壳，28毫米镀金表壳，细表带如丝带。石英机芯，防泼溅。礼盒包装，送人正好。"},
			colors: []way{{color: "black", with: "gold"}, {color: "tan", with: "gold", sale: 11900}},
		},
	}
}

// sunglassesShelf are the shop's sunglasses.
func sunglassesShelf() []model {
	return []model{
		{
			id: "sun-round", draw: sunglasses{}, brand: "Halverie", kind: "Accessories > Sunglasses",
			who: everyone, season: "summer", occasion: "casual", material: "metal", price: 7900,
			en:     text{"Round Wire Sunglasses", "Thin metal, round lenses, full UV400 protection, category 3. For faces with an angle or two. Lens 49 mm; case and cloth included."},
			zh:     text{"圆框金属太阳镜", "细金属圆框，UV400防护，3类镜片。适合轮廓分明的脸型。镜片49毫米，附镜盒和镜布。"},
			colors: []way{{color: "gold", with: "green"}, {color: "silver", with: "grey"}},
		},
		{
			id: "sun-square", draw: sunglasses{lens: squareLens}, brand: "Halverie", kind: "Accessories > Sunglasses",
			who: men, season: "summer", occasion: "casual", material: "plastic", price: 6900,
			en:     text{"Men's Square Acetate Sunglasses", "A frame with shoulders. Polished plant-based acetate, polarised UV400 lenses that take the glare off water and windscreens. Lens 54 mm."},
			zh:     text{"男士方框板材太阳镜", "有肩有型的方框。植物基板材抛光，偏光UV400镜片，滤去水面和车窗的反光。镜片54毫米。"},
			colors: []way{{color: "black", with: "grey"}},
		},
		{
			id: "sun-cateye", draw: sunglasses{lens: catEye}, brand: "Halverie", kind: "Accessories > Sunglasses",
			who: women, season: "summer", occasion: "party", material: "plastic", price: 6900,
			en:     text{"Women's Cat-Eye Sunglasses", "Lifted corners, no apology. Hand-polished acetate with UV400 lenses; sits well on small noses. Lens 52 mm."},
			zh:     text{"女士猫眼太阳镜", "眼尾上扬，理直气壮。手工抛光板材，UV400镜片，低鼻梁也不下滑。镜片52毫米。"},
			colors: []way{{color: "red", with: "brown"}, {color: "black", with: "grey"}},
		},
		{
			id: "sun-aviator", draw: sunglasses{lens: aviator}, brand: "Northwane", kind: "Accessories > Sunglasses",
			who: men, season: "summer", occasion: "travel", material: "metal", price: 8400,
			en:     text{"Men's Aviator Sunglasses", "A double bridge and teardrop lenses with a mirror tint. Spring hinges, UV400, 28 g. Lens 58 mm."},
			zh:     text{"男士飞行员太阳镜", "双梁水滴形镜片，微镀膜。弹簧铰链，UV400防护，仅28克。镜片58毫米。"},
			colors: []way{{color: "silver", with: "blue"}},
		},
	}
}
