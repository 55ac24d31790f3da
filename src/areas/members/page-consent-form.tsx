import { useState } from "react";
import { DayField } from "../../ui/DayField.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { SelectField, TextField } from "../../ui/FormField.tsx";
import { count } from "../../ui/format.ts";
import { fieldError } from "../../ui/ProblemAlert.tsx";
import { toast } from "../../ui/Toast.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { useSession } from "../../web/session.ts";
import { CONSENT_TEXT, HOW_CHOICES, PURPOSE_CHOICES } from "./page-words.ts";

type Props = { personIds: string[]; name?: string; onClose: () => void; onDone?: () => void };

/** One woman's consent, or those of one signed list (R9): for what, when, how, to which text. */
export function ConsentForm({ personIds, name, onClose, onDone }: Props) {
	const { today } = useSession();
	const [purpose, setPurpose] = useState(PURPOSE_CHOICES[0].value);
	const [how, setHow] = useState(HOW_CHOICES[0].value);
	const [givenOn, setGivenOn] = useState<string | null>(today);
	const [textVersion, setTextVersion] = useState(CONSENT_TEXT);
	const [document, setDocument] = useState("");
	const give = useCommand(client.members.giveConsent, {
		refresh: [api.members.key()],
		onDone: ({ given }) => {
			toast({ text: `Đã ghi nhận đồng ý của ${count(given)} người.` });
			(onDone ?? onClose)();
		},
	});
	return (
		<FormDialog
			opened
			title={
				name ? `Đồng ý cung cấp thông tin: ${name}` : `Đồng ý cung cấp thông tin của ${count(personIds.length)} người`
			}
			note={name ? undefined : "Một danh sách có chữ ký của chi hội ghi được cho nhiều người cùng lúc."}
			confirm="Ghi nhận"
			onClose={onClose}
			busy={give.busy}
			problem={give.problem}
			fields={["givenOn", "textVersion", "document"]}
			ready={givenOn !== null && textVersion.trim() !== ""}
			onConfirm={() => givenOn && give.run({ personIds, purpose, how, givenOn, textVersion, document })}
		>
			<SelectField
				label="Đồng ý cho việc gì"
				value={purpose}
				onChange={(value) => value && setPurpose(value)}
				choices={PURPOSE_CHOICES}
			/>
			<SelectField label="Cách đồng ý" value={how} onChange={(value) => value && setHow(value)} choices={HOW_CHOICES} />
			<DayField
				label="Ngày đồng ý"
				required
				value={givenOn}
				latest={today}
				onChange={setGivenOn}
				error={fieldError(give.problem, "givenOn")}
			/>
			<TextField
				label="Nội dung đã đồng ý (tên mẫu)"
				required
				value={textVersion}
				onChange={setTextVersion}
				error={fieldError(give.problem, "textVersion")}
			/>
			<TextField
				label="Nơi lưu danh sách, phiếu"
				value={document}
				onChange={setDocument}
				hint="Ví dụ: Cặp 3, danh sách chi hội thôn Đông ngày 02/11/2025."
				error={fieldError(give.problem, "document")}
			/>
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
			opened
			title="Rút lại đồng ý"
			note="Việc đã làm trước ngày này vẫn hợp lệ."
			confirm="Ghi nhận"
			onClose={props.onClose}
			busy={withdraw.busy}
			problem={withdraw.problem}
			fields={["on"]}
			ready={on !== null}
			onConfirm={() => on && withdraw.run({ personId: props.personId, purpose: props.purpose, on })}
		>
			<DayField
				label="Từ ngày"
				required
				value={on}
				latest={today}
				onChange={setOn}
				error={fieldError(withdraw.problem, "on")}
			/>
		</FormDialog>
	);
}
