import { displayTime } from "../../ui/format-time.ts";
import { QrCode } from "../../ui/QrCode.tsx";
import type { Account } from "./page-account-words.ts";
import css from "./page-me.module.css";
import { SlipFrame } from "./page-slip-frame.tsx";

type Props = { account: Account; token: string; expiresAt: string; onClose: () => void };

/** An invitation for a phone: she scans it or opens the link, and chooses a PIN there. The token stands after the #, so that no server log keeps it. */
export function Invitation({ account, token, expiresAt, onClose }: Props) {
	const link = `${location.origin}/invitation#${token}`;
	const name = account.displayName || account.username;
	return (
		<SlipFrame
			title={`Lời mời cho ${name}`}
			note="Chị quét mã bằng máy ảnh của điện thoại, hoặc mở liên kết gửi qua Zalo, rồi đặt mã PIN."
			name={name}
			unit={account.unitName}
			copied={link}
			copy="Chép liên kết"
			done="Đóng"
			onClose={onClose}
		>
			<QrCode text={link} label={`Mã QR lời mời cho ${name}`} />
			<p className={css.link}>{link}</p>
			<p className="soft">Dùng được một lần, đến {displayTime(expiresAt)}.</p>
		</SlipFrame>
	);
}
