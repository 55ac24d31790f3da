import { regionOf } from "./country-peoples.ts";
import { isUrban, type Place } from "./place.ts";
import { Random } from "./random.ts";

const words = (text: string): string[] => text.split(", ");

const BAN = words(
	"Nà Cang, Nậm Loỏng, Hua Chăng, Nà Ún, Phiêng Lúc, Tả Chải, Sin Chải, Nà Khương, Huổi Ke, Pá Khoang, Nậm Cầy, Nà Sẳng, Hô Bon, Phìn Ngan, Lùng Cù, Sàng Mà Pho, Hồ Sì Pán, Can Hồ, Xà Chải, Pắc Pạ, Nậm Sập, Hua Than, Nà Phát, Cóc Nhủng, Chang Chảo, Seo Phìn, Lao Chải, Ma Seo, Nậm Ngập, Phiêng Khon, Bản Mường, Nà Bó, Thèn Thầu, Sân Bay, Tà Chải, Tân Hợp, Nậm Mở, Phiêng Ban, Mé Gióng, Là Si, Pho Lao, Nà Hừ, U Ma, Gò Khà, Mù Su, Hà Nê, Bó Lun, Nậm Pục, Noong Quài, Hua Cưởm",
);
const THON = words(
	"An Ninh, Phú Thượng, Đông Hải, Tân An, Phước Tích, Lai Bằng, Văn Xá, An Truyền, Triều Thủy, Thanh Lam, Hà Trung, Mỹ Lợi, Nghi Giang, Diêm Trường, Phụng Chánh, Vân Trình, Thế Chí, Kế Môn, Đại Lộc, Vĩnh Xương, Trung Đồng, Nam Dương, Cổ Tháp, Khuông Phò, Thủ Lễ, Phò Nam, Niêm Phò, Đức Trọng, An Gia, La Vân, Bác Vọng, Phú Lương, Xuân Tùy, Sơn Tùng, Lương Cổ, Thần Phù, Tân Tô, Lợi Nông, Dạ Lê, Giáp Trung, Thanh Toàn, Lang Xá, Vân Thê, Xuân Hòa, Hòa Phong, Tây Thượng, Trường Lưu, Quảng Xuyên, Đức Thái, Thuận Hòa",
);
const HIGHLAND = words(
	"A Đên, A Rí, Pa Ring, Cân Sâm, Pa Hy, Cân Tôm, A Ninh, Ca Vin, A Pat, Kê, Tà Roi, A Hươr, Pất Đuh, Kleng A Bung, A Sóc, Ta Lo, Đụt, Lê Triêng, Cu Rông, Giồng, A Năm, Ka Cú, Tu Vay, A Rom, Cân Te, A Tin, Dỗi, La Hố, Mụ Nằm, Cha Măng, A Kà, A Xăng, Ga Hin, Ta Rung, Ria Hố, La Vân Cao, Tà Rị, Con Gia, A Đâng, Chai",
);

/** What a branch is called: its hamlet, "bản Nà Cang", "thôn An Ninh", "tổ dân phố 3"; never the same twice below one successor. */
export function hamletsOf(seed: number): (place: Place) => string {
	const used = new Map<string, { at: number; order: readonly string[] }>();
	return (place) => {
		const kind = hamletKind(place);
		const key = `${place.successorKey} ${kind.word}`;
		const state = used.get(key) ?? {
			at: 0,
			order: new Random(seed, "hamlets", key).sample(kind.names, kind.names.length),
		};
		const round = Math.floor(state.at / Math.max(1, state.order.length));
		const name =
			state.order.length === 0 ? String(state.at + 1) : (state.order[state.at % state.order.length] as string);
		used.set(key, { ...state, at: state.at + 1 });
		return `${kind.word} ${name}${state.order.length > 0 && round > 0 ? ` ${round + 1}` : ""}`;
	};
}

/** Names of villages anywhere: each of the first with each of the second. */
const VILLAGES = words(
	"Tân, Phú, An, Hòa, Bình, Long, Mỹ, Vĩnh, Đông, Tây, Thượng, Trung, Xuân, Thanh, Phước, Yên",
).flatMap((first) =>
	words("Hòa, Thịnh, Lộc, Sơn, Thành, Lập, Tiến, Hưng, Lợi, Quý, Khánh, Giang, Thạnh, Mỹ").map(
		(second) => `${first} ${second}`,
	),
);
const BUON = words(
	"Ea Sar, Kla, Đrao, Cư Êbur, Alê, Pốc, Trấp, Niêng, Tul, Hra, Kram, Dliê, Sut, Ko Siêr, Akõ Dhông, Jú, Kbu, Mơ Nang",
);

function hamletKind(place: Place): { word: string; names: readonly string[] } {
	const region = regionOf(place.provinceCode);
	if (isUrban(place) || place.title === "Thị trấn")
		return { word: region === "south" ? "khu phố" : "tổ dân phố", names: [] };
	if (place.provinceCode === "12") return { word: "bản", names: BAN };
	if (region === "south") return { word: "ấp", names: VILLAGES };
	if (place.provinceCode < "38") return { word: place.provinceCode < "21" ? "xóm" : "thôn", names: VILLAGES };
	if (place.provinceCode > "61") return { word: "buôn", names: BUON };
	if (place.provinceCode !== "46") return { word: "thôn", names: VILLAGES };
	const highland = place.districtName === "Huyện A Lưới" || place.districtName === "Huyện Nam Đông";
	return { word: "thôn", names: highland ? HIGHLAND : THON };
}

/** Clubs founded at a commune, each name once there. */
export const CLUBS: readonly string[] = [
	"Câu lạc bộ Gia đình hạnh phúc",
	"Câu lạc bộ Phụ nữ với pháp luật",
	"Câu lạc bộ Dân vũ",
	"Câu lạc bộ Phụ nữ khởi nghiệp",
	"Câu lạc bộ Xây dựng gia đình 5 không 3 sạch",
	"Tổ phụ nữ tiết kiệm và vay vốn",
	"Nhóm Phụ nữ cao tuổi giúp nhau",
];

/** Special bases founded by the union of a province: markets, supermarkets, religious establishments. */
export const SPECIAL_BASES: Readonly<Record<string, readonly string[]>> = {
	"46": [
		"Hội Phụ nữ chợ Trung tâm (ví dụ)",
		"Hội Phụ nữ chợ đầu mối (ví dụ)",
		"Hội Phụ nữ siêu thị (ví dụ)",
		"Hội Phụ nữ cơ sở tôn giáo (ví dụ)",
	],
	"12": ["Hội Phụ nữ chợ phiên (ví dụ)", "Hội Phụ nữ trung tâm thương mại (ví dụ)"],
};
