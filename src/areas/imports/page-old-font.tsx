import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { SelectField } from "../../ui/FormField.tsx";
import { ProblemAlert } from "../../ui/ProblemAlert.tsx";
import { toast } from "../../ui/Toast.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { Loaded } from "../../web/Loaded.tsx";
import type { ImportShow } from "./contract.ts";
import css from "./page-import.module.css";
import { ENCODING_WORDS } from "./page-words.ts";

type SheetLayout = ImportShow["layout"]["sheets"][number];
type ColumnLayout = SheetLayout["columns"][number];
type Encoding = NonNullable<ColumnLayout["encoding"]>;

/** A column in an old font that was told by its letters alone: a guess until a person has looked (design §6). */
function isGuessed(column: ColumnLayout): boolean {
	return column.encoding !== undefined && column.encodingConfidence !== undefined;
}

/** The old font that was guessed for the sheets in use, the first where there are several; null where none was, or it is confirmed. */
export function guessedFont({ layout }: ImportShow): Encoding | null {
	const columns = layout.sheets.filter((sheet) => sheet.use).flatMap((sheet) => sheet.columns);
	return columns.find(isGuessed)?.encoding ?? null;
}

/** The guessed columns in the font a person has chosen: confirmed, or read in it to be looked at again. */
function inFont(sheet: SheetLayout, encoding: Encoding, isSure: boolean): SheetLayout {
	const columns = sheet.columns.map((column) =>
		isGuessed(column)
			? { ...column, encoding, encodingConfidence: isSure ? undefined : column.encodingConfidence }
			: column,
	);
	return { ...sheet, columns };
}

/** Names as the guess reads them: right, she says so; wrong, she chooses another font and looks again. */
export function OldFont({ show, guess }: { show: ImportShow; guess: Encoding }) {
	const [chosen, setChosen] = useState(guess);
	const read = useCommand(client.imports.setLayout, {
		refresh: [api.imports.key()],
		onDone: () =>
			toast({ text: chosen === guess ? "Đã xác nhận phông chữ." : `Đã đọc lại tệp theo ${ENCODING_WORDS[chosen]}.` }),
	});
	const asGuessed = chosen === guess;
	const sheets = show.layout.sheets.map((sheet) => inFont(sheet, chosen, asGuessed));
	return (
		<section className="card page" aria-labelledby="font-head">
			<h2 id="font-head">Tên đã đọc đúng chưa?</h2>
			<p>
				Tệp gõ bằng phông chữ cũ mà không ghi tên phông. Theo mặt chữ, máy đọc là <b>{ENCODING_WORDS[guess]}</b>:
			</p>
			<Names show={show} />
			<div style={{ maxWidth: 300 }}>
				<SelectField
					label="Phông chữ của tệp"
					value={chosen}
					onChange={(encoding) => encoding && setChosen(encoding)}
					choices={CHOICES}
				/>
			</div>
			<ProblemAlert problem={read.problem} />
			<div className="row">
				<Button loading={read.busy} onClick={() => read.run({ id: show.id, layout: { sheets }, remember: false })}>
					{asGuessed ? "Đúng, các tên đã đọc đúng" : "Đọc lại theo phông này"}
				</Button>
			</div>
		</section>
	);
}

const CHOICES = (["tcvn3", "vni", "unicode"] as const).map((value) => ({ value, label: ENCODING_WORDS[value] }));

const SHOWN = 8;

/** The first rows of each sheet in use. */
function Names({ show }: { show: ImportShow }) {
	const tops = useQuery(api.imports.recognise.queryOptions({ input: { id: show.id } }));
	return (
		<Loaded query={tops}>
			{(sheets) => (
				<ul className={css.names} aria-label="Những tên đầu tiên">
					{sheets
						.filter((sheet) => sheet.use)
						.flatMap((sheet) => namesOf(sheet))
						.slice(0, SHOWN)
						.map((name) => (
							<li key={name}>{name}</li>
						))}
				</ul>
			)}
		</Loaded>
	);
}

type Shown = SheetLayout & { top: { row: number; cells: string[] }[] };

/** Name and branch of each row: both make something in the roster. */
function namesOf(sheet: Shown): string[] {
	const textOf = (cells: string[], ...fields: string[]) =>
		sheet.columns
			.filter(({ field }) => field && fields.includes(field))
			.map(({ column }) => cells[column]?.trim() ?? "")
			.filter(Boolean)
			.join(" ");
	const names = sheet.top
		.filter(({ row }) => row >= sheet.headerRow + sheet.headerRows)
		.map(({ cells }) =>
			[textOf(cells, "name", "familyName", "givenName"), textOf(cells, "branch")].filter(Boolean).join(", "),
		);
	return [...new Set(names)].filter(Boolean);
}
