import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { Buttons } from "./Buttons.tsx";
import { Dialog } from "./Dialog.tsx";
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
		<Dialog opened={props.opened ?? true} title={props.title} onClose={props.onClose}>
			<div className="page">
				<div>{props.children}</div>
				<ProblemAlert problem={problem} />
				<Buttons atEnd>
					<Button variant="default" onClick={props.onClose} data-autofocus>
						Để sau
					</Button>
					<Button onClick={props.onConfirm} loading={busy}>
						{props.confirm}
					</Button>
				</Buttons>
			</div>
		</Dialog>
	);
}
