import type { ReactNode } from "react";
import { count } from "./format.ts";
import css from "./PartsTable.module.css";

export type Part = { label: ReactNode; value: number; onOpen?: () => void };

/** The components of a commune's members as the API names them (R4, R5). */
export type Parts = {
	roster: number;
	unlisted: number;
	trade_union: number;
	armed_forces: number;
	member_organisation: number;
	upper_club: number;
	overlap: number;
};

const WORDS: [keyof Parts, string][] = [
	["roster", "Đã nhập danh sách"],
	["unlisted", "Đã báo cáo, chưa nhập danh sách"],
	["trade_union", "Là đoàn viên công đoàn"],
	["armed_forces", "Trong lực lượng vũ trang"],
	["member_organisation", "Trong các tổ chức thành viên"],
	["upper_club", "Trong CLB, tổ, nhóm do Hội cấp trên thành lập"],
	["overlap", "Trừ số đã có trong danh sách"],
];

/** The rows of {@link PartsTable} from the API's parts: the roster always, the others where they are not nought, the overlap as a deduction. */
export function partsOf(parts: Parts): Part[] {
	return WORDS.filter(([key]) => key === "roster" || parts[key] !== 0).map(([key, label]) => ({
		label,
		value: key === "overlap" ? -parts[key] : parts[key],
	}));
}

/** What a number is the sum of: a row a part, the total last. A part with `onOpen` leads to what stands behind it. */
export function PartsTable(props: { title: string; parts: Part[]; total: { label: string; value: number } }) {
	return (
		<section className="card">
			<table className={css.parts}>
				<caption>
					<h2>{props.title}</h2>
				</caption>
				<thead className="unseen">
					<tr>
						<th scope="col">Thành phần</th>
						<th scope="col">Số hội viên</th>
					</tr>
				</thead>
				<tbody>
					{props.parts.map((part, index) => (
						// biome-ignore lint/suspicious/noArrayIndexKey: the parts of one figure never change places
						<tr key={index}>
							<th scope="row">
								{part.onOpen ? (
									<button type="button" className="link" onClick={part.onOpen}>
										{part.label}
									</button>
								) : (
									part.label
								)}
							</th>
							<td className="number">{count(part.value)}</td>
						</tr>
					))}
				</tbody>
				<tfoot>
					<tr>
						<th scope="row">{props.total.label}</th>
						<td className="number">{count(props.total.value)}</td>
					</tr>
				</tfoot>
			</table>
		</section>
	);
}
