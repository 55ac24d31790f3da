import { OFFICER_ROLES } from "../areas/assistance/rules.ts";
import { isDay } from "../core/day.ts";
import { displayNumber } from "../core/number.ts";
import { Problem } from "../core/problem.ts";
import { type Command, oneOf, optional, print, required, UsageError } from "./command.ts";
import { operate } from "./operate.ts";

interface Shown {
	unit: { name: string };
	rows: { unitId: number; code: string | null; name: string }[];
	carriers: { accountId: string; name: string; place: string }[];
}

export const assistanceAssign: Command = {
	name: "assistance assign",
	usage:
		"--unit MÃ_TỈNH --communes MÃ,MÃ|all --officer TÊN_HIỂN_THỊ [--role officer|committee] [--since NGÀY] [--document SỐ]",
	summary: "Phân công cán bộ phụ trách, hoặc ủy viên Ban Chấp hành giúp đỡ, cho các cơ sở của một đơn vị",
	options: {
		unit: { type: "string" },
		communes: { type: "string" },
		officer: { type: "string" },
		role: { type: "string" },
		since: { type: "string" },
		document: { type: "string" },
	},
	async run(invocation) {
		const unit = required(invocation, "unit");
		const wanted = required(invocation, "communes");
		const officer = required(invocation, "officer");
		const role = oneOf(invocation, "role", OFFICER_ROLES) ?? "officer";
		const since = optional(invocation, "since");
		if (since !== undefined && !isDay(since)) throw new UsageError("--since phải có dạng năm-tháng-ngày.");
		const answer = await operate(invocation, async ({ call }) => {
			const shown = await call<Shown>("assistance.portfolios", { unit });
			return call<{ assigned: number }>("assistance.assignOfficer", {
				communeIds: communesIn(shown, wanted),
				role,
				accountId: carrierIn(shown, officer),
				since,
				document: optional(invocation, "document"),
			});
		});
		print(invocation, answer, [`Đã phân công ${displayNumber(answer.assigned)} cơ sở.`]);
		return undefined;
	},
};

function communesIn({ rows, unit }: Shown, wanted: string): number[] {
	if (wanted === "all") return rows.map(({ unitId }) => unitId);
	const byCode = new Map(rows.map(({ code, unitId }) => [code, unitId]));
	return wanted.split(",").map((code) => {
		const found = byCode.get(code.trim());
		if (found === undefined)
			throw new Problem("assistance.no_commune", 422, `${unit.name} không có cơ sở mang mã ${code.trim()}.`);
		return found;
	});
}

/** The one account of this name; two of a name are not guessed between. */
function carrierIn({ carriers }: Shown, name: string): string {
	const found = carriers.filter((one) => one.name === name);
	if (found.length === 1) return found[0].accountId;
	throw new Problem(
		"assistance.not_carrier",
		422,
		found.length === 0
			? `Không có cán bộ nào tên “${name}” phụ trách được cơ sở ở đây. Có: ${carriers.map((one) => one.name).join(", ") || "chưa có ai"}.`
			: `Có ${found.length} tài khoản cùng tên “${name}”. Hãy phân công trên màn hình.`,
	);
}
