import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Problem } from "../../core/problem.ts";
import { displayTime } from "../../ui/format-time.ts";
import { ProblemAlert } from "../../ui/ProblemAlert.tsx";
import { toast } from "../../ui/Toast.tsx";
import { useSession } from "../../web/session.ts";
import css from "../members/page-person.module.css";
import { askAuth } from "./page-auth.ts";
import { useAuthAction } from "./page-auth-action.ts";
import { useWaysIn } from "./page-ways-in.ts";

type Passkey = { id: string; name: string | null; createdAt: string | null };

/** Signing in by this device's own lock: fingerprint, face, PIN. Browsers offer it over HTTPS only, and at a named host. */
export function Passkeys() {
	const { account } = useSession();
	const facts = useWaysIn();
	const hindrance = facts.data ? hindranceAt(facts.data.passkeyHost) : null;
	const known = useQuery({
		queryKey: ["auth", "passkeys"],
		queryFn: () => askAuth<Passkey[]>("/passkey/list-user-passkeys"),
	});
	const { run, busy, problem } = useAuthAction();
	const add = () =>
		run(async () => {
			await register(account);
			await known.refetch();
			toast({ text: "Từ nay máy này đăng nhập được bằng khóa của máy." });
		});
	const remove = (id: string) =>
		run(async () => {
			await askAuth("/passkey/delete-passkey", { id });
			await known.refetch();
			toast({ text: "Đã bỏ. Máy đó không đăng nhập bằng khóa của máy được nữa." });
		});
	return (
		<section className="card page">
			<h2>Đăng nhập bằng vân tay, khuôn mặt hoặc mã PIN của máy</h2>
			<p className="soft">{hindrance ?? "Máy tự xác nhận chị là chủ máy; không cần gõ mật khẩu trên máy này nữa."}</p>
			{known.data && known.data.length > 0 ? (
				<ul className={css.rows}>
					{known.data.map((one) => (
						<li key={one.id}>
							<div>
								{one.name ?? "Một máy"}
								{one.createdAt ? <p className="soft">đăng ký lúc {displayTime(one.createdAt)}</p> : null}
							</div>
							<button type="button" className="link" onClick={() => remove(one.id)}>
								Bỏ máy này
							</button>
						</li>
					))}
				</ul>
			) : null}
			<ProblemAlert problem={problem} />
			{facts.data && hindrance === null ? (
				<div>
					<Button variant="default" loading={busy} onClick={add}>
						Đăng ký máy này
					</Button>
				</div>
			) : null}
		</section>
	);
}

/** Why this browser cannot register here, in words; null where it can. */
function hindranceAt(host: string | undefined): string | null {
	if (!window.isSecureContext)
		return "Chưa dùng được vì địa chỉ của phần mềm chưa có HTTPS. Người quản trị máy chủ cần bật HTTPS (xem hướng dẫn cài đặt).";
	if (!("PublicKeyCredential" in window && "parseCreationOptionsFromJSON" in PublicKeyCredential))
		return "Trình duyệt này chưa hỗ trợ. Hãy dùng bản mới của Chrome, Edge, Firefox hoặc Safari.";
	if (host !== location.hostname)
		return `Chỉ dùng được khi mở phần mềm ở địa chỉ ${host}; trang này đang mở ở ${location.hostname}.`;
	return null;
}

/** The server's challenge, this device's answer. */
async function register(account: { username: string; displayName: string }): Promise<void> {
	const options = await askAuth<PublicKeyCredentialCreationOptionsJSON>("/passkey/generate-register-options");
	const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
	// The device lists her by this name when it asks which account to sign in with.
	Object.assign(publicKey.user, { name: account.username, displayName: account.displayName || account.username });
	const credential = (await navigator.credentials.create({ publicKey }).catch((error) => {
		if (error instanceof DOMException && error.name === "InvalidStateError")
			throw new Problem("passkey.already", 409, "Máy này đã được đăng ký.");
		// She has closed the device's own window, or the device does not know her: the same to us.
	})) as PublicKeyCredential | null | undefined;
	if (!credential) throw new Problem("passkey.failed", 422, "Chưa xác nhận được trên máy. Hãy thử lại.");
	await askAuth("/passkey/verify-registration", { response: credential.toJSON(), name: nameOfDevice() });
}

/** What this device is called in the list: its system, as the browser says it. */
function nameOfDevice(): string {
	const agent = navigator.userAgent;
	const found = ["Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux"].find((name) => agent.includes(name));
	return found ?? "Một máy";
}
