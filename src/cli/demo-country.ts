import { displayNumber } from "../core/number.ts";
import { currentMode } from "../db/mode.ts";
import { openProgramDatabase } from "../db/open.ts";
import { readSettings } from "../db/settings.ts";
import { loadCountry } from "../demo/country.ts";
import { type Command, type Invocation, operatorsAlone, optional, print, UsageError } from "./command.ts";

const LARGEST = 40_000_000;

export const demoCountry: Command = {
	name: "demo country",
	usage: "--members SỐ [--seed SỐ]",
	summary: "Tạo dữ liệu minh họa của cả nước, từng hội viên, trong cơ sở dữ liệu minh họa còn trống (để đo tốc độ)",
	options: { members: { type: "string" }, seed: { type: "string" } },
	async run(invocation) {
		operatorsAlone(invocation);
		const members = wholeNumber(invocation, "members", 1, LARGEST);
		const seed = optional(invocation, "seed") === undefined ? 1 : wholeNumber(invocation, "seed", 0, 2 ** 31);
		const settings = readSettings();
		// A new folder becomes a demo; in one that is in real use the country stands beside, and is never served.
		currentMode(settings.dataDir, "demo");
		const database = await openProgramDatabase(settings, "demo", { size: 2, only: "demo" });
		try {
			const say = (line: string) => process.stderr.write(`${line}\n`);
			const made = await loadCountry(database.ownerUrl, database.vault, { members, seed, say });
			print(invocation, made, [
				`Đã tạo ${displayNumber(made.members)} hội viên ở ${displayNumber(made.communes)} cơ sở, ${displayNumber(made.units)} chi hội, câu lạc bộ và tổ chức cơ sở đặc thù, ${displayNumber(made.headcounts)} số liệu tổng hợp.`,
				...Object.entries(made.seconds).map(([part, seconds]) => `  ${part}: ${seconds} s`),
			]);
		} finally {
			await database.close();
		}
		return undefined;
	},
};

function wholeNumber(invocation: Invocation, name: string, least: number, most: number): number {
	const value = Number(optional(invocation, name) ?? "");
	if (Number.isInteger(value) && value >= least && value <= most) return value;
	throw new UsageError(`--${name} phải là số nguyên từ ${displayNumber(least)} đến ${displayNumber(most)}.`);
}
