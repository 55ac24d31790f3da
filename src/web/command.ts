import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { uuidv7 } from "../core/id.ts";
import type { ProblemData } from "../ui/ProblemAlert.tsx";
import { toast } from "../ui/Toast.tsx";
import { type CallContext, goToSignIn } from "./client.ts";
import { againIn, isSignedOut, mayRetry, toProblem, triesAgain } from "./problem.ts";

type Procedure<Input, Output> = (input: Input, options: { context: CallContext }) => Promise<Output>;

type Options<Output> = {
	/** Reads that the command makes stale: `[api.members.key()]`. */
	refresh?: readonly (readonly unknown[])[];
	/** Said for some seconds once it is done. */
	said?: string | ((output: Output) => string);
	onDone?: (output: Output) => void;
	/** The unit below her own for which she does this ("nhập thay", R39). */
	actingFor?: number;
};

export type Command<Input> = {
	run: (input: Input) => void;
	busy: boolean;
	problem: ProblemData | null;
	/** Takes the Problem off the screen, e.g. when the form is changed. */
	forget: () => void;
};

/** A command under way: its id goes with every attempt, so that one whose answer was lost is not done twice. */
type Attempt<Input> = { input: Input; commandId: string };

/**
 * A change of data: `const add = useCommand(client.members.add, { refresh: [api.members.key()] })`, then `add.run(input)`.
 * Carries a command id; the same input sent again after a lost connection carries the same id.
 */
export function useCommand<Input, Output>(
	procedure: Procedure<Input, Output>,
	options: Options<Output> = {},
): Command<Input> {
	const queries = useQueryClient();
	const unanswered = useRef<Attempt<Input> | null>(null);
	const mutation = useMutation({
		mutationFn: ({ input, commandId }: Attempt<Input>) =>
			procedure(input, { context: { commandId, actingFor: options.actingFor } }),
		retry: triesAgain,
		retryDelay: againIn,
		onSuccess: async (output) => {
			unanswered.current = null;
			await Promise.all((options.refresh ?? []).map((queryKey) => queries.invalidateQueries({ queryKey })));
			if (options.said) toast({ text: typeof options.said === "string" ? options.said : options.said(output) });
			options.onDone?.(output);
		},
		onError: (error, attempt) => {
			unanswered.current = mayRetry(error) ? attempt : null;
			if (isSignedOut(error)) goToSignIn();
		},
	});
	return {
		run: (input) => mutation.mutate(attemptFor(input, unanswered.current)),
		busy: mutation.isPending,
		problem: mutation.error ? toProblem(mutation.error) : null,
		forget: mutation.reset,
	};
}

/** The unanswered attempt where she sends the same again, else a new one with an id of its own. */
function attemptFor<Input>(input: Input, unanswered: Attempt<Input> | null): Attempt<Input> {
	const same = unanswered !== null && JSON.stringify(unanswered.input) === JSON.stringify(input);
	return same ? unanswered : { input, commandId: uuidv7() };
}
