import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { displayDay } from "../../core/day.ts";
import { Form, FormProblem } from "../../ui/Form.tsx";
import { CheckField, NumberField } from "../../ui/FormField.tsx";
import { count } from "../../ui/format.ts";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { ConsentFields, consentedOn } from "../members/page-consent-form.tsx";
import type { ImportShow } from "./contract.ts";
import css from "./page-import.module.css";
import { guessedFont } from "./page-old-font.tsx";

type Lower = "auto" | "none" | "number";

/** The last questions before rows are written: on what consent, and how many of these women were in the figure without names (R9, R49). */
export function CommitImport({ show }: { show: ImportShow }) {
	const { counts } = show;
	const [lower, setLower] = useState<Lower>("auto");
	const [number, setNumber] = useState<number | null>(null);
	const [isConsented, setIsConsented] = useState(false);
	const [consented, setConsented] = useState(() => consentedOn(show.asOf));
	const commit = useCommand(client.imports.commit, { refresh: [api.imports.key()] });
	const written = counts.accepted + counts.updated;
	const asked = guessedFont(show) !== null;
	const run = () =>
		commit.run({
			id: show.id,
			lowerUnlisted: lower === "number" ? (number ?? 0) : lower,
			consent: isConsented && consented.givenOn ? { ...consented, givenOn: consented.givenOn } : null,
		});
	return (
		<section className="card" id="commit">
			<h2>Ghi nhận</h2>
			<Form command={commit} onSubmit={run}>
				<Unlisted show={show} lower={lower} onLower={setLower} number={number} onNumber={setNumber} />
				<div className="page">
					<CheckField
						label="Những người trong tệp đã đồng ý cung cấp thông tin để quản lý hội viên"
						hint="Một danh sách có chữ ký ghi được cho cả tệp. Chưa có thì ghi sau; những người này có trong danh sách “Chưa có đồng ý cung cấp thông tin”."
						value={isConsented}
						onChange={setIsConsented}
					/>
					{isConsented ? (
						<div className={css.fields}>
							<ConsentFields value={consented} onChange={setConsented} />
						</div>
					) : null}
				</div>
				{counts.rejected > 0 ? (
					<p>
						<b>{count(counts.rejected)}</b> dòng còn lỗi hoặc chưa trả lời sẽ không được ghi; chị sửa ở trên, hoặc sửa
						sau.
					</p>
				) : null}
				{asked ? (
					<p>
						<a href="#font-head">Xem các tên ở trên đã đọc đúng chưa</a> rồi mới ghi được.
					</p>
				) : null}
				<FormProblem />
				<div className="row">
					<Button type="submit" size="md" loading={commit.busy} disabled={asked || written === 0}>
						Ghi {count(written)} người vào danh sách hội viên
					</Button>
					<span className="soft">Hoàn tác được cả lần nhập.</span>
				</div>
			</Form>
		</section>
	);
}

/** Those reported but not yet listed fall by the women whose names come in, so that nobody counts twice (R49). */
function Unlisted(props: {
	show: ImportShow;
	lower: Lower;
	onLower: (lower: Lower) => void;
	number: number | null;
	onNumber: (number: number | null) => void;
}) {
	const { show, lower } = props;
	const { data } = useQuery(api.headcounts.list.queryOptions({ input: { unitId: show.unitId, on: show.asOf } }));
	const figures = data
		?.find((one) => one.unitId === show.unitId)
		?.figures.filter((one) => one.component === "unlisted" && one.count > 0);
	if (!figures || figures.length === 0) return null;
	const reported = figures.reduce((sum, one) => sum + one.count, 0);
	const days = [...new Set(figures.map((one) => one.onDay))].sort().map(displayDay);
	const choice = (value: Lower, words: string) => (
		<label>
			<input type="radio" name="lower" checked={lower === value} onChange={() => props.onLower(value)} />
			<span>{words}</span>
		</label>
	);
	return (
		<fieldset className={css.choices}>
			<legend>
				Xã đã báo cáo {count(reported)} hội viên chưa nhập danh sách (ngày {days.join(", ")}). Bao nhiêu người trong tệp
				đã nằm trong số đó?
			</legend>
			{choice("auto", "Tất cả những người được tính vào ngày ấy (máy trừ giúp, không quá số đã báo cáo)")}
			{choice("none", "Không ai: đều là hội viên thêm")}
			{choice("number", "Một số khác")}
			{lower === "number" ? (
				<div style={{ maxWidth: 240 }}>
					<NumberField
						name="lowerUnlisted"
						label="Số người"
						required
						value={props.number}
						onChange={props.onNumber}
						max={reported}
					/>
				</div>
			) : null}
		</fieldset>
	);
}
