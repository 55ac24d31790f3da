import { Button } from "@mantine/core";
import { useState } from "react";
import { displayDay } from "../../core/day.ts";
import { DayField } from "../../ui/DayField.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { TextArea, TextField } from "../../ui/FormField.tsx";
import { count } from "../../ui/format.ts";
import { ProblemAlert } from "../../ui/ProblemAlert.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { EARLIEST } from "../../web/search.ts";
import { useSession } from "../../web/session.ts";
import css from "./page.module.css";
import type { Shown } from "./page.tsx";

/** The agreement of the cluster's year: its document and text, and who has signed it. */
export function Agreement({ shown }: { shown: Shown }) {
	const [writing, setWriting] = useState(false);
	const { agreement, signatures, mine, mayReview, published, year, criteria, cluster } = shown;
	const sign = useCommand(client.emulation.sign, {
		refresh: [api.emulation.key()],
		said: (done) => `Đã ký giao ước thi đua (${count(done.signed)} trên ${count(done.of)} tỉnh, thành phố).`,
	});
	const unsigned = signatures.find(({ unitId, signedAt }) => mine.includes(unitId) && signedAt === null);
	const mayWrite = mayReview && !published && criteria.length > 0;
	return (
		<section className="card page">
			<h2>Giao ước thi đua năm {year}</h2>
			{agreement ? (
				<>
					<p>
						{agreement.document}, ngày {displayDay(agreement.on)}
					</p>
					{agreement.text ? <p className={css.text}>{agreement.text}</p> : null}
					<p>
						{count(signatures.filter(({ signedAt }) => signedAt !== null).length)} trên {count(signatures.length)} tỉnh,
						thành phố đã ký:
					</p>
					<ul>
						{signatures.map((one) => (
							<li key={one.unitId}>
								{one.name}:{" "}
								{one.signedAt ? (
									`đã ký ngày ${displayDay(one.signedAt.slice(0, 10))}${one.signedBy ? ` (${one.signedBy})` : ""}`
								) : (
									<span className="soft">chưa ký</span>
								)}
							</li>
						))}
					</ul>
					{unsigned && !published ? (
						<p>
							<Button
								loading={sign.busy}
								onClick={() =>
									sign.run({ clusterId: cluster.unitId, year, provinceId: unsigned.unitId, number: agreement.number })
								}
							>
								Ký giao ước thay mặt {unsigned.name}
							</Button>
						</p>
					) : null}
					<ProblemAlert problem={sign.problem} />
				</>
			) : (
				<p className="soft">Chưa ghi giao ước thi đua.</p>
			)}
			{mayWrite ? (
				<p>
					<Button variant="default" onClick={() => setWriting(true)}>
						{agreement ? "Sửa giao ước" : "Ghi giao ước thi đua"}
					</Button>
				</p>
			) : null}
			{writing ? <AgreementForm shown={shown} onClose={() => setWriting(false)} /> : null}
		</section>
	);
}

function AgreementForm({ shown, onClose }: { shown: Shown; onClose: () => void }) {
	const { today } = useSession();
	const { agreement, cluster, year } = shown;
	const [document, setDocument] = useState(agreement?.document ?? "");
	const [documentOn, setDocumentOn] = useState<string | null>(agreement?.on ?? today);
	const [text, setText] = useState(agreement?.text ?? "");
	const save = useCommand(client.emulation.agree, {
		refresh: [api.emulation.key()],
		said: "Đã ghi giao ước thi đua.",
		onDone: onClose,
	});
	return (
		<FormDialog
			title={`Giao ước thi đua năm ${year}`}
			note={agreement ? "Sửa giao ước thì các tỉnh, thành phố đã ký phải ký lại." : undefined}
			confirm="Ghi giao ước"
			onClose={onClose}
			command={save}
			onConfirm={() => documentOn !== null && save.run({ clusterId: cluster.unitId, year, document, documentOn, text })}
		>
			<TextField name="document" label="Số văn bản" required value={document} onChange={setDocument} />
			<DayField
				name="documentOn"
				label="Ngày ký kết"
				required
				value={documentOn}
				onChange={setDocumentOn}
				earliest={EARLIEST}
				latest={today}
			/>
			<TextArea name="text" label="Nội dung giao ước" rows={8} value={text} onChange={setText} />
		</FormDialog>
	);
}
