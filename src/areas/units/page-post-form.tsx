import { useState } from "react";
import { DayField } from "../../ui/DayField.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { SelectField } from "../../ui/FormField.tsx";
import { fieldError } from "../../ui/ProblemAlert.tsx";
import { toast } from "../../ui/Toast.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { useSession } from "../../web/session.ts";
import { type Named, PersonPicker } from "../members/page-person-picker.tsx";
import { POST_CHOICES } from "../members/page-words.ts";
import type { UnitKind, UnitRow } from "./contract.ts";

type Post = (typeof POST_CHOICES)[number]["value"];

/** The posts there are at a kind of unit; at clubs and the like any of them is "other". */
const POSTS_AT: Partial<Record<UnitKind, Post[]>> = {
	branch: ["branch_head", "branch_deputy", "other"],
	group: ["group_head", "group_deputy", "other"],
	club: ["other"],
	department: ["other"],
};
const POSTS_OF_UNION: Post[] = ["chair", "deputy", "standing", "committee", "other"];

/** Who holds a post at this unit, from a day on: one of the members (R28). */
export function PostAtForm({ unit, onClose }: { unit: UnitRow; onClose: () => void }) {
	const { today } = useSession();
	const posts = POSTS_AT[unit.kind] ?? POSTS_OF_UNION;
	const [post, setPost] = useState<Post | "">(posts[0]);
	const [person, setPerson] = useState<Named>({ personId: null, name: "" });
	const [since, setSince] = useState<string | null>(today);
	const add = useCommand(client.members.addPost, {
		refresh: [api.members.key()],
		onDone: () => {
			toast({ text: `Đã ghi chức danh của ${person.name}.` });
			onClose();
		},
	});
	return (
		<FormDialog
			opened
			title={`Cán bộ của ${unit.name}`}
			note="Người giữ chức danh trước thì bấm “Thôi” bên cạnh tên."
			confirm="Ghi chức danh"
			onClose={onClose}
			busy={add.busy}
			problem={add.problem}
			fields={["since", "post"]}
			ready={post !== "" && person.personId !== null && since !== null}
			onConfirm={() =>
				post && person.personId && since && add.run({ personId: person.personId, unitId: unit.id, post, since })
			}
		>
			<SelectField
				label="Chức danh"
				required
				value={post}
				onChange={setPost}
				choices={POST_CHOICES.filter(({ value }) => posts.includes(value))}
				error={fieldError(add.problem, "post")}
			/>
			<PersonPicker
				name="personId"
				label="Hội viên"
				value={person}
				onChange={setPerson}
				hint={person.personId ? "Đã chọn trong danh sách hội viên." : "Gõ tên rồi chọn trong danh sách hội viên."}
			/>
			<DayField
				label="Từ ngày"
				required
				value={since}
				onChange={setSince}
				latest={today}
				error={fieldError(add.problem, "since")}
			/>
		</FormDialog>
	);
}
