import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { DayField } from "../../ui/DayField.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { NumberField, SelectField, TextArea, TextField } from "../../ui/FormField.tsx";
import { count } from "../../ui/format.ts";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { useSession } from "../../web/session.ts";
import css from "./page.module.css";
import type { Round } from "./page-round.tsx";

interface Line {
	unitId: number;
	name: string;
	attended: boolean | null;
	cause: string;
	solution: string;
	goalMembers: number | null;
	goalOn: string | null;
	fromCase: boolean;
}

/** The workshop of the second step: the communes asked, who came, and each one's cause, solution and milestone where its case does not say them. */
export function WorkshopForm({ round, onClose }: { round: Round; onClose: () => void }) {
	const { today } = useSession();
	const old = round.workshop;
	const [heldOn, setHeldOn] = useState<string | null>(old?.heldOn ?? today);
	const [place, setPlace] = useState(old?.place ?? "");
	const [goalCommunes, setGoalCommunes] = useState<number | null>(old?.goalCommunes ?? null);
	const [goalOn, setGoalOn] = useState<string | null>(old?.goalOn ?? null);
	const [resources, setResources] = useState(old?.resources ?? "");
	const [helpAsked, setHelpAsked] = useState(old?.helpAsked ?? "");
	const [lines, setLines] = useState<Line[]>(() =>
		round.communes.map((one) => ({ ...one, fromCase: one.caseCauses.length > 0 })),
	);
	const save = useCommand(client.assistance.setWorkshop, {
		refresh: [api.assistance.key()],
		said: "Đã ghi hội thảo.",
		onDone: onClose,
	});
	const change = (unitId: number, part: Partial<Line>) =>
		setLines((before) => before.map((one) => (one.unitId === unitId ? { ...one, ...part } : one)));
	return (
		<FormDialog
			title="Hội thảo với các cơ sở"
			confirm="Ghi hội thảo"
			onClose={onClose}
			command={save}
			onConfirm={() =>
				heldOn !== null &&
				save.run({
					roundId: round.id,
					version: old?.version ?? 0,
					heldOn,
					place,
					goalCommunes,
					goalOn,
					resources,
					helpAsked,
					communes: lines.map(({ name: _name, fromCase: _fromCase, ...line }) => line),
				})
			}
		>
			<DayField name="heldOn" label="Ngày hội thảo" required value={heldOn} onChange={setHeldOn} />
			<TextField name="place" label="Địa điểm" value={place} onChange={setPlace} maxLength={300} />
			<NumberField
				name="goalCommunes"
				label="Số cơ sở phấn đấu đạt từ 60% trở lên"
				hint="Tỉnh quyết định và chịu trách nhiệm."
				value={goalCommunes}
				onChange={setGoalCommunes}
				max={20_000}
			/>
			<DayField name="goalOn" label="Chậm nhất ngày" value={goalOn} onChange={setGoalOn} />
			<TextArea name="resources" label="Nguồn lực tỉnh bố trí" value={resources} onChange={setResources} />
			<TextArea name="helpAsked" label="Đề xuất Trung ương hỗ trợ (nếu có)" value={helpAsked} onChange={setHelpAsked} />
			<Invite round={round} lines={lines} onInvite={setLines} />
			{lines.map((line) => (
				<fieldset key={line.unitId} className={css.group}>
					<legend>{line.name}</legend>
					<SelectField
						label={`${line.name}: có dự`}
						value={line.attended === null ? "" : line.attended ? "yes" : "no"}
						onChange={(value) => change(line.unitId, { attended: value === "" ? null : value === "yes" })}
						none="Chưa ghi"
						choices={[
							{ value: "yes", label: "Có dự" },
							{ value: "no", label: "Không dự" },
						]}
					/>
					<TextArea
						label={`${line.name}: nguyên nhân`}
						hint={line.fromCase ? "Hồ sơ hỗ trợ của cơ sở đã ghi nguyên nhân; ở đây chỉ ghi thêm." : undefined}
						rows={2}
						value={line.cause}
						onChange={(cause) => change(line.unitId, { cause })}
					/>
					<TextArea
						label={`${line.name}: giải pháp`}
						rows={2}
						value={line.solution}
						onChange={(solution) => change(line.unitId, { solution })}
					/>
					<NumberField
						label={`${line.name}: số hội viên phải đạt`}
						value={line.goalMembers}
						onChange={(goalMembers) => change(line.unitId, { goalMembers })}
					/>
					<DayField
						label={`${line.name}: đạt vào ngày`}
						value={line.goalOn}
						onChange={(on) => change(line.unitId, { goalOn: on })}
					/>
					<p>
						<button
							type="button"
							className="link"
							onClick={() => setLines((before) => before.filter((one) => one.unitId !== line.unitId))}
						>
							Bỏ {line.name} khỏi danh sách
						</button>
					</p>
				</fieldset>
			))}
		</FormDialog>
	);
}

/** Asks communes that are not over 60 % today: one by one, or all of them. */
function Invite(props: { round: Round; lines: Line[]; onInvite: (lines: Line[]) => void }) {
	const { round, lines, onInvite } = props;
	const shown = useQuery(api.assistance.portfolios.queryOptions({ input: { unitId: round.provinceNow } }));
	const asked = new Set(lines.map(({ unitId }) => unitId));
	const open = (shown.data?.rows ?? []).filter(
		(row) => (row.class === "under" || row.class === "exactly") && !asked.has(row.unitId),
	);
	const add = (rows: typeof open) =>
		onInvite([
			...lines,
			...rows.map(({ unitId, name }) => ({
				unitId,
				name,
				attended: null,
				cause: "",
				solution: "",
				goalMembers: null,
				goalOn: null,
				fromCase: false,
			})),
		]);
	if (open.length === 0) return null;
	return (
		<>
			<SelectField
				label="Mời cơ sở chưa đạt trên 60%"
				value=""
				onChange={(value) => add(open.filter((row) => String(row.unitId) === value))}
				none="Chọn cơ sở"
				choices={open.map((row) => ({
					value: String(row.unitId),
					label: row.missing ? `${row.name} (còn thiếu ${count(row.missing)})` : row.name,
				}))}
			/>
			<p>
				<button type="button" className="link" onClick={() => add(open)}>
					Mời cả {count(open.length)} cơ sở chưa đạt trên 60%
				</button>
			</p>
		</>
	);
}

/** The number and day of the action plan in which the workshop ends. */
export function PlanForm({ round, onClose }: { round: Round; onClose: () => void }) {
	const { today } = useSession();
	const [number, setNumber] = useState(round.workshop?.planNumber ?? "");
	const [on, setOn] = useState<string | null>(round.workshop?.planOn ?? today);
	const save = useCommand(client.assistance.issuePlan, {
		refresh: [api.assistance.key()],
		said: "Đã ghi kế hoạch hành động được ban hành.",
		onDone: onClose,
	});
	return (
		<FormDialog
			title="Ban hành kế hoạch hành động"
			note="Kết thúc hội thảo phải ban hành được kế hoạch hành động cụ thể. Hoạt động hỗ trợ làm từ ngày kế hoạch trở đi."
			confirm="Ban hành kế hoạch"
			onClose={onClose}
			command={save}
			onConfirm={() =>
				on !== null && save.run({ roundId: round.id, version: round.workshop?.version ?? 1, number, on })
			}
		>
			<TextField
				name="number"
				label="Số kế hoạch"
				hint="Ví dụ: 12/KH-BTV."
				required
				value={number}
				onChange={setNumber}
				maxLength={100}
			/>
			<DayField name="on" label="Ngày ban hành" required value={on} onChange={setOn} latest={today} />
		</FormDialog>
	);
}
