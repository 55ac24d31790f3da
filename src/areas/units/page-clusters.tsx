import { Button, Checkbox } from "@mantine/core";
import "@mantine/core/styles/InlineInput.layer.css";
import "@mantine/core/styles/Checkbox.layer.css";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { DayField } from "../../ui/DayField.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { TextField } from "../../ui/FormField.tsx";
import { fieldError } from "../../ui/ProblemAlert.tsx";
import { toast } from "../../ui/Toast.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { EARLIEST, latestDay } from "../../web/search.ts";
import { useSession } from "../../web/session.ts";
import css from "./page-clusters.module.css";
import { dayOrToday } from "./page-find.ts";

const route = getRouteApi("/units/clusters");

type Cluster = { id: number; name: string; example: boolean; provinces: { id: number; name: string }[] };

/** The emulation clusters on a day: a dated relation of provinces, never a level of the Union (R18, R19). */
export function ClustersPage() {
	const session = useSession();
	const { on = session.today } = route.useSearch();
	const navigate = route.useNavigate();
	const clusters = useQuery(api.units.clusters.queryOptions({ input: { on } }));
	const [edited, setEdited] = useState<Cluster | "new" | null>(null);
	const mayWrite = session.verbs.includes("clusters.write");
	return (
		<div className="page">
			<Link to="/units" search={{ on: dayOrToday(on, session.today) }}>
				‹ Hệ thống tổ chức Hội
			</Link>
			<h1>Cụm thi đua</h1>
			<div className="row" style={{ alignItems: "end" }}>
				<DayField
					label="Tại ngày"
					value={on}
					earliest={EARLIEST}
					latest={latestDay(session.today)}
					onChange={(day) => navigate({ search: { on: day ?? undefined }, replace: true })}
				/>
				{mayWrite ? (
					<span className="end">
						<Button onClick={() => setEdited("new")}>Lập Cụm thi đua</Button>
					</span>
				) : null}
			</div>
			<Loaded query={clusters}>
				{(rows) => (
					<>
						{rows.some((cluster) => cluster.example) ? (
							<p className="soft">
								Các Cụm ghi “ví dụ” do chương trình đặt sẵn, vì danh sách chính thức chưa được công bố.
								{mayWrite ? " Hãy sửa theo văn bản của Trung ương Hội." : ""}
							</p>
						) : null}
						{rows.map((cluster) => (
							<section className="card" key={cluster.id}>
								<div className="row">
									<h2>
										{bareName(cluster)} {cluster.example ? <span className={css.example}>ví dụ</span> : null}
									</h2>
									{mayWrite ? (
										<button type="button" className="link end" onClick={() => setEdited(cluster)}>
											Sửa<span className="unseen"> {cluster.name}</span>
										</button>
									) : null}
								</div>
								<p>
									{cluster.provinces.length > 0
										? cluster.provinces.map((province) => province.name).join(", ")
										: "Chưa có tỉnh, thành phố nào."}
								</p>
							</section>
						))}
						{rows.length === 0 ? (
							<EmptyState title="Chưa có Cụm thi đua nào vào ngày này">
								Trung ương Hội lập Cụm và chọn các tỉnh, thành phố.
							</EmptyState>
						) : null}
					</>
				)}
			</Loaded>
			{edited ? (
				<ClusterForm cluster={edited === "new" ? null : edited} day={on} onClose={() => setEdited(null)} />
			) : null}
		</div>
	);
}

/** The name without the "(ví dụ)" that the built-in ones carry: the mark beside it says so. */
function bareName({ name, example }: Cluster): string {
	return example ? name.replace(/ \(ví dụ\)$/u, "") : name;
}

function ClusterForm({ cluster, day, onClose }: { cluster: Cluster | null; day: string; onClose: () => void }) {
	const [name, setName] = useState(cluster?.name ?? "");
	const [from, setFrom] = useState<string | null>(day);
	const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set(cluster?.provinces.map(({ id }) => id)));
	const provinces = useQuery(
		api.units.children.queryOptions({ input: { code: "VN", on: from ?? day, kinds: ["province"] } }),
	);
	const clusters = useQuery(api.units.clusters.queryOptions({ input: { on: from ?? day } }));
	// A province is in one cluster at a time: it is let go there before it is taken here.
	const elsewhere = new Set(
		clusters.data?.filter(({ id }) => id !== cluster?.id).flatMap((other) => other.provinces.map(({ id }) => id)),
	);
	const open = provinces.data?.filter(({ id }) => !elsewhere.has(id)) ?? [];
	const save = useCommand(client.units.setCluster, {
		refresh: [api.units.key(), api.gathering.key()],
		onDone: () => {
			toast({ text: "Đã lưu Cụm thi đua." });
			onClose();
		},
	});
	const choose = (id: number, yes: boolean) => {
		const next = new Set(chosen);
		if (yes) next.add(id);
		else next.delete(id);
		setChosen(next);
	};
	const standing = provinces.data?.filter(({ id }) => chosen.has(id)).map(({ id }) => id) ?? [];
	return (
		<FormDialog
			opened
			title={cluster ? `Sửa ${cluster.name}` : "Lập Cụm thi đua"}
			note="Những ngày trước vẫn giữ danh sách cũ."
			confirm="Lưu"
			onClose={onClose}
			busy={save.busy}
			problem={save.problem}
			fields={["name", "from", "provinceIds"]}
			ready={name.trim() !== "" && from !== null && provinces.data !== undefined}
			onConfirm={() => from && save.run({ id: cluster?.id, name, provinceIds: standing, from })}
		>
			<TextField label="Tên Cụm" required value={name} onChange={setName} error={fieldError(save.problem, "name")} />
			<DayField
				label="Từ ngày"
				required
				value={from}
				onChange={setFrom}
				earliest={EARLIEST}
				error={fieldError(save.problem, "from")}
			/>
			<Loaded query={provinces}>
				{(rows) => (
					<fieldset className={css.provinces}>
						<legend>Các tỉnh, thành phố ({standing.length})</legend>
						{open.map((province) => (
							<Checkbox
								key={province.id}
								label={province.name}
								checked={chosen.has(province.id)}
								onChange={(event) => choose(province.id, event.currentTarget.checked)}
							/>
						))}
						{rows.length > open.length ? (
							<p className={`soft ${css.whole}`}>
								{rows.length - open.length} tỉnh, thành phố khác đang thuộc các Cụm khác; muốn chuyển về đây thì bỏ ở
								Cụm ấy trước.
							</p>
						) : null}
						<p className={css.whole} role="alert">
							{fieldError(save.problem, "provinceIds")}
						</p>
					</fieldset>
				)}
			</Loaded>
		</FormDialog>
	);
}
