import { useState } from "react";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { TextArea, TextField } from "../../ui/FormField.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
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
