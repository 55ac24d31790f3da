import { useState } from "react";
import type { Day } from "../../core/day.ts";
import { DayField } from "../../ui/DayField.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { SelectField, TextArea, TextField } from "../../ui/FormField.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { EARLIEST } from "../../web/search.ts";
import { useSession } from "../../web/session.ts";
import { type Named, PersonPicker } from "../members/page-person-picker.tsx";
import type { Pair } from "./contract.ts";
import { type PairForm as Form, PAIR_FORM_WORDS, PAIR_FORMS } from "./rules.ts";

type Branch = { unitId: number; name: string };

/** A side under way: one of the branches, or a woman of the list, or words. */
type Side = { branch: string; person: Named };
const EMPTY: Side = { branch: "", person: { personId: null, name: "" } };

function given({ branch, person }: Side) {
	if (branch !== "") return { unitId: Number(branch) };
	return person.personId ? { personId: person.personId } : { words: person.name.trim() };
}

/** A new pair: its form in the guidance's words, both sides, the first day. */
export function PairForm(props: { unit: { id: number }; branches: Branch[]; onClose: () => void }) {
	const { today } = useSession();
	const [form, setForm] = useState<Form | "">("");
	const [formWords, setFormWords] = useState("");
	const [helper, setHelper] = useState<Side>(EMPTY);
	const [helped, setHelped] = useState<Side>(EMPTY);
	const [started, setStarted] = useState<Day | null>(today);
	const add = useCommand(client.models.addPair, {
		refresh: [api.models.key()],
		said: "Đã ghi cặp “1+1”.",
		onDone: props.onClose,
	});
	return (
		<FormDialog
			title="Ghi cặp “1+1”"
			confirm="Ghi cặp này"
			command={add}
			onClose={props.onClose}
			onConfirm={() =>
				form !== "" &&
				started &&
				add.run({
					unitId: props.unit.id,
					form,
					formWords: formWords.trim(),
					helper: given(helper),
					helped: given(helped),
					started,
				})
			}
		>
			<SelectField
				label="Hình thức"
				name="form"
				required
				value={form}
				onChange={setForm}
				none="Chọn hình thức"
				choices={PAIR_FORMS.map((value) => ({ value, label: PAIR_FORM_WORDS[value] }))}
			/>
			{form === "other" ? (
				<TextField
					label="Tên hình thức"
					name="formWords"
					required
					maxLength={200}
					value={formWords}
					onChange={setFormWords}
				/>
			) : null}
			<SideFields label="Bên giúp" name="helper" side={helper} onChange={setHelper} branches={props.branches} />
			<SideFields label="Bên được giúp" name="helped" side={helped} onChange={setHelped} branches={props.branches} />
			<DayField
				label="Từ ngày"
				name="started"
				required
				value={started}
				onChange={setStarted}
				earliest={EARLIEST}
				latest={today}
			/>
		</FormDialog>
	);
}

function SideFields(props: {
	label: string;
	name: string;
	side: Side;
	onChange: (side: Side) => void;
	branches: Branch[];
}) {
	const { label, name, side, onChange, branches } = props;
	return (
		<>
			<SelectField
				label={`${label}: chi hội, tổ`}
				value={side.branch}
				onChange={(branch) => onChange({ ...side, branch })}
				none="Là một người, ghi ở dưới"
				choices={branches.map((branch) => ({ value: String(branch.unitId), label: branch.name }))}
			/>
			{side.branch === "" ? (
				<PersonPicker
					label={`${label}: hội viên`}
					name={name}
					hint="Gõ tên rồi chọn trong danh sách, hoặc ghi bằng lời: “một chị bán hàng ở chợ”."
					value={side.person}
					onChange={(person) => onChange({ ...side, person })}
				/>
			) : null}
		</>
	);
}

/** How a pair goes on, and what came of it. */
export function PairResult({ pair, onClose }: { pair: Pair; onClose: () => void }) {
	const { today } = useSession();
	const [started, setStarted] = useState<Day | null>(pair.started);
	const [ended, setEnded] = useState<Day | null>(pair.ended);
	const [succeeded, setSucceeded] = useState<"yes" | "no" | "">(
		pair.succeeded === null ? "" : pair.succeeded ? "yes" : "no",
	);
	const [result, setResult] = useState(pair.result);
	const change = useCommand(client.models.changePair, {
		refresh: [api.models.key()],
		said: "Đã lưu cặp “1+1”.",
		onDone: onClose,
	});
	return (
		<FormDialog
			title={`${pair.helper.words} → ${pair.helped.words}`}
			note={pair.form === "other" ? pair.formWords : PAIR_FORM_WORDS[pair.form]}
			confirm="Lưu"
			command={change}
			onClose={onClose}
			onConfirm={() =>
				started &&
				change.run({
					id: pair.id,
					version: pair.version,
					started,
					ended,
					succeeded: succeeded === "" ? null : succeeded === "yes",
					result: result.trim(),
				})
			}
		>
			<DayField
				label="Từ ngày"
				name="started"
				required
				value={started}
				onChange={setStarted}
				earliest={EARLIEST}
				latest={today}
			/>
			<DayField
				label="Kết thúc ngày"
				name="ended"
				value={ended}
				onChange={setEnded}
				earliest={started ?? EARLIEST}
				latest={today}
				hint="Để trống khi còn đang giúp nhau."
			/>
			<SelectField
				label="Kết quả"
				name="succeeded"
				value={succeeded}
				onChange={setSucceeded}
				none="Chưa kết thúc"
				choices={[
					{ value: "yes", label: "Đạt: chị ấy đã vào Hội, chi hội đã khá lên, đã bớt khó khăn" },
					{ value: "no", label: "Chưa đạt" },
				]}
			/>
			<TextArea label="Nội dung, kết quả cụ thể" name="result" value={result} onChange={setResult} />
		</FormDialog>
	);
}
