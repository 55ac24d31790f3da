import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { searchKey } from "../../core/vietnamese.ts";
import type { Column } from "../../ui/columns.ts";
import { DataList } from "../../ui/DataList.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { TextField } from "../../ui/FormField.tsx";
import { count } from "../../ui/format.ts";
import { api } from "../../web/client.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { useSession } from "../../web/session.ts";

type Open = {
	id: number;
	code: string | null;
	name: string;
	district: string;
	unassignedId: number;
	unassigned: string;
};

const LAST_DAY = "2025-06-30";

const COLUMNS: Column<Open>[] = [
	{
		key: "name",
		head: "Xã, phường, thị trấn trước 01/7/2025",
		cell: (row) => (
			<Link to="/units/$unitId" params={{ unitId: String(row.id) }} search={{ on: LAST_DAY }}>
				{row.name}
			</Link>
		),
		phone: "first",
	},
	{ key: "district", head: "Quận, huyện", cell: (row) => row.district, phone: "second" },
	{ key: "code", head: "Mã cũ", cell: (row) => row.code, phone: "second", phoneLabel: "mã cũ", width: "12%" },
	{
		key: "unassigned",
		head: "Đang tính ở",
		cell: (row) => (
			<Link to="/units/$unitId" params={{ unitId: String(row.unassignedId) }} search={{}}>
				{row.unassigned}
			</Link>
		),
		phone: "second",
	},
];

/** Open work: communes before July 2025 whose successor is not known; each is counted once, under *Chưa phân* of its new province (R38). */
export function OpenWorkPage() {
	const { unit } = useSession();
	const within = ["province", "cluster"].includes(unit.kind) ? unit.id : undefined;
	const open = useQuery(api.units.openWork.queryOptions({ input: { within } }));
	const [text, setText] = useState("");
	return (
		<div className="page">
			<Link to="/units">‹ Hệ thống tổ chức Hội</Link>
			<h1>Đơn vị chưa phân sau sắp xếp</h1>
			<p>
				Các xã, phường, thị trấn trước 01/7/2025 mà danh mục chưa cho biết đã nhập vào xã, phường nào. Hội viên và số
				phụ nữ của các nơi này được tính một lần, tại mục “Chưa phân” của tỉnh, thành phố mới, cho đến khi phân xong.
			</p>
			<p>
				<Link to="/reorganisations">Các đợt sắp xếp đơn vị</Link>
			</p>
			<section className="card page">
				<Loaded query={open}>
					{(rows) =>
						rows.length === 0 ? (
							<EmptyState title="Không còn đơn vị nào chưa phân" />
						) : (
							<>
								<TextField label="Tìm theo tên, quận huyện hoặc mã" value={text} onChange={setText} />
								<OpenList rows={rows} text={text} />
							</>
						)
					}
				</Loaded>
			</section>
		</div>
	);
}

function OpenList({ rows, text }: { rows: Open[]; text: string }) {
	const found = useMemo(() => {
		const key = searchKey(text);
		return rows.filter(
			(row) => key === "" || searchKey(`${row.name} ${row.district} ${row.unassigned} ${row.code ?? ""}`).includes(key),
		);
	}, [rows, text]);
	return (
		<>
			<p className="soft" role="status">
				{count(found.length)} đơn vị
			</p>
			<DataList
				caption="Đơn vị chưa phân sau sắp xếp"
				columns={COLUMNS}
				rows={found}
				keyOf={(row) => String(row.id)}
				empty={<p>Không có đơn vị nào khớp với “{text}”.</p>}
			/>
		</>
	);
}
