import { displayNumber } from "../core/number.ts";
import { type Command, optional, print, UsageError } from "./command.ts";
import { operate } from "./operate.ts";

/** So many pairs are asked for at once. */
const PAGE = 200;

interface Side {
	personId: string | null;
	name: string;
	commune: string;
	branch: string;
}
interface Pair {
	score: number;
	reasonText: string;
	sides: Side[];
}
interface Page {
	rows: Pair[];
	next: string | null;
}

export const membersDuplicates: Command = {
	name: "members duplicates",
	usage: "--find | --unit MÃ",
	summary: "Rà soát nghi trùng người trong cả nước, hoặc các cặp nghi trùng chưa trả lời của một đơn vị",
	options: { find: { type: "boolean" }, unit: { type: "string" } },
	async run(invocation) {
		const code = optional(invocation, "unit");
		const isPass = invocation.values.find === true;
		if (isPass === (code !== undefined)) throw new UsageError("Hãy ghi --find hoặc --unit MÃ.");
		if (isPass) {
			const found = await operate(invocation, ({ call }) => call("members.findDuplicates", {}));
			print(invocation, found, [
				`Đã so ${displayNumber(found.compared)} quá trình tham gia: ${displayNumber(found.pairs)} cặp nghi trùng, ${displayNumber(found.raised)} cặp mới, ${displayNumber(found.gone)} cặp không còn.`,
			]);
			return undefined;
		}
		const pairs = await operate(invocation, async ({ call }) => {
			const all: Pair[] = [];
			let after: string | undefined;
			do {
				const page: Page = await call("members.duplicatePairs", { code, limit: PAGE, after });
				all.push(...page.rows);
				after = page.next ?? undefined;
			} while (after !== undefined);
			return all;
		});
		print(invocation, pairs, [
			...pairs.map(({ score, reasonText, sides }) =>
				[
					score,
					...sides.map(({ name, branch, commune }) => [name, branch, commune].filter(Boolean).join(", ")),
					reasonText,
				].join("\t"),
			),
			`Tổng số: ${displayNumber(pairs.length)} cặp.`,
		]);
		return undefined;
	},
};
