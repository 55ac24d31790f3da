import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { SelectField, TextArea, TextField } from "../../ui/FormField.tsx";
import { toast } from "../../ui/Toast.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { Loaded } from "../../web/Loaded.tsx";
import type { MemberShow } from "./contract-member.ts";
import css from "./page-person.module.css";
import { displayBirth } from "./rules-person.ts";

/** Her name, birth, numbers, ways to reach her. Numbers are masked until asked for; asking leaves an audit row (R39). */
export function Identity({ person, onEdit }: { person: MemberShow; onEdit: () => void }) {
	const facts: [string, string][] = [
		["Ngày sinh", person.birth ? displayBirth(person.birth) : ""],
		["Giới tính", person.sex === "male" ? "Nam" : ""],
		["Số điện thoại", person.phone],
		["Địa chỉ", person.address],
		["Nghề nghiệp", person.occupation],
		["Ghi chú", person.note],
	];
	return (
		<section className="card">
			<div className={css.title}>
				<h2>Thông tin cá nhân</h2>
				{person.may.write ? (
					<button type="button" className="link on-screen" onClick={onEdit}>
						Sửa hồ sơ
					</button>
				) : null}
			</div>
			<dl className={css.facts}>
				<dt>Số CCCD/CMND</dt>
				<dd>
					<Numbers person={person} />
				</dd>
				{facts.map(([word, value]) =>
					value ? (
						<div key={word} style={{ display: "contents" }}>
							<dt>{word}</dt>
							<dd style={{ whiteSpace: "pre-line" }}>{value}</dd>
						</div>
					) : null,
				)}
			</dl>
			{person.may.sensitive ? <Sensitive person={person} /> : null}
		</section>
	);
}

function Numbers({ person }: { person: MemberShow }) {
	const [shown, setShown] = useState(false);
	const revealed = useQuery(
		api.members.revealId.queryOptions({
			input: { personId: person.personId },
			enabled: shown,
			gcTime: 0,
			staleTime: Number.POSITIVE_INFINITY,
		}),
	);
	if (person.nationalIds.length === 0) return <span className="soft">Chưa có</span>;
	const whole = new Map(shown ? revealed.data?.nationalIds.map((one) => [one.ref, one.value]) : []);
	return (
		<>
			{person.nationalIds.map(({ ref, kind, masked }) => (
				<div key={ref}>
					{whole.get(ref) ?? masked} <span className="soft">{kind === "cmnd" ? "CMND" : "CCCD"}</span>
				</div>
			))}
			{person.may.revealId ? (
				<button type="button" className="link on-screen" onClick={() => setShown(!shown)}>
					{shown ? "Ẩn số" : "Hiện số"}
					<span className="unseen"> CCCD/CMND (ghi nhật ký)</span>
				</button>
			) : null}
		</>
	);
}

type SensitiveData = { ethnicity: string; religion: string; partyMember: boolean | null; health: string };

/** Ethnicity, religion, party membership, health: fetched only when asked for, which is written in the audit log. */
function Sensitive({ person }: { person: MemberShow }) {
	const [shown, setShown] = useState(false);
	const [editing, setEditing] = useState(false);
	const asked = useQuery(
		api.members.sensitive.queryOptions({
			input: { personId: person.personId },
			enabled: shown,
			gcTime: 0,
			staleTime: Number.POSITIVE_INFINITY,
		}),
	);
	if (!shown)
		return (
			<p className="on-screen" style={{ marginTop: 12 }}>
				<button type="button" className="link" onClick={() => setShown(true)}>
					Xem dữ liệu cá nhân nhạy cảm
				</button>{" "}
				<span className="soft">(dân tộc, tôn giáo, đảng viên, sức khỏe; việc xem được ghi nhật ký)</span>
			</p>
		);
	return (
		<div style={{ marginTop: 14 }}>
			<h3>Dữ liệu cá nhân nhạy cảm</h3>
			<Loaded query={asked}>
				{(data) => (
					<>
						<dl className={css.facts}>
							<dt>Dân tộc</dt>
							<dd>{data.ethnicity || "—"}</dd>
							<dt>Tôn giáo</dt>
							<dd>{data.religion || "—"}</dd>
							<dt>Đảng viên</dt>
							<dd>{data.partyMember === null ? "—" : data.partyMember ? "Có" : "Không"}</dd>
							<dt>Sức khỏe</dt>
							<dd>{data.health || "—"}</dd>
						</dl>
						<div className="row on-screen" style={{ marginTop: 8 }}>
							<Button variant="default" onClick={() => setEditing(true)}>
								Sửa
							</Button>
							<Button variant="default" onClick={() => setShown(false)}>
								Ẩn
							</Button>
						</div>
						{editing ? <SensitiveForm person={person} data={data} onClose={() => setEditing(false)} /> : null}
					</>
				)}
			</Loaded>
		</div>
	);
}

function SensitiveForm(props: { person: MemberShow; data: SensitiveData; onClose: () => void }) {
	const { person, onClose } = props;
	const [data, setData] = useState(props.data);
	const set = (part: Partial<SensitiveData>) => setData({ ...data, ...part });
	const save = useCommand(client.members.editSensitive, {
		refresh: [api.members.key()],
		onDone: () => {
			toast({ text: "Đã lưu." });
			onClose();
		},
	});
	return (
		<FormDialog
			title="Dữ liệu cá nhân nhạy cảm"
			note="Chỉ ghi khi chị đã đồng ý."
			confirm="Lưu"
			onClose={onClose}
			command={save}
			onConfirm={() => save.run({ personId: person.personId, version: person.version, ...data })}
		>
			<TextField name="ethnicity" label="Dân tộc" value={data.ethnicity} onChange={(ethnicity) => set({ ethnicity })} />
			<TextField name="religion" label="Tôn giáo" value={data.religion} onChange={(religion) => set({ religion })} />
			<SelectField
				label="Đảng viên"
				value={data.partyMember === null ? "" : data.partyMember ? "yes" : "no"}
				onChange={(value) => set({ partyMember: value === "" ? null : value === "yes" })}
				none="Chưa rõ"
				choices={[
					{ value: "yes", label: "Có" },
					{ value: "no", label: "Không" },
				]}
			/>
			<TextArea name="health" label="Sức khỏe" value={data.health} onChange={(health) => set({ health })} />
		</FormDialog>
	);
}
