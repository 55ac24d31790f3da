import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { SelectField, TextArea } from "../../ui/FormField.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { useSession } from "../../web/session.ts";
import type { CatalogueEntry } from "./contract.ts";
import css from "./page.module.css";

const KINDS = ["cause", "solution", "group", "partner"] as const;
type Kind = (typeof KINDS)[number];

const KIND_WORDS: Record<Kind, string> = {
	cause: "Nguyên nhân khó tập hợp",
	solution: "Giải pháp",
	group: "Nhóm phụ nữ khó tập hợp",
	partner: "Lực lượng phối hợp",
};

/** The lists behind the cases: the guidance's words, what units added, and what was offered to all. */
export function CataloguePage() {
	const { verbs, unit } = useSession();
	const [adding, setAdding] = useState(false);
	const catalogue = useQuery(api.support.catalogue.queryOptions({ input: {} }));
	return (
		<div className="page">
			<p>
				<Link to="/support">‹ Hỗ trợ cơ sở</Link>
			</p>
			<div className="row">
				<h1>Danh mục nguyên nhân, giải pháp</h1>
				{verbs.includes("support.write") ? (
					<span className="end">
						<Button onClick={() => setAdding(true)}>Thêm mục của {unit.name}</Button>
					</span>
				) : null}
			</div>
			<p className="soft">
				Mục của Hướng dẫn 21/HD-ĐCT ghi chỗ trong hướng dẫn. Mục do đơn vị thêm thì đơn vị ấy và cấp dưới dùng; Hội cấp
				trên giới thiệu thì mọi đơn vị dưới quyền cùng dùng.
			</p>
			<Loaded query={catalogue}>
				{(entries) => (
					<>
						{KINDS.map((kind) => (
							<section key={kind} className="card">
								<h2>{KIND_WORDS[kind]}</h2>
								<Entries kind={kind} entries={entries} />
							</section>
						))}
						{adding ? <AddForm entries={entries} onClose={() => setAdding(false)} /> : null}
					</>
				)}
			</Loaded>
		</div>
	);
}

function Entries({ kind, entries }: { kind: Kind; entries: CatalogueEntry[] }) {
	const groups = entries.filter((entry) => entry.kind === "solution_group");
	if (kind === "solution")
		return groups.map(({ code, words }) => (
			<div key={code}>
				<h3>{words}</h3>
				<List entries={entries.filter(({ parentCode }) => parentCode === code)} />
			</div>
		));
	return <List entries={entries.filter((entry) => entry.kind === kind)} />;
}

function List({ entries }: { entries: CatalogueEntry[] }) {
	return (
		<ul className={css.story}>
			{entries.map((entry) => (
				<Entry key={entry.code} entry={entry} />
			))}
		</ul>
	);
}

function Entry({ entry }: { entry: CatalogueEntry }) {
	const offer = useCommand(client.support.offerEntry, {
		refresh: [api.support.key()],
		said: (done) => (done.offeredToAll ? "Đã giới thiệu cho cả nước." : "Đã giới thiệu cho mọi đơn vị dưới quyền."),
	});
	return (
		<li>
			{entry.words} <span className="soft">{originWords(entry)}</span>{" "}
			{entry.mayOffer ? (
				<button type="button" className="link" disabled={offer.busy} onClick={() => offer.run({ code: entry.code })}>
					Giới thiệu cho mọi đơn vị<span className="unseen">: {entry.words}</span>
				</button>
			) : null}
			{offer.problem ? <p role="alert">{offer.problem.message}</p> : null}
		</li>
	);
}

function originWords({ guidance, offeredBy, offeredUnder, offeredToAll }: CatalogueEntry): string {
	if (!offeredBy) return guidance;
	if (offeredToAll) return `mục của ${offeredBy.name}, dùng chung cả nước`;
	if (offeredUnder && offeredUnder.unitId !== offeredBy.unitId)
		return `mục của ${offeredBy.name}, dùng trong ${offeredUnder.name}`;
	return `mục của ${offeredBy.name}`;
}

function AddForm({ entries, onClose }: { entries: CatalogueEntry[]; onClose: () => void }) {
	const { unit } = useSession();
	const [kind, setKind] = useState<Kind>("cause");
	const [parentCode, setParentCode] = useState("");
	const [words, setWords] = useState("");
	const add = useCommand(client.support.addEntry, {
		refresh: [api.support.key()],
		said: "Đã thêm vào danh mục.",
		onDone: onClose,
	});
	return (
		<FormDialog
			title={`Thêm mục của ${unit.name}`}
			confirm="Thêm vào danh mục"
			onClose={onClose}
			command={add}
			onConfirm={() =>
				add.run({ unitId: unit.id, kind, words, parentCode: kind === "solution" ? parentCode : undefined })
			}
		>
			<SelectField
				label="Loại"
				name="kind"
				value={kind}
				onChange={(chosen) => setKind(KINDS.find((one) => one === chosen) ?? "cause")}
				choices={KINDS.map((value) => ({ value, label: KIND_WORDS[value] }))}
			/>
			{kind === "solution" ? (
				<SelectField
					label="Nhóm giải pháp"
					name="parentCode"
					required
					none="Chọn nhóm"
					value={parentCode}
					onChange={setParentCode}
					choices={entries
						.filter((entry) => entry.kind === "solution_group")
						.map(({ code, words }) => ({ value: code, label: words }))}
				/>
			) : null}
			<TextArea label="Nội dung" name="words" required rows={3} value={words} onChange={setWords} />
		</FormDialog>
	);
}
