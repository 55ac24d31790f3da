import { Button, PasswordInput } from "@mantine/core";
import "@mantine/core/styles/ActionIcon.layer.css";
import "@mantine/core/styles/PasswordInput.layer.css";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { fieldError, ProblemAlert } from "../../ui/ProblemAlert.tsx";
import { sessionQuery } from "../../web/session.ts";
import { signOut } from "../../web/sign-out.ts";
import { askAuth } from "./page-auth.ts";
import { useAuthAction } from "./page-auth-action.ts";

/** Shortest password the server takes (session.ts). */
const SHORTEST = 10;

/** After a one-time password: nothing else until she has chosen her own. */
export function FirstPassword() {
	const queries = useQueryClient();
	return (
		<section className="card page">
			<h1>Chọn mật khẩu của chị</h1>
			<p>Mật khẩu vừa dùng chỉ dùng được một lần. Chọn mật khẩu riêng để bắt đầu; không ai khác biết mật khẩu này.</p>
			<PasswordForm
				currentLabel="Mật khẩu dùng một lần vừa nhập"
				onDone={() => queries.invalidateQueries({ queryKey: sessionQuery().queryKey })}
			/>
			<p>
				<button type="button" className="link" onClick={signOut}>
					Đăng xuất
				</button>
			</p>
		</section>
	);
}

/** Changes one's own password; other devices are signed out. */
export function PasswordForm({ currentLabel, onDone }: { currentLabel: string; onDone: () => void }) {
	const [current, setCurrent] = useState("");
	const [next, setNext] = useState("");
	const [again, setAgain] = useState("");
	const { run, busy, problem } = useAuthAction();
	const differs = again !== "" && again !== next;
	const ready = current !== "" && next.length >= SHORTEST && next === again;
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (!ready) return;
		run(async () => {
			await askAuth("/change-password", { currentPassword: current, newPassword: next, revokeOtherSessions: true });
			setCurrent("");
			setNext("");
			setAgain("");
			onDone();
		});
	};
	const field = (label: string, value: string, onChange: (value: string) => void, rest: object) => (
		<PasswordInput
			label={label}
			required
			value={value}
			maxLength={128}
			onChange={(event) => onChange(event.currentTarget.value)}
			visibilityToggleButtonProps={{ "aria-label": "Hiện hoặc ẩn ký tự", tabIndex: 0 }}
			{...rest}
		/>
	);
	return (
		<form className="page" onSubmit={submit} noValidate style={{ maxWidth: 440 }}>
			{field(currentLabel, current, setCurrent, {
				autoComplete: "current-password",
				error: fieldError(problem, "currentPassword"),
			})}
			{field("Mật khẩu mới", next, setNext, {
				autoComplete: "new-password",
				description: `Từ ${SHORTEST} ký tự trở lên. Một câu ngắn dễ nhớ hơn nhiều ký tự lạ.`,
				error: fieldError(problem, "newPassword"),
			})}
			{field("Nhập lại mật khẩu mới", again, setAgain, {
				autoComplete: "new-password",
				error: differs ? "Hai lần nhập chưa giống nhau." : undefined,
			})}
			<ProblemAlert problem={problem?.field ? null : problem} />
			<div>
				<Button type="submit" loading={busy} disabled={!ready}>
					Đổi mật khẩu
				</Button>
			</div>
		</form>
	);
}
