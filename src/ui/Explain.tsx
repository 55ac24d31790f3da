import { Button, Drawer } from "@mantine/core";
import type { ReactNode } from "react";
import "@mantine/core/styles/Overlay.layer.css";
import "@mantine/core/styles/Paper.layer.css";
import "@mantine/core/styles/CloseButton.layer.css";
import "@mantine/core/styles/ModalBase.layer.css";
import "@mantine/core/styles/Drawer.layer.css";
import css from "./Explain.module.css";
import { ProblemAlert, type ProblemData } from "./ProblemAlert.tsx";

export type ExplainStep = {
	label: string;
	/** Ready for the eye: `4.462`, `59,19%`. */
	value: string;
	/** How this part was made, in one sentence. */
	detail?: ReactNode;
	/** Leads to the rows behind the number. */
	onOpen?: () => void;
	/** The line that the steps before it lead to. */
	result?: boolean;
};

/** The figure counted anew from the rows themselves. */
export type Recount =
	| { state: "idle" }
	| { state: "running" }
	| { state: "same"; figure: string; counted: string }
	| { state: "differs"; figure: string; counted: string }
	| { state: "failed"; problem: ProblemData };

type Props = {
	opened: boolean;
	onClose: () => void;
	/** Of what and when: "Phường Tân Hòa, ngày 20/11/2025". */
	of: string;
	steps: ExplainStep[];
	/** The rule's place and its own sentence. */
	rules: { place: string; text: string }[];
	/** Where the denominator comes from. */
	source: ReactNode;
	documents: { name: string; onOpen?: () => void }[];
	/** Null where the number cannot be counted afresh. */
	recount: Recount | null;
	onRecount: () => void;
	/** What else there is to say of this number, before the fresh count. */
	children?: ReactNode;
};

/** "Cách tính": how a number is made, by which sentence of which guidance, from which documents, and whether a fresh count agrees. */
export function Explain(props: Props) {
	return (
		<Drawer
			opened={props.opened}
			onClose={props.onClose}
			position="right"
			size={520}
			title={
				<>
					<span className={css.title}>Cách tính</span>
					<span className={css.of}>{props.of}</span>
				</>
			}
			closeButtonProps={{ "aria-label": "Đóng" }}
		>
			<div className={css.body}>
				<ol className={css.steps}>
					{props.steps.map((step) => (
						<Step key={step.label} {...step} />
					))}
				</ol>
				<section>
					<h3>Căn cứ</h3>
					{props.rules.map((rule) => (
						<figure className={css.rule} key={`${rule.place} ${rule.text}`}>
							<blockquote>{rule.text}</blockquote>
							<figcaption className="soft">{rule.place}</figcaption>
						</figure>
					))}
				</section>
				<section>
					<h3>Nguồn số liệu phụ nữ từ 18 tuổi trở lên</h3>
					<p>{props.source}</p>
				</section>
				{props.documents.length > 0 ? <Documents documents={props.documents} /> : null}
				{props.children}
				{props.recount ? <Recounted recount={props.recount} onRecount={props.onRecount} /> : null}
			</div>
		</Drawer>
	);
}

function Step({ label, value, detail, onOpen, result }: ExplainStep) {
	return (
		<li className={result ? css.result : undefined}>
			<span>
				{onOpen ? (
					<button type="button" className="link" onClick={onOpen}>
						{label}
					</button>
				) : (
					label
				)}
			</span>
			<b className="number">{value}</b>
			{detail ? <span className={`soft ${css.detail}`}>{detail}</span> : null}
		</li>
	);
}

function Documents({ documents }: Pick<Props, "documents">) {
	return (
		<section>
			<h3>Văn bản</h3>
			<ul className={css.documents}>
				{documents.map(({ name, onOpen }) => (
					<li key={name}>
						{onOpen ? (
							<button type="button" className="link" onClick={onOpen}>
								{name}
							</button>
						) : (
							name
						)}
					</li>
				))}
			</ul>
		</section>
	);
}

function Recounted({ recount, onRecount }: { recount: Recount; onRecount: () => void }) {
	return (
		<section className={css.recount}>
			<h3>Đếm lại từ danh sách và văn bản</h3>
			<div role="status">
				{recount.state === "same" ? (
					<p>
						<b className={css.same}>✓ Khớp.</b> Đếm lại được {recount.counted}, bằng số đang hiện.
					</p>
				) : null}
				{recount.state === "differs" ? (
					<p>
						<b className={css.differs}>✗ Không khớp.</b> Đếm lại được {recount.counted}, số đang hiện là{" "}
						{recount.figure}. Hãy báo cán bộ phụ trách.
					</p>
				) : null}
				{recount.state === "failed" ? <ProblemAlert problem={recount.problem} /> : null}
			</div>
			<Button variant="default" onClick={onRecount} loading={recount.state === "running"}>
				{recount.state === "idle" || recount.state === "running" ? "Đếm lại ngay" : "Đếm lại lần nữa"}
			</Button>
		</section>
	);
}
