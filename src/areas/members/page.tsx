import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { DayField } from "../../ui/DayField.tsx";
import { SelectField, TextField } from "../../ui/FormField.tsx";
import { count } from "../../ui/format.ts";
import { type UnitChoice, UnitPicker } from "../../ui/UnitPicker.tsx";
import { api } from "../../web/client.ts";
import { EARLIEST, latestDay } from "../../web/search.ts";
import { MEMBER_LISTS, type MemberList, type MembersSearch } from "../../web/search-people.ts";
import { useSession } from "../../web/session.ts";
import { choiceOf, dayOrToday, findUnits } from "../units/page-find.ts";
import css from "./page.module.css";
import { MembersList } from "./page-list.tsx";
import { LIST_WORDS } from "./page-words.ts";

const route = getRouteApi("/members");

/** Who is a member: lists of any length of one unit on one day, searched without diacritics, by phone and by number. */
export function MembersPage() {
	const session = useSession();
	const search = route.useSearch();
	const unitId = search.unit ?? session.unit.id;
	const [text, setText] = useState(search.q ?? "");
	const navigate = route.useNavigate();
	const change = (part: Partial<MembersSearch>) =>
		navigate({ search: (old) => ({ ...old, ...part }), replace: true, resetScroll: false });
	const type = (typed: string) => {
		setText(typed);
		change({ q: isNumber(typed) ? undefined : typed.trim() || undefined });
	};
	return (
		<div className="page">
			<div className="row">
				<h1>Hội viên</h1>
				<AddButton />
			</div>
			<Todo unitId={unitId} unit={search.unit} />
			<section className="card">
				<Filters search={search} text={text} onText={type} onChange={change} />
			</section>
			<MembersList
				unitId={unitId}
				search={search}
				text={text}
				onPick={(pick) => change({ pick: pick || undefined })}
				onEnd={(end) => change({ end: end || undefined })}
			/>
		</div>
	);
}

/** Numbers of people stay out of the address: addresses are kept in histories and logs. */
function isNumber(text: string): boolean {
	return text.replace(/\D/g, "").length >= 6;
}

function AddButton() {
	const { verbs } = useSession();
	if (!verbs.includes("members.propose")) return null;
	return (
		<span className="end">
			<Button component={Link} to="/members/new">
				{verbs.includes("members.write") ? "Thêm hội viên" : "Đề nghị kết nạp"}
			</Button>
		</span>
	);
}

type FiltersProps = {
	search: MembersSearch;
	text: string;
	onText: (text: string) => void;
	onChange: (part: Partial<MembersSearch>) => void;
};

function Filters({ search, text, onText, onChange }: FiltersProps) {
	const { today } = useSession();
	const on = search.on ?? today;
	return (
		<div className={css.filters}>
			<div className={css.wide}>
				<TextField
					label="Tìm theo tên, số điện thoại hoặc số CCCD/CMND"
					hint="Tên không cần dấu. Số CCCD/CMND nhập đủ."
					value={text}
					onChange={onText}
					maxLength={100}
				/>
			</div>
			<SelectField
				label="Danh sách"
				value={search.which ?? "counts"}
				onChange={(list) => onChange({ which: list === "counts" || list === "" ? undefined : list })}
				choices={MEMBER_LISTS.map((value) => ({ value, label: LIST_WORDS[value] }))}
			/>
			<UnitFilter search={search} on={on} onChange={onChange} />
			<DayField
				label="Tại ngày"
				value={on}
				earliest={EARLIEST}
				latest={latestDay(today)}
				onChange={(day) => onChange({ on: dayOrToday(day ?? today, today) })}
			/>
		</div>
	);
}

const ABOVE_COMMUNES = ["centre", "cluster", "province", "district"];

/** Officers choose a unit below; a commune chooses among its branches, clubs and the women in none. */
function UnitFilter({ search, on, onChange }: Pick<FiltersProps, "search" | "onChange"> & { on: string }) {
	const { unit: own } = useSession();
	const officer = ABOVE_COMMUNES.includes(own.kind);
	const chosen = useQuery(
		api.units.show.queryOptions({ input: { id: search.unit ?? own.id, on }, enabled: officer && !!search.unit }),
	);
	const find = useMemo(
		() => findUnits({ on, within: own.id, kinds: ["commune", "district", "province"] }),
		[on, own.id],
	);
	const unit: UnitChoice | null = search.unit && chosen.data ? choiceOf(chosen.data.unit) : null;
	return (
		<>
			{officer ? (
				<UnitPicker
					label="Đơn vị"
					value={unit}
					search={find}
					onChange={(picked) => onChange({ unit: picked ? Number(picked.id) : undefined, branch: undefined })}
				/>
			) : null}
			{officer && (!chosen.data || ABOVE_COMMUNES.includes(chosen.data.unit.kind)) ? null : (
				<BranchFilter unitId={search.unit ?? own.id} branch={search.branch} on={on} onChange={onChange} />
			)}
		</>
	);
}

function BranchFilter(props: {
	unitId: number;
	branch: number | undefined;
	on: string;
	onChange: FiltersProps["onChange"];
}) {
	const { unitId, on } = props;
	const { data } = useQuery(api.units.children.queryOptions({ input: { id: unitId, on, kinds: ["branch", "group"] } }));
	if (!data || data.length === 0) return null;
	return (
		<SelectField
			label="Chi hội, tổ"
			value={props.branch ? String(props.branch) : ""}
			onChange={(value) => props.onChange({ branch: value ? Number(value) : undefined })}
			none="Tất cả"
			choices={[
				...data.map((branch) => ({ value: String(branch.id), label: branch.name })),
				{ value: String(unitId), label: "Chưa xếp chi hội" },
			]}
		/>
	);
}

/** What waits for a person, each a way to its list. */
function Todo({ unitId, unit }: { unitId: number; unit: number | undefined }) {
	const { data } = useQuery(api.members.todo.queryOptions({ input: { id: unitId } }));
	if (!data) return null;
	const lists: [number, string, MemberList][] = [
		[data.proposed, "đề nghị kết nạp chờ công nhận", "proposed"],
		[data.startUnknown, "chưa rõ ngày bắt đầu tạm trú", "start_unknown"],
		[data.review, "cần rà soát cư trú", "review"],
		[data.withoutConsent, "chưa có đồng ý cung cấp thông tin", "without_consent"],
		[data.withoutId, "chưa có số CCCD/CMND", "without_id"],
	];
	const transfers = data.transfersToDecide + data.transfersWaiting;
	return (
		<ul className={css.todo} aria-label="Việc cần làm về hội viên">
			{lists.map(([number, words, list]) =>
				number > 0 ? (
					<li key={list}>
						<Link to="/members" search={{ unit, which: list }}>
							<b>{count(number)}</b> {words}
						</Link>
					</li>
				) : null,
			)}
			{transfers > 0 ? (
				<li>
					<Link to="/members/transfers">
						<b>{count(transfers)}</b> chuyển sinh hoạt chưa xong
					</Link>
				</li>
			) : null}
			{data.duplicates + data.duplicatePairs > 0 ? (
				<li>
					<Link to="/members/duplicates">
						<b>{count(data.duplicates + data.duplicatePairs)}</b> nghi trùng người
					</Link>
				</li>
			) : null}
		</ul>
	);
}
