import { useState } from "react";
import { DayField } from "../../ui/DayField.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { NumberField, SelectField, TextField } from "../../ui/FormField.tsx";
import { count } from "../../ui/format.ts";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { EARLIEST } from "../../web/search.ts";
import { useSession } from "../../web/session.ts";
import type { Row, Shown } from "./page.tsx";
import { OFFICER_ROLES, OFFICER_WORDS, type OfficerRole } from "./rules.ts";

type Props = { communes: Row[]; onClose: () => void; onDone: () => void };

/** Gives communes to an officer, or names the committee member of those that are very difficult. */
export function OfficerForm({ shown, communes, onClose, onDone }: Props & { shown: Shown }) {
	const { today } = useSession();
	const [role, setRole] = useState<OfficerRole>("officer");
	const [accountId, setAccountId] = useState("");
	const [name, setName] = useState("");
	const [since, setSince] = useState<string | null>(today);
	const [months, setMonths] = useState<number | null>(3);
	const [document, setDocument] = useState("");
	const save = useCommand(client.assistance.assignOfficer, {
		refresh: [api.assistance.key()],
		said: ({ assigned }) => `Đã phân công ${count(assigned)} cơ sở.`,
		onDone,
	});
	const outside = role === "committee" && accountId === "";
	return (
		<FormDialog
			title={`Phân công phụ trách ${namesOf(communes)}`}
			note="Người đang phụ trách thôi phụ trách từ ngày này."
			confirm="Phân công"
			onClose={onClose}
			command={save}
			onConfirm={() =>
				save.run({
					communeIds: communes.map(({ unitId }) => unitId),
					role,
					accountId: accountId || undefined,
					name: outside ? name : "",
					since: since ?? undefined,
					everyMonths: months ?? 0,
					document,
				})
			}
		>
			<SelectField
				name="role"
				label="Phân công là"
				required
				value={role}
				onChange={(chosen) => setRole(chosen || "officer")}
				choices={OFFICER_ROLES.map((value) => ({ value, label: OFFICER_WORDS[value] }))}
			/>
			<SelectField
				name="accountId"
				label="Người được phân công"
				required={role === "officer"}
				value={accountId}
				onChange={setAccountId}
				none={role === "officer" ? "Chọn cán bộ" : "Không có tài khoản, ghi tên ở dưới"}
				choices={shown.carriers.map((one) => ({
					value: one.accountId,
					label: `${one.name} (${one.place}), đang phụ trách ${count(one.communes)}`,
				}))}
			/>
			{outside ? (
				<TextField
					name="name"
					label="Họ và tên ủy viên"
					kind="name"
					required
					value={name}
					onChange={setName}
					maxLength={200}
				/>
			) : null}
			{role === "officer" ? (
				<NumberField
					name="everyMonths"
					label="Đi cơ sở, dự sinh hoạt chi hội: mấy tháng một lần"
					hint="0: không đặt lịch."
					value={months}
					onChange={setMonths}
					max={24}
				/>
			) : null}
			<DayField
				name="since"
				label="Từ ngày"
				required
				value={since}
				onChange={setSince}
				earliest={EARLIEST}
				latest={today}
			/>
			<TextField
				name="document"
				label="Theo văn bản"
				hint="Ví dụ: Thông báo 15/TB-BTV."
				value={document}
				onChange={setDocument}
				maxLength={500}
			/>
		</FormDialog>
	);
}

/** Takes communes from who holds them. */
export function EndForm({ communes, onClose, onDone }: Props) {
	const { today } = useSession();
	const [role, setRole] = useState<OfficerRole>("officer");
	const [until, setUntil] = useState<string | null>(today);
	const save = useCommand(client.assistance.endOfficer, {
		refresh: [api.assistance.key()],
		said: ({ ended }) => `Đã thôi phân công ở ${count(ended)} cơ sở.`,
		onDone,
	});
	return (
		<FormDialog
			title={`Thôi phân công ở ${namesOf(communes)}`}
			note="Các cơ sở này sẽ nằm trong danh sách chưa có người phụ trách cho đến khi phân công người khác."
			confirm="Thôi phân công"
			onClose={onClose}
			command={save}
			onConfirm={() => save.run({ communeIds: communes.map(({ unitId }) => unitId), role, until: until ?? undefined })}
		>
			<SelectField
				name="role"
				label="Thôi phân công"
				required
				value={role}
				onChange={(chosen) => setRole(chosen || "officer")}
				choices={OFFICER_ROLES.map((value) => ({ value, label: OFFICER_WORDS[value] }))}
			/>
			<DayField
				name="until"
				label="Từ ngày"
				required
				value={until}
				onChange={setUntil}
				earliest={EARLIEST}
				latest={today}
			/>
		</FormDialog>
	);
}

/** Ban Tổ chức gives clusters their communes (R19): those chosen, or all not over 60 % in the cluster's provinces. */
export function ClusterForm({ shown, communes, onClose, onDone }: Props & { shown: Shown }) {
	const { today } = useSession();
	const [clusterId, setClusterId] = useState("");
	const [since, setSince] = useState<string | null>(today);
	const [document, setDocument] = useState("");
	const save = useCommand(client.assistance.assignCluster, {
		refresh: [api.assistance.key()],
		said: ({ assigned }) => `Đã phân công ${count(assigned)} cơ sở cho Cụm.`,
		onDone,
	});
	return (
		<FormDialog
			title={communes.length > 0 ? `Giao ${namesOf(communes)} cho Cụm thi đua` : "Giao cơ sở cho Cụm thi đua"}
			note={
				communes.length > 0
					? undefined
					: "Chưa chọn cơ sở nào: Cụm nhận mọi cơ sở chưa đạt trên 60% của các tỉnh, thành phố trong Cụm."
			}
			confirm="Phân công cho Cụm"
			onClose={onClose}
			command={save}
			onConfirm={() =>
				save.run({
					clusterId: Number(clusterId),
					communeIds: communes.length > 0 ? communes.map(({ unitId }) => unitId) : undefined,
					since: since ?? undefined,
					document,
				})
			}
		>
			<SelectField
				name="clusterId"
				label="Cụm thi đua"
				required
				value={clusterId}
				onChange={setClusterId}
				none="Chọn Cụm"
				choices={shown.clusters.map((one) => ({ value: String(one.unitId), label: one.name }))}
			/>
			<DayField
				name="since"
				label="Từ ngày"
				required
				value={since}
				onChange={setSince}
				earliest={EARLIEST}
				latest={today}
			/>
			<TextField name="document" label="Theo văn bản" value={document} onChange={setDocument} maxLength={500} />
		</FormDialog>
	);
}

function namesOf(communes: readonly Row[]): string {
	return communes.length === 1 ? communes[0].name : `${count(communes.length)} cơ sở`;
}
