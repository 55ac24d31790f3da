import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { StatCard } from "../../ui/StatCard.tsx";
import { api } from "../../web/client.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { useSession } from "../../web/session.ts";
import { DeadlineCard } from "./page-overview-due.tsx";

/** A branch's first screen, also a group's and a special base's: how many members, what is due. These units have counts, not rates (R6). */
export function BranchOverview() {
	const { unit, today, verbs } = useSession();
	const rows = useQuery(api.gathering.rates.queryOptions({ input: { on: today, unitId: unit.id } }));
	return (
		<div className="page">
			<h1 className="unseen">Tổng quan {unit.name}</h1>
			<Loaded query={rows}>
				{([row]) =>
					row ? (
						<StatCard
							label="Hội viên được tính hôm nay"
							value={row.members}
							note="Chi hội, tổ, cơ sở Hội đặc thù có số hội viên; tỷ lệ tập hợp tính cho xã, phường, đặc khu."
						/>
					) : (
						<p>Đơn vị không còn hoạt động vào ngày hôm nay.</p>
					)
				}
			</Loaded>
			{verbs.includes("meetings.write") ? (
				<Button component={Link} to="/meetings" size="lg">
					Ghi buổi sinh hoạt
				</Button>
			) : null}
			<DeadlineCard />
			<p>
				<Link to="/units/$unitId" params={{ unitId: String(unit.id) }} search={{}}>
					Xem {unit.name} trong hệ thống tổ chức Hội
				</Link>
			</p>
		</div>
	);
}
