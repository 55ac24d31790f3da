import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { identityKey } from "../../core/vietnamese.ts";
import { type ExistingMember, matchRoster } from "./rules-roster-match.ts";
import type { RosterFields } from "./rules-roster-member.ts";

const HA: RosterFields = {
	name: "Lê Thị Hoà",
	birth: "1971-08-15",
	birthPrecision: "day",
	sex: "female",
	nationalId: "001171000001",
	idKind: "cccd",
	joined: "2010-02-01",
	joinedPrecision: "day",
	left: null,
	leaveReason: null,
	leaveNote: "",
	residence: "permanent",
	residenceStart: null,
	residenceSaid: true,
	branch: "Chi hội thôn Đông",
	group: "",
	ethnicity: "Kinh",
	religion: "",
	occupation: "Nông dân",
	phone: "0912345678",
	address: "",
	note: "",
	introducer: "",
	partyMember: null,
};

/** What stands in the database after this row was imported. */
function stored(row: Partial<RosterFields> = {}, person = "p1", spell = "s1"): ExistingMember {
	const fields = { ...HA, ...row };
	return {
		...fields,
		personId: person,
		spellId: spell,
		ids: fields.nationalId && fields.idKind ? [{ key: fields.nationalId, kind: fields.idKind }] : [],
		identityKey: identityKey(fields.name),
		joined: fields.joined ?? "2010-02-01",
	};
}

const noId = { nationalId: null, idKind: null };
const twin = stored({ ...noId, name: "Lê Thị Hoá" }, "p2", "s2");

describe("a revised roster", () => {
	const cases: [string, Partial<RosterFields>, ExistingMember[], string][] = [
		["nobody known", {}, [], "new"],
		["the same row", {}, [stored()], "unchanged s1"],
		[
			"capitals and tone elsewhere",
			{ name: "LÊ THỊ HÒA", branch: "CHI HỘI PHỤ NỮ THÔN ĐÔNG" },
			[stored()],
			"unchanged s1",
		],
		[
			"blank cells change nothing",
			{
				phone: "",
				branch: "",
				joinedPrecision: "assumed",
				joined: "2026-01-01",
				residenceSaid: false,
			},
			[stored({ residence: "temporary", residenceStart: "2020-01-01" })],
			"unchanged s1",
		],
		["only the year of birth", { birth: "1971-01-01", birthPrecision: "year" }, [stored()], "unchanged s1"],
		["left", { left: "2026-05-01", leaveReason: "moved" }, [stored()], "update s1 left,leaveReason"],
		["moved within the commune", { branch: "Chi hội thôn Đoài" }, [stored()], "update s1 branch"],
		["CCCD in place of CMND", {}, [stored({ nationalId: "133303584", idKind: "cmnd" })], "update s1 nationalId"],
		["a first ID", {}, [stored(noId)], "update s1 nationalId"],
		["no ID in the file", noId, [stored()], "unchanged s1"],
		["a name corrected under her ID", { name: "Lê Thị Hồng Hoà" }, [stored()], "update s1 name"],
		["a full birthday", {}, [stored({ birth: "1971-01-01", birthPrecision: "year" })], "update s1 birth"],
		[
			"her ID under another name and birth",
			{ name: "Bùi Thị Nở", birth: "1980-01-01" },
			[stored()],
			"ambiguous id_of_another s1",
		],
		["another CCCD", { nationalId: "001171000002" }, [stored()], "ambiguous other_id s1"],
		["two women, told apart by tone", noId, [stored(noId), twin], "unchanged s1"],
		[
			"two women, told apart by branch",
			noId,
			[stored(noId), stored({ ...noId, branch: "Chi hội B" }, "p2", "s2")],
			"unchanged s1",
		],
		["two women alike", noId, [stored(noId), stored(noId, "p2", "s2")], "ambiguous several s1 s2"],
		[
			"year of birth and another branch",
			{
				...noId,
				birth: "1971-01-01",
				birthPrecision: "year",
				branch: "Chi hội B",
			},
			[stored(noId)],
			"ambiguous weak s1",
		],
		[
			"ended here and still listed",
			{},
			[stored({ left: "2026-01-01", leaveReason: "moved" })],
			"ambiguous ended_here s1",
		],
		[
			"ended here and ended in the file",
			{ left: "2026-01-01", leaveReason: "moved" },
			[stored({ left: "2026-01-01", leaveReason: "moved" })],
			"unchanged s1",
		],
		[
			"left, without a word why",
			{ left: "2026-01-01", leaveReason: "other" },
			[stored({ left: "2026-01-01", leaveReason: "dead" })],
			"unchanged s1",
		],
		[
			"left, for another reason",
			{ left: "2026-01-01", leaveReason: "other", leaveNote: "Lý do khác" },
			[stored({ left: "2026-01-01", leaveReason: "moved" })],
			"update s1 leaveReason",
		],
		["back after she left", { joined: "2026-02-01" }, [stored({ left: "2026-01-01", leaveReason: "moved" })], "new p1"],
		[
			"an earlier spell beside the open one",
			{ left: "2015-01-01", leaveReason: "moved", joined: "2010-02-01" },
			[stored({ joined: "2016-01-01" }, "p1", "s2"), stored({ left: "2015-01-01", leaveReason: "moved" })],
			"unchanged s1",
		],
	];
	for (const [what, row, existing, expected] of cases)
		it(`${what}: ${expected}`, () => {
			const [match] = matchRoster([{ ...HA, ...row }], existing);
			assert.equal(match && told(match), expected);
		});

	it("never touches who is missing, and the same file twice changes nothing", () => {
		const rows = [HA, { ...HA, name: "Bùi Thị Nở", nationalId: "001171000009" }];
		const existing = [
			stored(),
			stored(rows[1], "p2", "s2"),
			stored({ name: "Võ Thị Hà", nationalId: "001171000003" }, "p3", "s3"),
		];
		assert.deepEqual(matchRoster(rows, existing).map(told), ["unchanged s1", "unchanged s2"]);
	});

	it("asks when two rows are one woman", () => {
		assert.deepEqual(matchRoster([HA, { ...HA, ...noId }], [stored()]).map(told), [
			"unchanged s1",
			"ambiguous listed_twice s1",
		]);
		const row = { ...HA, ...noId };
		assert.deepEqual(matchRoster([row, row], []).map(told), ["new", "ambiguous listed_twice"]);
		assert.deepEqual(matchRoster([HA, { ...HA, nationalId: "001171000002" }], []).map(told), ["new", "new"]);
	});

	it("compares IDs in the form in which they are kept", () => {
		const existing = {
			...stored(),
			ids: [{ key: "hmac:001171000001", kind: "cccd" as const }],
		};
		assert.deepEqual(matchRoster([HA], [existing], (id) => `hmac:${id}`).map(told), ["unchanged s1"]);
	});
});

function told(match: ReturnType<typeof matchRoster>[number]): string {
	if (match.kind === "new") return match.personId ? `new ${match.personId}` : "new";
	if (match.kind === "ambiguous")
		return ["ambiguous", match.reason, ...match.candidates.map(({ spellId }) => spellId)].join(" ");
	return [match.kind, match.spellId, ...("changes" in match ? [match.changes.join()] : [])].join(" ");
}
