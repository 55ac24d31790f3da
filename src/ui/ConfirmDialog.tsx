import { Button, Modal } from "@mantine/core";
import type { ReactNode } from "react";
import "@mantine/core/styles/Overlay.layer.css";
import "@mantine/core/styles/Paper.layer.css";
import "@mantine/core/styles/CloseButton.layer.css";
import "@mantine/core/styles/ModalBase.layer.css";
import "@mantine/core/styles/Modal.layer.css";
import { ProblemAlert, type ProblemData } from "./ProblemAlert.tsx";

type Props = {
	/** Left out where the question is only drawn while it is asked. */
	opened?: boolean;
	title: string;
	/** What will happen, and whether it can be undone. */
	children: ReactNode;
	/** The verb on the button: "Chuyển sinh hoạt", never "OK". */
	confirm: string;
	onConfirm: () => void;
	onClose: () => void;
	/** What the button sends: busy while under way, with what was refused. */
	command?: { busy: boolean; problem: ProblemData | null };
	busy?: boolean;
	problem?: ProblemData | null;
};

/** Asks before something that others will notice. The first focus is on leaving it. */
export function ConfirmDialog(props: Props) {
	const { busy = props.command?.busy, problem = props.command?.problem } = props;
	return (
		<Modal
			opened={props.opened ?? true}
			onClose={props.onClose}
			title={props.title}
			centered
			closeButtonProps={{ "aria-label": "Đóng" }}
		>
			<div className="page">
				<div>{props.children}</div>
				<ProblemAlert problem={problem} />
				<div className="row" style={{ justifyContent: "flex-end" }}>
					<Button variant="default" onClick={props.onClose} data-autofocus>
						Để sau
					</Button>
					<Button onClick={props.onConfirm} loading={busy}>
						{props.confirm}
					</Button>
				</div>
			</div>
		</Modal>
	);
}
