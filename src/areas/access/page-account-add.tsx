import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { SelectField, TextField } from "../../ui/FormField.tsx";
import { fieldError } from "../../ui/ProblemAlert.tsx";
import { type UnitChoice, UnitPicker } from "../../ui/UnitPicker.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { useSession } from "../../web/session.ts";
import { findUnits } from "../units/page-find.ts";
import { PasswordSlip } from "./page-slip.tsx";
import { suggested } from "./page-username.ts";

/** An account for somebody of one's own unit or below; its one-time password is shown once. */
export function AddAccount({ onClose }: { onClose: () => void }) {
	const { unit: own, today } = useSession();
	const [name, setName] = useState("");
	const [username, setUsername] = useState<string | null>(null);
	const [unit, setUnit] = useState<UnitChoice>({ id: String(own.id), code: own.code ?? "", name: own.name });
	const [role, setRole] = useState("");
	const search = useMemo(() => findUnits({ on: today, within: own.id }), [today, own.id]);
	const roles = useQuery(api.access.givableRoles.queryOptions({ input: { unitId: Number(unit.id) } }));
	const [made, setMade] = useState<{ username: string; name: string; password: string } | null>(null);
	const add = useCommand(client.access.addAccount, {
		refresh: [api.access.accounts.key()],
		onDone: ({ account, oneTimePassword }) =>
			setMade({ username: account.username, name: account.displayName, password: oneTimePassword }),
	});
	if (made) return <PasswordSlip {...made} unit={unit.name} onClose={onClose} />;
	const shownUsername = username ?? suggested(name);
	const ready = shownUsername.length >= 3 && role !== "";
	return (
		<FormDialog
			title="Thêm tài khoản"
			note="Mỗi người một tài khoản; không dùng chung, để biết ai đã làm gì."
			confirm="Lập tài khoản"
			onClose={onClose}
			command={add}
			fields={["username", "displayName", "role", "unitId"]}
			ready={ready}
			onConfirm={() => add.run({ username: shownUsername, displayName: name, role, unitId: Number(unit.id) })}
		>
			<TextField
				label="Họ và tên"
				required
				value={name}
				onChange={setName}
				error={fieldError(add.problem, "displayName")}
			/>
			<TextField
				label="Tên đăng nhập"
				required
				value={shownUsername}
				onChange={setUsername}
				hint="Chữ thường không dấu, chữ số, dấu chấm."
				error={fieldError(add.problem, "username")}
			/>
			<UnitPicker
				label="Đơn vị"
				required
				value={unit}
				onChange={(chosen) => {
					if (chosen) setUnit(chosen);
					setRole("");
				}}
				search={search}
				error={fieldError(add.problem, "unitId")}
			/>
			<SelectField
				label="Quyền sử dụng"
				required
				value={role}
				onChange={setRole}
				none={roles.data?.length === 0 ? "Không giao được quyền nào ở đơn vị này" : "Chọn quyền"}
				choices={(roles.data ?? []).map((one) => ({ value: one.role, label: one.label }))}
				error={fieldError(add.problem, "role")}
			/>
		</FormDialog>
	);
}
