import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { displayDay } from "../../core/day.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { SelectField } from "../../ui/FormField.tsx";
import { ProblemAlert } from "../../ui/ProblemAlert.tsx";
import { toast } from "../../ui/Toast.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { TRANSFER_LISTS } from "../../web/search-people.ts";
import { useSession } from "../../web/session.ts";
import type { Transfer } from "./contract-member.ts";
import css from "./page-person.module.css";
import { AcceptForm, DeclineForm } from "./page-transfer-forms.tsx";
import { TRANSFER_WORDS } from "./page-words.ts";
import { displayBirth } from "./rules-person.ts";

const route = getRouteApi("/members/transfers");

/** Who has moved here or away, and waits for one of the two sides (R2). */
export function TransfersPage() {
	const { unit } = useSession();
	const { state = "pending" } = route.useSearch();
	const navigate = route.useNavigate();
	const found = useQuery(api.members.transfers.queryOptions({ input: { id: unit.id, direction: "both", state } }));
	return (
		<div className="page">
			<p>
				<Link to="/members">‹ Hội viên</Link>
			</p>
			<h1>Chuyển sinh hoạt Hội</h1>
			<section className="card page">
				<div style={{ maxWidth: 320 }}>
					<SelectField
						label="Danh sách"
						value={state}
						onChange={(value) => navigate({ search: { state: value || undefined }, replace: true })}
						choices={TRANSFER_LISTS.map((value) => ({ value, label: TRANSFER_WORDS[value] }))}
					/>
				</div>
				<Loaded query={found}>
					{(transfers) =>
						transfers.length === 0 ? (
							<EmptyState title="Không có đề nghị nào">
								Nơi chuyển đi mở hồ sơ hội viên rồi chọn “Chuyển sinh hoạt Hội”. Nơi đến tìm theo số CCCD/CMND ở trang
								Hội viên.
							</EmptyState>
						) : (
							<ul className={css.rows}>
								{transfers.map((transfer) => (
									<TransferRow key={transfer.id} transfer={transfer} />
								))}
							</ul>
						)
					}
				</Loaded>
			</section>
		</div>
	);
}

/** One move: who, from where to where, since when; and what this side may do now. */
export function TransferRow({ transfer }: { transfer: Transfer }) {
	const [form, setForm] = useState<"accept" | "decline" | null>(null);
	const cancel = useCommand(client.members.cancelTransfer, {
		refresh: [api.members.key(), api.gathering.key()],
		onDone: () => toast({ text: "Đã rút đề nghị." }),
	});
	const close = () => setForm(null);
	return (
		<li>
			<div>
				<b>
					{transfer.personId ? (
						<Link to="/members/$personId" params={{ personId: transfer.personId }}>
							{transfer.name}
						</Link>
					) : (
						transfer.name || `Hội viên của ${transfer.from}`
					)}
				</b>{" "}
				<span className="soft">{transfer.birth ? `sinh ${displayBirth(transfer.birth)}` : ""}</span>
				<p>
					{transfer.from} → {transfer.to}
				</p>
				<p className="soft">
					{transfer.residence === "permanent" ? "Thường trú" : "Tạm trú"} ở nơi đến từ {displayDay(transfer.onDay)} ·{" "}
					{transfer.askedBy === "origin" ? "nơi chuyển đi đề nghị" : "nơi đến đề nghị"} ngày{" "}
					{displayDay(transfer.askedAt.slice(0, 10))} · {TRANSFER_WORDS[transfer.state].toLowerCase()}
				</p>
				{transfer.note ? <p className="soft">Ghi chú: {transfer.note}</p> : null}
				<ProblemAlert problem={cancel.problem} />
			</div>
			<div className="row on-screen">
				{transfer.mayDecide ? (
					<>
						<Button onClick={() => setForm("accept")}>{transfer.askedBy === "origin" ? "Tiếp nhận" : "Đồng ý"}</Button>
						<Button variant="default" onClick={() => setForm("decline")}>
							Trả lại
						</Button>
					</>
				) : null}
				{transfer.mayCancel ? (
					<Button variant="default" loading={cancel.busy} onClick={() => cancel.run({ id: transfer.id })}>
						Rút đề nghị
					</Button>
				) : null}
			</div>
			{form === "accept" ? <AcceptForm transfer={transfer} onClose={close} /> : null}
			{form === "decline" ? <DeclineForm transfer={transfer} onClose={close} /> : null}
		</li>
	);
}
