import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readXlsFonts } from "./xls-fonts.ts";

function record(kind: number, body: number[]): number[] {
	return [kind & 255, kind >> 8, body.length & 255, body.length >> 8, ...body];
}

function font(name: string): number[] {
	return record(0x31, [...Array(14).fill(0), name.length, 0, ...Buffer.from(name, "latin1")]);
}

function format(fontIndex: number): number[] {
	return record(0xe0, [fontIndex, 0, ...Array(18).fill(0)]);
}

describe("the fonts of an .xls", () => {
	it("are found for text cells of each sheet, with font number 4 left out", () => {
		const stream = Uint8Array.from([
			...record(0x809, [0, 6]),
			...["Arial", ".VnTime", "a", "b", ".VnTimeH"].flatMap(font),
			...[0, 1, 5].flatMap(format),
			...record(0x0a, []),
			...record(0x809, [0, 6]),
			...record(0xfd, [5, 0, 1, 0, 2, 0, 0, 0, 0, 0]),
			...record(0x809, [0, 6]),
			...record(0xfd, [5, 0, 1, 0, 0, 0, 0, 0, 0, 0]),
			...record(0x0a, []),
			...record(0x0a, []),
			...record(0x809, [0, 6]),
			...record(0x204, [0, 0, 0, 0, 1, 0, 0, 0]),
			...record(0x0a, []),
		]);
		const fonts = readXlsFonts(stream);
		assert.equal(fonts.fontOf(0, 5, 1), ".VnTimeH");
		assert.equal(fonts.fontOf(1, 0, 0), ".VnTime");
		assert.equal(fonts.fontOf(1, 5, 1), undefined);
		assert.equal(fonts.encrypted, false);
	});

	it("tell an encrypted file and survive a stream cut anywhere", () => {
		const stream = Uint8Array.from([...record(0x809, [0, 6]), ...record(0x2f, [0, 0]), ...font(".VnTime")]);
		assert.equal(readXlsFonts(stream).encrypted, true);
		for (let length = 0; length <= stream.length; length++) readXlsFonts(stream.subarray(0, length));
	});
});
