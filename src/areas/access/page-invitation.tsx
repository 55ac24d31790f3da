import { Button, Modal } from "@mantine/core";
import { useState } from "react";
import { displayTime } from "../../ui/format-time.ts";
import { QrCode } from "../../ui/QrCode.tsx";
import type { Account } from "./page-account-words.ts";
import css from "./page-me.module.css";

type Props = { account: Account; token: string; expiresAt: string; onClose: () => void };

/** An invitation for a phone: she scans it or opens the link, and chooses a PIN there. The token stands after the #, so that no server log keeps it. */
export function Invitation({ account, token, expiresAt, onClose }: Props) {
	const [copied, setCopied] = useState(false);
	const link = `${location.origin}/invitation#${token}`;
	const copy = async () => {
		await navigator.clipboard?.writeText(link);
		setCopied(true);
	};
	return (
		<Modal
			opened
			onClose={onClose}
			title={<b>Lời mời cho {account.displayName || account.username}</b>}
			centered
			closeOnClickOutside={false}
			closeButtonProps={{ "aria-label": "Đóng" }}
		>
			<div className="page">
				<p className="on-screen">
					Chỉ hiện lần này. Chị quét mã bằng máy ảnh của điện thoại, hoặc mở liên kết gửi qua Zalo, rồi đặt mã PIN.
				</p>
				<div className={css.slip}>
					<p>
						{account.displayName || account.username}
						<br />
						<span className="soft">{account.unitName}</span>
					</p>
					<QrCode text={link} label={`Mã QR lời mời cho ${account.displayName || account.username}`} />
					<p className={css.link}>{link}</p>
					<p className="soft">Dùng được một lần, đến {displayTime(expiresAt)}.</p>
				</div>
				<div className="row">
					<Button variant="default" onClick={copy}>
						{copied ? "Đã chép" : "Chép liên kết"}
					</Button>
					<Button variant="default" onClick={() => window.print()}>
						In phiếu
					</Button>
					<span className="end">
						<Button onClick={onClose}>Đóng</Button>
					</span>
				</div>
			</div>
		</Modal>
	);
}
