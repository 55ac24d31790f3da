import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { Buttons } from "./Buttons.tsx";
import { Dialog } from "./Dialog.tsx";
import { ProblemAlert, type ProblemData } from "./ProblemAlert.tsx";

type Props = {
	opened: boolean;
	title: string;
	/** What will happen, and whether it can be undone. */
	children: ReactNode;
	/** The verb on the button: "Chuyển sinh hoạt", never "OK". */
	confirm: string;
	onConfirm: () => void;
	onClose: () => void;
	busy?: boolean;
	problem?: ProblemData | null;
};

/** Asks before something that others will notice. The first focus is on leaving it. */
export function ConfirmDialog(props: Props) {
	return (
		<Dialog opened={props.opened} title={props.title} onClose={props.onClose}>
			<div className="page">
				<div>{props.children}</div>
				<ProblemAlert problem={props.problem} />
				<Buttons atEnd>
					<Button variant="default" onClick={props.onClose} data-autofocus>
						Để sau
					</Button>
					<Button onClick={props.onConfirm} loading={props.busy}>
						{props.confirm}
					</Button>
				</Buttons>
			</div>
		</Dialog>
	);
}
