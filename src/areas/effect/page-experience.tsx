import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { displayDay } from "../../core/day.ts";
import { Buttons } from "../../ui/Buttons.tsx";
import { DayField } from "../../ui/DayField.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { CheckField, TextArea, TextField } from "../../ui/FormField.tsx";
import { ProblemAlert } from "../../ui/ProblemAlert.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { EARLIEST } from "../../web/search.ts";
import { useSession } from "../../web/session.ts";
import type { Experience } from "./contract.ts";
import css from "./page.module.css";

/** One commune's own account of what it did. */
export function Told({ told }: { told: Experience }) {
	const { title, body, documents, beganOn } = told;
	return (
		<details>
			<summary>Kinh nghiệm: {title}</summary>
			{beganOn ? <p className="soft">Làm từ ngày {displayDay(beganOn)}.</p> : null}
			<p className={css.told}>{body}</p>
			{documents ? (
				<p className={css.told}>
					<b>Văn bản, tài liệu:</b> {documents}
				</p>
			) : null}
		</details>
	);
}

/** What a commune tells of itself: others read it only as long as its chair agrees. */
export function ExperiencesCard({ unitId }: { unitId: number }) {
	const { verbs, unit } = useSession();
	const told = useQuery(api.effect.experiences.queryOptions({ input: { unitId } }));
	const [writing, setWriting] = useState<Experience | "new">();
	const mayWrite = verbs.includes("experience.share") && unit.id === unitId;
	return (
		<section className="card page">
			<h2>Kinh nghiệm của cơ sở</h2>
			<Loaded query={told}>
				{(rows) => (
					<>
						{rows.length === 0 ? (
							<p className="soft">
								{mayWrite
									? "Chưa ghi kinh nghiệm nào. Cách làm của chị có thể giúp những xã có đặc điểm tương đồng."
									: "Cơ sở chưa ghi kinh nghiệm nào."}
							</p>
						) : null}
						{rows.map((one) => (
							<Own key={one.id} told={one} onChange={() => setWriting(one)} />
						))}
					</>
				)}
			</Loaded>
			{mayWrite ? (
				<Buttons>
					<Button variant="default" onClick={() => setWriting("new")}>
						Ghi một kinh nghiệm
					</Button>
				</Buttons>
			) : null}
			{writing ? (
				<ExperienceForm
					unitId={unitId}
					told={writing === "new" ? undefined : writing}
					onClose={() => setWriting(undefined)}
				/>
			) : null}
		</section>
	);
}

function Own({ told, onChange }: { told: Experience; onChange: () => void }) {
	const withdraw = useCommand(client.effect.withdraw, {
		refresh: [api.effect.key()],
		said: "Đã thôi chia sẻ. Xã khác không còn đọc được kinh nghiệm này.",
	});
	const state = told.shared
		? `Đang chia sẻ từ ngày ${displayDay((told.sharedAt ?? told.writtenAt).slice(0, 10))}`
		: told.withdrawnAt
			? "Đã thôi chia sẻ, chỉ đơn vị và Hội cấp trên đọc được"
			: "Chưa chia sẻ, chỉ đơn vị và Hội cấp trên đọc được";
	return (
		<article className={css.one}>
			<Told told={told} />
			<p className="soft">{state}.</p>
			{told.mine ? (
				<div className="row">
					<button type="button" className="link" onClick={onChange}>
						{told.shared ? "Sửa" : "Sửa, chia sẻ"}
					</button>
					{told.shared ? (
						<button
							type="button"
							className="link"
							onClick={() => withdraw.run({ id: told.id })}
							disabled={withdraw.busy}
						>
							Thôi chia sẻ
						</button>
					) : null}
				</div>
			) : null}
			<ProblemAlert problem={withdraw.problem} />
		</article>
	);
}

function ExperienceForm({ unitId, told, onClose }: { unitId: number; told?: Experience; onClose: () => void }) {
	const { today } = useSession();
	const [title, setTitle] = useState(told?.title ?? "");
	const [body, setBody] = useState(told?.body ?? "");
	const [documents, setDocuments] = useState(told?.documents ?? "");
	const [beganOn, setBeganOn] = useState<string | null>(told?.beganOn ?? null);
	const [share, setShare] = useState(false);
	const save = useCommand(client.effect.write, {
		refresh: [api.effect.key()],
		said: ({ shared }) => (shared ? "Đã ghi và chia sẻ kinh nghiệm." : "Đã ghi kinh nghiệm, chưa chia sẻ."),
		onDone: onClose,
	});
	return (
		<FormDialog
			title={told ? "Sửa kinh nghiệm" : "Ghi một kinh nghiệm"}
			note="Không ghi họ tên, hoàn cảnh riêng của chị em nếu chưa được đồng ý."
			confirm={share ? "Ghi và chia sẻ" : "Ghi, chưa chia sẻ"}
			onClose={onClose}
			command={save}
			onConfirm={() =>
				save.run({ replaces: told?.id, unitId, title, body, documents, beganOn: beganOn ?? undefined, share })
			}
		>
			<TextField name="title" label="Tên cách làm" required value={title} onChange={setTitle} maxLength={200} />
			<TextArea
				name="body"
				label="Đã làm gì, kết quả ra sao, nên tránh điều gì"
				required
				rows={8}
				value={body}
				onChange={setBody}
			/>
			<TextArea
				name="documents"
				label="Văn bản, tài liệu (số, ngày, tên)"
				rows={2}
				value={documents}
				onChange={setDocuments}
			/>
			<DayField
				name="beganOn"
				label="Làm từ ngày"
				value={beganOn}
				onChange={setBeganOn}
				earliest={EARLIEST}
				latest={today}
			/>
			<CheckField
				label="Tôi đồng ý để các xã khác đọc kinh nghiệm này, cùng với tên xã và tỷ lệ tập hợp của xã qua các năm. Có thể thôi chia sẻ bất cứ lúc nào."
				value={share}
				onChange={setShare}
			/>
		</FormDialog>
	);
}
