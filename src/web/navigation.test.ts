import assert from "node:assert/strict";
import { test } from "node:test";
import { grouped, PLACES, placeOf, placesFor } from "./navigation.ts";

const everywhere = () => true;

test("a person sees the places her verbs open, and those that have a page", () => {
	const seen = placesFor(PLACES, ["members.read"], everywhere).map((place) => place.to);
	assert.deepEqual(seen, ["/", "/members", "/me"]);
	assert.deepEqual(
		placesFor(PLACES, ["members.read"], (to) => to === "/").map((place) => place.to),
		["/"],
	);
});

test("acting for a unit below is offered at the levels that have units below", () => {
	const offered = (kind: string) =>
		placesFor(PLACES, ["members.write"], (to) => to === "/acting", kind).map((place) => place.to);
	assert.deepEqual(offered("province"), ["/acting"]);
	assert.deepEqual(offered("commune"), []);
});

test("a page belongs to the place with the longest matching address", () => {
	const cases: [string, string | undefined][] = [
		["/", "/"],
		["/members", "/members"],
		["/members/0190", "/members"],
		["/members/import", "/members/import"],
		["/members/import/7", "/members/import"],
		["/membership", undefined],
	];
	for (const [path, to] of cases) assert.equal(placeOf(PLACES, path)?.to, to, path);
});

test("four places are tabs of a phone", () => {
	assert.deepEqual(
		PLACES.filter((place) => place.tab).map((place) => place.short),
		["Tổng quan", "Hội viên", "Nhập", "Tỷ lệ"],
	);
});

test("places of one heading stand together, in their order", () => {
	assert.deepEqual(
		grouped(PLACES).flatMap(({ places }) => places),
		PLACES,
	);
	assert.deepEqual(grouped(PLACES)[0], { heading: null, places: [PLACES[0]] });
});
