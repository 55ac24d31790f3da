import assert from "node:assert/strict";
import { createServer, type Socket } from "node:net";
import { after, test } from "node:test";
import { openTestDatabase, refused } from "../../test/kit.ts";
import { remindersByDay } from "./jobs-reminders.ts";
import { readChannels } from "./reminders.ts";

/** A mail server of a few words on the loopback address: takes what is sent, refuses who is not known. */
async function openMailServer() {
	const mails: { from: string; to: string; data: string }[] = [];
	const answer = (socket: Socket, mail: { from: string; to: string; data: string }, line: string) => {
		const [verb] = line.split(" ", 1);
		const address = /<([^>]*)>/.exec(line)?.[1] ?? "";
		if (verb === "EHLO" || verb === "HELO") return socket.write("250 mail.test\r\n");
		if (verb === "MAIL") mail.from = address;
		if (verb === "RCPT") {
			if (address.startsWith("nobody@")) return socket.write(`550 5.1.1 <${address}> unknown\r\n`);
			mail.to = address;
		}
		if (verb === "QUIT") return socket.end("221 bye\r\n");
		return socket.write(verb === "DATA" ? "354 go on\r\n" : "250 ok\r\n");
	};
	const server = createServer((socket) => {
		let rest = "";
		let mail = { from: "", to: "", data: "" };
		let inData = false;
		socket.write("220 mail.test\r\n");
		socket.on("data", (chunk) => {
			rest += chunk.toString();
			for (let end = rest.indexOf("\r\n"); end >= 0; end = rest.indexOf("\r\n")) {
				const line = rest.slice(0, end);
				rest = rest.slice(end + 2);
				if (inData && line === ".") {
					inData = false;
					mails.push(mail);
					mail = { from: "", to: "", data: "" };
					socket.write("250 taken\r\n");
				} else if (inData) mail.data += `${line}\n`;
				else {
					answer(socket, mail, line);
					inData = line === "DATA";
				}
			}
		});
		// The client hangs up as it likes.
		socket.on("error", () => undefined);
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	after(() => new Promise((resolve) => server.close(resolve)));
	const { port } = server.address() as { port: number };
	return { mails, url: `smtp://127.0.0.1:${port}` };
}

/** The words of a mail, however it was packed for the way. */
function bodyOf(data: string): string {
	const at = data.indexOf("\n\n");
	const body = data.slice(at + 2);
	if (/^content-transfer-encoding: base64/im.test(data.slice(0, at))) return Buffer.from(body, "base64").toString();
	const bytes = body
		.replace(/=\n/g, "")
		.replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
	return Buffer.from(bytes, "latin1").toString();
}

const TODAY = "2025-11-29";
const ALL_DAY = { from: 0, to: 23 };
const database = await openTestDatabase({ today: TODAY });
const { call, operator, owner, person, unit } = database;
const mail = await openMailServer();
const channels = readChannels({ TAPHOP_SMTP_URL: mail.url, TAPHOP_SMTP_FROM: "nhac.viec@hoi.test" });
const job = remindersByDay(database, { channels, url: "https://taphop.test" }, ALL_DAY, TODAY);
after(() => job.stop());
const codes = (
	await owner.query(
		"select code from app.territory where kind = 'commune' and since <= '2025-11-24' and until > '2025-11-24' order by place limit 3",
	)
).rows.map(({ code }) => code as string);
const [chair, late, auditor] = [
	await person("chair.one", "commune_chair", codes[0]),
	await person("chair.two", "commune_chair", codes[1]),
	await person("auditor.one", "auditor", codes[0]),
];
const { periodId } = await call(operator, "reports.open", {
	kind: "half_year",
	name: "6 tháng cuối năm 2025",
	opensOn: "2025-11-10",
	from: "2025-06-10",
	dataUntil: "2025-11-24",
	dueOn: "2025-12-15",
	dueLevels: { commune: "2025-11-30" },
	levels: ["commune", "province", "centre"],
});
const sentTo = () => mail.mails.map(({ to }) => to).sort();

test("an address is one's own: seen, changed and taken back by nobody else; it must be one", async () => {
	await assert.rejects(call(chair, "reports.setReminder", { address: "not an address" }), refused("input.invalid"));
	for (const [who, address] of [
		[chair, "chi.mot@hoi.test"],
		[late, "nobody@hoi.test"],
		[auditor, "kiem.tra@hoi.test"],
	] as const)
		await call(who, "reports.setReminder", { address });
	assert.deepEqual(await call(chair, "reports.reminder"), {
		reminder: { channel: "email", address: "chi.mot@hoi.test" },
	});
	const { rows } = await owner.query(
		"select detail::text as detail from app.audit where action = 'reports.setReminder'",
	);
	assert.equal(rows.length, 3);
	assert.ok(
		rows.every(({ detail }) => !detail.includes("@")),
		"no address in the log",
	);
});

test("who has not sent is reminded once of each stage, who only looks is not; an address that is refused is tried again", async () => {
	await assert.rejects(job.run(), /^Error: 1 reminders not sent: EENVELOPE 550$/, "the code alone, never the address");
	assert.deepEqual(sentTo(), ["chi.mot@hoi.test"]);
	const { data, from } = mail.mails[0] as { data: string; from: string };
	assert.equal(from, "nhac.viec@hoi.test");
	const words = bodyOf(data);
	for (const said of ["6 tháng cuối năm 2025", "30/11/2025", "https://taphop.test/reports"])
		assert.ok(words.includes(said), said);
	assert.ok(!words.includes("chair.one"), "nothing of any person");
	await job.run();
	assert.deepEqual(sentTo(), ["chi.mot@hoi.test"], "nobody twice of one stage, and no second try within the hour");
	await owner.query("update app.reminder_sent set tried_at = now() - interval '1 hour'");
	await assert.rejects(job.run(), /EENVELOPE/);
	await owner.query("update app.reminder_sent set tried_at = now() - interval '1 hour'");
	await assert.rejects(job.run(), /EENVELOPE/);
	await owner.query("update app.reminder_sent set tried_at = now() - interval '1 hour'");
	await job.run();
	const { rows } = await owner.query(
		"select attempts, sent_at is not null as sent from app.reminder_sent order by attempts",
	);
	assert.deepEqual(rows, [
		{ attempts: 1, sent: true },
		{ attempts: 3, sent: false },
	]);
});

test("a report that was sent is reminded of no more; a period that is closed neither; without a channel nothing is claimed", async () => {
	await owner.query("delete from app.reminder_sent");
	await remindersByDay(database, { channels: [], url: null }, ALL_DAY, TODAY).run();
	assert.equal((await owner.query("select from app.reminder_sent")).rowCount, 0);
	const unitId = await unit(codes[0] as string, "2025-11-29");
	const { live } = await call(chair, "reports.show", { periodId, unitId });
	await call(chair, "reports.draft", { periodId, unitId, version: 0, words: { results: "Đã rà soát." } });
	const { report } = await call(chair, "reports.show", { periodId, unitId });
	await call(chair, "reports.submit", { periodId, unitId, version: report.version, seen: live.seen, as: "Chủ tịch" });
	mail.mails.length = 0;
	await call(late, "reports.setReminder", { address: "chi.hai@hoi.test" });
	await job.run();
	assert.deepEqual(sentTo(), ["chi.hai@hoi.test"]);
	await owner.query("delete from app.reminder_sent");
	const { periods } = await call(operator, "reports.periods");
	await call(operator, "reports.setClosed", { periodId, version: periods[0].version, closed: true });
	await job.run();
	assert.equal((await owner.query("select from app.reminder_sent")).rowCount, 0);
	await call(late, "reports.setReminder", { address: "" });
	assert.deepEqual(await call(late, "reports.reminder"), { reminder: null });
});

test("settings that cannot be are refused without repeating the password in them", () => {
	assert.deepEqual(readChannels({}), []);
	assert.throws(
		() => readChannels({ TAPHOP_SMTP_URL: "http://u:geheim@x", TAPHOP_SMTP_FROM: "a@b" }),
		(error: Error) => !error.message.includes("geheim") && /TAPHOP_SMTP_URL/.test(error.message),
	);
	assert.throws(() => readChannels({ TAPHOP_SMTP_URL: "smtp://x" }), refused("setting.invalid"));
});
