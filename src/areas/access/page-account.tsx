import { Button, Modal } from "@mantine/core";
import "@mantine/core/styles/Overlay.layer.css";
import "@mantine/core/styles/CloseButton.layer.css";
import "@mantine/core/styles/ModalBase.layer.css";
import "@mantine/core/styles/Modal.layer.css";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { count } from "../../ui/format.ts";
import { displayTime } from "../../ui/format-time.ts";
import { ProblemAlert } from "../../ui/ProblemAlert.tsx";
import { toast } from "../../ui/Toast.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { useSession } from "../../web/session.ts";
import css from "../members/page-person.module.css";
import type { Account } from "./page-account-words.ts";
import { Invitation } from "./page-invitation.tsx";
import { RolesForm } from "./page-roles-form.tsx";
import { PasswordSlip } from "./page-slip.tsx";
import { useFreshAfterStale } from "./page-stale.ts";

type Props = { account: Account; onClose: () => void };
type Step = "show" | "roles" | "reset" | "password" | "invitation";

const refresh = [api.access.accounts.key()];

/** One account: its roles, its ways to sign in, and what the level above may do with it. */
export function AccountDialog({ account, onClose }: Props) {
	const [step, setStep] = useState<Step>("show");
	const [secret, setSecret] = useState<{ password: string } | { token: string; expiresAt: string } | null>(null);
	const reset = useCommand(client.access.resetPassword, {
		refresh,
		onDone: ({ oneTimePassword }) => {
			setSecret({ password: oneTimePassword });
			setStep("password");
		},
	});
	const invite = useCommand(client.access.invite, {
		refresh,
		onDone: (made) => {
			setSecret(made);
			setStep("invitation");
		},
	});
	if (step === "password" && secret && "password" in secret)
		return (
			<PasswordSlip
				username={account.username}
				name={account.displayName}
				unit={account.unitName}
				password={secret.password}
				onClose={onClose}
			/>
		);
	if (step === "invitation" && secret && "token" in secret)
		return <Invitation account={account} {...secret} onClose={onClose} />;
	if (step === "reset")
		return (
			<ConfirmDialog
				opened
				title={`Cấp lại mật khẩu cho ${account.displayName || account.username}`}
				confirm="Cấp lại mật khẩu"
				busy={reset.busy}
				problem={reset.problem}
				onConfirm={() => reset.run({ id: account.id })}
				onClose={() => setStep("show")}
			>
				Mật khẩu cũ, mã PIN trên điện thoại, khóa của máy và xác thực hai bước thôi dùng được ngay; mọi máy đang mở bị
				đăng xuất. Mật khẩu dùng một lần hiện ở bước sau để chị đưa tận tay.
			</ConfirmDialog>
		);
	if (step === "roles") return <RolesForm account={account} onClose={() => setStep("show")} />;
	return (
		<Modal
			opened
			onClose={onClose}
			title={<b>{account.displayName || account.username}</b>}
			centered
			size="lg"
			closeButtonProps={{ "aria-label": "Đóng" }}
		>
			<div className="page">
				<Facts account={account} />
				<ProblemAlert problem={invite.problem} />
				{account.mayManage ? (
					<Acts account={account}>
						<Button loading={invite.busy} onClick={() => invite.run({ id: account.id })}>
							Mời dùng điện thoại (mã QR)
						</Button>
						<Button variant="default" onClick={() => setStep("reset")}>
							Cấp lại mật khẩu
						</Button>
						<Button variant="default" onClick={() => setStep("roles")}>
							Đổi quyền sử dụng
						</Button>
					</Acts>
				) : null}
			</div>
		</Modal>
	);
}

function Facts({ account }: { account: Account }) {
	const { verbs } = useSession();
	const facts: [string, ReactNode][] = [
		["Tên đăng nhập", account.username],
		["Đơn vị", account.unitName],
		["Quyền sử dụng", account.roles.map(({ label, unitName }) => `${label} (${unitName})`).join("; ")],
		[
			"Tình trạng",
			account.disabled ? "Đang khóa" : account.mustChangePassword ? "Chưa đăng nhập lần đầu" : "Đang dùng",
		],
		["Xác thực hai bước", account.twoFactor ? "Đang bật" : "Chưa bật"],
		["Điện thoại dùng mã PIN", account.devices > 0 ? `${count(account.devices)} máy` : "Chưa có"],
		["Lời mời", account.invitedUntil ? `Chưa dùng, hết hạn lúc ${displayTime(account.invitedUntil)}` : ""],
	];
	return (
		<>
			<dl className={css.facts}>
				{facts.map(([word, value]) =>
					value ? (
						<div key={word} style={{ display: "contents" }}>
							<dt>{word}</dt>
							<dd>{value}</dd>
						</div>
					) : null,
				)}
			</dl>
			{verbs.includes("audit.read") ? (
				<p>
					<Link to="/audit" search={{ account: account.id }}>
						Xem nhật ký của tài khoản này
					</Link>
				</p>
			) : null}
		</>
	);
}

function Acts({ account, children }: { account: Account; children: ReactNode }) {
	const lock = useCommand(client.access.setDisabled, {
		refresh,
		onDone: (now) => toast({ text: now.disabled ? "Đã khóa tài khoản." : "Đã mở lại tài khoản." }),
	});
	useFreshAfterStale(lock.problem);
	const revoke = useCommand(client.access.revokeDevices, {
		refresh,
		onDone: () => toast({ text: "Đã thôi đăng nhập bằng mã PIN trên các điện thoại." }),
	});
	return (
		<>
			<ProblemAlert problem={lock.problem ?? revoke.problem} />
			<div className="row">
				{children}
				{account.devices > 0 ? (
					<Button variant="default" loading={revoke.busy} onClick={() => revoke.run({ id: account.id })}>
						Thôi mã PIN trên điện thoại
					</Button>
				) : null}
				<Button
					variant="default"
					loading={lock.busy}
					onClick={() => lock.run({ id: account.id, version: account.version, disabled: !account.disabled })}
				>
					{account.disabled ? "Mở lại tài khoản" : "Khóa tài khoản"}
				</Button>
			</div>
		</>
	);
}
