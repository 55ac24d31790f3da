import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { TextArea, TextField } from "../../ui/FormField.tsx";
import { displayTime } from "../../ui/format-time.ts";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { Loaded } from "../../web/Loaded.tsx";
import type { ShownTemplate } from "./contract.ts";
import { FIELDS } from "./rules-fields.ts";
import { DOCUMENT_LABELS, type DocumentLevel } from "./rules-kinds.ts";
import { TEMPLATE_LABELS, type Template } from "./rules-templates.ts";

type Props = { template: ShownTemplate; unitId: number | undefined; level: DocumentLevel; onClose: () => void };

const LONG: Partial<Record<keyof Template, number>> = {
	above: 2,
	issuer: 2,
	about: 2,
	to: 2,
	opening: 8,
	closing: 3,
	recipients: 5,
};

const HINTS: Partial<Record<keyof Template, string>> = {
	symbol: "Ví dụ: BC-{{ký hiệu}}.",
	title: "Để trống thì văn bản là công văn, trích yếu đứng dưới số.",
	to: "Mỗi nơi một dòng. Để trống thì không có kính gửi.",
	opening: "Mỗi đoạn một dòng; dòng như “I. …” là đề mục.",
	recipients: "Mỗi nơi một dòng.",
};

/** The words of one kind of document, part by part, with the fields they may name. */
export function TemplateForm({ template, unitId, level, onClose }: Props) {
	const { kind, parts, defaults, version } = template;
	const [words, setWords] = useState<Template>(template.words);
	const save = useCommand(client.documents.setTemplate, {
		refresh: [api.documents.key()],
		said: "Đã ghi mẫu văn bản.",
		onDone: onClose,
	});
	return (
		<FormDialog
			title={DOCUMENT_LABELS[kind]}
			note={unitId === undefined ? "Mẫu chung: mọi đơn vị của cấp này dùng theo." : undefined}
			confirm="Ghi mẫu"
			onClose={onClose}
			command={save}
			onConfirm={() =>
				save.run({
					...(unitId === undefined ? { level } : { unitId }),
					kind,
					words: Object.fromEntries(parts.map((part) => [part, words[part]])),
					version,
				})
			}
		>
			{parts.map((part) => {
				const field = {
					name: part,
					label: TEMPLATE_LABELS[part],
					hint: HINTS[part],
					value: words[part],
					onChange: (value: string) => setWords((old) => ({ ...old, [part]: value })),
				};
				return LONG[part] ? <TextArea key={part} {...field} rows={LONG[part]} /> : <TextField key={part} {...field} />;
			})}
			<p>
				<button type="button" className="link" onClick={() => setWords(defaults)}>
					Lấy lại mẫu chung
				</button>
			</p>
			{version > 0 ? (
				<History whose={unitId === undefined ? { level } : { unitId }} kind={kind} onTake={setWords} />
			) : null}
			<details>
				<summary>Các trường dùng được</summary>
				<ul>
					{FIELDS[kind].map(({ name, meaning }) => (
						<li key={name}>
							<code>{`{{${name}}}`}</code> {meaning}
						</li>
					))}
				</ul>
			</details>
		</FormDialog>
	);
}

type HistoryProps = {
	whose: { level: DocumentLevel } | { unitId: number };
	kind: ShownTemplate["kind"];
	onTake: (words: Template) => void;
};

/** Who changed the words when, read when it is opened; an earlier wording is taken into the form and saved like any other change. */
function History({ whose, kind, onTake }: HistoryProps) {
	const [open, setOpen] = useState(false);
	const history = useQuery({ ...api.documents.history.queryOptions({ input: { ...whose, kind } }), enabled: open });
	return (
		<details onToggle={(event) => setOpen(event.currentTarget.open)}>
			<summary>Các lần sửa mẫu này</summary>
			{open ? (
				<Loaded query={history}>
					{(changes) => (
						<ul>
							{changes.map((change) => (
								<li key={change.version}>
									{displayTime(change.changedAt)}, {change.changedBy ?? "không rõ"}:{" "}
									{change.parts.length === 0 ? "theo mẫu chung" : change.parts.join(", ")}.{" "}
									<button type="button" className="link" onClick={() => onTake(change.words)}>
										Lấy lại bản {change.version}
									</button>
								</li>
							))}
						</ul>
					)}
				</Loaded>
			) : null}
		</details>
	);
}
