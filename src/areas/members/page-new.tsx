import { Button } from "@mantine/core";
import { Link, useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { Buttons } from "../../ui/Buttons.tsx";
import { DayField } from "../../ui/DayField.tsx";
import { Form, FormProblem } from "../../ui/Form.tsx";
import { CheckField, SelectField, TextArea, TextField } from "../../ui/FormField.tsx";
import { toast } from "../../ui/Toast.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { useSession } from "../../web/session.ts";
import { BirthField } from "./page-birth.tsx";
import { type Named, PersonPicker } from "./page-person-picker.tsx";
import { ResidencesField, type TypedResidence } from "./page-residences.tsx";
import { LeafField } from "./page-spell-forms.tsx";
import { CONSENT_TEXT, HOW_CHOICES } from "./page-words.ts";

/** A woman to be proposed by her branch head, or one the base committee has recognised (R45). */
export function NewMemberPage() {
	const { verbs } = useSession();
	const may = verbs.includes("members.write");
	return (
		<div className="page" style={{ maxWidth: 760 }}>
			<p>
				<Link to="/members">‹ Hội viên</Link>
			</p>
			<h1>{may ? "Thêm hội viên" : "Đề nghị kết nạp hội viên"}</h1>
			<NewMemberForm may={may} />
		</div>
	);
}

const BLANK = {
	name: "",
	birth: null as string | null | undefined,
	phone: "",
	address: "",
	occupation: "",
	nationalId: "",
	note: "",
	honorary: false,
	sex: "female" as "female" | "male",
	residences: [{ kind: "permanent", start: null, until: null }] as TypedResidence[],
	introducer: { personId: null, name: "" } as Named,
	consented: false,
};

/** Of the woman before what is likely to hold for the next one stays: branch, day, decision. Each consents for herself. */
function useDraft() {
	const { today, unit } = useSession();
	const [draft, setDraft] = useState({
		...BLANK,
		leaf: unit.kind === "branch" || unit.kind === "group" ? String(unit.id) : "",
		joined: today as string | null,
		consentHow: HOW_CHOICES[0].value,
		minutes: "",
	});
	const set = (part: Partial<typeof draft>) => setDraft((old) => ({ ...old, ...part }));
	return { draft, set, today };
}

type Draft = ReturnType<typeof useDraft>["draft"];

function inputOf(draft: Draft, today: string) {
	return {
		leafId: Number(draft.leaf),
		name: draft.name,
		birth: draft.birth ?? null,
		sex: draft.sex,
		honorary: draft.honorary,
		phone: draft.phone,
		address: draft.address,
		occupation: draft.occupation,
		note: draft.note,
		nationalId: draft.nationalId,
		joined: draft.joined ?? today,
		residences: draft.residences,
		introducedBy: draft.introducer.personId,
		introducerName: draft.introducer.personId ? "" : draft.introducer.name,
		consent: draft.consented
			? { givenOn: today, how: draft.consentHow, textVersion: CONSENT_TEXT, document: "" }
			: null,
	};
}

function NewMemberForm({ may }: { may: boolean }) {
	const { draft, set, today } = useDraft();
	const navigate = useNavigate();
	const goesOn = useRef(false);
	const [round, setRound] = useState(0);
	useEffect(() => {
		if (round === 0) return;
		window.scrollTo(0, 0);
		document.querySelector<HTMLInputElement>("form input")?.focus({ preventScroll: true });
	}, [round]);
	const options = {
		refresh: [api.members.key(), api.gathering.key()],
		onDone: (saved: { personId: string; warnings: { text: string }[] }) => {
			const done = may ? `Đã thêm ${draft.name.trim()}.` : `Đã gửi đề nghị kết nạp ${draft.name.trim()}.`;
			toast({ text: [done, ...saved.warnings.map(({ text }) => text)].join(" ") });
			if (!goesOn.current) return navigate({ to: "/members/$personId", params: { personId: saved.personId } });
			set(BLANK);
			setRound(round + 1);
		},
	};
	const add = useCommand(client.members.add, options);
	const propose = useCommand(client.members.propose, options);
	const command = may ? add : propose;
	const submit = () => {
		const input = inputOf(draft, today);
		if (may) add.run({ ...input, recognisedOn: draft.minutes ? draft.joined : null, minutes: draft.minutes });
		else propose.run(input);
	};
	return (
		<Form key={round} command={command} onSubmit={submit}>
			<section className="card page">
				<h2>Chị là ai</h2>
				<TextField
					label="Họ và tên"
					kind="name"
					required
					value={draft.name}
					onChange={(name) => set({ name })}
					name="name"
				/>
				<BirthField value={null} today={today} onChange={(birth) => set({ birth })} />
				<TextField
					label="Số CCCD/CMND"
					kind="digits"
					value={draft.nationalId}
					onChange={(nationalId) => set({ nationalId })}
					hint="Hỏi khi chị đã đồng ý. Được mã hóa; chỉ hiện mấy số cuối."
					name="nationalId"
				/>
				<TextField
					label="Số điện thoại"
					kind="phone"
					value={draft.phone}
					onChange={(phone) => set({ phone })}
					name="phone"
				/>
				<TextField name="address" label="Địa chỉ" value={draft.address} onChange={(address) => set({ address })} />
				<TextField
					name="occupation"
					label="Nghề nghiệp"
					value={draft.occupation}
					onChange={(occupation) => set({ occupation })}
				/>
			</section>
			<Membership draft={draft} set={set} may={may} />
			<section className="card page">
				<h2>Đồng ý cung cấp thông tin</h2>
				<CheckField
					label="Chị đã đồng ý cung cấp thông tin để quản lý hội viên"
					value={draft.consented}
					onChange={(consented) => set({ consented })}
					hint="Chưa có thì ghi sau; chị có trong danh sách “Chưa có đồng ý cung cấp thông tin”."
				/>
				{draft.consented ? (
					<SelectField
						label="Cách đồng ý"
						value={draft.consentHow}
						onChange={(consentHow) => consentHow && set({ consentHow })}
						choices={HOW_CHOICES}
					/>
				) : null}
				<TextArea name="note" label="Ghi chú" value={draft.note} onChange={(note) => set({ note })} rows={2} />
			</section>
			<FormProblem />
			<Buttons>
				<Button type="submit" loading={command.busy} onClick={() => (goesOn.current = false)}>
					{may ? "Thêm hội viên" : "Gửi đề nghị kết nạp"}
				</Button>
				<Button type="submit" variant="default" disabled={command.busy} onClick={() => (goesOn.current = true)}>
					{may ? "Thêm rồi nhập người tiếp" : "Gửi rồi nhập người tiếp"}
				</Button>
				<Button component={Link} to="/members" variant="default">
					Bỏ
				</Button>
			</Buttons>
		</Form>
	);
}

function Membership({ draft, set, may }: { draft: Draft; set: (part: Partial<Draft>) => void; may: boolean }) {
	const { today, unit } = useSession();
	return (
		<section className="card page">
			<h2>Vào Hội</h2>
			{unit.kind === "branch" || unit.kind === "group" ? null : (
				<LeafField label="Chi hội, tổ" value={draft.leaf} onChange={(leaf) => set({ leaf })} name="leafId" />
			)}
			<DayField
				label={may ? "Ngày vào Hội" : "Ngày đề nghị"}
				required
				value={draft.joined}
				latest={today}
				onChange={(joined) => set({ joined })}
				name="joined"
			/>
			{may ? (
				<TextField
					name="minutes"
					label="Biên bản hoặc quyết định công nhận"
					value={draft.minutes}
					onChange={(minutes) => set({ minutes })}
					hint="Để trống với hội viên đã vào Hội từ trước."
				/>
			) : null}
			<ResidencesField single value={draft.residences} onChange={(residences) => set({ residences })} />
			<PersonPicker
				name="introducedBy"
				label="Người vận động, giới thiệu vào Hội"
				value={draft.introducer}
				onChange={(introducer) => set({ introducer })}
			/>
			<CheckField
				label="Hội viên danh dự (không tính vào tỷ lệ tập hợp)"
				value={draft.honorary}
				onChange={(honorary) => set({ honorary, sex: honorary ? draft.sex : "female" })}
			/>
			{draft.honorary ? (
				<SelectField
					label="Giới tính"
					value={draft.sex}
					onChange={(sex) => sex && set({ sex })}
					choices={[
						{ value: "female", label: "Nữ" },
						{ value: "male", label: "Nam" },
					]}
					name="sex"
				/>
			) : null}
		</section>
	);
}
