import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { type UnitChoice, UnitPicker } from "../../ui/UnitPicker.tsx";
import { actFor, useActedFor } from "../../web/acting-for.ts";
import { useSession } from "../../web/session.ts";
import { findUnits } from "../units/page-find.ts";

/** An officer chooses the commune below for which she works now (R39). */
export function ActingPage() {
	const { unit: own, today } = useSession();
	const acted = useActedFor();
	const queries = useQueryClient();
	const navigate = useNavigate();
	const [unit, setUnit] = useState<UnitChoice | null>(null);
	const search = useMemo(
		() => findUnits({ on: today, within: own.id, kinds: ["commune", "special_base"] }),
		[today, own.id],
	);
	const begin = (chosen: UnitChoice) => {
		actFor({ id: Number(chosen.id), kind: "commune", code: chosen.code || null, name: chosen.name });
		queries.invalidateQueries();
		navigate({ to: "/" });
	};
	return (
		<div className="page" style={{ maxWidth: 760 }}>
			<h1>Nhập thay cơ sở</h1>
			<section className="card page">
				<p>
					Cơ sở nhập số liệu của mình. Khi cơ sở chưa tự làm được, cán bộ cấp trên nhập thay: mọi việc được ghi nhật ký
					dưới tên chị, và cơ sở xem được đã làm gì.
				</p>
				{acted ? (
					<p>
						Đang nhập thay <b>{acted.name}</b>. Kết thúc ở dải màu phía trên trước khi chọn cơ sở khác.
					</p>
				) : (
					<>
						<UnitPicker label="Cơ sở" value={unit} onChange={setUnit} search={search} />
						<div className="row">
							<Button disabled={unit === null} onClick={() => unit && begin(unit)}>
								Bắt đầu nhập thay
							</Button>
							<Link to="/">Để sau</Link>
						</div>
					</>
				)}
			</section>
		</div>
	);
}
