import { Button } from "@mantine/core";
import { useState } from "react";
import { TextField } from "../../ui/FormField.tsx";
import { ProblemAlert, type ProblemData } from "../../ui/ProblemAlert.tsx";
import { jsonOf } from "../../web/answer.ts";
import { toProblem } from "../../web/problem.ts";
import { PasswordSlip } from "./page-slip.tsx";

/** *Bắt đầu dùng thật*: an empty database beside the demo's, with the first centre account. Only a demo's centre account sees it. */
export function StartReal() {
	const [username, setUsername] = useState("");
	const [displayName, setDisplayName] = useState("");
	const [busy, setBusy] = useState(false);
	const [problem, setProblem] = useState<ProblemData | null>(null);
	const [password, setPassword] = useState<string | null>(null);
	const begin = async () => {
		setBusy(true);
		setProblem(null);
		try {
			const { oneTimePassword, refusal } = await askToBegin({ username, displayName });
			if (refusal) setProblem(refusal);
			else setPassword(oneTimePassword ?? null);
		} catch (error) {
			setProblem(toProblem(error));
		} finally {
			setBusy(false);
		}
	};
	return (
		<section className="card page">
			<h2>Bắt đầu dùng thật</h2>
			<p className="soft">
				Chương trình mở một cơ sở dữ liệu trống với đủ đơn vị hành chính và tài khoản Trung ương đầu tiên. Dữ liệu minh
				họa được giữ riêng, không lẫn vào; mọi người đang xem bản minh họa sẽ phải đăng nhập lại.
			</p>
			<TextField
				label="Tên đăng nhập của tài khoản Trung ương đầu tiên"
				hint="3–40 chữ thường không dấu, chữ số, dấu chấm, gạch"
				value={username}
				onChange={setUsername}
				error={problem?.field === "username" ? problem.message : undefined}
				required
			/>
			<TextField label="Họ và tên" value={displayName} onChange={setDisplayName} />
			<ProblemAlert problem={problem?.field === "username" ? null : problem} />
			<div>
				<Button onClick={begin} loading={busy} disabled={username.trim() === ""}>
					Bắt đầu dùng thật
				</Button>
			</div>
			{password ? (
				<PasswordSlip
					username={username}
					name={displayName}
					unit="Trung ương Hội"
					password={password}
					onClose={() => location.assign("/sign-in")}
				/>
			) : null}
		</section>
	);
}

async function askToBegin(first: {
	username: string;
	displayName: string;
}): Promise<{ oneTimePassword?: string; refusal?: ProblemData }> {
	const response = await fetch("/start-real", {
		method: "POST",
		credentials: "same-origin",
		headers: { "content-type": "application/json" },
		body: JSON.stringify(first),
	});
	const answer = await jsonOf<{
		oneTimePassword?: string;
		code?: string;
		message?: string;
		data?: { field?: string };
	}>(response);
	if (response.ok && answer?.oneTimePassword) return { oneTimePassword: answer.oneTimePassword };
	return {
		refusal: {
			code: answer?.code ?? "server.error",
			message: answer?.message ?? "Máy chủ đang bận hoặc gặp sự cố. Hãy thử lại sau ít phút.",
			field: answer?.data?.field,
		},
	};
}
