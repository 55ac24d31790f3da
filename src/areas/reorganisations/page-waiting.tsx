import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { CheckField } from "../../ui/FormField.tsx";
import { api } from "../../web/client.ts";
import { Loaded } from "../../web/Loaded.tsx";
import { displayBirth } from "../members/rules-person.ts";
import type { Parted } from "./contract.ts";
import { AssignTo } from "./page-assign.tsx";

type Woman = Awaited<ReturnType<typeof api.reorganisations.waiting.call>>["rows"][number];

/** The women of a parted commune who stand in no branch, a page at a time; several go to one part together. */
export function Waiting({ parted, mayAssign }: { parted: Parted; mayAssign: boolean }) {
	const [picked, setPicked] = useState<string[]>([]);
	const pages = useInfiniteQuery(
		api.reorganisations.waiting.infiniteOptions({
			input: (after: string | undefined) => ({ unitId: parted.unitId, after }),
			initialPageParam: undefined as string | undefined,
			getNextPageParam: (page) => page.next ?? undefined,
		}),
	);
	const toggle = (id: string) => setPicked(picked.includes(id) ? picked.filter((one) => one !== id) : [...picked, id]);
	return (
		<Loaded query={pages}>
			{({ pages: all }) => (
				<>
					{all
						.flatMap(({ rows }) => rows)
						.map((woman) =>
							mayAssign ? (
								<CheckField
									key={woman.spellId}
									label={words(woman)}
									value={picked.includes(woman.spellId)}
									onChange={() => toggle(woman.spellId)}
									disabled={picked.length >= MOST && !picked.includes(woman.spellId)}
								/>
							) : (
								<p key={woman.spellId}>{words(woman)}</p>
							),
						)}
					{pages.hasNextPage ? (
						<div className="row">
							<Button variant="default" loading={pages.isFetchingNextPage} onClick={() => pages.fetchNextPage()}>
								Xem thêm hội viên
							</Button>
						</div>
					) : null}
					{mayAssign ? (
						<AssignTo parted={parted} chosen={{ spellIds: picked }} what="hội viên" onDone={() => setPicked([])} />
					) : null}
				</>
			)}
		</Loaded>
	);
}

/** One command takes as many (contract). */
const MOST = 500;

function words({ name, birth, address }: Woman): string {
	return [name, birth ? `sinh ${displayBirth(birth)}` : "", address].filter(Boolean).join(", ");
}
