import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { Buttons } from "./Buttons.tsx";
import { Dialog } from "./Dialog.tsx";
import { Form, FormProblem, type Sending } from "./Form.tsx";
import { ProblemAlert, type ProblemData } from "./ProblemAlert.tsx";

type Props = {
	title: string;
	/** What saving does, where it is not plain from the title: "Việc này được ghi là nhập thay cơ sở". */
	note?: ReactNode;
	/** The fields; with a `name` each says its own mistakes. */
	children?: ReactNode;
	/** The verb on the button: "Thêm chi hội", never "OK". */
	confirm: string;
	onConfirm: () => void;
	onClose: () => void;
} & (
	| { command: Sending }
	| {
			/** Where the fields are told their mistakes one by one. */
			opened: boolean;
			busy?: boolean;
			/** False while something required is still empty. */
			ready?: boolean;
			problem?: ProblemData | null;
			/** Fields that show their own sentence: the Problem of such a field is not said twice. */
			fields?: string[];
	  }
);

/** A short form over the page. Enter saves, Escape leaves; what was typed stays when the server refuses. */
export function FormDialog(props: Props) {
	const of = "command" in props ? null : props;
	const command = "command" in props ? props.command : { busy: props.busy === true, problem: null };
	const isSaid = of?.problem?.field !== undefined && of.fields?.includes(of.problem.field);
	const submit = () => {
		if (of?.ready !== false) props.onConfirm();
	};
	return (
		<Dialog opened={of?.opened ?? true} title={props.title} onClose={props.onClose}>
			<Form command={command} onSubmit={submit}>
				{props.note ? <p className="soft">{props.note}</p> : null}
				{props.children}
				<FormProblem />
				<ProblemAlert problem={isSaid ? null : of?.problem} />
				<Buttons atEnd>
					<Button variant="default" onClick={props.onClose}>
						Để sau
					</Button>
					<Button type="submit" loading={command.busy} disabled={of?.ready === false}>
						{props.confirm}
					</Button>
				</Buttons>
			</Form>
		</Dialog>
	);
}
