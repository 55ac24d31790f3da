import { useState } from "react";
import { addDays } from "../../core/day.ts";
import { DayField } from "../../ui/DayField.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { CheckField, SelectField, TextField } from "../../ui/FormField.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { EARLIEST, latestDay } from "../../web/search.ts";
import { useSession } from "../../web/session.ts";
import css from "./page.module.css";
import type { Periods } from "./page.tsx";
import { OTHER_KINDS, otherPeriod, PLANNED_COMMUNES, REPORT_LEVELS, type ReportLevel } from "./rules-periods.ts";
import { LEVEL_WORDS } from "./rules-words.ts";

type Kind = keyof typeof OTHER_KINDS;
const KINDS = Object.keys(OTHER_KINDS) as Kind[];

/** Opens a period the calendar does not propose: a year, a review of the term, an ad hoc report, the provinces' plans (R34, R35). */
export function OpenOther({ forms, onClose }: { forms: Periods["forms"]; onClose: () => void }) {
	const { today } = useSession();
	const [kind, setKind] = useState<Kind>("year");
	const [period, setPeriod] = useState(() => otherPeriod("year", today));
	const [formId, setFormId] = useState(formFor(forms, "year"));
	const open = useCommand(client.reports.open, {
		refresh: [api.reports.key()],
		said: `Đã mở kỳ ${period.name}.`,
		onDone: onClose,
	});
	const change = (part: Partial<typeof period>) => setPeriod((old) => ({ ...old, ...part }));
	const choose = (chosen: Kind) => {
		setKind(chosen);
		setPeriod(otherPeriod(chosen, today));
		setFormId(formFor(forms, chosen));
	};
	const days = { earliest: EARLIEST, latest: addDays(latestDay(today), 366) };
	const reporting = (level: ReportLevel, isIn: boolean) =>
		change({ levels: REPORT_LEVELS.filter((one) => (one === level ? isIn : period.levels.includes(one))) });
	return (
		<FormDialog
			title="Mở kỳ báo cáo khác"
			confirm="Mở kỳ báo cáo"
			onClose={onClose}
			command={open}
			onConfirm={() => open.run({ ...period, formId: formId === "" ? undefined : Number(formId) })}
		>
			<SelectField
				label="Loại kỳ"
				value={kind}
				onChange={(chosen) => choose(chosen || "year")}
				choices={KINDS.map((value) => ({ value, label: OTHER_KINDS[value] }))}
			/>
			<TextField name="name" label="Tên kỳ" required value={period.name} onChange={(name) => change({ name })} />
			<SelectField
				name="formId"
				label="Biểu mẫu"
				value={formId}
				onChange={setFormId}
				choices={forms.map(({ id, name }) => ({ value: String(id), label: name }))}
			/>
			{(
				[
					["opensOn", "Ngày mở kỳ"],
					["from", "Ngày đầu của số liệu"],
					["dataUntil", "Ngày cuối của số liệu"],
					["dueOn", "Hạn của cả kỳ"],
				] as const
			).map(([key, label]) => (
				<DayField
					key={key}
					name={key}
					label={label}
					required
					value={period[key]}
					onChange={(day) => day && change({ [key]: day })}
					{...days}
				/>
			))}
			<fieldset className={css.question}>
				<legend>Cấp phải gửi báo cáo</legend>
				{REPORT_LEVELS.map((level) => (
					<CheckField
						key={level}
						label={LEVEL_WORDS[level]}
						value={period.levels.includes(level)}
						onChange={(isIn) => reporting(level, isIn)}
					/>
				))}
			</fieldset>
			{period.levels
				.filter((level) => level !== "centre")
				.map((level) => (
					<DayField
						key={level}
						label={`Hạn của ${LEVEL_WORDS[level].toLowerCase()} (để trống: như cả kỳ)`}
						value={period.dueLevels[level] ?? null}
						onChange={(day) => change({ dueLevels: withDue(period.dueLevels, level, day) })}
						{...days}
					/>
				))}
		</FormDialog>
	);
}

function withDue(dues: Partial<Record<ReportLevel, string>>, level: ReportLevel, day: string | null) {
	const { [level]: _, ...rest } = dues;
	return day === null ? rest : { ...rest, [level]: day };
}

/** The form that asks how many communes are to pass, for a plan; the first other one for reports. */
function formFor(forms: Periods["forms"], kind: Kind): string {
	const asksNumber = ({ questions }: Periods["forms"][number]) => questions.some(({ key }) => key === PLANNED_COMMUNES);
	return String(forms.find((form) => asksNumber(form) === (kind === "plan"))?.id ?? "");
}
