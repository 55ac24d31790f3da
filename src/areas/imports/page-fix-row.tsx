import { Button } from "@mantine/core";
import { useState } from "react";
import { Buttons } from "../../ui/Buttons.tsx";
import { Form, FormProblem } from "../../ui/Form.tsx";
import { TextField } from "../../ui/FormField.tsx";
import { toast } from "../../ui/Toast.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { ROSTER_FIELD_LABELS, ROSTER_FIELDS, type RosterField } from "../members/rules-roster-fields.ts";
import type { ImportShow, StagedRow } from "./contract.ts";
import css from "./page-import.module.css";

/** What can be asked of any row, beside what the file wrote. */
const ALWAYS: RosterField[] = ["name", "birth", "nationalId", "joined", "branch"];
/** Fields that make sense only inside the file. */
const NEVER: RosterField[] = ["number", "errors"];

/** The row's texts as the file has them, to be put right as one would in Excel; days in any order a file may use. */
export function FixRow(props: { show: ImportShow; row: StagedRow; onClose: () => void }) {
	const { show, row, onClose } = props;
	const written = row.written ?? {};
	const [typed, setTyped] = useState<Partial<Record<RosterField, string>>>({});
	const fix = useCommand(client.imports.fixRow, {
		refresh: [api.imports.key(), api.members.key(), api.gathering.key()],
		onDone: (now) => {
			const waits = now.action === "refuse";
			toast({ text: waits ? `Dòng ${row.row} vẫn còn lỗi.` : `Đã sửa dòng ${row.row}.` });
			if (!waits) onClose();
		},
	});
	const fields = ROSTER_FIELDS.filter(
		(field) => !NEVER.includes(field) && (field in written || (ALWAYS.includes(field) && !isSplit(field, written))),
	);
	return (
		<Form command={fix} onSubmit={() => fix.run({ id: show.id, position: row.position, fields: typed })}>
			<div className={css.fields}>
				{fields.map((field) => (
					<TextField
						key={field}
						name={field}
						label={ROSTER_FIELD_LABELS[field]}
						value={typed[field] ?? written[field] ?? ""}
						onChange={(text) => setTyped({ ...typed, [field]: text })}
					/>
				))}
			</div>
			<FormProblem />
			<Buttons>
				<Button type="submit" loading={fix.busy} disabled={Object.keys(typed).length === 0}>
					Lưu dòng này
				</Button>
				<Button variant="default" onClick={onClose}>
					Để sau
				</Button>
			</Buttons>
		</Form>
	);
}

/** True where the file keeps a field in several columns: family and given name, or day, month and year of birth. */
function isSplit(field: RosterField, written: Record<string, string>): boolean {
	if (field === "name") return "givenName" in written;
	if (field === "birth") return ["birthYear", "birthMale", "birthFemale"].some((part) => part in written);
	return false;
}
