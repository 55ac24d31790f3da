import { Fragment, type ReactNode } from "react";
import type { Column } from "./columns.ts";
import css from "./table.module.css";

/** A row as a phone shows it: name and figure on the first line, the rest in small words on the second. */
export function TwoLines<Row>({ row, columns, lead }: { row: Row; columns: Column<Row>[]; lead?: ReactNode }) {
	const of = (place: Column<Row>["phone"]) => columns.filter((column) => column.phone === place);
	const second = of("second")
		.map((column) => ({ column, value: column.cell(row) }))
		.filter(({ value }) => value !== null && value !== undefined && value !== "");
	return (
		<span className={css.lines}>
			<span className={css.first}>
				{lead ?? of("first").map((column) => <Fragment key={column.key}>{column.cell(row)}</Fragment>)}
			</span>
			<span className={css.end}>
				{of("end").map((column) => (
					<Fragment key={column.key}>{column.cell(row)}</Fragment>
				))}
			</span>
			{second.length > 0 ? (
				<span className={css.second}>
					{second.map(({ column, value }, index) => (
						<Fragment key={column.key}>
							{index > 0 ? <span className="unseen">, </span> : null}
							<span className={css.piece}>
								{column.phoneLabel ? `${column.phoneLabel} ` : null}
								{value}
							</span>
						</Fragment>
					))}
				</span>
			) : null}
		</span>
	);
}
