import { useMemo, useState } from "react";
import { DayField } from "../../ui/DayField.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { SelectField } from "../../ui/FormField.tsx";
import { toast } from "../../ui/Toast.tsx";
import { type UnitChoice, UnitPicker } from "../../ui/UnitPicker.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { useSession } from "../../web/session.ts";
import { findUnits } from "../units/page-find.ts";
import type { MemberShow } from "./contract-member.ts";
import { POST_CHOICES } from "./page-words.ts";

type Props = { person: MemberShow; onClose: () => void };

/** A club or a special base where she takes part, from a day on. */
export function AffiliationForm({ person, onClose }: Props) {
	const { today } = useSession();
	const [unit, setUnit] = useState<UnitChoice | null>(null);
	const [since, setSince] = useState<string | null>(today);
	const search = useMemo(() => findUnits({ on: today, kinds: ["club", "special_base"] }), [today]);
	const add = useCommand(client.members.addAffiliation, {
		refresh: [api.members.key()],
		onDone: () => {
			toast({ text: "Đã ghi nhận." });
			onClose();
		},
	});
	return (
		<FormDialog
			title={`Nơi tham gia sinh hoạt: ${person.name}`}
			note="Chị vẫn được tính một lần, ở nơi cư trú."
			confirm="Ghi nhận"
			onClose={onClose}
			command={add}
			onConfirm={() => unit && since && add.run({ personId: person.personId, unitId: Number(unit.id), since })}
		>
			<UnitPicker
				label="CLB, cơ sở Hội đặc thù"
				required
				value={unit}
				onChange={setUnit}
				search={search}
				name="unitId"
			/>
			<DayField label="Từ ngày" required value={since} onChange={setSince} name="since" />
		</FormDialog>
	);
}

/** A post she holds at a unit, from a day on. */
export function PostForm({ person, onClose }: Props) {
	const { today, unit: own } = useSession();
	const [post, setPost] = useState<(typeof POST_CHOICES)[number]["value"] | "">("");
	const [unit, setUnit] = useState<UnitChoice | null>(null);
	const [since, setSince] = useState<string | null>(today);
	const search = useMemo(() => findUnits({ on: today, within: own.id }), [today, own.id]);
	const add = useCommand(client.members.addPost, {
		refresh: [api.members.key()],
		onDone: () => {
			toast({ text: "Đã ghi nhận chức danh." });
			onClose();
		},
	});
	return (
		<FormDialog
			title={`Chức danh: ${person.name}`}
			confirm="Ghi nhận"
			onClose={onClose}
			command={add}
			onConfirm={() =>
				post && unit && since && add.run({ personId: person.personId, unitId: Number(unit.id), post, since })
			}
		>
			<SelectField
				label="Chức danh"
				required
				value={post}
				onChange={setPost}
				none="Chọn chức danh"
				choices={POST_CHOICES}
			/>
			<UnitPicker label="Ở đơn vị" required value={unit} onChange={setUnit} search={search} name="unitId" />
			<DayField label="Từ ngày" required value={since} onChange={setSince} name="since" />
		</FormDialog>
	);
}
