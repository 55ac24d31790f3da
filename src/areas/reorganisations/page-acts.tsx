import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { Buttons } from "../../ui/Buttons.tsx";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { TextArea } from "../../ui/FormField.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { useSession } from "../../web/session.ts";
import type { Reorganisation } from "./contract.ts";
import { mayWrite } from "./page-words.ts";

type Act = "submit" | "approve" | "decline" | "apply" | "undo" | "discard";
type State = Reorganisation["state"];

type Words = { button: string; said: string; states: State[]; asks: string };

const ACTS: Record<Act, Words> = {
	submit: {
		button: "Trình duyệt",
		said: "Đã trình duyệt.",
		states: ["draft"],
		asks: "Người khác xem lại và duyệt. Khi chờ duyệt thì không sửa được bản soạn.",
	},
	approve: {
		button: "Duyệt",
		said: "Đã duyệt.",
		states: ["submitted"],
		asks: "Duyệt rồi đợt sắp xếp vẫn chưa được thực hiện: việc đó làm riêng.",
	},
	apply: {
		button: "Thực hiện",
		said: "Đã thực hiện đợt sắp xếp.",
		states: ["approved"],
		asks: "Đơn vị, số liệu và tài khoản chuyển theo từ ngày có hiệu lực. Hủy được khi chưa có gì phụ thuộc vào các đơn vị mới.",
	},
	decline: { button: "Trả lại", said: "Đã trả lại bản soạn.", states: ["submitted", "approved"], asks: "" },
	undo: {
		button: "Hủy đợt sắp xếp",
		said: "Đã hủy đợt sắp xếp.",
		states: ["applied"],
		asks: "Mọi đơn vị và số liệu trở lại như trước khi thực hiện. Không hủy được khi đã có gì phụ thuộc vào các đơn vị mới.",
	},
	discard: {
		button: "Bỏ bản soạn",
		said: "Đã bỏ bản soạn.",
		states: ["draft", "submitted", "approved"],
		asks: "Bản soạn không còn trong danh sách. Không đơn vị nào thay đổi.",
	},
};

// Readings of every area follow the units.
const EVERYTHING = [[]] as const;

/** What the session may do with a reorganisation as it stands; `children`: buttons that change nothing. Who drafted never approves her own. */
export function Acts({ one, children }: { one: Reorganisation; children: ReactNode }) {
	const session = useSession();
	const [asked, setAsked] = useState<Act | null>(null);
	const held = (act: Act) => {
		if (act === "submit" || act === "discard") return mayWrite(session, one);
		if (act === "approve" && one.mine && !session.verbs.includes("system.operate")) return false;
		return session.verbs.includes("reorganisations.approve");
	};
	const offered = (Object.keys(ACTS) as Act[]).filter((act) => ACTS[act].states.includes(one.state) && held(act));
	return (
		<>
			<Buttons>
				{children}
				{offered.map((act) => (
					<Button
						key={act}
						variant={["submit", "approve", "apply"].includes(act) ? "filled" : "default"}
						onClick={() => setAsked(act)}
					>
						{ACTS[act].button}
					</Button>
				))}
			</Buttons>
			{one.state === "submitted" && one.mine && !offered.includes("approve") ? (
				<p className="soft">Chị là người soạn nên người khác duyệt.</p>
			) : null}
			{asked === null ? null : asked === "decline" ? (
				<Decline one={one} onClose={() => setAsked(null)} />
			) : (
				<Confirm key={asked} act={asked} one={one} onClose={() => setAsked(null)} />
			)}
		</>
	);
}

type Asked = { one: Reorganisation; onClose: () => void };

function Confirm({ act, one, onClose }: Asked & { act: Exclude<Act, "decline"> }) {
	const { button, said, asks } = ACTS[act];
	const input = { id: one.id, version: one.version };
	const send = useCommand<typeof input, Reorganisation>(client.reorganisations[act], {
		refresh: EVERYTHING,
		said,
		onDone: onClose,
	});
	return (
		<ConfirmDialog
			title={`${button}: ${one.title}`}
			confirm={button}
			onConfirm={() => send.run(input)}
			onClose={onClose}
			command={send}
		>
			<p>{asks}</p>
		</ConfirmDialog>
	);
}

function Decline({ one, onClose }: Asked) {
	const [note, setNote] = useState("");
	const send = useCommand(client.reorganisations.decline, {
		refresh: [api.reorganisations.key()],
		said: ACTS.decline.said,
		onDone: onClose,
	});
	return (
		<FormDialog
			title={`Trả lại: ${one.title}`}
			confirm="Trả lại"
			onConfirm={() => send.run({ id: one.id, version: one.version, note })}
			onClose={onClose}
			command={send}
		>
			<TextArea label="Lý do" name="note" required value={note} onChange={setNote} />
		</FormDialog>
	);
}
