import { Modal } from "@mantine/core";
import type { ReactNode } from "react";
import "@mantine/core/styles/Overlay.layer.css";
import "@mantine/core/styles/Paper.layer.css";
import "@mantine/core/styles/CloseButton.layer.css";
import "@mantine/core/styles/ModalBase.layer.css";
import "@mantine/core/styles/Modal.layer.css";
import css from "./Dialog.module.css";

type Props = { opened: boolean; title: string; onClose: () => void; children: ReactNode };

/** What stands over the page until it is answered or left by Escape. */
export function Dialog({ opened, title, onClose, children }: Props) {
	return (
		<Modal
			opened={opened}
			onClose={onClose}
			title={title}
			classNames={{ title: css.title }}
			centered
			closeButtonProps={{ "aria-label": "Đóng", size: 40 }}
		>
			{children}
		</Modal>
	);
}
