import assert from "node:assert/strict";
import { test } from "node:test";
import { FIELDS, fieldFault, fieldName, fillIn } from "./rules-fields.ts";
import { DOCUMENT_KINDS, DOCUMENT_LEVELS, isIssuedBy } from "./rules-kinds.ts";
import { issuerOf, refuseFaults } from "./rules-paper.ts";
import { defaultTemplate } from "./rules-templates.ts";

const NAMES = new Set(["tên hội", "ban"]);

test("a field is known however it is typed; an unknown or a broken one is named", () => {
	const cases: [text: string, fault: string | null][] = [
		["{{tên Hội}} và {{ TÊN  HỘI }}", null],
		["{{tên Hội}}".normalize("NFD"), null],
		["Không có trường nào", null],
		["{{tên hội viên}}", "unknown {{tên hội viên}}"],
		["{{}}", "unknown {{}}"],
		["{{tên Hội} của xã", "broken {{tên Hội"],
		["của {tên Hội}", "broken {tên Hội"],
		["thừa }} ở đây", "broken }} ở đây"],
		["{{{ban}}}", "broken {{{ban"],
	];
	for (const [text, fault] of cases) {
		const found = fieldFault(text, NAMES);
		assert.equal(found && `${found.kind} ${found.written}`, fault, text);
	}
});

test("fields are filled in and nothing else is touched", () => {
	const values = new Map([["tên hội", "Hội LHPN xã $& {{ban}}"]]);
	assert.equal(fillIn("Của {{Tên hội}}, $1.", values), "Của Hội LHPN xã $& {{ban}}, $1.");
});

test("every template of the program is without fault, for each level that issues it", () => {
	for (const kind of DOCUMENT_KINDS)
		for (const level of DOCUMENT_LEVELS)
			if (isIssuedBy(kind, level)) assert.doesNotThrow(() => refuseFaults(kind, defaultTemplate(kind, level)));
	for (const fields of Object.values(FIELDS)) {
		const names = fields.map(({ name }) => fieldName(name));
		assert.equal(new Set(names).size, names.length);
	}
});

test("units are named as sentences name them, each level with the one above", () => {
	const cases: [kind: string, name: string, path: string[], union: string, above: string][] = [
		["centre", "Trung ương Hội", [], "Trung ương Hội Liên hiệp Phụ nữ Việt Nam", ""],
		[
			"province",
			"Tỉnh Lào Cai",
			[],
			"Hội Liên hiệp Phụ nữ tỉnh Lào Cai",
			"Đoàn Chủ tịch Trung ương Hội Liên hiệp Phụ nữ Việt Nam",
		],
		[
			"commune",
			"Phường Vỹ Dạ",
			["Thành phố Huế"],
			"Hội Liên hiệp Phụ nữ phường Vỹ Dạ",
			"Ban Thường vụ Hội Liên hiệp Phụ nữ thành phố Huế",
		],
		["cluster", "Cụm thi đua số 1", [], "Cụm thi đua số 1", "Đoàn Chủ tịch Trung ương Hội Liên hiệp Phụ nữ Việt Nam"],
	];
	for (const [kind, name, path, union, above] of cases) {
		const issuer = issuerOf({ kind, name, path });
		assert.deepEqual([issuer.union, issuer.above], [union, above]);
	}
});
