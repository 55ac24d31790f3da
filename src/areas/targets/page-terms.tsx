import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { addDays, addMonths, displayDay } from "../../core/day.ts";
import { DayField } from "../../ui/DayField.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { SelectField, TextField } from "../../ui/FormField.tsx";
import { count } from "../../ui/format.ts";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { EARLIEST } from "../../web/search.ts";
import { useSession } from "../../web/session.ts";
import { LEVEL_WORDS } from "./rules.ts";

type Term = Awaited<ReturnType<typeof api.targets.terms.call>>[number];
type Level = Term["level"];

const LEVELS = ["centre", "province", "district", "commune"] as const;

/** The terms of each level, and for the centre the beginning of the next one (R37). */
export function Terms() {
	const session = useSession();
	const [beginning, setBeginning] = useState(false);
	const terms = useQuery(api.targets.terms.queryOptions({ input: {} }));
	return (
		<section className="card page">
			<h2>Các nhiệm kỳ</h2>
			<Loaded query={terms}>
				{(rows) => (
					<>
						{LEVELS.filter((level) => rows.some((term) => term.level === level)).map((level) => (
							<div key={level}>
								<h3>{LEVEL_WORDS[level]}</h3>
								<ul>
									{rows
										.filter((term) => term.level === level)
										.map((term) => (
											<li key={term.id}>{termWords(term)}</li>
										))}
								</ul>
							</div>
						))}
						{session.verbs.includes("terms.write") ? (
							<p>
								<Button variant="default" onClick={() => setBeginning(true)}>
									Bắt đầu nhiệm kỳ mới
								</Button>
							</p>
						) : null}
						{beginning ? <BeginForm terms={rows} onClose={() => setBeginning(false)} /> : null}
					</>
				)}
			</Loaded>
		</section>
	);
}

function termWords({ name, from, to, expectedEnd, document, begunBy, closed }: Term): string {
	return [
		`${name}: từ ${displayDay(from)} ${to === null ? `(dự kiến đến ${displayDay(expectedEnd)})` : `đến hết ${displayDay(addDays(to, -1))}`}`,
		document ? `theo ${document}` : "",
		begunBy ? `${begunBy} ghi` : "",
		closed > 0 ? `${count(closed)} chỉ tiêu đã chốt khi kết thúc` : "",
	]
		.filter(Boolean)
		.join(", ");
}

function BeginForm({ terms, onClose }: { terms: readonly Term[]; onClose: () => void }) {
	const { today } = useSession();
	const [level, setLevel] = useState<Level>("centre");
	const [name, setName] = useState("");
	const [from, setFrom] = useState<string | null>(today);
	const [expectedEnd, setExpectedEnd] = useState<string | null>(addMonths(today, 60));
	const [document, setDocument] = useState("");
	const before = terms.filter((term) => term.level === level).at(-1);
	const save = useCommand(client.targets.beginTerm, {
		refresh: [api.targets.key(), api.gathering.key()],
		said: (done) =>
			done.ended
				? `Đã bắt đầu nhiệm kỳ mới. ${done.ended} kết thúc, ${count(done.closed)} chỉ tiêu đã chốt.`
				: "Đã bắt đầu nhiệm kỳ mới.",
		onDone: onClose,
	});
	return (
		<FormDialog
			title="Bắt đầu nhiệm kỳ mới"
			note={beginNote(before, level, from)}
			confirm="Bắt đầu nhiệm kỳ"
			onClose={onClose}
			command={save}
			onConfirm={() => from !== null && expectedEnd !== null && save.run({ level, name, from, expectedEnd, document })}
		>
			<SelectField
				label="Cấp"
				value={level}
				onChange={(chosen) => setLevel(chosen as Level)}
				choices={LEVELS.map((value) => ({ value, label: LEVEL_WORDS[value] }))}
			/>
			<TextField
				name="name"
				label="Tên nhiệm kỳ"
				required
				value={name}
				onChange={setName}
				hint="Ví dụ: Nhiệm kỳ 2027 - 2032."
			/>
			<DayField
				name="from"
				label="Ngày bắt đầu"
				required
				value={from}
				onChange={setFrom}
				earliest={EARLIEST}
				latest={today}
			/>
			<DayField
				name="expectedEnd"
				label="Dự kiến kết thúc"
				required
				value={expectedEnd}
				onChange={setExpectedEnd}
				earliest={EARLIEST}
				latest="2199-12-31"
			/>
			<TextField name="document" label="Số văn bản" required value={document} onChange={setDocument} />
		</FormDialog>
	);
}

/** What beginning a term does, before she does it. */
function beginNote(before: Term | undefined, level: Level, from: string | null): string {
	return [
		before && from
			? `${before.name} kết thúc ngày ${displayDay(addDays(from, -1))}; các chỉ tiêu của nhiệm kỳ ấy được chốt theo số liệu ngày đó và vẫn xem được.`
			: "",
		level === "centre"
			? "Mẫu số đi theo nhiệm kỳ của Trung ương: từ ngày bắt đầu, các xã chưa có tỷ lệ tập hợp cho đến khi nhập số phụ nữ từ 18 tuổi trở lên của nhiệm kỳ mới."
			: "",
	]
		.filter(Boolean)
		.join(" ");
}
