import { ORPCError } from "@orpc/client";
import { Problem } from "../core/problem.ts";
import type { ProblemData } from "../ui/ProblemAlert.tsx";

/** What went wrong, in words for the screen: a Problem of the server or of a rule run here, a lost connection, or an answer nobody foresaw. */
export function toProblem(error: unknown): ProblemData {
	if (error instanceof ORPCError) return fromServer(error);
	if (error instanceof Problem) return error.toJSON();
	if (isLost(error))
		return {
			code: "connection.lost",
			message: "Không kết nối được máy chủ. Kiểm tra mạng rồi thử lại.",
		};
	return {
		code: "unexpected",
		message: "Có lỗi ngoài dự tính. Hãy tải lại trang; nếu vẫn gặp, báo cán bộ phụ trách.",
	};
}

/**
 * A refusal that came as plain JSON, as the typed client would throw it: the contract's carries its Problem as `data`, sign-in's
 * is the Problem itself, a proxy's is no JSON at all.
 */
export function refusal(status: number, body: string): ORPCError<string, unknown> {
	let answer: { code?: string; message?: string; data?: object } = {};
	try {
		answer = JSON.parse(body);
	} catch {
		// The page of a proxy in between: the status speaks for it.
	}
	return new ORPCError(answer.code ?? "server.error", {
		status: status >= 400 ? status : 500,
		message: answer.message,
		data: answer.data ?? (answer.message ? answer : undefined),
	});
}

/** True where no answer came at all. */
export function isLost(error: unknown): boolean {
	return error instanceof TypeError || (error instanceof DOMException && error.name === "TimeoutError");
}

/** True where trying the same again may succeed: nobody refused it. */
export function mayRetry(error: unknown): boolean {
	return !(error instanceof ORPCError) || error.status >= 500;
}

const TRIES = 2;
/** Those whom a crowded server turned away come again when it said, and longer: nothing of theirs was begun. */
const CROWDED_TRIES = 8;

/** Whether to try the same again by itself after so many failures. */
export function triesAgain(failures: number, error: unknown): boolean {
	return mayRetry(error) && failures < (retryAfter(error) === undefined ? TRIES : CROWDED_TRIES);
}

/** After how many milliseconds: when the server said, else one second, two, four. */
export function againIn(failures: number, error: unknown): number {
	return (retryAfter(error) ?? Math.min(2 ** failures, 30)) * 1000;
}

function retryAfter(error: unknown): number | undefined {
	const wait = error instanceof ORPCError ? (error.data as Carried)?.detail?.retryAfter : undefined;
	return typeof wait === "number" ? wait : undefined;
}

/** True where she has to sign in again. */
export function isSignedOut(error: unknown): boolean {
	return error instanceof ORPCError && error.status === 401;
}

type Carried = Partial<ProblemData> | null | undefined;

/** A Problem travels as the error's `data`; an answer without one (a proxy's, say) is put into words by its status. */
function fromServer(error: ORPCError<string, unknown>): ProblemData {
	const data = error.data as Carried;
	return {
		code: data?.code ?? error.code,
		message: data?.message ?? (error.status >= 500 ? BUSY : error.message),
		field: data?.field,
		detail: data?.detail,
	};
}

const BUSY = "Máy chủ đang bận hoặc gặp sự cố. Việc chị vừa làm chưa được lưu; hãy thử lại sau ít phút.";
