import { Button } from "@mantine/core";
import { useState } from "react";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { CheckField, TextField } from "../../ui/FormField.tsx";
import { count } from "../../ui/format.ts";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import css from "./page.module.css";
import type { Periods } from "./page.tsx";
import { GROUPS } from "./rules-figures.ts";

type ReportForm = Periods["forms"][number];

/** What the forms ask for; the centre changes them. Reports that were sent keep the questions they answered. */
export function Forms({ forms }: { forms: Periods["forms"] }) {
	const [editing, setEditing] = useState<ReportForm | "new" | null>(null);
	return (
		<section className="card page">
			<h2>Biểu mẫu báo cáo</h2>
			<ul>
				{forms.map((form) => (
					<li key={form.id}>
						<b>{form.name}</b>: {count(form.questions.length)} câu hỏi
						{form.figures.length > 0 ? `; cơ cấu theo ${groupNames(form.figures)}` : ""}{" "}
						<Button size="compact-sm" variant="default" onClick={() => setEditing(form)}>
							Sửa {form.name}
						</Button>
					</li>
				))}
			</ul>
			<p>
				<button type="button" className="link" onClick={() => setEditing("new")}>
					Thêm biểu mẫu
				</button>
			</p>
			{editing ? <FormEditor form={editing === "new" ? null : editing} onClose={() => setEditing(null)} /> : null}
		</section>
	);
}

function groupNames(figures: readonly string[]): string {
	return GROUPS.filter(({ key }) => figures.includes(key))
		.map(({ label }) => label.toLowerCase())
		.join(", ");
}

type Question = ReportForm["questions"][number];

/** Of a question that is not there yet: a key nobody sees, of letters as the database wants it. */
function newKey(questions: readonly Question[]): string {
	const used = new Set(questions.map(({ key }) => key));
	for (let at = 0; ; at++) {
		const letters = String(at).replace(/\d/g, (digit) => String.fromCharCode(97 + Number(digit)));
		if (!used.has(`cau_${letters}`)) return `cau_${letters}`;
	}
}

function FormEditor({ form, onClose }: { form: ReportForm | null; onClose: () => void }) {
	const [name, setName] = useState(form?.name ?? "");
	const [figures, setFigures] = useState<string[]>(form?.figures ?? []);
	const [questions, setQuestions] = useState<Question[]>(form?.questions ?? []);
	const save = useCommand(client.reports.setForm, {
		refresh: [api.reports.key()],
		said: "Đã ghi biểu mẫu.",
		onDone: onClose,
	});
	const change = (at: number, part: Partial<Question>) =>
		setQuestions((old) => old.map((one, index) => (index === at ? { ...one, ...part } : one)));
	return (
		<FormDialog
			title={form ? `Sửa biểu mẫu` : "Thêm biểu mẫu"}
			note="Số hội viên, biến động và số cơ sở theo tỷ lệ luôn có. Báo cáo đã gửi giữ câu hỏi lúc gửi."
			confirm="Ghi biểu mẫu"
			onClose={onClose}
			command={save}
			onConfirm={() =>
				save.run({ ...(form ? { formId: form.id, version: form.version } : {}), name, figures, questions })
			}
		>
			<TextField name="name" label="Tên biểu mẫu" required value={name} onChange={setName} />
			<fieldset className={css.question}>
				<legend>Cơ cấu hội viên có trong báo cáo</legend>
				{GROUPS.filter(({ optional }) => optional).map(({ key, label }) => (
					<CheckField
						key={key}
						label={label}
						value={figures.includes(key)}
						onChange={(isIn) => setFigures((old) => (isIn ? [...old, key] : old.filter((one) => one !== key)))}
					/>
				))}
			</fieldset>
			{questions.map((question, at) => (
				<fieldset key={question.key} className={css.question}>
					<legend>Câu hỏi {at + 1}</legend>
					<TextField label="Nội dung" required value={question.text} onChange={(text) => change(at, { text })} />
					<CheckField label="Bắt buộc" value={question.required} onChange={(required) => change(at, { required })} />
					<CheckField
						label="Trả lời bằng một số, được cộng lên"
						value={question.number ?? false}
						onChange={(number) => change(at, { number })}
					/>
					<p>
						<button
							type="button"
							className="link"
							onClick={() => setQuestions((old) => old.filter((_, index) => index !== at))}
						>
							Bỏ câu hỏi {at + 1}
						</button>
					</p>
				</fieldset>
			))}
			<p>
				<button
					type="button"
					className="link"
					onClick={() => setQuestions((old) => [...old, { key: newKey(old), text: "", required: false }])}
				>
					Thêm câu hỏi
				</button>
			</p>
		</FormDialog>
	);
}
