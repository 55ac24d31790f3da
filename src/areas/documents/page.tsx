import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { displayDay } from "../../core/day.ts";
import type { Column } from "../../ui/columns.ts";
import { DataList } from "../../ui/DataList.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { SelectField } from "../../ui/FormField.tsx";
import { ProblemAlert, type ProblemData } from "../../ui/ProblemAlert.tsx";
import { api } from "../../web/client.ts";
import { saveFile } from "../../web/files.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { toProblem } from "../../web/problem.ts";
import { useSession } from "../../web/session.ts";
import type { DocumentNumber, ShownTemplate } from "./contract.ts";
import { DOCUMENT_LABELS, DOCUMENT_LEVELS, type DocumentLevel, LEVEL_LABELS, REGISTER_LABELS } from "./rules-kinds.ts";

const TemplateForm = lazy(() => import("./page-template.tsx").then((page) => ({ default: page.TemplateForm })));
const LetterheadForm = lazy(() => import("./page-letterhead.tsx").then((page) => ({ default: page.LetterheadForm })));

const route = getRouteApi("/documents");

export type Templates = Awaited<ReturnType<typeof api.documents.templates.call>>;

/** What a unit's papers say of it, the words of each kind of document, and the numbers it has taken (R36). */
export function DocumentsPage() {
	const { level } = route.useSearch();
	const templates = useQuery(api.documents.templates.queryOptions({ input: { level } }));
	return (
		<div className="page">
			<h1>Văn bản</h1>
			<Loaded query={templates}>
				{(shown) => (
					<>
						{shown.letterhead ? <LetterheadCard shown={shown} /> : null}
						<TemplatesCard shown={shown} />
						{shown.unit ? <NumbersCard unitId={shown.unit.unitId} /> : null}
					</>
				)}
			</Loaded>
		</div>
	);
}

/** Place, signer and abbreviation, as they stand on every paper of the unit. */
function LetterheadCard({ shown }: { shown: Templates }) {
	const [open, setOpen] = useState(false);
	const { letterhead, unit, mayWrite } = shown;
	if (!letterhead || !unit) return null;
	const { place, signerPost, signerName, symbol } = letterhead;
	return (
		<section className="card page">
			<h2>Địa danh, người ký</h2>
			<p>
				Văn bản của {unit.name} ghi địa danh <b>{place || "để trống"}</b>, ký hiệu <b>{symbol}</b>, người ký{" "}
				<b>{[signerPost, signerName].filter(Boolean).join(" ") || "để trống"}</b>.
			</p>
			{mayWrite ? (
				<p>
					<Button variant="default" onClick={() => setOpen(true)}>
						Sửa địa danh, người ký
					</Button>
				</p>
			) : null}
			<Suspense>
				{open ? <LetterheadForm unitId={unit.unitId} letterhead={letterhead} onClose={() => setOpen(false)} /> : null}
			</Suspense>
		</section>
	);
}

function TemplatesCard({ shown }: { shown: Templates }) {
	const [editing, setEditing] = useState<ShownTemplate | null>(null);
	const [problem, setProblem] = useState<ProblemData | null>(null);
	const look = async (kind: ShownTemplate["kind"]) => {
		setProblem(null);
		const whose = shown.unit ? `unitId=${shown.unit.unitId}` : `level=${shown.level}`;
		await saveFile(`/files/documents/sample.docx?kind=${kind}&${whose}`).catch((error) => setProblem(toProblem(error)));
	};
	return (
		<section className="card page">
			<h2>Mẫu văn bản</h2>
			<WhoseWords shown={shown} />
			<ProblemAlert problem={problem} />
			{shown.templates.map((template) => (
				<article key={template.kind}>
					<h3>{DOCUMENT_LABELS[template.kind]}</h3>
					<p className="soft">
						{template.version === 0
							? shown.unit
								? "Theo mẫu chung của Trung ương Hội."
								: "Theo mẫu có sẵn của chương trình."
							: `Đã sửa ngày ${displayDay((template.changedAt ?? "").slice(0, 10))}${template.changedBy ? `, ${template.changedBy}` : ""}.`}
					</p>
					<div className="row">
						{shown.mayWrite ? (
							<Button variant="default" onClick={() => setEditing(template)}>
								Sửa mẫu
							</Button>
						) : null}
						<Button variant="default" onClick={() => look(template.kind)}>
							Xem thử (Word)
						</Button>
					</div>
				</article>
			))}
			<Suspense>
				{editing ? (
					<TemplateForm
						key={editing.kind}
						template={editing}
						unitId={shown.unit?.unitId}
						level={shown.level}
						onClose={() => setEditing(null)}
					/>
				) : null}
			</Suspense>
		</section>
	);
}

/** Whose words are shown; the centre chooses between its own and those of a level. */
function WhoseWords({ shown }: { shown: Templates }) {
	const { unit } = useSession();
	const { level } = route.useSearch();
	const navigate = route.useNavigate();
	if (!shown.mayWriteLevels)
		return <p className="soft">Đơn vị sửa được đầu văn bản, ký hiệu, kính gửi, phần ký và nơi nhận.</p>;
	return (
		<SelectField<DocumentLevel>
			label="Mẫu của"
			value={level ?? ""}
			onChange={(chosen) => navigate({ search: { level: chosen || undefined }, replace: true })}
			none={unit.name}
			choices={DOCUMENT_LEVELS.map((value) => ({ value, label: `Mẫu chung: ${LEVEL_LABELS[value]}` }))}
		/>
	);
}

const NUMBER_COLUMNS: Column<DocumentNumber>[] = [
	{
		key: "number",
		head: "Số",
		cell: (row) => String(row.number).padStart(2, "0"),
		phone: "end",
		number: true,
		width: "8%",
	},
	{ key: "about", head: "Trích yếu", cell: (row) => row.about, phone: "first" },
	{
		key: "register",
		head: "Sổ",
		cell: (row) => REGISTER_LABELS[row.register],
		phone: "second",
		phoneLabel: "sổ",
		width: "14%",
	},
	{
		key: "documentOn",
		head: "Ngày văn bản",
		cell: (row) => displayDay(row.documentOn),
		phone: "second",
		phoneLabel: "ngày",
		width: "16%",
	},
	{
		key: "takenBy",
		head: "Người lấy số",
		cell: (row) => row.takenBy ?? "",
		phone: "second",
		phoneLabel: "lấy số",
		width: "20%",
	},
];

/** The numbers taken this year. */
function NumbersCard({ unitId }: { unitId: number }) {
	const numbers = useQuery(api.documents.numbers.queryOptions({ input: { unitId } }));
	return (
		<section className="card page">
			<h2>Sổ văn bản</h2>
			<Loaded query={numbers}>
				{({ rows, year }) => (
					<DataList
						caption={`Số văn bản đã lấy năm ${year}`}
						columns={NUMBER_COLUMNS}
						rows={rows}
						keyOf={(row) => row.id}
						empty={
							<EmptyState title={`Năm ${year} chưa lấy số nào`}>
								Số được lấy khi tải văn bản Word: ở Tỷ lệ tập hợp hoặc Chỉ tiêu. Mỗi năm bắt đầu lại từ số 01.
							</EmptyState>
						}
					/>
				)}
			</Loaded>
		</section>
	);
}
