import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { DayField } from "../../ui/DayField.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { SelectField, TextField } from "../../ui/FormField.tsx";
import { count } from "../../ui/format.ts";
import { toast } from "../../ui/Toast.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { useSession } from "../../web/session.ts";
import type { MemberShow } from "./contract-member.ts";
import { AWAY_CHOICES, LEAVE_CHOICES, type Spell, TAKES_PART_CHOICES } from "./page-words.ts";
import { branchKey } from "./rules-roster-branch.ts";

const refresh = [api.members.key(), api.gathering.key()];

type Props = { person: MemberShow; spell: Spell; onClose: () => void };

/** Says that it is done and closes. */
function finish(text: string, onClose: () => void) {
	return () => {
		toast({ text });
		onClose();
	};
}

/** She leaves the Union, dies, moves her permanent residence (R7). */
export function EndForm({ person, spell, onClose }: Props) {
	const { today } = useSession();
	const [left, setLeft] = useState<string | null>(today);
	const [reason, setReason] = useState<(typeof LEAVE_CHOICES)[number]["value"] | "">("");
	const end = useCommand(client.members.end, { refresh, onDone: finish("Đã ghi nhận.", onClose) });
	return (
		<FormDialog
			title={`Ra khỏi tổ chức Hội: ${person.name}`}
			note="Hồ sơ và số liệu của những ngày trước vẫn được giữ. Chị chuyển đến xã khác thì dùng “Chuyển sinh hoạt Hội”."
			confirm="Ghi nhận"
			onClose={onClose}
			command={end}
			onConfirm={() =>
				left &&
				reason &&
				end.run({ personId: person.personId, version: person.version, spellId: spell.id, left, reason })
			}
		>
			<SelectField
				label="Lý do"
				required
				value={reason}
				onChange={setReason}
				none="Chọn lý do"
				choices={LEAVE_CHOICES}
				name="reason"
			/>
			<DayField
				label="Từ ngày"
				required
				value={left}
				latest={today}
				onChange={setLeft}
				hint="Từ ngày này chị không còn được tính."
				name="left"
			/>
		</FormDialog>
	);
}

/** The ending was a mistake. */
export function ReopenForm({ person, spell, onClose }: Props) {
	const reopen = useCommand(client.members.reopen, { refresh, onDone: finish("Đã bỏ ghi nhận ra khỏi Hội.", onClose) });
	return (
		<FormDialog
			title={`Ghi nhầm: ${person.name} vẫn là hội viên`}
			note="Chị được tính lại như chưa từng ra khỏi Hội. Việc này được ghi nhật ký."
			confirm="Bỏ ghi nhận ra khỏi Hội"
			onClose={onClose}
			command={reopen}
			onConfirm={() => reopen.run({ personId: person.personId, version: person.version, spellId: spell.id })}
		/>
	);
}

/** Another branch or group of the same commune from a day on. */
export function MoveBranchForm(props: { spellIds: string[]; name?: string; onClose: () => void; onDone?: () => void }) {
	const { today } = useSession();
	const [leaf, setLeaf] = useState("");
	const [from, setFrom] = useState<string | null>(today);
	const move = useCommand(client.members.moveBranch, {
		refresh,
		onDone: ({ moved }) => {
			toast({ text: `Đã chuyển chi hội cho ${count(moved)} người.` });
			(props.onDone ?? props.onClose)();
		},
	});
	return (
		<FormDialog
			title={props.name ? `Chuyển chi hội: ${props.name}` : `Chuyển chi hội cho ${count(props.spellIds.length)} người`}
			confirm="Chuyển"
			onClose={props.onClose}
			command={move}
			onConfirm={() => from && move.run({ spellIds: props.spellIds, leafId: Number(leaf), from })}
		>
			<LeafField label="Chi hội, tổ nhận" value={leaf} onChange={setLeaf} name="leafId" />
			<DayField label="Từ ngày" required value={from} onChange={setFrom} name="from" />
		</FormDialog>
	);
}

type LeafProps = { label: string; value: string; onChange: (value: string) => void; name: string; hint?: string };

/** The branches and groups of one's own commune. */
function useLeaves() {
	const { unit } = useSession();
	return useQuery(
		api.units.children.queryOptions({
			input: { id: unit.id, kinds: ["branch", "group"] },
			enabled: unit.kind !== "branch",
		}),
	);
}

/** The branch of one's own commune that a list means, as {@link LeafField} takes it; empty where none is. */
export function useLeafOf(branch: string): string {
	const { data } = useLeaves();
	const found = branch === "" ? undefined : data?.find(({ name }) => branchKey(name) === branchKey(branch));
	return found ? String(found.id) : "";
}

/** A branch or group of one's own commune, or none ("Chưa xếp chi hội"). */
export function LeafField(props: LeafProps) {
	const { unit } = useSession();
	const { data } = useLeaves();
	const own = { value: String(unit.id), label: unit.kind === "commune" ? "Chưa xếp chi hội" : unit.name };
	return (
		<SelectField
			label={props.label}
			required
			value={props.value}
			onChange={props.onChange}
			none="Chọn chi hội"
			choices={[...(data ?? []).map((branch) => ({ value: String(branch.id), label: branch.name })), own]}
			hint={props.hint}
			name={props.name}
		/>
	);
}

/** She works elsewhere and stays a member here (R2, R10). */
export function AwayForm({ person, spell, onClose }: Props) {
	const { today } = useSession();
	const [since, setSince] = useState<string | null>(today);
	const [kind, setKind] = useState(AWAY_CHOICES[0].value);
	const [place, setPlace] = useState("");
	const [dues, setDues] = useState<"yes" | "no" | "">("");
	const [takesPart, setTakesPart] = useState<(typeof TAKES_PART_CHOICES)[number]["value"]>("no");
	const add = useCommand(client.members.addAway, { refresh, onDone: finish("Đã ghi nhận di cư đi.", onClose) });
	const run = () =>
		since &&
		add.run({ spellId: spell.id, since, kind, place, takesPart, paysDues: dues === "" ? null : dues === "yes" });
	return (
		<FormDialog
			title={`Di cư đi: ${person.name}`}
			note="Chị vẫn là hội viên và vẫn được tính ở đây, cho đến khi nơi đến tiếp nhận và chị đủ 6 tháng tạm trú ở đó."
			confirm="Ghi nhận"
			onClose={onClose}
			command={add}
			onConfirm={run}
		>
			<SelectField
				label="Đi như thế nào"
				value={kind}
				onChange={(value) => value && setKind(value)}
				choices={AWAY_CHOICES}
			/>
			<DayField label="Từ ngày" required value={since} latest={today} onChange={setSince} name="since" />
			<TextField label="Nơi đến" value={place} onChange={setPlace} hint="Ví dụ: Khu công nghiệp VSIP, Bình Dương." />
			<SelectField
				label="Đóng hội phí"
				value={dues}
				onChange={setDues}
				none="Chưa rõ"
				choices={[
					{ value: "yes", label: "Có đóng" },
					{ value: "no", label: "Không đóng" },
				]}
			/>
			<SelectField
				label="Tham gia sinh hoạt"
				value={takesPart}
				onChange={(value) => value && setTakesPart(value)}
				choices={TAKES_PART_CHOICES}
			/>
		</FormDialog>
	);
}

/** Something dated has ended: she came back, left a club, gave up a post. */
export function UntilForm(props: {
	title: string;
	label: string;
	id: string;
	end: (input: { id: string; until: string }, options: { context: object }) => Promise<unknown>;
	onClose: () => void;
}) {
	const { today } = useSession();
	const [until, setUntil] = useState<string | null>(today);
	const end = useCommand(props.end, { refresh, onDone: finish("Đã ghi nhận.", props.onClose) });
	return (
		<FormDialog
			title={props.title}
			confirm="Ghi nhận"
			onClose={props.onClose}
			command={end}
			onConfirm={() => until && end.run({ id: props.id, until })}
		>
			<DayField label={props.label} required value={until} onChange={setUntil} name="until" />
		</FormDialog>
	);
}
