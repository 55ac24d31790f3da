import assert from "node:assert/strict";
import { test } from "node:test";
import { uuidv7 } from "../src/core/id.ts";
import { contract } from "../src/server/contract.ts";
import { assertProblem, endpoints, openProgram } from "./bad-input.ts";
import { openTestDatabase } from "./kit.ts";
import { stateOf } from "./state.ts";

const database = await openTestDatabase({ today: "2026-11-22" });
const chair = await database.person("chair", "commune_chair", "00004");
const clerk = await database.person("clerk", "commune_clerk", "00004");
const commune = await database.unit("00004");
const branch = await database.branch("Chi hội Đội Cấn", "00004");
const { send, unforeseen } = openProgram(
	database,
	(request) => ({ chair, clerk })[request.headers.get("x-test-person") ?? "chair"] ?? null,
);

const NAME = "Hội viên đã ghi";
const add = { leafId: branch, name: NAME, joined: "2019-03-08" };
const headcount = { unitId: commune, component: "unlisted", onDay: "2026-01-01", count: 5, source: "BC" };

interface Wrong {
	what: string;
	method?: string;
	path: string;
	body?: BodyInit;
	headers?: Record<string, string>;
	code?: string;
}

const BODY = JSON.stringify(headcount);
const WRONG: Wrong[] = [
	{ what: "no body", path: "/api/headcounts/set", body: undefined },
	{ what: "an empty body", path: "/api/headcounts/set", body: "" },
	{ what: "JSON cut short", path: "/api/headcounts/set", body: BODY.slice(0, -3), code: "input.unreadable" },
	{
		what: "JSON cut short for the typed client",
		path: "/rpc/headcounts/set",
		body: `{"json":${BODY}`,
		code: "input.unreadable",
	},
	{ what: "a body of another shape for the typed client", path: "/rpc/headcounts/set", body: "[1,2]" },
	{ what: "meta that names no place", path: "/rpc/headcounts/set", body: '{"json":{},"meta":[[99,"x","y"],null,7]}' },
	{
		what: "meta that reaches for the prototype",
		path: "/rpc/headcounts/set",
		body: '{"json":{},"meta":[[1,"__proto__","polluted"]]}',
	},
	{
		what: "meta with a deep number",
		path: "/rpc/headcounts/set",
		body: `{"json":{"count":"${"9".repeat(9_000)}"},"meta":[[0,"count"]]}`,
	},
	{ what: "a hundred thousand brackets", path: "/api/headcounts/set", body: "[".repeat(100_000) },
	{ what: "plain text", path: "/api/headcounts/set", body: "count=5", headers: { "content-type": "text/plain" } },
	{
		what: "a form",
		path: "/api/headcounts/set",
		body: new URLSearchParams({ count: "5" }),
		headers: { "content-type": "application/x-www-form-urlencoded" },
	},
	{ what: "XML", path: "/api/headcounts/set", body: "<a/>", headers: { "content-type": "application/xml" } },
	{
		what: "a form without its boundary",
		path: "/api/headcounts/set",
		body: "x",
		headers: { "content-type": "multipart/form-data" },
	},
	{ what: "bytes that are no text", path: "/api/headcounts/set", body: new Uint8Array([0x7b, 0xff, 0xfe, 0x22]) },
	{
		what: "over 8 MB",
		path: "/api/headcounts/set",
		body: `{"source":"${"a".repeat(9 << 20)}"}`,
		code: "input.too_large",
	},
	{
		what: "over 8 MB for the typed client",
		path: "/rpc/headcounts/set",
		body: `{"json":"${"a".repeat(9 << 20)}"}`,
		code: "input.too_large",
	},
	{ what: "a write by GET", method: "GET", path: "/api/headcounts/set?count=5", code: "path.unknown" },
	{
		what: "a write by GET for the typed client",
		method: "GET",
		path: `/rpc/headcounts/set?data=${encodeURIComponent(JSON.stringify({ json: headcount }))}`,
		code: "path.method",
	},
	{ what: "a read by DELETE", method: "DELETE", path: "/api/units/show", code: "path.unknown" },
	{ what: "a write by PUT", method: "PUT", path: "/api/headcounts/set", body: BODY, code: "path.unknown" },
	{ what: "an unknown path", path: "/api/members/fly", body: "{}", code: "path.unknown" },
	{ what: "an unknown name", path: "/rpc/members/fly", body: "{}", code: "path.unknown" },
	{ what: "a name of the prototype", path: "/rpc/constructor/prototype", body: "{}", code: "path.unknown" },
	{ what: "a path that leaves", path: "/api/../../etc/passwd", body: "{}", code: "path.unknown" },
	{ what: "a path that is no text", path: "/api/%E0%A4%A", body: "{}", code: "path.unknown" },
	{ what: "start-real where there is no demo", path: "/start-real", body: '{"username":"a.b"}', code: "path.unknown" },
	{ what: "a page by POST", path: "/members", body: "{}", code: "path.unknown" },
	{
		what: "from another site",
		path: "/api/headcounts/set",
		body: BODY,
		headers: { "sec-fetch-site": "cross-site" },
		code: "request.cross_site",
	},
	{
		what: "from another site of the same domain",
		path: "/rpc/headcounts/set",
		body: BODY,
		headers: { "sec-fetch-site": "same-site" },
		code: "request.cross_site",
	},
	{
		what: "from another site, by an old browser",
		path: "/rpc/headcounts/set",
		body: BODY,
		headers: { origin: "https://evil.example" },
		code: "request.cross_site",
	},
	{
		what: "a command id that is none",
		path: "/api/headcounts/set",
		body: BODY,
		headers: { "x-command-id": "1; drop" },
		code: "command.id_invalid",
	},
	{
		what: "nobody signed in",
		path: "/api/headcounts/set",
		body: BODY,
		headers: { "x-test-person": "nobody" },
		code: "access.signed_out",
	},
	{
		what: "acting for a unit that is not hers",
		path: "/api/headcounts/set",
		body: BODY,
		headers: { "x-acting-for": "999999999" },
	},
];

const before = await stateOf(database.owner);

for (const { what, method = "POST", path, body, headers, code } of WRONG)
	test(`${what}: a Problem`, async () => {
		const problem = assertProblem(await send(method, path, method === "GET" ? undefined : body, headers), what);
		if (code) assert.equal(problem.code, code);
	});

test("plain JSON endpoints: every one refuses or answers any query, by any method", async () => {
	for (const { name, path, meta } of endpoints(contract)) {
		for (const method of ["GET", "POST", "PUT", "DELETE", "PATCH"]) {
			const query = method === "GET" ? "?unitId=-1&id=x&on=2023-02-30&limit=1e99&q[]=1&__proto__[a]=1&on=2" : "";
			const answer = await send(method, path + query, method === "GET" ? undefined : '{"unitId":{"$gt":0},"id":[]}');
			const reads = method === "GET" && !meta.writes;
			if (!(reads && answer.status === 200)) assertProblem(answer, `${method} ${name}`);
		}
	}
});

test("nothing of all that stays, and nothing of it was unforeseen", async () => {
	assert.deepEqual(await stateOf(database.owner), before);
	assert.deepEqual(unforeseen, []);
});

test("a command id used again: the first answer for the same, a Problem for anything else or anyone else", async () => {
	const commandId = uuidv7();
	const headers = { "x-command-id": commandId };
	const first = await send("POST", "/api/members/add", JSON.stringify(add), headers);
	assert.equal(first.status, 200, first.text);
	const once = await stateOf(database.owner);
	const again = await send("POST", "/api/members/add", JSON.stringify(add), headers);
	assert.deepEqual(JSON.parse(again.text), JSON.parse(first.text));
	const others = [
		["/api/members/add", { ...add, name: "Người khác" }, headers],
		["/api/members/propose", add, headers],
		["/api/members/add", add, { ...headers, "x-test-person": "clerk" }],
	] as const;
	for (const [path, input, sent] of others) {
		const { code } = assertProblem(await send("POST", path, JSON.stringify(input), sent), path);
		assert.equal(code, "command.reused");
	}
	assert.deepEqual(await stateOf(database.owner), once);
	assert.deepEqual(unforeseen, []);
});
