import { useState } from "react";
import { addMonths } from "../../core/day.ts";
import { missingToPass } from "../../core/rate.ts";
import { DayField } from "../../ui/DayField.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { NumberField, TextField } from "../../ui/FormField.tsx";
import { count } from "../../ui/format.ts";
import { useSession } from "../../web/session.ts";
import css from "./page.module.css";
import { Choices } from "./page-choices.tsx";
import { useSaveCase } from "./page-save.ts";
import type { FormProps } from "./page-story.tsx";

interface Line {
	key: number;
	day: string | null;
	members: number | null;
	note: string;
}

/** The road map: how many members on which day; proposed by half-years where there is none. The last must be over 60 %. */
export function RoadMapForm({ shown, found, onClose }: FormProps) {
	const { today } = useSession();
	const { row } = shown;
	const [lines, setLines] = useState<Line[]>(() => {
		const before = found.milestones.length > 0 ? found.milestones : shown.proposed.map((one) => ({ ...one, note: "" }));
		return before.map(({ day, members, note }, key) => ({ key, day, members, note }));
	});
	const [made, setMade] = useState(100);
	const save = useSaveCase(onClose);
	const change = (key: number, part: Partial<Line>) =>
		setLines((old) => old.map((line) => (line.key === key ? { ...line, ...part } : line)));
	const need = row.women18 === null ? null : row.members + missingToPass(row.members, row.women18);
	return (
		<FormDialog
			title="Lộ trình đến trên 60%"
			note={
				need === null
					? "Chưa có số phụ nữ từ 18 tuổi trở lên nên chưa biết cần bao nhiêu hội viên."
					: `Hôm nay có ${count(row.members)} hội viên. Mốc cuối phải từ ${count(need)} hội viên trở lên.${found.milestones.length === 0 && lines.length > 0 ? " Các mốc dưới đây chia đều theo kỳ 6 tháng; hãy sửa cho sát thực tế." : ""}`
			}
			confirm="Ghi lộ trình"
			onClose={onClose}
			command={save}
			onConfirm={() =>
				save.run({
					unitId: shown.unit.unitId,
					version: found.version,
					milestones: lines
						.map(({ day, members, note }) => ({ day: day ?? today, members: members ?? 0, note }))
						.sort((a, b) => (a.day < b.day ? -1 : 1)),
				})
			}
		>
			{lines.map((line, at) => (
				<fieldset key={line.key} className={css.choice}>
					<legend>Mốc {at + 1}</legend>
					<DayField label="Đến hết ngày" required value={line.day} onChange={(day) => change(line.key, { day })} />
					<NumberField
						label="Phải có (hội viên)"
						required
						value={line.members}
						onChange={(members) => change(line.key, { members })}
					/>
					<TextField label="Ghi chú" value={line.note} onChange={(note) => change(line.key, { note })} />
					<p>
						<button
							type="button"
							className="link"
							onClick={() => setLines((old) => old.filter(({ key }) => key !== line.key))}
						>
							Bỏ mốc {at + 1}
						</button>
					</p>
				</fieldset>
			))}
			<p>
				<button
					type="button"
					className="link"
					onClick={() => {
						const day = addMonths(lines.at(-1)?.day ?? today, 6);
						setLines((old) => [...old, { key: made, day, members: need, note: "" }]);
						setMade(made + 1);
					}}
				>
					Thêm mốc
				</button>
			</p>
		</FormDialog>
	);
}

interface Resource {
	key: string;
	id: string | undefined;
	words: string;
	source: string;
	amount: number | null;
	onDay: string | null;
}

/** What the case lives on, and who works along with the Union. */
export function HelpForm({ shown, found, onClose }: FormProps) {
	const [resources, setResources] = useState<Resource[]>(() => found.resources.map((one) => ({ ...one, key: one.id })));
	const [partners, setPartners] = useState(() => found.partners.map(({ partner, task }) => ({ partner, task })));
	const [made, setMade] = useState(0);
	const save = useSaveCase(onClose);
	const change = (key: string, part: Partial<Resource>) =>
		setResources((old) => old.map((one) => (one.key === key ? { ...one, ...part } : one)));
	return (
		<FormDialog
			title="Nguồn lực và lực lượng phối hợp"
			confirm="Ghi nguồn lực, phối hợp"
			onClose={onClose}
			command={save}
			onConfirm={() =>
				save.run({
					unitId: shown.unit.unitId,
					version: found.version,
					resources: resources.map(({ id, words, source, amount, onDay }) => ({ id, words, source, amount, onDay })),
					partners,
				})
			}
		>
			<h3>Nguồn lực</h3>
			{resources.map((one, at) => (
				<fieldset key={one.key} className={css.choice}>
					<legend>Nguồn lực {at + 1}</legend>
					<TextField label="Nội dung" required value={one.words} onChange={(words) => change(one.key, { words })} />
					<NumberField
						label="Số tiền (đồng, nếu có)"
						value={one.amount}
						onChange={(amount) => change(one.key, { amount })}
						max={1_000_000_000_000}
					/>
					<TextField
						label="Của ai, theo văn bản nào"
						value={one.source}
						onChange={(source) => change(one.key, { source })}
					/>
					<DayField label="Ngày" value={one.onDay} onChange={(onDay) => change(one.key, { onDay })} />
					<p>
						<button
							type="button"
							className="link"
							onClick={() => setResources((old) => old.filter(({ key }) => key !== one.key))}
						>
							Bỏ nguồn lực {at + 1}
						</button>
					</p>
				</fieldset>
			))}
			<p>
				<button
					type="button"
					className="link"
					onClick={() => {
						const line = { key: `new ${made}`, id: undefined, words: "", source: "", amount: null, onDay: null };
						setResources((old) => [...old, line]);
						setMade(made + 1);
					}}
				>
					Thêm nguồn lực
				</button>
			</p>
			<h3>Lực lượng phối hợp</h3>
			<Choices
				kind="partner"
				rows={partners}
				codeOf={({ partner }) => partner}
				make={(partner) => ({ partner, task: "" })}
				onChange={setPartners}
			>
				{(row, change) => <TextField label="Cùng làm việc gì" value={row.task} onChange={(task) => change({ task })} />}
			</Choices>
		</FormDialog>
	);
}
