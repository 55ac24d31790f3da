import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { Buttons } from "./Buttons.tsx";
import { Dialog } from "./Dialog.tsx";
import { Form, FormProblem, type Sending } from "./Form.tsx";
import { ProblemAlert, type ProblemData } from "./ProblemAlert.tsx";

type Props = {
	/** Left out where the form is only drawn while it is open. */
	opened?: boolean;
	title: string;
	/** What saving does, where it is not plain from the title: "Việc này được ghi là nhập thay cơ sở". */
	note?: ReactNode;
	/** The fields; with a `name` each says its own mistakes. */
	children?: ReactNode;
	/** The verb on the button: "Thêm chi hội", never "OK". */
	confirm: string;
	onConfirm: () => void;
	onClose: () => void;
	/** What the form sends: busy while under way, with what was refused. */
	command?: Sending;
	busy?: boolean;
	/** False while something required is still empty. */
	ready?: boolean;
	problem?: ProblemData | null;
	/** Fields that are handed their sentence: the Problem of such a field is not said twice. */
	fields?: string[];
};

/** A short form over the page. Enter saves, Escape leaves; what was typed stays when the server refuses. */
export function FormDialog(props: Props) {
	const { command, fields } = props;
	const busy = props.busy ?? command?.busy ?? false;
	const problem = props.problem ?? command?.problem ?? null;
	const isToldByName = command !== undefined && fields === undefined;
	const isSaid = isToldByName || (problem?.field !== undefined && fields?.includes(problem.field));
	const submit = () => {
		if (props.ready !== false) props.onConfirm();
	};
	return (
		<Dialog opened={props.opened ?? true} title={props.title} onClose={props.onClose}>
			<Form command={isToldByName ? command : { busy, problem: null }} onSubmit={submit}>
				{props.note ? <p className="soft">{props.note}</p> : null}
				{props.children}
				<FormProblem />
				<ProblemAlert problem={isSaid ? null : problem} />
				<Buttons atEnd>
					<Button variant="default" onClick={props.onClose}>
						Để sau
					</Button>
					<Button type="submit" loading={busy} disabled={props.ready === false}>
						{props.confirm}
					</Button>
				</Buttons>
			</Form>
		</Dialog>
	);
}
