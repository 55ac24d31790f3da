import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { readNationalId } from "../../core/national-id.ts";
import { ProblemAlert } from "../../ui/ProblemAlert.tsx";
import { toast } from "../../ui/Toast.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { AskTransferHere } from "../members/page-transfer-forms.tsx";
import { readBirth } from "../members/rules-person.ts";
import type { ImportShow, StagedRow } from "./contract.ts";
import { ASK_FOR_HER } from "./rules.ts";

type Props = { show: ImportShow; row: StagedRow; children: ReactNode };

/**
 * What can be done about a refused row, `children` among it. Where its number belongs to a member of another commune she is asked
 * for there (R2), by the number the file gives. Of the other commune no more than its name is shown; until it agrees she is counted there.
 */
export function Elsewhere({ show, row, children }: Props) {
	const nationalId = numberOf(row);
	const isOpen = row.mayTransfer && row.problems.some(({ text }) => text.endsWith(ASK_FOR_HER));
	if (!isOpen || nationalId === null) return <div className="row on-screen">{children}</div>;
	return (
		<AskForHer show={show} row={row} nationalId={nationalId}>
			{children}
		</AskForHer>
	);
}

function AskForHer({ show, row, nationalId, children }: Props & { nationalId: string }) {
	const [asking, setAsking] = useState(false);
	const [askedOf, setAskedOf] = useState<string | null>(null);
	const again = useCommand(client.imports.fixRow, {
		refresh: [api.imports.key(), api.members.key(), api.gathering.key()],
		onDone: (now) =>
			toast({ text: now.action === "refuse" ? "Nơi kia chưa đồng ý; dòng này vẫn chờ." : "Đã kiểm tra lại dòng này." }),
	});
	return (
		<>
			{askedOf ? (
				<p role="status">
					Đã gửi đề nghị đến {askedOf}. Khi nơi ấy đồng ý, chị bấm “Kiểm tra lại”.{" "}
					<Link to="/members/transfers">Các đề nghị đang chờ</Link>
				</p>
			) : null}
			<div className="row on-screen">
				{askedOf ? null : <Button onClick={() => setAsking(true)}>Đề nghị chuyển sinh hoạt Hội đến đây</Button>}
				<Button
					variant="default"
					loading={again.busy}
					onClick={() => again.run({ id: show.id, position: row.position, fields: {} })}
				>
					Kiểm tra lại
				</Button>
				{children}
			</div>
			<ProblemAlert problem={again.problem} />
			{asking ? (
				<AskTransferHere
					nationalId={nationalId}
					known={{ branch: row.branch, onDay: row.residenceStart, residence: row.residence }}
					onClose={() => setAsking(false)}
					onAsked={setAskedOf}
				/>
			) : null}
		</>
	);
}

/** Her whole number out of the text of the file, zeros that Excel ate restored; null where it is none. */
function numberOf(row: StagedRow): string | null {
	const text = row.written?.nationalId ?? "";
	return readNationalId(text, { birth: readBirth(row.birth), sex: "female" }).value;
}
