import { useMemo, useState } from "react";
import { DayField } from "../../ui/DayField.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { SelectField, TextArea, TextField } from "../../ui/FormField.tsx";
import { toast } from "../../ui/Toast.tsx";
import { type UnitChoice, UnitPicker } from "../../ui/UnitPicker.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { useSession } from "../../web/session.ts";
import { findUnits } from "../units/page-find.ts";
import type { MemberShow, Transfer } from "./contract-member.ts";
import { LeafField, useLeafOf } from "./page-spell-forms.tsx";
import { RESIDENCE_CHOICES, type Spell } from "./page-words.ts";

const refresh = [api.members.key(), api.gathering.key()];

type Residence = (typeof RESIDENCE_CHOICES)[number]["value"];

/** The day she moved, how she lives there, and a word to the other side: the same for who asks and who is asked. */
function useMove(start?: { onDay: string | null; residence: Residence }) {
	const { today } = useSession();
	const [onDay, setOnDay] = useState<string | null>(start?.onDay ?? today);
	const [residence, setResidence] = useState<Residence>(start?.residence ?? "permanent");
	const [note, setNote] = useState("");
	const fields = (
		<>
			<DayField
				label="Ngày chuyển đến nơi ở mới"
				required
				value={onDay}
				latest={today}
				onChange={setOnDay}
				name="onDay"
			/>
			<SelectField
				label="Cư trú ở nơi đến"
				value={residence}
				onChange={(value) => value && setResidence(value)}
				choices={RESIDENCE_CHOICES}
				hint={
					residence === "temporary"
						? "Nơi chuyển đi vẫn tính chị cho đến khi chị đủ 6 tháng tạm trú ở nơi đến."
						: "Được đồng ý rồi, nơi đến tính chị từ ngày chuyển; cho đến lúc đó chị vẫn là hội viên của nơi chuyển đi."
				}
			/>
			<TextArea label="Ghi chú gửi nơi kia" value={note} onChange={setNote} rows={2} />
		</>
	);
	return { onDay, residence, note, fields };
}

/** The origin asks: where she has moved (R2). She stays a member here until the destination has accepted her. */
export function TransferAwayForm({
	person,
	spell,
	onClose,
}: {
	person: MemberShow;
	spell: Spell;
	onClose: () => void;
}) {
	const { today } = useSession();
	const [unit, setUnit] = useState<UnitChoice | null>(null);
	const search = useMemo(() => findUnits({ on: today, kinds: ["commune"] }), [today]);
	const move = useMove();
	const ask = useCommand(client.members.transfer, {
		refresh,
		onDone: (made) => {
			toast({ text: `Đã gửi đề nghị đến ${made.to}. Chị vẫn là hội viên ở đây cho đến khi nơi đến tiếp nhận.` });
			onClose();
		},
	});
	const { onDay, residence, note } = move;
	return (
		<FormDialog
			title={`Chuyển sinh hoạt Hội: ${person.name}`}
			confirm="Gửi đề nghị"
			onClose={onClose}
			command={ask}
			onConfirm={() =>
				unit && onDay && ask.run({ spellId: spell.id, toUnitId: Number(unit.id), onDay, residence, note })
			}
		>
			<UnitPicker label="Nơi chuyển đến" required value={unit} onChange={setUnit} search={search} name="toUnitId" />
			{move.fields}
		</FormDialog>
	);
}

/** What a list already says of her who is asked for: her branch as it is written there, since when and how she lives here. */
type KnownMove = { branch: string; onDay: string | null; residence: Residence };

/** The destination asks, by her number; the origin agrees. */
export function AskTransferHere(props: {
	nationalId: string;
	known?: KnownMove;
	onClose: () => void;
	onAsked?: (from: string) => void;
}) {
	const { nationalId, known, onClose } = props;
	const listed = useLeafOf(known?.branch ?? "");
	const [chosen, setLeaf] = useState<string | null>(null);
	const leaf = chosen ?? listed;
	const move = useMove(known);
	const ask = useCommand(client.members.transfer, {
		refresh,
		onDone: (made) => {
			toast({ text: `Đã gửi đề nghị đến ${made.from}.` });
			props.onAsked?.(made.from);
			onClose();
		},
	});
	const { onDay, residence, note } = move;
	return (
		<FormDialog
			title="Đề nghị chuyển sinh hoạt Hội đến đây"
			note="Nơi đang quản lý hội viên xem và đồng ý; đến lúc đó chị vẫn là hội viên ở nơi ấy."
			confirm="Gửi đề nghị"
			onClose={onClose}
			command={ask}
			onConfirm={() => onDay && ask.run({ nationalId, toUnitId: Number(leaf), onDay, residence, note })}
		>
			<LeafField
				label="Chi hội, tổ tiếp nhận"
				value={leaf}
				onChange={setLeaf}
				hint={known?.branch && listed === "" ? `Danh sách ghi “${known.branch}”.` : undefined}
				name="toUnitId"
			/>
			{move.fields}
		</FormDialog>
	);
}

type Deciding = { transfer: Transfer; onClose: () => void };

/** Tiếp nhận: the destination takes her into a branch; or the origin agrees to what the destination asked. */
export function AcceptForm({ transfer, onClose }: Deciding) {
	const { today } = useSession();
	const here = transfer.askedBy === "origin";
	const [leaf, setLeaf] = useState(String(transfer.toUnitId));
	const [on, setOn] = useState<string | null>(today);
	const accept = useCommand(client.members.accept, {
		refresh,
		onDone: () => {
			toast({ text: here ? `Đã tiếp nhận ${transfer.name}.` : `Đã đồng ý chuyển ${transfer.name}.` });
			onClose();
		},
	});
	return (
		<FormDialog
			title={here ? `Tiếp nhận hội viên: ${transfer.name}` : `Đồng ý chuyển ${transfer.name} đến ${transfer.to}`}
			confirm={here ? "Tiếp nhận hội viên" : "Đồng ý"}
			onClose={onClose}
			command={accept}
			onConfirm={() => on && accept.run({ id: transfer.id, on, leafId: here && leaf ? Number(leaf) : undefined })}
		>
			{here ? <LeafField label="Chi hội, tổ" value={leaf} onChange={setLeaf} name="leafId" /> : null}
			<DayField
				label={here ? "Ngày tiếp nhận" : "Ngày đồng ý"}
				required
				value={on}
				latest={today}
				onChange={setOn}
				name="on"
			/>
		</FormDialog>
	);
}

/** Trả lại: she is not taken, or not let go; with the reason for the other side. */
export function DeclineForm({ transfer, onClose }: Deciding) {
	const [reason, setReason] = useState("");
	const decline = useCommand(client.members.declineTransfer, {
		refresh,
		onDone: () => {
			toast({ text: "Đã trả lại đề nghị." });
			onClose();
		},
	});
	return (
		<FormDialog
			title={`Trả lại đề nghị: ${transfer.name}`}
			note="Chị vẫn là hội viên của nơi chuyển đi."
			confirm="Trả lại"
			onClose={onClose}
			command={decline}
			onConfirm={() => decline.run({ id: transfer.id, reason })}
		>
			<TextField
				label="Lý do"
				required
				value={reason}
				onChange={setReason}
				hint="Ví dụ: Chưa liên hệ được với chị; địa chỉ không đúng."
				name="reason"
			/>
		</FormDialog>
	);
}
