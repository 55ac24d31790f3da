import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { displayDay } from "../../core/day.ts";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { toast } from "../../ui/Toast.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import type { MemberShow } from "./contract-member.ts";
import css from "./page-person.module.css";
import { type Named, PersonPicker } from "./page-person-picker.tsx";
import { displayBirth } from "./rules-person.ts";

/** Two records of one woman become one; it can be undone (Tách lại). */
export function MergeForm({
	keptId,
	mergedId,
	onClose,
}: {
	keptId: string;
	mergedId: string | null;
	onClose: () => void;
}) {
	const [other, setOther] = useState<Named>({ personId: mergedId, name: "" });
	const kept = useQuery(api.members.show.queryOptions({ input: { personId: keptId } }));
	const merged = useQuery(
		api.members.show.queryOptions({ input: { personId: other.personId ?? keptId }, enabled: other.personId !== null }),
	);
	const merge = useCommand(client.members.merge, {
		refresh: [api.members.key(), api.gathering.key()],
		onDone: () => {
			toast({ text: "Đã gộp hai hồ sơ. Có thể tách lại ở trang hồ sơ." });
			onClose();
		},
	});
	const [isTurned, setIsTurned] = useState(false);
	const found = kept.data && other.personId && merged.data ? ([kept.data, merged.data] as const) : null;
	const both = found && isTurned ? ([found[1], found[0]] as const) : found;
	return (
		<FormDialog
			title="Gộp hồ sơ trùng"
			note="Chỉ gộp khi chắc chắn là cùng một người. Hai quá trình tham gia Hội được nối vào một hồ sơ; không ngày nào chị được tính hai lần."
			confirm="Cùng một người: gộp lại"
			onClose={onClose}
			command={{ ...merge, busy: merge.busy || (other.personId !== null && both === null) }}
			onConfirm={() =>
				both &&
				merge.run({
					keptId: both[0].personId,
					keptVersion: both[0].version,
					mergedId: both[1].personId,
					mergedVersion: both[1].version,
				})
			}
		>
			{mergedId === null ? (
				<PersonPicker
					name="mergedId"
					label="Hồ sơ trùng với"
					required
					value={other}
					onChange={setOther}
					except={keptId}
				/>
			) : null}
			{both ? (
				<>
					<div className={css.pair}>
						<Facts person={both[0]} title="Hồ sơ giữ lại" />
						<Facts person={both[1]} title="Hồ sơ gộp vào" />
					</div>
					<p className="soft">
						Họ tên, ngày sinh, điện thoại, địa chỉ lấy theo hồ sơ giữ lại.{" "}
						<button type="button" className="link" onClick={() => setIsTurned(!isTurned)}>
							Giữ hồ sơ kia
						</button>
					</p>
				</>
			) : null}
		</FormDialog>
	);
}

function Facts({ person, title }: { person: MemberShow; title: string }) {
	return (
		<section>
			<h3>{title}</h3>
			<p>
				<b>{person.name}</b>
			</p>
			<p className="soft">{person.birth ? `Sinh ${displayBirth(person.birth)}` : "Chưa có ngày sinh"}</p>
			<p className="soft">{person.nationalIds.map((one) => one.masked).join(", ") || "Chưa có số CCCD/CMND"}</p>
			<p className="soft">{person.phone || "Chưa có số điện thoại"}</p>
			{person.spells.map((spell) => (
				<p key={spell.id} className="soft">
					{spell.branch}, {spell.commune}: từ {displayDay(spell.joined)}
					{spell.left ? ` đến trước ${displayDay(spell.left)}` : ""}
				</p>
			))}
		</section>
	);
}
