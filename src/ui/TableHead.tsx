import { type Column, nextSort, type Sort } from "./columns.ts";
import css from "./table.module.css";

/** The heads of a table: a button in each that can be sorted by, its order told to readers of the screen and shown by an arrow. */
export function TableHead<Row>(props: { columns: Column<Row>[]; sort?: Sort; onSort?: (sort: Sort) => void }) {
	const { columns, sort, onSort } = props;
	return (
		<thead className={css.head}>
			<tr>
				{columns.map((column) => (
					<th
						key={column.key}
						scope="col"
						className={column.number ? "number" : undefined}
						style={{ width: column.width }}
						aria-sort={sort?.key === column.key ? (sort.descending ? "descending" : "ascending") : undefined}
					>
						{column.sortable && onSort ? (
							<button type="button" className={css.sort} onClick={() => onSort(nextSort(sort, column.key))}>
								{column.head}
								<span aria-hidden="true" className={sort?.key === column.key ? css.sorted : css.unsorted}>
									{sort?.key === column.key && sort.descending ? "↓" : "↑"}
								</span>
							</button>
						) : (
							column.head
						)}
					</th>
				))}
			</tr>
		</thead>
	);
}
