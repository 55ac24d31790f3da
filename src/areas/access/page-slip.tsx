import css from "./page-me.module.css";
import { SlipFrame } from "./page-slip-frame.tsx";

type Props = { username: string; name: string; unit: string; password: string; onClose: () => void };

/** A one-time password. */
export function PasswordSlip({ username, name, unit, password, onClose }: Props) {
	return (
		<SlipFrame
			title="Mật khẩu dùng một lần"
			note="Chép lại hoặc in phiếu rồi đưa tận tay; lần đăng nhập đầu tiên sẽ đổi sang mật khẩu riêng."
			name={name || username}
			unit={unit}
			copied={`Tên đăng nhập: ${username}\nMật khẩu dùng một lần: ${password}`}
			copy="Chép"
			done="Đã đưa, đóng"
			onClose={onClose}
		>
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
		</SlipFrame>
	);
}
