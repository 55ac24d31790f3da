/** What a refused sign-in says, by HTTP status; `wait` is the server's Retry-After in seconds. */
export function refusalWords(status: number, step: "password" | "code", wait?: number): string {
	if (status === 429) {
		const minutes = wait ? Math.ceil(wait / 60) : 1;
		return `Đã thử quá nhiều lần. Hãy đợi ${minutes} phút rồi thử lại.`;
	}
	if (status === 403) return "Tài khoản đang bị khóa hoặc chưa được phép đăng nhập. Hãy hỏi Hội cấp trên trực tiếp.";
	if (status === 503 && wait) return `Máy chủ đang phục vụ rất nhiều người cùng lúc. Hãy thử lại sau ${wait} giây.`;
	if (status >= 500) return "Máy chủ đang bận hoặc gặp sự cố. Hãy thử lại sau ít phút.";
	if (step === "code") return "Mã không đúng hoặc đã hết hạn. Xem mã mới trong ứng dụng xác thực rồi nhập lại.";
	return "Tên đăng nhập hoặc mật khẩu không đúng. Kiểm tra bộ gõ tiếng Việt và phím Caps Lock.";
}

/** Where to go after signing in: the page she wanted, if it is one of ours, else the overview. */
export function nextPage(search: string): string {
	const next = new URLSearchParams(search).get("next") ?? "/";
	return /^\/(?![/\\])/.test(next) && !next.startsWith("/sign-in") ? next : "/";
}
