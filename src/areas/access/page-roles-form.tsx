import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { CheckField } from "../../ui/FormField.tsx";
import { toast } from "../../ui/Toast.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import type { Account } from "./page-account-words.ts";
import { useFreshAfterStale } from "./page-stale.ts";

/** Which roles an account holds at its unit; those it holds elsewhere stay. */
export function RolesForm({ account, onClose }: { account: Account; onClose: () => void }) {
	const givable = useQuery(api.access.givableRoles.queryOptions({ input: { unitId: account.unitId } }));
	const here = account.roles.filter(({ unitId }) => unitId === account.unitId).map(({ role }) => role);
	const elsewhere = account.roles.filter(({ unitId }) => unitId !== account.unitId);
	const [chosen, setChosen] = useState(here);
	const save = useCommand(client.access.setRoles, {
		refresh: [api.access.accounts.key()],
		onDone: () => {
			toast({ text: "Đã đổi quyền sử dụng." });
			onClose();
		},
	});
	useFreshAfterStale(save.problem);
	const held = account.roles.map(({ label, unitName }) => `${label} (${unitName})`).join("; ");
	const roles = [
		...elsewhere.map(({ role, unitId }) => ({ role, unitId })),
		...chosen.map((role) => ({ role, unitId: account.unitId })),
	];
	return (
		<FormDialog
			opened
			title={`Quyền sử dụng của ${account.displayName || account.username}`}
			note={`Quyền tại ${account.unitName}. Đang có: ${held}.`}
			confirm="Đổi quyền"
			onClose={onClose}
			busy={save.busy}
			problem={save.problem}
			ready={roles.length > 0}
			onConfirm={() => save.run({ id: account.id, version: account.version, roles })}
		>
			{(givable.data ?? []).map(({ role, label }) => (
				<CheckField
					key={role}
					label={label}
					value={chosen.includes(role)}
					onChange={(on) => setChosen(on ? [...chosen, role] : chosen.filter((one) => one !== role))}
				/>
			))}
		</FormDialog>
	);
}
