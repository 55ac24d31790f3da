import { Checkbox } from "@mantine/core";
import "@mantine/core/styles/InlineInput.layer.css";
import "@mantine/core/styles/Checkbox.layer.css";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { TextField } from "../../ui/FormField.tsx";
import { fieldError } from "../../ui/ProblemAlert.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { Loaded } from "../../web/Loaded.tsx";
import css from "./page-clusters.module.css";
import type { Cluster } from "./page-clusters.tsx";
import { FromDay } from "./page-from-day.tsx";

/** A cluster's name and provinces from a day on; earlier days keep what they had. */
export function ClusterForm({ cluster, day, onClose }: { cluster: Cluster | null; day: string; onClose: () => void }) {
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
		said: "Đã lưu Cụm thi đua.",
		onDone: onClose,
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
			title={cluster ? `Sửa ${cluster.name}` : "Lập Cụm thi đua"}
			note="Những ngày trước vẫn giữ danh sách cũ."
			confirm="Lưu"
			onClose={onClose}
			command={save}
			fields={["name", "from", "provinceIds"]}
			ready={name.trim() !== "" && from !== null && provinces.data !== undefined}
			onConfirm={() => from && save.run({ id: cluster?.id, name, provinceIds: standing, from })}
		>
			<TextField label="Tên Cụm" required value={name} onChange={setName} error={fieldError(save.problem, "name")} />
			<FromDay value={from} onChange={setFrom} problem={save.problem} />
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
