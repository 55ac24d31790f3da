import { Button, Modal } from "@mantine/core";
import "@mantine/core/styles/Overlay.layer.css";
import "@mantine/core/styles/CloseButton.layer.css";
import "@mantine/core/styles/ModalBase.layer.css";
import "@mantine/core/styles/Modal.layer.css";
import { useState } from "react";
import css from "./page-me.module.css";

type Props = { username: string; name: string; unit: string; password: string; onClose: () => void };

/** A one-time password, shown this once: to copy, or to print and hand over. */
export function PasswordSlip({ username, name, unit, password, onClose }: Props) {
	const [copied, setCopied] = useState(false);
	const copy = async () => {
		await navigator.clipboard?.writeText(`Tên đăng nhập: ${username}\nMật khẩu dùng một lần: ${password}`);
		setCopied(true);
	};
	return (
		<Modal
			opened
			onClose={onClose}
			title={<b>Mật khẩu dùng một lần</b>}
			centered
			closeOnClickOutside={false}
			closeButtonProps={{ "aria-label": "Đóng" }}
		>
			<div className="page">
				<p className="on-screen">
					Chỉ hiện lần này. Chép lại hoặc in phiếu rồi đưa tận tay; lần đăng nhập đầu tiên sẽ đổi sang mật khẩu riêng.
				</p>
				<div className={css.slip}>
					<p>
						{name || username}
						<br />
						<span className="soft">{unit}</span>
					</p>
					<p>
						Địa chỉ: {location.origin}
						<br />
						Tên đăng nhập: <b>{username}</b>
					</p>
					<p>
						Mật khẩu dùng một lần:
						<br />
						<span className={css.big}>{password}</span>
					</p>
				</div>
				<div className="row">
					<Button variant="default" onClick={copy}>
						{copied ? "Đã chép" : "Chép"}
					</Button>
					<Button variant="default" onClick={() => window.print()}>
						In phiếu
					</Button>
					<span className="end">
						<Button onClick={onClose}>Đã đưa, đóng</Button>
					</span>
				</div>
			</div>
		</Modal>
	);
}
