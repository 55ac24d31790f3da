import { toast } from "../ui/Toast.tsx";
import { actFor } from "./acting-for.ts";

const STILL_OPEN = "Chưa đăng xuất được: không kết nối được máy chủ. Phiên làm việc vẫn mở trên máy này.";

/**
 * Ends the session on the server and leaves the page, so that nothing read stays in this browser's memory. Where the server cannot
 * be reached it says so and stays: whoever sits down next would still be signed in.
 */
export async function signOut() {
	const isOver = await fetch("/api/auth/sign-out", {
		method: "POST",
		headers: { "content-type": "application/json" },
		body: "{}",
	}).then(
		(response) => response.status < 500,
		() => false,
	);
	if (!isOver) return toast({ text: STILL_OPEN, action: { label: "Thử lại", run: signOut } });
	actFor(null);
	location.assign("/sign-in");
}
