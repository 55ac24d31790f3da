import { useState } from "react";
import { DayField } from "../../ui/DayField.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { NumberField, SelectField, TextArea, TextField } from "../../ui/FormField.tsx";
import { useSession } from "../../web/session.ts";
import { Choices } from "./page-choices.tsx";
import { useSaveCase } from "./page-save.ts";
import type { FormProps } from "./page-story.tsx";
import { WEIGHT_WORDS } from "./rules.ts";

const WEIGHTS = Object.entries(WEIGHT_WORDS).map(([value, label]) => ({ value, label }));

/** The causes that hold here, each with its weight and evidence (annex 2.1). */
export function CausesForm({ shown, found, onClose }: FormProps) {
	const [rows, setRows] = useState(() =>
		found.causes.map(({ cause, weight, evidence }) => ({ cause, weight, evidence })),
	);
	const save = useSaveCase(onClose);
	return (
		<FormDialog
			title="Nguyên nhân khó tập hợp"
			note="Chọn những nguyên nhân đúng với cơ sở, ghi căn cứ: con số, ví dụ, ai nói."
			confirm="Ghi nguyên nhân"
			onClose={onClose}
			command={save}
			onConfirm={() => save.run({ unitId: shown.unit.unitId, version: found.version, causes: rows })}
		>
			<Choices
				kind="cause"
				rows={rows}
				codeOf={({ cause }) => cause}
				make={(cause) => ({ cause, weight: 2, evidence: "" })}
				onChange={setRows}
			>
				{(row, change) => (
					<>
						<SelectField
							label="Mức độ"
							value={String(row.weight)}
							onChange={(weight) => change({ weight: Number(weight) })}
							choices={WEIGHTS}
						/>
						<TextArea label="Căn cứ" rows={2} value={row.evidence} onChange={(evidence) => change({ evidence })} />
					</>
				)}
			</Choices>
		</FormDialog>
	);
}

/** The hard-to-gather groups with how many women of each are not members yet. */
export function GroupsForm({ shown, found, onClose }: FormProps) {
	const [rows, setRows] = useState(() => found.groups.map(({ group, women, note }) => ({ group, women, note })));
	const save = useSaveCase(onClose);
	return (
		<FormDialog
			title="Nhóm phụ nữ khó tập hợp"
			note="Ghi số chị chưa vào Hội của từng nhóm. Một chị thuộc hai nhóm thì ghi ở nhóm chính."
			confirm="Ghi nhóm phụ nữ"
			onClose={onClose}
			command={save}
			onConfirm={() => save.run({ unitId: shown.unit.unitId, version: found.version, groups: rows })}
		>
			<Choices
				kind="group"
				rows={rows}
				codeOf={({ group }) => group}
				make={(group): (typeof rows)[number] => ({ group, women: null, note: "" })}
				onChange={setRows}
			>
				{(row, change, entry) => (
					<>
						<NumberField
							label={`Số chị chưa vào Hội: ${entry.words}`}
							value={row.women}
							onChange={(women) => change({ women })}
						/>
						<TextArea label="Ghi chú" rows={2} value={row.note} onChange={(note) => change({ note })} />
					</>
				)}
			</Choices>
		</FormDialog>
	);
}

/** The solutions, by the annex's groups a–d, each since when and by whom. */
export function SolutionsForm({ shown, found, onClose }: FormProps) {
	const { today } = useSession();
	const [rows, setRows] = useState(() =>
		found.solutions.map(({ id, solution, cause, begunOn, endedOn, responsible, note }) => ({
			id: id as string | undefined,
			solution,
			cause,
			begunOn,
			endedOn,
			responsible,
			note,
		})),
	);
	const save = useSaveCase(onClose);
	const causes = found.causes.map(({ cause, words }) => ({ value: cause, label: words }));
	return (
		<FormDialog
			title="Giải pháp"
			note="Ngày bắt đầu ở tương lai là giải pháp dự kiến. Từ ngày này phần mềm so tỷ lệ trước và sau."
			confirm="Ghi giải pháp"
			onClose={onClose}
			command={save}
			onConfirm={() => save.run({ unitId: shown.unit.unitId, version: found.version, solutions: rows })}
		>
			<Choices
				kind="solution"
				rows={rows}
				codeOf={({ solution }) => solution}
				make={(solution): (typeof rows)[number] => ({
					id: undefined,
					solution,
					cause: null,
					begunOn: today,
					endedOn: null,
					responsible: "",
					note: "",
				})}
				onChange={setRows}
			>
				{(row, change) => (
					<>
						<DayField
							label="Bắt đầu từ ngày"
							required
							value={row.begunOn}
							onChange={(day) => change({ begunOn: day ?? today })}
						/>
						<DayField
							label="Đến ngày (để trống: chưa thôi)"
							value={row.endedOn}
							onChange={(endedOn) => change({ endedOn })}
						/>
						<TextField
							label="Ai thực hiện"
							value={row.responsible}
							onChange={(responsible) => change({ responsible })}
						/>
						{causes.length > 0 ? (
							<SelectField
								label="Cho nguyên nhân"
								none="Mọi nguyên nhân"
								value={row.cause ?? ""}
								onChange={(cause) => change({ cause: cause === "" ? null : cause })}
								choices={causes}
							/>
						) : null}
						<TextArea label="Ghi chú" rows={2} value={row.note} onChange={(note) => change({ note })} />
					</>
				)}
			</Choices>
		</FormDialog>
	);
}
