import { Button } from "@mantine/core";
import { useState } from "react";
import { CheckField, SelectField } from "../../ui/FormField.tsx";
import { count } from "../../ui/format.ts";
import { ProblemAlert } from "../../ui/ProblemAlert.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import type { Parted } from "./contract.ts";

const REFRESH = [
	api.reorganisations.key(),
	api.gathering.key(),
	api.units.key(),
	api.members.key(),
	api.populations.key(),
];

type Chosen = { branchIds?: number[]; spellIds?: string[] };

/** The choice of a part and the button that puts there what was chosen above it. */
export function AssignTo(props: { parted: Parted; chosen: Chosen; what: string; onDone: () => void }) {
	const { parted, chosen, what } = props;
	const [to, setTo] = useState("");
	const parts = parted.parts.filter((part) => part.mayAssign);
	const size = (chosen.branchIds?.length ?? 0) + (chosen.spellIds?.length ?? 0);
	const name = parts.find((part) => String(part.unitId) === to)?.name;
	const send = useCommand(client.reorganisations.assign, {
		refresh: REFRESH,
		said: `Đã phân ${count(size)} ${what} về ${name ?? "đơn vị mới"}.`,
		onDone: props.onDone,
	});
	return (
		<>
			<div className="row" style={{ alignItems: "end" }}>
				<SelectField
					label={`Phân ${what} đã chọn về`}
					none="Chọn đơn vị mới"
					value={to}
					onChange={setTo}
					choices={parts.map((part) => ({ value: String(part.unitId), label: part.name }))}
				/>
				<Button
					disabled={size === 0 || to === ""}
					loading={send.busy}
					onClick={() => send.run({ unitId: parted.unitId, toUnitId: Number(to), ...chosen })}
				>
					{size > 0 && name ? `Phân ${count(size)} ${what} về ${name}` : `Phân ${what}`}
				</Button>
			</div>
			<ProblemAlert problem={send.problem} />
		</>
	);
}

/** The branches that wait, with their members of the day of the parting; several may be chosen. */
export function AssignBranches({ parted, mayAssign }: { parted: Parted; mayAssign: boolean }) {
	const [picked, setPicked] = useState<number[]>([]);
	const words = (branch: Parted["branches"][number]) => `${branch.name}: ${count(branch.members)} hội viên`;
	if (!mayAssign)
		return (
			<ul>
				{parted.branches.map((branch) => (
					<li key={branch.unitId}>{words(branch)}</li>
				))}
			</ul>
		);
	return (
		<>
			<h3>{count(parted.branches.length)} chi hội chờ phân</h3>
			{parted.branches.map((branch) => (
				<CheckField
					key={branch.unitId}
					label={words(branch)}
					value={picked.includes(branch.unitId)}
					onChange={(on) => setPicked(on ? [...picked, branch.unitId] : picked.filter((id) => id !== branch.unitId))}
				/>
			))}
			<AssignTo parted={parted} chosen={{ branchIds: picked }} what="chi hội" onDone={() => setPicked([])} />
		</>
	);
}
