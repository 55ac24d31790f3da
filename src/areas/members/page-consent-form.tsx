import { useState } from "react";
import { DayField } from "../../ui/DayField.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { SelectField, TextField } from "../../ui/FormField.tsx";
import { count } from "../../ui/format.ts";
import { toast } from "../../ui/Toast.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { useSession } from "../../web/session.ts";
import { CONSENT_TEXT, HOW_CHOICES, PURPOSE_CHOICES } from "./page-words.ts";

type Props = { personIds: string[]; name?: string; onClose: () => void; onDone?: () => void };

/** How, when and to which text somebody consented, and where that is kept (law 91/2025). */
type Consented = {
	how: (typeof HOW_CHOICES)[number]["value"];
	givenOn: string | null;
	textVersion: string;
	document: string;
};

/** A consent given on a day by the Union's list of today. */
export function consentedOn(day: string): Consented {
	return { how: HOW_CHOICES[0].value, givenOn: day, textVersion: CONSENT_TEXT, document: "" };
}

/** The fields of a consent, for one woman, a signed list or a whole file. */
export function ConsentFields({ value, onChange }: { value: Consented; onChange: (value: Consented) => void }) {
	const { today } = useSession();
	const set = (part: Partial<Consented>) => onChange({ ...value, ...part });
	return (
		<>
			<SelectField
				name="how"
				label="Cách đồng ý"
				value={value.how}
				onChange={(how) => how && set({ how })}
				choices={HOW_CHOICES}
			/>
			<DayField
				name="givenOn"
				label="Ngày đồng ý"
				required
				value={value.givenOn}
				latest={today}
				onChange={(givenOn) => set({ givenOn })}
			/>
			<TextField
				name="textVersion"
				label="Nội dung đã đồng ý (tên mẫu)"
				required
				value={value.textVersion}
				onChange={(textVersion) => set({ textVersion })}
			/>
			<TextField
				name="document"
				label="Nơi lưu danh sách, phiếu"
				value={value.document}
				onChange={(document) => set({ document })}
				hint="Ví dụ: Cặp 3, danh sách chi hội thôn Đông ngày 02/11/2025."
			/>
		</>
	);
}

/** One woman's consent, or those of one signed list (R9): for what, when, how, to which text. */
export function ConsentForm({ personIds, name, onClose, onDone }: Props) {
	const { today } = useSession();
	const [purpose, setPurpose] = useState(PURPOSE_CHOICES[0].value);
	const [consented, setConsented] = useState(() => consentedOn(today));
	const { givenOn } = consented;
	const give = useCommand(client.members.giveConsent, {
		refresh: [api.members.key()],
		onDone: ({ given }) => {
			toast({ text: `Đã ghi nhận đồng ý của ${count(given)} người.` });
			(onDone ?? onClose)();
		},
	});
	return (
		<FormDialog
			title={
				name ? `Đồng ý cung cấp thông tin: ${name}` : `Đồng ý cung cấp thông tin của ${count(personIds.length)} người`
			}
			note={name ? undefined : "Một danh sách có chữ ký của chi hội ghi được cho nhiều người cùng lúc."}
			confirm="Ghi nhận"
			onClose={onClose}
			command={give}
			onConfirm={() => givenOn && give.run({ personIds, purpose, ...consented, givenOn })}
		>
			<SelectField
				name="purpose"
				label="Đồng ý cho việc gì"
				value={purpose}
				onChange={(value) => value && setPurpose(value)}
				choices={PURPOSE_CHOICES}
			/>
			<ConsentFields value={consented} onChange={setConsented} />
		</FormDialog>
	);
}

/** She takes a consent back (law 91/2025). */
export function WithdrawConsentForm(props: {
	personId: string;
	purpose: (typeof PURPOSE_CHOICES)[number]["value"];
	onClose: () => void;
}) {
	const { today } = useSession();
	const [on, setOn] = useState<string | null>(today);
	const withdraw = useCommand(client.members.withdrawConsent, {
		refresh: [api.members.key()],
		onDone: () => {
			toast({ text: "Đã ghi nhận việc rút lại đồng ý." });
			props.onClose();
		},
	});
	return (
		<FormDialog
			title="Rút lại đồng ý"
			note="Việc đã làm trước ngày này vẫn hợp lệ."
			confirm="Ghi nhận"
			onClose={props.onClose}
			command={withdraw}
			onConfirm={() => on && withdraw.run({ personId: props.personId, purpose: props.purpose, on })}
		>
			<DayField label="Từ ngày" required value={on} latest={today} onChange={setOn} name="on" />
		</FormDialog>
	);
}
