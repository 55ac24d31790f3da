import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { displayDay } from "../../core/day.ts";
import { CheckField, SelectField } from "../../ui/FormField.tsx";
import { count } from "../../ui/format.ts";
import { ProblemAlert } from "../../ui/ProblemAlert.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { Loaded } from "../../web/Loaded.tsx";
import type { AccountMove } from "./contract.ts";

const KINDS: Record<AccountMove["kind"], string> = {
	succeeded: "giữ quyền ở các chi hội cũ cho đến khi được duyệt",
	widened: "chưa xem phần mới nhận cho đến khi được duyệt",
	parted: "đơn vị bị chia, chưa có quyền ở đơn vị nào",
	ended: "hết quyền vì không còn cấp này",
};

/**
 * Accounts of units that a reorganisation (or, without `id`, any) has moved and that wait for the level above: each goes on reaching what
 * it reached until she agrees (R38, R39). Nothing where none waits for the one who looks.
 */
export function WaitingAccounts({ id }: { id?: string }) {
	const [picked, setPicked] = useState<string[]>([]);
	const pages = useInfiniteQuery(
		api.reorganisations.accounts.infiniteOptions({
			input: (after: string | undefined) => ({ id, open: true, after }),
			initialPageParam: undefined as string | undefined,
			getNextPageParam: (page) => page.next ?? undefined,
		}),
	);
	return (
		<Loaded query={pages}>
			{({ pages: all }) => {
				const moves = all.flatMap(({ rows }) => rows);
				if (moves.length === 0) return null;
				const chosen = moves.filter((move) => picked.includes(move.id));
				const mine = moves.filter((move) => move.mayDecide).slice(0, MOST);
				return (
					<section className="card page">
						<h2>{count(all[0].open)} tài khoản chờ Hội cấp trên quyết định</h2>
						<p>
							Không ai xem được nhiều hơn trước ngày sắp xếp cho đến khi Hội cấp trên duyệt. Duyệt thì tài khoản có
							quyền như cũ ở toàn bộ đơn vị mới.
						</p>
						{mine.length > 1 ? (
							<CheckField
								label={`Chọn cả ${count(mine.length)} tài khoản chị được quyết định`}
								value={mine.every((move) => picked.includes(move.id))}
								onChange={(on) => setPicked(on ? mine.map((move) => move.id) : [])}
							/>
						) : null}
						{moves.map((move) =>
							move.mayDecide ? (
								<CheckField
									key={move.id}
									label={words(move)}
									value={picked.includes(move.id)}
									onChange={(on) => setPicked(on ? [...picked, move.id] : picked.filter((one) => one !== move.id))}
								/>
							) : (
								<p key={move.id}>{words(move)}</p>
							),
						)}
						{pages.hasNextPage ? (
							<div className="row">
								<Button variant="default" loading={pages.isFetchingNextPage} onClick={() => pages.fetchNextPage()}>
									Xem thêm tài khoản
								</Button>
							</div>
						) : null}
						{mine.length > 0 ? <Decide chosen={chosen} onDone={() => setPicked([])} /> : null}
					</section>
				);
			}}
		</Loaded>
	);
}

/** One command takes as many (contract). */
const MOST = 500;

function words(move: AccountMove): string {
	const place = move.toUnit && move.toUnitId !== move.unitId ? `${move.unit} → ${move.toUnit}` : move.unit;
	const who = move.name === move.username ? move.name : `${move.name} (${move.username})`;
	return `${who}, ${move.roleLabel}; ${place}, từ ngày ${displayDay(move.on)}: ${KINDS[move.kind]}${move.disabled ? "; đang khóa" : ""}`;
}

/** Those of parted units go to one part together, so they are chosen apart from the others. */
function Decide({ chosen, onDone }: { chosen: AccountMove[]; onDone: () => void }) {
	const [to, setTo] = useState("");
	const homeless = chosen.filter((move) => move.toUnitId === null);
	const parts = homeless[0]?.parts.filter((part) =>
		homeless.every((move) => move.parts.some(({ unitId }) => unitId === part.unitId)),
	);
	const send = useCommand(client.reorganisations.decideAccounts, {
		refresh: [api.reorganisations.key(), api.access.key()],
		said: ({ decided }) => `Đã quyết định ${count(decided)} tài khoản.`,
		onDone,
	});
	const moveIds = chosen.map((move) => move.id);
	const mixed = homeless.length > 0 && parts?.length === 0;
	return (
		<>
			{homeless.length > 0 && parts && parts.length > 0 ? (
				<SelectField
					label={`${count(homeless.length)} tài khoản của đơn vị bị chia về`}
					none="Chọn đơn vị mới"
					value={to}
					onChange={setTo}
					choices={parts.map((part) => ({ value: String(part.unitId), label: part.name }))}
				/>
			) : null}
			{mixed ? <p>Hãy chọn tài khoản của từng đơn vị bị chia một lần.</p> : null}
			<div className="row">
				<Button
					disabled={chosen.length === 0 || mixed || (homeless.length > 0 && to === "")}
					loading={send.busy}
					onClick={() => send.run({ moveIds, outcome: "approved", toUnitId: to === "" ? undefined : Number(to) })}
				>
					{chosen.length > 0 ? `Duyệt ${count(chosen.length)} tài khoản` : "Duyệt"}
				</Button>
				<Button
					variant="default"
					disabled={chosen.length === 0}
					loading={send.busy}
					onClick={() => send.run({ moveIds, outcome: "closed" })}
				>
					Thôi quyền
				</Button>
			</div>
			<ProblemAlert problem={send.problem} />
		</>
	);
}
