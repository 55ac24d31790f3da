import { useState } from "react";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { ProblemAlert } from "../../ui/ProblemAlert.tsx";
import { toast } from "../../ui/Toast.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import type { MemberShow } from "./contract-member.ts";
import { MergeForm } from "./page-merge-form.tsx";

const refresh = [api.members.key(), api.gathering.key()];

/** What is noted of her: core member, honorary member; and the joining of two records of her. */
export function Marks({ person }: { person: MemberShow }) {
	const [asked, setAsked] = useState<"honorary" | "merge" | null>(null);
	const core = useCommand(client.members.setCore, {
		refresh,
		onDone: () => toast({ text: person.coreMember ? "Đã bỏ ghi nhận nòng cốt." : "Đã ghi nhận hội viên nòng cốt." }),
	});
	if (!person.may.write) return null;
	const { personId, version } = person;
	const close = () => setAsked(null);
	return (
		<div className="row on-screen">
			<button
				type="button"
				className="link"
				disabled={core.busy}
				onClick={() => core.run({ personId, version, coreMember: !person.coreMember })}
			>
				{person.coreMember ? "Thôi là hội viên nòng cốt" : "Ghi nhận hội viên nòng cốt"}
			</button>
			<button type="button" className="link" onClick={() => setAsked("honorary")}>
				{honoraryVerb(person)}
			</button>
			<button type="button" className="link" onClick={() => setAsked("merge")}>
				Gộp hồ sơ trùng
			</button>
			<ProblemAlert problem={core.problem} />
			{asked === "honorary" ? <AskHonorary person={person} onClose={close} /> : null}
			{asked === "merge" ? <MergeForm keptId={personId} mergedId={null} onClose={close} /> : null}
		</div>
	);
}

function honoraryVerb(person: MemberShow): string {
	return person.honorary ? "Thôi là hội viên danh dự" : "Ghi nhận hội viên danh dự";
}

/** Asked first: from this press the rate of her commune is another. */
function AskHonorary({ person, onClose }: { person: MemberShow; onClose: () => void }) {
	const { personId, version, honorary } = person;
	const set = useCommand(client.members.setHonorary, {
		refresh,
		onDone: () => {
			toast({ text: honorary ? "Đã bỏ ghi nhận danh dự." : "Đã ghi nhận hội viên danh dự." });
			onClose();
		},
	});
	return (
		<ConfirmDialog
			opened
			title={`Hội viên danh dự: ${person.name}`}
			confirm={honoraryVerb(person)}
			busy={set.busy}
			problem={set.problem}
			onConfirm={() => set.run({ personId, version, honorary: !honorary })}
			onClose={onClose}
		>
			{honorary
				? "Chị được tính lại vào tỷ lệ tập hợp theo quá trình tham gia Hội, cả những ngày trước."
				: "Hội viên danh dự có trong danh sách nhưng không được tính vào tỷ lệ tập hợp, cả những ngày trước. Có thể bỏ ghi nhận."}
		</ConfirmDialog>
	);
}
