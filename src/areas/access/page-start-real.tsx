import { Button } from "@mantine/core";
import { useState } from "react";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { TextField } from "../../ui/FormField.tsx";
import { fieldError } from "../../ui/ProblemAlert.tsx";
import { actFor } from "../../web/acting-for.ts";
import { askJson } from "../../web/ask.ts";
import { useAuthAction } from "./page-auth-action.ts";
import { PasswordSlip } from "./page-slip.tsx";

type First = { username: string; oneTimePassword: string };

/** *Bắt đầu dùng thật*: an empty database beside the demo's, with the first centre account. Only a demo's centre account sees it. */
export function StartReal() {
	const [asked, setAsked] = useState(false);
	return (
		<section className="card page">
			<h2>Bắt đầu dùng thật</h2>
			<p className="soft">
				Mở một cơ sở dữ liệu trống với đủ đơn vị hành chính và tài khoản Trung ương đầu tiên. Từ đó địa chỉ này là dữ
				liệu thật; dữ liệu minh họa được giữ riêng trên máy chủ, không lẫn vào và không mở ra nữa.
			</p>
			<div>
				<Button onClick={() => setAsked(true)}>Bắt đầu dùng thật</Button>
			</div>
			{asked ? <FirstAccount onClose={() => setAsked(false)} /> : null}
		</section>
	);
}

function FirstAccount({ onClose }: { onClose: () => void }) {
	const [username, setUsername] = useState("");
	const [displayName, setDisplayName] = useState("");
	const [first, setFirst] = useState<First | null>(null);
	const { run, busy, problem } = useAuthAction();
	const begin = () =>
		run(async () => {
			setFirst(await askJson<First>("/start-real", { username, displayName }));
			actFor(null);
		});
	if (first)
		return (
			<PasswordSlip
				username={first.username}
				name={displayName}
				unit="Trung ương Hội"
				password={first.oneTimePassword}
				onClose={() => location.assign("/sign-in")}
			/>
		);
	return (
		<FormDialog
			opened
			title="Tài khoản Trung ương đầu tiên"
			note="Mọi người đang xem bản minh họa sẽ được đăng xuất. Tài khoản này lập các tài khoản khác."
			confirm="Mở dữ liệu thật"
			onClose={onClose}
			busy={busy}
			problem={problem}
			fields={["username"]}
			ready={username.trim() !== ""}
			onConfirm={begin}
		>
			<TextField
				label="Tên đăng nhập"
				required
				value={username}
				onChange={setUsername}
				hint="3–40 chữ thường không dấu, chữ số, dấu chấm, gạch. Ví dụ: lan.nguyen"
				error={fieldError(problem, "username")}
			/>
			<TextField label="Họ và tên" value={displayName} onChange={setDisplayName} />
		</FormDialog>
	);
}
