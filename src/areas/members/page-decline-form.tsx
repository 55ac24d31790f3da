import { useState } from "react";
import { DayField } from "../../ui/DayField.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { TextField } from "../../ui/FormField.tsx";
import { toast } from "../../ui/Toast.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { useSession } from "../../web/session.ts";
import type { MemberShow } from "./contract-member.ts";
import type { Spell } from "./page-words.ts";

/** The base committee does not recognise a proposal; the record stays with the reason (R45). */
export function DeclineProposalForm(props: { person: MemberShow; spell: Spell; onClose: () => void }) {
	const { today } = useSession();
	const [on, setOn] = useState<string | null>(today);
	const [reason, setReason] = useState("");
	const decline = useCommand(client.members.decline, {
		refresh: [api.members.key()],
		onDone: () => {
			toast({ text: "Đã ghi nhận không công nhận." });
			props.onClose();
		},
	});
	return (
		<FormDialog
			title={`Không công nhận: ${props.person.name}`}
			confirm="Ghi nhận"
			onClose={props.onClose}
			command={decline}
			onConfirm={() => on && decline.run({ spellId: props.spell.id, on, reason })}
		>
			<DayField label="Ngày" required value={on} latest={today} onChange={setOn} name="on" />
			<TextField label="Lý do" required value={reason} onChange={setReason} name="reason" />
		</FormDialog>
	);
}
