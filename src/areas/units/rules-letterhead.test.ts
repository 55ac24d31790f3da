import assert from "node:assert/strict";
import { test } from "node:test";
import type { UnitKind } from "./contract.ts";
import { letterheadOf } from "./rules-letterhead.ts";

const CASES: [
	kind: UnitKind,
	name: string,
	path: string[],
	above: string,
	unit: string,
	place: string,
	signer: string,
][] = [
	["centre", "Trung ương Hội", [], "HỘI LIÊN HIỆP PHỤ NỮ VIỆT NAM", "ĐOÀN CHỦ TỊCH", "Hà Nội", "TM. ĐOÀN CHỦ TỊCH"],
	["cluster", "Cụm thi đua số 1", [], "HỘI LIÊN HIỆP PHỤ NỮ VIỆT NAM", "CỤM THI ĐUA SỐ 1", "", "CỤM TRƯỞNG"],
	[
		"province",
		"Thành phố Hồ Chí Minh",
		["Trung ương Hội"],
		"HỘI LIÊN HIỆP PHỤ NỮ VIỆT NAM",
		"HỘI LHPN THÀNH PHỐ HỒ CHÍ MINH",
		"Hồ Chí Minh",
		"TM. BAN THƯỜNG VỤ",
	],
	[
		"commune",
		"Phường Tân Triều",
		["Tỉnh Đồng Nai"],
		"HỘI LHPN TỈNH ĐỒNG NAI",
		"HỘI LHPN PHƯỜNG TÂN TRIỀU",
		"Tân Triều",
		"TM. BAN THƯỜNG VỤ",
	],
	[
		"commune",
		"Phường 5",
		["Quận 8", "Thành phố Hồ Chí Minh"],
		"HỘI LHPN QUẬN 8",
		"HỘI LHPN PHƯỜNG 5",
		"Phường 5",
		"TM. BAN THƯỜNG VỤ",
	],
	[
		"branch",
		"Chi hội phụ nữ khu phố 9",
		["Phường Tân Triều", "Tỉnh Đồng Nai"],
		"HỘI LHPN PHƯỜNG TÂN TRIỀU",
		"CHI HỘI PHỤ NỮ KHU PHỐ 9",
		"Tân Triều",
		"CHI HỘI TRƯỞNG",
	],
	[
		"special_base",
		"Hội phụ nữ chợ Tân Triều",
		["Phường Tân Triều"],
		"HỘI LHPN PHƯỜNG TÂN TRIỀU",
		"HỘI PHỤ NỮ CHỢ TÂN TRIỀU",
		"Tân Triều",
		"TM. BAN CHẤP HÀNH",
	],
];

for (const [kind, name, path, above, unit, place, signer] of CASES)
	test(`the head of the papers of ${name}`, () => {
		const head = letterheadOf({ kind, name, path });
		assert.deepEqual([head.above, head.unit, head.place, head.signer], [above, unit, place, signer]);
	});
