import { Button, Modal } from "@mantine/core";
import type { FormEvent, ReactNode } from "react";
import "@mantine/core/styles/Overlay.layer.css";
import "@mantine/core/styles/Paper.layer.css";
import "@mantine/core/styles/CloseButton.layer.css";
import "@mantine/core/styles/ModalBase.layer.css";
import "@mantine/core/styles/Modal.layer.css";
import { ProblemAlert, type ProblemData } from "./ProblemAlert.tsx";

type Props = {
	/** Left out where the form is only drawn while it is open. */
	opened?: boolean;
	title: string;
	/** What saving does, where it is not plain from the title: "Việc này được ghi là nhập thay cơ sở". */
	note?: ReactNode;
	/** The fields. */
	children: ReactNode;
	/** The verb on the button: "Thêm chi hội", never "OK". */
	confirm: string;
	onConfirm: () => void;
	onClose: () => void;
	/** What the form sends: busy while under way, with what was refused. */
	command?: { busy: boolean; problem: ProblemData | null };
	busy?: boolean;
	/** False while something required is still empty. */
	ready?: boolean;
	problem?: ProblemData | null;
	/** Fields that show their own sentence: the Problem of such a field is not said twice. */
	fields?: string[];
};

/** A short form over the page. Enter saves, Escape leaves; what was typed stays when the server refuses. */
export function FormDialog(props: Props) {
	const { fields = [], busy = props.command?.busy, problem = props.command?.problem } = props;
	const saidByField = problem?.field !== undefined && fields.includes(problem.field);
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (props.ready !== false && !busy) props.onConfirm();
	};
	return (
		<Modal
			opened={props.opened ?? true}
			onClose={props.onClose}
			title={<b>{props.title}</b>}
			centered
			closeButtonProps={{ "aria-label": "Đóng" }}
		>
			<form className="page" onSubmit={submit} noValidate>
				{props.note ? <p className="soft">{props.note}</p> : null}
				{props.children}
				<ProblemAlert problem={saidByField ? null : problem} />
				<div className="row" style={{ justifyContent: "flex-end" }}>
					<Button variant="default" onClick={props.onClose}>
						Để sau
					</Button>
					<Button type="submit" loading={busy} disabled={props.ready === false}>
						{props.confirm}
					</Button>
				</div>
			</form>
		</Modal>
	);
}
