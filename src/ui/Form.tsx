import {
	createContext,
	type FormEvent,
	type ReactNode,
	useContext,
	useEffect,
	useId,
	useLayoutEffect,
	useRef,
	useState,
} from "react";
import { ProblemAlert, type ProblemData } from "./ProblemAlert.tsx";

/** A field as the contract names it; several where one field of the screen stands for several of the contract. */
export type FieldName = string | readonly string[];

/** What a form needs to know of the command it sends. */
export type Sending = { busy: boolean; problem: ProblemData | null };

type Told = {
	problem: ProblemData | null;
	/** True once she has tried to send: from then on a field says that it is empty. */
	isTried: boolean;
	/** The fields that stand on the form now, each with what is wrong before anything is sent. */
	fields: Map<string, string | undefined>;
};

const FormTold = createContext<Told | null>(null);

type Props = { command: Sending; onSubmit: () => void; children: ReactNode };

/**
 * A form whose fields tell their own mistakes by their `name`: what the server found, and what is required and still empty, said
 * when she wants to send instead of a button that does nothing. The first mistake gets the focus, so that on a phone she need not
 * look for it. Enter sends; nothing is sent twice.
 */
export function Form({ command, onSubmit, children }: Props) {
	const form = useRef<HTMLFormElement>(null);
	const [fields] = useState(() => new Map<string, string | undefined>());
	const [tries, setTries] = useState(0);
	const { busy, problem } = command;
	const isRefused = problem !== null && !busy;
	useEffect(() => {
		if (tries > 0 || isRefused) toFirstMistake(form.current);
	}, [tries, isRefused]);
	const submit = (event: FormEvent) => {
		event.preventDefault();
		// To React a dialog opened from a form stands inside it.
		event.stopPropagation();
		if (busy) return;
		if ([...fields.values()].some(Boolean)) setTries(tries + 1);
		else onSubmit();
	};
	return (
		<FormTold value={{ problem, isTried: tries > 0, fields }}>
			<form ref={form} className="page" onSubmit={submit} noValidate>
				{children}
			</form>
		</FormTold>
	);
}

/** The Problem of the form around it, unless one of its fields says it. */
export function FormProblem() {
	const told = useContext(FormTold);
	if (!told?.problem) return null;
	const { problem, fields } = told;
	return [...fields.keys()].some((name) => concerns(problem, name)) ? null : <ProblemAlert problem={problem} />;
}

/** What a field of the form around it has to say: the server's Problem with it, or `wrong` once she has tried to send. */
export function useFieldMistake(name: FieldName | undefined, wrong: string | undefined): string | undefined {
	const told = useContext(FormTold);
	const own = useId();
	const key = name === undefined ? own : [name].flat().join(" ");
	const fields = told?.fields;
	useLayoutEffect(() => {
		const names = key.split(" ");
		for (const one of names) fields?.set(one, wrong);
		return () => {
			for (const one of names) fields?.delete(one);
		};
	}, [fields, key, wrong]);
	if (!told) return undefined;
	if (told.isTried && wrong) return wrong;
	const { problem } = told;
	return problem && key.split(" ").some((one) => concerns(problem, one)) ? problem.message : undefined;
}

/** `left` also stands for `spell.left`: where in the input it stands is not on the screen. */
function concerns({ field }: ProblemData, name: string): boolean {
	return field === name || field?.endsWith(`.${name}`) === true;
}

function toFirstMistake(form: HTMLFormElement | null) {
	const first = form?.querySelector<HTMLElement>('[aria-invalid="true"]') ?? form?.querySelector("[role=alert]");
	if (first instanceof HTMLElement) first.focus({ preventScroll: true });
	first?.scrollIntoView({ block: "center" });
}
