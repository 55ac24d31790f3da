import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { ProblemAlert } from "../../ui/ProblemAlert.tsx";
import { toast } from "../../ui/Toast.tsx";
import { askAuth } from "./page-auth.ts";
import { useAuthAction } from "./page-auth-action.ts";

const FAILED = {
	code: "openid.not_linked",
	message: "Chưa liên kết được. Tài khoản ấy có thể đã liên kết với người khác; hãy thử lại hoặc hỏi người quản trị.",
};

/** Links one's account with the organisation's own sign-in service, by signing in there once. */
export function OpenIdLink() {
	const known = useQuery({
		queryKey: ["auth", "openid"],
		queryFn: () => askAuth<{ id: string; providerId: string }[]>("/list-accounts"),
	});
	const linked = known.data?.find(({ providerId }) => providerId === "openid");
	const { run, busy, problem } = useAuthAction();
	const link = () =>
		run(async () => {
			const { url } = await askAuth<{ url: string }>("/link-social", {
				provider: "openid",
				callbackURL: "/me",
				errorCallbackURL: "/me",
			});
			location.assign(url);
		});
	const unlink = (accountId: string) =>
		run(async () => {
			await askAuth("/unlink-account", { accountId });
			await known.refetch();
			toast({ text: "Đã bỏ liên kết." });
		});
	const cameBackWithout = new URLSearchParams(location.search).has("error");
	return (
		<section className="card page">
			<h2>Tài khoản của cơ quan{linked ? ": đã liên kết" : ""}</h2>
			<p className="soft">
				Liên kết một lần, từ đó đăng nhập được bằng hệ thống đăng nhập của cơ quan. Mật khẩu ở đây vẫn dùng được.
			</p>
			<ProblemAlert problem={problem ?? (cameBackWithout && !linked ? FAILED : null)} />
			<div>
				{linked ? (
					<Button variant="default" loading={busy} onClick={() => unlink(linked.id)}>
						Bỏ liên kết
					</Button>
				) : (
					<Button variant="default" loading={busy} disabled={!known.data} onClick={link}>
						Liên kết
					</Button>
				)}
			</div>
		</section>
	);
}
