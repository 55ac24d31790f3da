import { Button } from "@mantine/core";
import { useState } from "react";
import { DayField } from "../../ui/DayField.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { TextField } from "../../ui/FormField.tsx";
import { count } from "../../ui/format.ts";
import { toast } from "../../ui/Toast.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import type { MemberList } from "../../web/search-people.ts";
import { useSession } from "../../web/session.ts";
import type { MemberRow } from "./contract-member.ts";
import css from "./page.module.css";
import { ConsentForm } from "./page-consent-form.tsx";
import { MoveBranchForm } from "./page-spell-forms.tsx";

type Props = {
	picked: MemberRow[];
	list: MemberList;
	/** The rows fetched so far. */
	rows: MemberRow[];
	onRows: (rows: ReadonlyMap<string, MemberRow>) => void;
	onDone: () => void;
};

type Act = "recognise" | "branch" | "consent";

/** What can be done at once with those she has chosen: recognise, move to a branch, note the consents of one signed list. */
export function PickedMembers({ picked, list, rows, onRows, onDone }: Props) {
	const [act, setAct] = useState<Act | null>(null);
	const close = () => setAct(null);
	const done = () => {
		close();
		onDone();
	};
	const none = picked.length === 0;
	return (
		<section className={css.picked} aria-label="Những người đã chọn">
			<b role="status">Đã chọn {count(picked.length)}</b>
			<button type="button" className="link" onClick={() => onRows(new Map(rows.map((row) => [row.spellId, row])))}>
				Chọn cả {count(rows.length)} người đang hiện
			</button>
			{list === "proposed" ? (
				<Button disabled={none} onClick={() => setAct("recognise")}>
					Công nhận hội viên
				</Button>
			) : null}
			<Button variant="default" disabled={none} onClick={() => setAct("consent")}>
				Ghi nhận đồng ý
			</Button>
			<Button variant="default" disabled={none} onClick={() => setAct("branch")}>
				Chuyển chi hội
			</Button>
			{act === "recognise" ? <RecogniseForm picked={picked} onClose={close} onDone={done} /> : null}
			{act === "consent" ? (
				<ConsentForm personIds={[...new Set(picked.map((row) => row.personId))]} onClose={close} onDone={done} />
			) : null}
			{act === "branch" ? (
				<MoveBranchForm spellIds={picked.map((row) => row.spellId)} onClose={close} onDone={done} />
			) : null}
		</section>
	);
}

/** The base committee recognises those proposed, by one decision (R45). */
export function RecogniseForm(props: {
	picked: Pick<MemberRow, "spellId" | "name">[];
	onClose: () => void;
	onDone: () => void;
}) {
	const { today } = useSession();
	const [on, setOn] = useState<string | null>(today);
	const [minutes, setMinutes] = useState("");
	const recognise = useCommand(client.members.recognise, {
		refresh: [api.members.key(), api.gathering.key()],
		onDone: ({ recognised }) => {
			toast({ text: `Đã công nhận ${count(recognised)} hội viên.` });
			props.onDone();
		},
	});
	return (
		<FormDialog
			title={`Công nhận ${count(props.picked.length)} hội viên`}
			note={props.picked
				.slice(0, 6)
				.map((row) => row.name)
				.join(", ")
				.concat(props.picked.length > 6 ? "…" : "")}
			confirm="Công nhận"
			onClose={props.onClose}
			command={recognise}
			onConfirm={() => on && recognise.run({ spellIds: props.picked.map((row) => row.spellId), on, minutes })}
		>
			<DayField
				label="Ngày Ban Chấp hành công nhận"
				required
				value={on}
				latest={today}
				onChange={setOn}
				hint="Chị là hội viên từ ngày này."
				name="on"
			/>
			<TextField
				label="Biên bản hoặc quyết định"
				required
				value={minutes}
				onChange={setMinutes}
				hint="Ví dụ: Biên bản số 12/BB-BCH ngày 05/11/2025."
				name="minutes"
			/>
		</FormDialog>
	);
}
