import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Buttons } from "../../ui/Buttons.tsx";
import { DayField } from "../../ui/DayField.tsx";
import { Form, FormProblem } from "../../ui/Form.tsx";
import { SelectField, TextArea, TextField } from "../../ui/FormField.tsx";
import { displayTime } from "../../ui/format-time.ts";
import { type ComparedField, SideBySide } from "../../ui/SideBySide.tsx";
import { toast } from "../../ui/Toast.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { useSession } from "../../web/session.ts";
import type { MemberShow } from "./contract-member.ts";
import { BirthField } from "./page-birth.tsx";
import { type Named, PersonPicker } from "./page-person-picker.tsx";
import { ResidencesField } from "./page-residences.tsx";
import { displayBirth } from "./rules-person.ts";

type Props = { person: MemberShow; onClose: () => void };

const FIELDS = ["name", "birth", "phone", "address", "occupation", "note"] as const;
type Fields = Record<Exclude<(typeof FIELDS)[number], "birth">, string> & { birth: string | null | undefined };

const WORDS: Record<(typeof FIELDS)[number], string> = {
	name: "Họ và tên",
	birth: "Ngày sinh",
	phone: "Số điện thoại",
	address: "Địa chỉ",
	occupation: "Nghề nghiệp",
	note: "Ghi chú",
};

/** What of the form differs from what was read: only that is sent, so that two people who change different things do not meet. */
function changesOf(person: MemberShow, fields: Fields) {
	return Object.fromEntries(FIELDS.filter((key) => fields[key] !== person[key]).map((key) => [key, fields[key]]));
}

/** Changes a person's record. Where someone else saved meanwhile, both versions stand side by side and she chooses. */
export function EditPerson({ person, onClose }: Props) {
	const { today } = useSession();
	const queries = useQueryClient();
	const [fields, setFields] = useState<Fields>({ ...person });
	const [addId, setAddId] = useState("");
	const [removed, setRemoved] = useState<string[]>([]);
	const spell =
		person.spells.find((one) => one.left === null && one.mayWrite) ?? person.spells.find((one) => one.mayWrite);
	const [membership, setMembership] = useState(() => membershipOf(spell));
	const set = (part: Partial<Fields>) => setFields({ ...fields, ...part });
	const edit = useCommand(client.members.edit, {
		refresh: [api.members.key(), api.gathering.key()],
		onDone: (saved) => {
			toast({ text: ["Đã lưu.", ...saved.warnings.map(({ text }) => text)].join(" ") });
			onClose();
		},
	});
	const theirs = edit.problem?.code === "member.stale" ? (edit.problem.detail?.theirs as MemberShow) : null;
	const now = useQuery(
		api.members.show.queryOptions({ input: { personId: person.personId }, enabled: theirs !== null, staleTime: 0 }),
	);
	const inputOf = (version: number, changes: object) => ({
		personId: person.personId,
		version,
		...changes,
		addIds: addId.trim() ? [addId] : undefined,
		removeIds: removed.length > 0 ? removed : undefined,
		spell:
			spell && membership && changed(membershipOf(spell), membership) ? spellInput(spell.id, membership) : undefined,
	});
	if (theirs)
		return (
			<SideBySide
				title={`Hồ sơ ${person.name}`}
				theirsBy={lastBy(now.data)}
				fields={compared(person, fields, theirs)}
				busy={edit.busy}
				onResolve={(choice) =>
					edit.run(
						inputOf(
							theirs.version,
							Object.fromEntries(FIELDS.filter((key) => choice[key] === "mine").map((key) => [key, fields[key]])),
						),
					)
				}
				onCancel={() => {
					queries.invalidateQueries({ queryKey: api.members.key() });
					onClose();
				}}
			/>
		);
	return (
		<div style={{ maxWidth: 760 }}>
			<Form command={edit} onSubmit={() => edit.run(inputOf(person.version, changesOf(person, fields)))}>
				<h1>Sửa hồ sơ {person.name}</h1>
				<section className="card page">
					<h2>Thông tin cá nhân</h2>
					<TextField
						label={WORDS.name}
						kind="name"
						required
						value={fields.name}
						onChange={(name) => set({ name })}
						name="name"
					/>
					<BirthField value={person.birth} today={today} onChange={(birth) => set({ birth })} />
					<Ids person={person} removed={removed} onRemove={setRemoved} />
					<TextField
						label={person.nationalIds.length > 0 ? "Thêm số CCCD/CMND" : "Số CCCD/CMND"}
						kind="digits"
						value={addId}
						onChange={setAddId}
						name={["addIds", "nationalId"]}
					/>
					<TextField
						label={WORDS.phone}
						kind="phone"
						value={fields.phone}
						onChange={(phone) => set({ phone })}
						name="phone"
					/>
					<TextField
						name="address"
						label={WORDS.address}
						value={fields.address}
						onChange={(address) => set({ address })}
					/>
					<TextField
						name="occupation"
						label={WORDS.occupation}
						value={fields.occupation}
						onChange={(occupation) => set({ occupation })}
					/>
					<TextArea name="note" label={WORDS.note} value={fields.note} onChange={(note) => set({ note })} rows={2} />
				</section>
				{membership ? <MembershipFields value={membership} onChange={setMembership} except={person.personId} /> : null}
				<FormProblem />
				<Buttons>
					<Button type="submit" loading={edit.busy}>
						Lưu
					</Button>
					<Button variant="default" onClick={onClose}>
						Bỏ
					</Button>
				</Buttons>
			</Form>
		</div>
	);
}

/** What both changed is asked; what only the other changed is hers already. */
function compared(before: MemberShow, mine: Fields, theirs: MemberShow): ComparedField[] {
	const shown = (fields: Fields | MemberShow, key: (typeof FIELDS)[number]) => {
		const value = fields[key];
		return value ? (key === "birth" ? displayBirth(value) : value) : null;
	};
	return FIELDS.map((key) => {
		const kept = mine[key] === before[key] ? theirs : mine;
		return { key, label: WORDS[key], mine: shown(kept, key), theirs: shown(theirs, key) };
	});
}

/** Who saved last and when. */
function lastBy(person: MemberShow | undefined): string {
	const last = person?.history.find(({ action }) => action.startsWith("members.edit"));
	return last ? `${last.by}, ${displayTime(last.at)},` : "Một người khác";
}

type Membership = ReturnType<typeof membershipOf>;

function membershipOf(spell: MemberShow["spells"][number] | undefined) {
	if (!spell) return null;
	return {
		joined: spell.joined as string | null,
		residences: spell.residences.map(({ kind, start, until }) => ({ kind, start, until })),
		introducer: { personId: spell.introducer?.personId ?? null, name: spell.introducer?.name ?? "" } as Named,
	};
}

function changed(before: Membership, now: Membership): boolean {
	return JSON.stringify(before) !== JSON.stringify(now);
}

function spellInput(id: string, membership: NonNullable<Membership>) {
	const { personId, name } = membership.introducer;
	return {
		id,
		joined: membership.joined ?? undefined,
		residences: membership.residences,
		introducedBy: personId,
		introducerName: personId ? "" : name,
	};
}

function MembershipFields(props: {
	value: NonNullable<Membership>;
	onChange: (value: NonNullable<Membership>) => void;
	except: string;
}) {
	const { value, onChange } = props;
	return (
		<section className="card page">
			<h2>Tham gia tổ chức Hội</h2>
			<DayField
				label="Ngày vào Hội"
				required
				value={value.joined}
				onChange={(joined) => onChange({ ...value, joined })}
				name="joined"
			/>
			<ResidencesField value={value.residences} onChange={(residences) => onChange({ ...value, residences })} />
			<PersonPicker
				name="introducedBy"
				label="Người vận động, giới thiệu vào Hội"
				value={value.introducer}
				onChange={(introducer) => onChange({ ...value, introducer })}
				except={props.except}
			/>
		</section>
	);
}

function Ids(props: { person: MemberShow; removed: string[]; onRemove: (refs: string[]) => void }) {
	const { person, removed, onRemove } = props;
	const ids = person.nationalIds;
	if (ids.length === 0) return null;
	return (
		<SelectField
			label="Số CCCD/CMND đang ghi"
			value={removed[0] ?? ""}
			onChange={(ref) => onRemove(ref ? [ref] : [])}
			none={`Giữ ${ids.map((one) => one.masked).join(", ")}`}
			choices={ids.map((one) => ({ value: one.ref, label: `Bỏ số ${one.masked} (ghi nhầm)` }))}
		/>
	);
}
