import { Problem } from "../core/problem.ts";

/** What better-auth's refusals mean to people: its code → ours, and a sentence that says what to do. */
const WORDS: Record<string, [code: string, sentence: string, field?: string]> = {
	INVALID_USERNAME_OR_PASSWORD: ["sign_in.wrong", "Tên đăng nhập hoặc mật khẩu không đúng."],
	INVALID_USERNAME: ["sign_in.wrong", "Tên đăng nhập hoặc mật khẩu không đúng."],
	USERNAME_TOO_SHORT: ["sign_in.wrong", "Tên đăng nhập hoặc mật khẩu không đúng."],
	USERNAME_TOO_LONG: ["sign_in.wrong", "Tên đăng nhập hoặc mật khẩu không đúng."],
	INVALID_PASSWORD: ["password.wrong", "Mật khẩu đang dùng không đúng.", "currentPassword"],
	CREDENTIAL_ACCOUNT_NOT_FOUND: [
		"password.none",
		"Tài khoản này chưa có mật khẩu. Hãy nhờ Hội cấp trên cấp mật khẩu dùng một lần.",
	],
	PASSWORD_TOO_SHORT: ["password.too_short", "Mật khẩu phải có ít nhất 10 ký tự.", "newPassword"],
	PASSWORD_TOO_LONG: ["password.too_long", "Mật khẩu dài quá 128 ký tự.", "newPassword"],
	INVALID_CODE: ["two_factor.wrong", "Mã xác thực không đúng hoặc đã hết hạn.", "code"],
	INVALID_BACKUP_CODE: ["two_factor.wrong", "Mã dự phòng không đúng hoặc đã dùng.", "code"],
	INVALID_TWO_FACTOR_COOKIE: ["two_factor.expired", "Đã quá 10 phút. Hãy đăng nhập lại từ đầu."],
	TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: ["two_factor.too_many", "Đã nhập sai nhiều lần. Hãy đăng nhập lại từ đầu."],
	ACCOUNT_TEMPORARILY_LOCKED: ["two_factor.locked", "Đã nhập sai mã nhiều lần. Hãy thử lại sau 15 phút."],
	TOTP_ALREADY_ENABLED: ["two_factor.already", "Xác thực hai bước đã được bật."],
	TWO_FACTOR_NOT_ENABLED: ["two_factor.off", "Tài khoản chưa bật xác thực hai bước."],
	INVALID_ORIGIN: ["request.origin", "Yêu cầu đến từ một trang khác nên không được thực hiện."],
	MISSING_OR_NULL_ORIGIN: ["request.origin", "Yêu cầu đến từ một trang khác nên không được thực hiện."],
	CROSS_SITE_NAVIGATION_LOGIN_BLOCKED: ["request.origin", "Yêu cầu đến từ một trang khác nên không được thực hiện."],
	PASSKEY_NOT_FOUND: [
		"passkey.unknown",
		"Máy này không còn được đăng ký cho tài khoản nào. Hãy đăng nhập bằng mật khẩu.",
	],
	AUTHENTICATION_FAILED: ["passkey.failed", "Chưa xác nhận được trên máy. Hãy thử lại."],
	PREVIOUSLY_REGISTERED: ["passkey.already", "Máy này đã được đăng ký."],
	SESSION_NOT_FRESH: ["session.not_fresh", "Hãy đăng nhập lại rồi làm tiếp việc này."],
};

const BY_STATUS: Record<number, [code: string, sentence: string]> = {
	400: ["input.invalid", "Nội dung gửi lên không hợp lệ."],
	401: ["session.missing", "Chưa đăng nhập hoặc phiên làm việc đã hết hạn. Hãy đăng nhập lại."],
	403: ["access.denied", "Không được phép làm việc này."],
	404: ["path.unknown", "Không có địa chỉ này."],
	422: ["input.invalid", "Nội dung gửi lên không hợp lệ."],
	429: ["sign_in.too_many", "Đã thử quá nhiều lần. Hãy đợi ít phút rồi thử lại."],
};

/** A refusal of better-auth as a Problem. Ours, thrown inside its endpoints, come back as they were. */
export function problemOfRefusal(status: number, body: unknown): Problem {
	const { code = "", problem } = (body ?? {}) as { code?: string; problem?: Problem };
	if (problem) return new Problem(problem.code, status, problem.message, problem);
	const known = WORDS[code];
	if (known) return new Problem(known[0], status, known[1], { field: known[2] });
	const [name, sentence] = BY_STATUS[status] ?? ["server.error", "Máy chủ gặp lỗi. Hãy thử lại sau ít phút."];
	return new Problem(name, status, sentence);
}

/** A Problem as an HTTP answer, with Retry-After where it says how long to wait. */
export function problemResponse(problem: Problem): Response {
	const headers = new Headers({ "content-type": "application/json; charset=utf-8", "cache-control": "no-store" });
	const wait = problem.detail?.retryAfter;
	if (typeof wait === "number") headers.set("retry-after", String(wait));
	return new Response(JSON.stringify(problem), { status: problem.status, headers });
}
