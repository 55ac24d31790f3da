import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Level, type Sum, totalOf } from "./rules.ts";
import { type PlaceFigures, rollUp } from "./rules-rollup.ts";

const CENTRE = 1;
const CLUSTER = { id: 900, code: "CUM1", name: "Cụm 1", parentId: CENTRE, provinceIds: [10, 11] };
const ALL: readonly Level[] = ["centre", "cluster", "province", "district", "commune"];

function place(id: number | null, kind: PlaceFigures["kind"], more: Partial<PlaceFigures>): PlaceFigures {
	return {
		unit_id: id,
		kind,
		code: id === null ? null : String(id),
		name: `${kind} ${id}`,
		parent_id: null,
		district_id: null,
		province_id: null,
		place: id ?? 0,
		visible: true,
		women18: null,
		without_denominator: 0,
		estimated: false,
		roster: 0,
		unlisted: 0,
		trade_union: 0,
		armed_forces: 0,
		member_organisation: 0,
		upper_club: 0,
		overlap: 0,
		...more,
	};
}

/** A country of three provinces with districts and communes; figures and what is visible are drawn. */
const countries = fc
	.record({
		communes: fc.array(
			fc.record({
				province: fc.integer({ min: 10, max: 12 }),
				district: fc.integer({ min: 0, max: 2 }),
				women: fc.option(fc.nat(5000)),
				roster: fc.nat(3000),
				overlap: fc.nat(50),
				visible: fc.boolean(),
			}),
			{ maxLength: 25 },
		),
		above: fc.array(fc.nat(200), { minLength: 4, maxLength: 4 }),
	})
	.map(({ communes, above }) => {
		const figures = (nth: number) => ({ trade_union: above[nth] as number });
		const provinces = [10, 11, 12].map((id, nth) =>
			place(id, "province", { province_id: id, parent_id: CENTRE, ...figures(nth + 1) }),
		);
		const districts = [10, 11, 12].flatMap((province) =>
			[0, 1, 2].map((nth) => {
				const id = province * 10 + nth;
				return place(id, "district", { district_id: id, province_id: province, parent_id: province });
			}),
		);
		return [
			place(CENTRE, "centre", figures(0)),
			...provinces,
			...districts,
			...communes.map(({ province, district, women, roster, overlap, visible }, nth) =>
				place(1000 + nth, "commune", {
					district_id: province * 10 + district,
					province_id: province,
					parent_id: province * 10 + district,
					women18: women,
					without_denominator: women === null ? 1 : 0,
					roster,
					overlap,
					visible,
				}),
			),
		];
	});

function naive(places: readonly PlaceFigures[], belongs: (one: PlaceFigures) => boolean) {
	const own = places.filter(belongs);
	const known = own.flatMap(({ women18 }) => (women18 === null ? [] : [women18]));
	const sum = (of: (one: PlaceFigures) => number) => own.reduce((total, one) => total + of(one), 0);
	return {
		members: sum((one) => one.roster + one.trade_union - one.overlap),
		women18: known.length > 0 ? known.reduce((a, b) => a + b, 0) : null,
		without: sum((one) => one.without_denominator),
	};
}

const seen = ({ women18, without, parts }: Sum) => ({ members: totalOf(parts), women18, without });

test("every level is the sum of all below it, of what the reader may not list, too", () => {
	fc.assert(
		fc.property(countries, (places) => {
			const rows = new Map(rollUp(places, [CLUSTER], ALL).map((row) => [row.id, row]));
			const expect = (id: number, belongs: (one: PlaceFigures) => boolean) =>
				assert.deepEqual(seen(rows.get(id) as Sum), naive(places, belongs), String(id));
			expect(CENTRE, () => true);
			expect(CLUSTER.id, (one) => one.province_id === 10 || one.province_id === 11);
			for (const one of places) {
				if (one.kind === "province") expect(one.unit_id as number, (other) => other.province_id === one.unit_id);
				if (one.kind === "district") expect(one.unit_id as number, (other) => other.district_id === one.unit_id);
				if (one.kind !== "commune") continue;
				assert.equal(rows.has(one.unit_id as number), one.visible);
				if (one.visible) expect(one.unit_id as number, (other) => other === one);
			}
		}),
	);
});

test("communes of a district taken together give the same sums, and no rows", () => {
	fc.assert(
		fc.property(countries, (places) => {
			const upper: Level[] = ["centre", "cluster", "province", "district"];
			const together = [
				...Map.groupBy(places, (one) => (one.kind === "commune" ? one.district_id : -(one.unit_id as number))).values(),
			].map((own): PlaceFigures => {
				const [first] = own as [PlaceFigures];
				if (first.kind !== "commune") return first;
				const { women18, without, members: _ } = naive(own, () => true);
				return {
					...first,
					unit_id: null,
					visible: false,
					women18,
					without_denominator: without,
					roster: own.reduce((sum, one) => sum + one.roster, 0),
					overlap: own.reduce((sum, one) => sum + one.overlap, 0),
				};
			});
			const byId = (rows: Sum[]) => rows.toSorted((a, b) => a.id - b.id);
			assert.deepEqual(byId(rollUp(together, [CLUSTER], upper)), byId(rollUp(places, [CLUSTER], upper)));
		}),
	);
});

test("rows come by their places, clusters first, and only of the levels asked for", () => {
	const places = [
		place(30, "commune", { place: 7, province_id: 10 }),
		place(10, "province", { place: 3, province_id: 10 }),
		place(31, "unassigned", { place: 9, province_id: 10 }),
		place(CENTRE, "centre", { place: 1 }),
	];
	assert.deepEqual(
		rollUp(places, [CLUSTER], ["cluster", "province", "commune"]).map(({ id }) => id),
		[CLUSTER.id, 10, 30, 31],
	);
	assert.deepEqual(
		rollUp(places, [], ["centre"]).map(({ id }) => id),
		[CENTRE],
	);
});
