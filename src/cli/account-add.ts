import { GIVEN_ROLES } from "../areas/access/rules.ts";
import type { Day } from "../core/day.ts";
import { type Command, oneOf, print, required, UsageError } from "./command.ts";
import { dayOption } from "./day-option.ts";
import { type Operation, operate } from "./operate.ts";

interface Place {
	id: number;
	name: string;
}

export const accountAdd: Command = {
	name: "account add",
	usage: "--username TÊN --role QUYỀN --unit MÃ [--as-of NGÀY]",
	summary: `Lập tài khoản, in ra mật khẩu dùng một lần; quyền: ${GIVEN_ROLES.join(", ")}`,
	options: {
		username: { type: "string" },
		role: { type: "string" },
		unit: { type: "string" },
		"as-of": { type: "string" },
	},
	async run(invocation) {
		const username = required(invocation, "username");
		const role = oneOf(invocation, "role", GIVEN_ROLES);
		if (!role) throw new UsageError("Thiếu --role.");
		const code = required(invocation, "unit");
		const on = dayOption(invocation, "as-of");
		const { account, oneTimePassword } = await operate(invocation, async (operation) => {
			const unit = await placeToday(operation, code, on);
			return operation.call("access.addAccount", { username, role, unitId: unit.id });
		});
		const answer = { username: account.username, role, unit: account.unitName, oneTimePassword };
		print(invocation, answer, [
			`${account.username}: ${account.roles[0].label}, ${account.unitName}`,
			`Mật khẩu dùng một lần (7 ngày): ${oneTimePassword}`,
		]);
		return undefined;
	},
};

/** The unit that bore the code on the day; where it has ended, the one that took it over whole, because people work there now. */
async function placeToday({ call }: Operation, code: string, on: Day | undefined): Promise<Place> {
	const first = await call("units.show", { code, on });
	let place: Place & { to: Day | null } = first.unit;
	let { successors } = first as { successors: { id: number; on: Day; part: string }[] };
	while (place.to !== null) {
		const whole = successors.find(({ part }) => part === "full");
		if (!whole) break;
		({ unit: place, successors } = await call("units.show", { id: whole.id, on: whole.on }));
		process.stderr.write(`Đơn vị mang mã ${code} nay thuộc ${place.name}; tài khoản được lập ở đó.\n`);
	}
	return place;
}
