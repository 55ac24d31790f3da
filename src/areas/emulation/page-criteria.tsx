import { useState } from "react";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { NumberField, SelectField, TextField } from "../../ui/FormField.tsx";
import { count } from "../../ui/format.ts";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import css from "./page.module.css";
import type { Shown } from "./page.tsx";
import { MEASURE_WORDS, MEASURES, type Measure } from "./rules.ts";

interface Draft {
	key: string;
	number: number | undefined;
	name: string;
	points: number | null;
	measure: Measure;
}

const empty = (key: string): Draft => ({ key, number: undefined, name: "", points: null, measure: "self" });

/** The criteria of a cluster's year, one below the other; those that were there keep their marks. */
export function CriteriaForm({ shown, onClose }: { shown: Shown; onClose: () => void }) {
	const [rows, setRows] = useState<Draft[]>(() =>
		shown.criteria.length > 0 ? shown.criteria.map((one) => ({ ...one, key: String(one.number) })) : [empty("new 0")],
	);
	const [made, setMade] = useState(1);
	const save = useCommand(client.emulation.set, {
		refresh: [api.emulation.key()],
		said: (done) => `Đã đặt ${count(done.criteria)} tiêu chí, tối đa ${count(done.maximum)} điểm.`,
		onDone: onClose,
	});
	const change = (key: string, part: Partial<Draft>) =>
		setRows((old) => old.map((row) => (row.key === key ? { ...row, ...part } : row)));
	return (
		<FormDialog
			title={`Tiêu chí thi đua năm ${shown.year}, ${shown.cluster.name}`}
			note="Tiêu chí đã có giữ điểm đã chấm; bỏ một tiêu chí thì điểm của nó không tính nữa."
			confirm="Lưu tiêu chí"
			onClose={onClose}
			command={save}
			ready={rows.length > 0}
			onConfirm={() =>
				save.run({
					clusterId: shown.cluster.unitId,
					year: shown.year,
					criteria: rows.map(({ number, name, points, measure }) => ({ number, name, points: points ?? 0, measure })),
				})
			}
		>
			{rows.map((row, at) => (
				<fieldset key={row.key} className={css.criterion}>
					<legend>Tiêu chí {at + 1}</legend>
					<TextField label="Tên tiêu chí" required value={row.name} onChange={(name) => change(row.key, { name })} />
					<NumberField
						label="Điểm tối đa"
						required
						value={row.points}
						onChange={(points) => change(row.key, { points })}
						max={1000}
					/>
					<SelectField
						label="Cách tính"
						value={row.measure}
						onChange={(measure) => change(row.key, { measure: measure as Measure })}
						choices={MEASURES.map((value) => ({ value, label: MEASURE_WORDS[value] }))}
					/>
					{rows.length > 1 ? (
						<p>
							<button
								type="button"
								className="link"
								onClick={() => setRows((old) => old.filter(({ key }) => key !== row.key))}
							>
								Bỏ tiêu chí {at + 1}
							</button>
						</p>
					) : null}
				</fieldset>
			))}
			<p>
				<button
					type="button"
					className="link"
					onClick={() => {
						setRows((old) => [...old, empty(`new ${made}`)]);
						setMade(made + 1);
					}}
				>
					Thêm tiêu chí
				</button>
			</p>
			<p role="status">Cộng tối đa {count(rows.reduce((sum, { points }) => sum + (points ?? 0), 0))} điểm.</p>
		</FormDialog>
	);
}
