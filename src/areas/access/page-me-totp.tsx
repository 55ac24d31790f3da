import { Button, PasswordInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { TextField } from "../../ui/FormField.tsx";
import { fieldError, ProblemAlert } from "../../ui/ProblemAlert.tsx";
import { QrCode } from "../../ui/QrCode.tsx";
import { toast } from "../../ui/Toast.tsx";
import { askAuth } from "./page-auth.ts";
import { useAuthAction } from "./page-auth-action.ts";
import css from "./page-me.module.css";

type Enrolment = { totpURI: string; backupCodes: string[] };

/** A second step at sign-in: a code of six digits from an app on her phone. */
export function TwoFactor() {
	const [enrolment, setEnrolment] = useState<Enrolment | null>(null);
	const [password, setPassword] = useState("");
	const state = useQuery({
		queryKey: ["auth", "two-factor"],
		queryFn: () => askAuth<{ user: { twoFactorEnabled?: boolean } } | null>("/get-session"),
	});
	const on = state.data?.user.twoFactorEnabled === true;
	const { run, busy, problem } = useAuthAction();
	const submit = (event: FormEvent) => {
		event.preventDefault();
		run(async () => {
			if (on) {
				await askAuth("/two-factor/disable", { password });
				await state.refetch();
				toast({ text: "Đã tắt xác thực hai bước." });
			} else setEnrolment(await askAuth<Enrolment>("/two-factor/enable", { password }));
			setPassword("");
		});
	};
	const done = () => {
		setEnrolment(null);
		state.refetch();
		toast({ text: "Đã bật xác thực hai bước." });
	};
	return (
		<section className="card page">
			<h2>Xác thực hai bước{on ? ": đang bật" : ""}</h2>
			<p className="soft">
				Ngoài mật khẩu, mỗi lần đăng nhập cần một mã sáu số trong ứng dụng xác thực trên điện thoại (Google
				Authenticator, Microsoft Authenticator …). Ai biết mật khẩu mà không có điện thoại thì không vào được.
			</p>
			{enrolment ? (
				<Enrol enrolment={enrolment} onDone={done} />
			) : (
				<form className="page" onSubmit={submit} noValidate style={{ maxWidth: 440 }}>
					<PasswordInput
						label="Mật khẩu đang dùng"
						value={password}
						autoComplete="current-password"
						onChange={(event) => setPassword(event.currentTarget.value)}
						visibilityToggleButtonProps={{ "aria-label": "Hiện hoặc ẩn ký tự", tabIndex: 0 }}
					/>
					<ProblemAlert problem={problem} />
					<div>
						<Button type="submit" variant="default" loading={busy} disabled={password === ""}>
							{on ? "Tắt xác thực hai bước" : "Bật xác thực hai bước"}
						</Button>
					</div>
				</form>
			)}
		</section>
	);
}

function Enrol({ enrolment, onDone }: { enrolment: Enrolment; onDone: () => void }) {
	const [code, setCode] = useState("");
	const { run, busy, problem } = useAuthAction();
	const secret = new URL(enrolment.totpURI).searchParams.get("secret") ?? "";
	const submit = (event: FormEvent) => {
		event.preventDefault();
		run(async () => {
			await askAuth("/two-factor/verify-totp", { code: code.replace(/\s/g, "") });
			onDone();
		});
	};
	return (
		<form className="page" onSubmit={submit} noValidate>
			<ol className={css.steps}>
				<li>
					<p>Mở ứng dụng xác thực, chọn thêm tài khoản, quét mã này:</p>
					<QrCode text={enrolment.totpURI} label="Mã QR cho ứng dụng xác thực" />
					<p className="soft">
						Không quét được thì nhập khóa: <code className={css.secret}>{secret.match(/.{1,4}/g)?.join(" ")}</code>
					</p>
				</li>
				<li>
					<p>Ghi lại các mã dự phòng và cất ở nơi an toàn. Mất điện thoại thì mỗi mã đăng nhập được một lần:</p>
					<ul className={css.codes}>
						{enrolment.backupCodes.map((one) => (
							<li key={one}>
								<code>{one}</code>
							</li>
						))}
					</ul>
				</li>
				<li>
					<div style={{ maxWidth: 300 }}>
						<TextField
							label="Mã sáu số đang hiện trong ứng dụng"
							kind="digits"
							autoComplete="one-time-code"
							maxLength={7}
							value={code}
							onChange={setCode}
							error={fieldError(problem, "code")}
						/>
					</div>
				</li>
			</ol>
			<ProblemAlert problem={problem?.field ? null : problem} />
			<div>
				<Button type="submit" loading={busy} disabled={code.replace(/\s/g, "").length !== 6}>
					Bật xác thực hai bước
				</Button>
			</div>
		</form>
	);
}
