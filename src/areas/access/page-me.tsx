import { Button } from "@mantine/core";
import { useState } from "react";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { count } from "../../ui/format.ts";
import { toast } from "../../ui/Toast.tsx";
import { client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { useSession } from "../../web/session.ts";
import { signOut } from "../../web/sign-out.ts";
import { OpenIdLink } from "./page-me-openid.tsx";
import { Passkeys } from "./page-me-passkeys.tsx";
import { TwoFactor } from "./page-me-totp.tsx";
import { PasswordForm } from "./page-password.tsx";
import { StartReal } from "./page-start-real.tsx";
import { useWaysIn } from "./page-ways-in.ts";
import { roleLabel } from "./rules.ts";

/** One's own account: password, second step, this device's lock, phones, signing out. */
export function MePage() {
	const { account, demo, roles, unit } = useSession();
	const facts = useWaysIn();
	return (
		<div className="page" style={{ maxWidth: 760 }}>
			<h1>Tài khoản của tôi</h1>
			<section className="card page">
				<div>
					<p>
						<b>{account.displayName || account.username}</b>
					</p>
					<p className="soft">
						Tên đăng nhập {account.username} · {roles.map(roleLabel).join(", ")} · {unit.name}
					</p>
				</div>
				<div>
					<Button variant="default" onClick={signOut}>
						Đăng xuất
					</Button>
				</div>
			</section>
			<section className="card page">
				<h2>Đổi mật khẩu</h2>
				<PasswordForm
					currentLabel="Mật khẩu đang dùng"
					onDone={() => toast({ text: "Đã đổi mật khẩu. Các máy khác đã được đăng xuất." })}
				/>
			</section>
			<TwoFactor />
			<Passkeys />
			{facts.data?.openId ? <OpenIdLink /> : null}
			<Phones accountId={account.id} />
			{demo && roles.includes("centre") ? <StartReal /> : null}
		</div>
	);
}

/** Phones that sign in by PIN: all of them at once, when one is lost. */
function Phones({ accountId }: { accountId: string }) {
	const [asked, setAsked] = useState(false);
	const revoke = useCommand(client.access.revokeDevices, {
		onDone: ({ revoked }) => {
			toast({ text: `Đã thôi đăng nhập bằng mã PIN trên ${count(revoked)} máy.` });
			setAsked(false);
		},
	});
	return (
		<section className="card page">
			<h2>Điện thoại đăng nhập bằng mã PIN</h2>
			<p className="soft">
				Điện thoại được mời bằng liên kết hoặc mã QR đăng nhập bằng mã PIN sáu số. Mất điện thoại thì thôi ngay ở đây.
			</p>
			<div>
				<Button variant="default" onClick={() => setAsked(true)}>
					Thôi đăng nhập bằng mã PIN trên mọi điện thoại
				</Button>
			</div>
			<ConfirmDialog
				opened={asked}
				title="Thôi đăng nhập bằng mã PIN"
				confirm="Thôi trên mọi điện thoại"
				busy={revoke.busy}
				problem={revoke.problem}
				onConfirm={() => revoke.run({ id: accountId })}
				onClose={() => setAsked(false)}
			>
				Muốn dùng lại mã PIN, chị cần lời mời mới của Hội cấp trên. Mật khẩu không thay đổi.
			</ConfirmDialog>
		</section>
	);
}
