import { Button, Modal } from "@mantine/core";
import "@mantine/core/styles/Overlay.layer.css";
import "@mantine/core/styles/CloseButton.layer.css";
import "@mantine/core/styles/ModalBase.layer.css";
import "@mantine/core/styles/Modal.layer.css";
import { type ReactNode, useState } from "react";
import css from "./page-me.module.css";

type Props = {
	title: string;
	/** What to do with it. */
	note: string;
	/** Whose it is. */
	name: string;
	unit: string;
	/** The slip itself, as it goes on paper. */
	children: ReactNode;
	/** What goes into the clipboard, and the button that puts it there. */
	copied: string;
	copy: string;
	/** The button that ends it. */
	done: string;
	onClose: () => void;
};

/** A secret for one person, shown this once: to copy, or to print and hand over. A press beside it does not take it away. */
export function SlipFrame(props: Props) {
	const [copied, setCopied] = useState(false);
	const copy = async () => {
		await navigator.clipboard?.writeText(props.copied);
		setCopied(true);
	};
	return (
		<Modal
			opened
			onClose={props.onClose}
			title={<b>{props.title}</b>}
			centered
			closeOnClickOutside={false}
			closeButtonProps={{ "aria-label": "Đóng" }}
		>
			<div className="page">
				<p className="on-screen">Chỉ hiện lần này. {props.note}</p>
				<div className={css.slip}>
					<p>
						{props.name}
						<br />
						<span className="soft">{props.unit}</span>
					</p>
					{props.children}
				</div>
				<div className="row">
					<Button variant="default" onClick={copy}>
						{copied ? "Đã chép" : props.copy}
					</Button>
					<Button variant="default" onClick={() => window.print()}>
						In phiếu
					</Button>
					<span className="end">
						<Button onClick={props.onClose}>{props.done}</Button>
					</span>
				</div>
			</div>
		</Modal>
	);
}
