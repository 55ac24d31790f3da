import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "../../web/client.ts";
import { useSession } from "../../web/session.ts";
import { AskTransferHere } from "./page-transfer-forms.tsx";

/** Whose a whole CCCD or CMND is, where nobody in the list has it: here under another list, or in another commune (audited). */
export function FoundElsewhere({ typed }: { typed: string }) {
	const number = typed.replace(/[\s.-]/g, "");
	const whole = /^(?:\d{9}|\d{12})$/.test(number);
	const { verbs } = useSession();
	const [asking, setAsking] = useState(false);
	const { data } = useQuery(api.members.search.queryOptions({ input: { nationalId: number }, enabled: whole }));
	if (!whole || !data) return null;
	return (
		<>
			{data.found.map((person) => (
				<p key={person.personId} className="card">
					Số này của{" "}
					<Link to="/members/$personId" params={{ personId: person.personId }}>
						{person.name}
					</Link>{" "}
					({person.units.join(", ")}).
				</p>
			))}
			{data.elsewhere ? (
				<div className="card page">
					<p>
						Số này thuộc hội viên của <b>{data.elsewhere}</b>. Việc tìm này đã được ghi nhật ký.
					</p>
					{verbs.includes("members.write") ? (
						<div>
							<Button onClick={() => setAsking(true)}>Đề nghị chuyển sinh hoạt Hội đến đây</Button>
						</div>
					) : null}
				</div>
			) : null}
			{asking ? <AskTransferHere nationalId={number} onClose={() => setAsking(false)} /> : null}
		</>
	);
}
