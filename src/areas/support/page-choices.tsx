import { Checkbox } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Fragment, type ReactNode } from "react";
import { api } from "../../web/client.ts";
import { Loaded } from "../../web/Loaded.tsx";
import type { CatalogueEntry } from "./contract.ts";
import css from "./page.module.css";

type Props<Row> = {
	kind: "cause" | "solution" | "group" | "partner";
	rows: readonly Row[];
	codeOf: (row: Row) => string;
	make: (code: string) => Row;
	onChange: (rows: Row[]) => void;
	/** The fields of a chosen entry. */
	children: (row: Row, change: (part: Partial<Row>) => void, entry: CatalogueEntry) => ReactNode;
};

/** A list of the catalogue to tick off, the guidance's words first; what is ticked shows its fields. */
export function Choices<Row extends object>(props: Props<Row>) {
	const kinds = props.kind === "solution" ? ["solution", "solution_group"] : [props.kind];
	const catalogue = useQuery(api.support.catalogue.queryOptions({ input: { kinds } }));
	return (
		<Loaded query={catalogue}>
			{(entries) => (
				<>
					{entries
						.filter(({ kind }) => kind === "solution_group")
						.map((group) => (
							<Fragment key={group.code}>
								<h3>{group.words}</h3>
								{entries
									.filter(({ parentCode }) => parentCode === group.code)
									.map((entry) => (
										<Choice key={entry.code} {...props} entry={entry} />
									))}
							</Fragment>
						))}
					{entries
						.filter(({ kind, parentCode }) => kind !== "solution_group" && parentCode === null)
						.map((entry) => (
							<Choice key={entry.code} {...props} entry={entry} />
						))}
					<p className="soft">
						Không có trong danh mục? <Link to="/support/catalogue">Thêm mục của đơn vị mình</Link>.
					</p>
				</>
			)}
		</Loaded>
	);
}

function Choice<Row extends object>(props: Props<Row> & { entry: CatalogueEntry }) {
	const { entry, rows, codeOf, make, onChange, children } = props;
	const chosen = rows.filter((row) => codeOf(row) === entry.code);
	const toggle = (on: boolean) =>
		onChange(on ? [...rows, make(entry.code)] : rows.filter((row) => codeOf(row) !== entry.code));
	return (
		<div className={css.choice}>
			<Checkbox
				label={entry.words}
				description={entry.guidance || (entry.offeredBy ? `Mục của ${entry.offeredBy.name}` : undefined)}
				checked={chosen.length > 0}
				onChange={(event) => toggle(event.currentTarget.checked)}
			/>
			{chosen.map((row) => (
				<Fragment key={rows.indexOf(row)}>
					{children(row, (part) => onChange(rows.map((one) => (one === row ? { ...one, ...part } : one))), entry)}
				</Fragment>
			))}
		</div>
	);
}
