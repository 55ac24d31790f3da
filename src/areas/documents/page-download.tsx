import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Day } from "../../core/day.ts";
import { DayField } from "../../ui/DayField.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { SelectField, TextField } from "../../ui/FormField.tsx";
import { ProblemAlert, type ProblemData } from "../../ui/ProblemAlert.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { saveFile } from "../../web/files.ts";
import { toProblem } from "../../web/problem.ts";
import { EARLIEST } from "../../web/search.ts";
import { useSession } from "../../web/session.ts";
import {
	DOCUMENT_LABELS,
	type DocumentKind,
	REGISTER_LABELS,
	REGISTER_OF,
	REGISTERS,
	type Register,
} from "./rules-kinds.ts";

type Props = {
	kind: DocumentKind;
	unitId: number;
	/** What else the document is of: the day, the map, which target; undefined is left out. */
	query: Record<string, string | number | undefined>;
	/** What the Excel of the same figures is called; without it there is none beside. */
	excel?: string;
	onClose: () => void;
};

/** A document as Word: with a number of the unit's register and a day, or with both left open to be filled in by hand. */
export function DownloadDialog({ kind, unitId, query, excel, onClose }: Props) {
	const { today, verbs } = useSession();
	const numbers = useQuery(api.documents.numbers.queryOptions({ input: { unitId, year: Number(today.slice(0, 4)) } }));
	const mayNumber = verbs.includes("documents.write") && numbers.data?.mayWrite === true;
	const [register, setRegister] = useState<Register | "">("");
	const [on, setOn] = useState<Day | null>(today);
	const [about, setAbout] = useState(DOCUMENT_LABELS[kind]);
	const [busy, setBusy] = useState(false);
	const [problem, setProblem] = useState<ProblemData | null>(null);
	// A number whose file did not arrive is used again, not left out of the register.
	const [taken, setTaken] = useState<string>();
	const save = async (format: "docx" | "xlsx", number?: string) => {
		setBusy(true);
		setProblem(null);
		await saveFile(addressOf(kind, format, { ...query, unitId, number }))
			.then(onClose)
			.catch((error) => setProblem(toProblem(error)));
		setBusy(false);
	};
	const take = useCommand(client.documents.takeNumber, {
		refresh: [api.documents.key()],
		onDone: ({ id }) => {
			setTaken(id);
			save("docx", id);
		},
	});
	const nextOf = (one: Register) =>
		String(numbers.data?.next.find((next) => next.register === one)?.number ?? 1).padStart(2, "0");
	return (
		<FormDialog
			title={DOCUMENT_LABELS[kind]}
			note="Văn bản Word theo thể thức hành chính, sửa được trước khi ký."
			confirm="Tải Word"
			command={{ busy: busy || take.busy, problem: take.problem }}
			onClose={onClose}
			onConfirm={() => {
				if (register === "" || taken) save("docx", taken);
				else take.run({ unitId, register, about, documentOn: on ?? undefined });
			}}
		>
			{mayNumber ? (
				<SelectField<Register>
					name="register"
					label="Số văn bản"
					value={register}
					onChange={setRegister}
					none="Để trống, ghi tay sau"
					choices={[REGISTER_OF[kind], ...REGISTERS.filter((one) => one !== REGISTER_OF[kind])].map((one) => ({
						value: one,
						label: `Lấy số ${nextOf(one)} (${REGISTER_LABELS[one]})`,
					}))}
				/>
			) : null}
			{register === "" ? null : (
				<>
					<DayField
						name="documentOn"
						label="Ngày văn bản"
						required
						value={on}
						onChange={setOn}
						earliest={EARLIEST}
						latest={today}
					/>
					<TextField
						name="about"
						label="Trích yếu (ghi sổ)"
						required
						value={about}
						onChange={setAbout}
						maxLength={500}
					/>
				</>
			)}
			{excel ? (
				<p>
					<button type="button" className="link" disabled={busy} onClick={() => save("xlsx")}>
						{excel}
					</button>
				</p>
			) : null}
			<ProblemAlert problem={problem} />
		</FormDialog>
	);
}

function addressOf(kind: DocumentKind, format: string, query: Record<string, string | number | undefined>): string {
	const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
	return `/files/documents/${kind}.${format}?${new URLSearchParams(given)}`;
}

/** A button that opens {@link DownloadDialog}. */
export function DownloadButton({ label, ...props }: Omit<Props, "onClose"> & { label: string }) {
	const [open, setOpen] = useState(false);
	return (
		<>
			<Button variant="default" onClick={() => setOpen(true)}>
				{label}
			</Button>
			{open ? <DownloadDialog {...props} onClose={() => setOpen(false)} /> : null}
		</>
	);
}
