import { useState } from "react";
import { DayField } from "../../ui/DayField.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { TextArea, TextField } from "../../ui/FormField.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { useSession } from "../../web/session.ts";
import type { Round } from "./page-round.tsx";

const WORDS = [
	["present", "Thành phần"],
	["policy", "Chủ trương đã thống nhất"],
	["content", "Nội dung hỗ trợ"],
	["manner", "Cách thức hỗ trợ"],
	["dutyCluster", "Trách nhiệm của Cụm"],
	["dutyProvince", "Trách nhiệm của cấp tỉnh"],
	["dutyDistrict", "Trách nhiệm của cấp huyện (trước 01/7/2025)"],
	["dutyCommune", "Trách nhiệm của cơ sở"],
] as const;
type Key = (typeof WORDS)[number][0];

/** The minutes of the first step; what stays empty is named where the step is to be closed, so they can be written bit by bit. */
export function MinutesForm({ round, onClose }: { round: Round; onClose: () => void }) {
	const { today } = useSession();
	const old = round.minutes;
	const [metOn, setMetOn] = useState<string | null>(old?.metOn ?? today);
	const [place, setPlace] = useState(old?.place ?? "");
	const [fromDay, setFromDay] = useState<string | null>(old?.fromDay ?? null);
	const [untilDay, setUntilDay] = useState<string | null>(old?.untilDay ?? null);
	const [pictureOn, setPictureOn] = useState<string | null>(old?.pictureOn ?? today);
	const [words, setWords] = useState<Record<Key, string>>(
		() => Object.fromEntries(WORDS.map(([key]) => [key, old?.[key] ?? ""])) as Record<Key, string>,
	);
	const save = useCommand(client.assistance.setMinutes, {
		refresh: [api.assistance.key()],
		said: "Đã ghi biên bản.",
		onDone: onClose,
	});
	return (
		<FormDialog
			title="Biên bản Cụm làm việc với Hội LHPN tỉnh"
			confirm="Ghi biên bản"
			onClose={onClose}
			command={save}
			onConfirm={() =>
				metOn !== null &&
				save.run({
					roundId: round.id,
					version: old?.version ?? 0,
					metOn,
					place,
					fromDay,
					untilDay,
					pictureOn,
					...words,
				})
			}
		>
			<DayField name="metOn" label="Ngày làm việc" required value={metOn} onChange={setMetOn} latest={today} />
			<TextField name="place" label="Địa điểm" value={place} onChange={setPlace} maxLength={300} />
			<DayField name="fromDay" label="Hỗ trợ từ ngày" value={fromDay} onChange={setFromDay} />
			<DayField name="untilDay" label="Hỗ trợ đến ngày" value={untilDay} onChange={setUntilDay} />
			{WORDS.map(([key, label]) => (
				<TextArea
					key={key}
					name={key}
					label={label}
					value={words[key]}
					onChange={(value) => setWords((before) => ({ ...before, [key]: value }))}
				/>
			))}
			<DayField
				name="pictureOn"
				label="Tình hình các cơ sở tính đến ngày"
				hint="Chương trình tính số cơ sở theo xếp loại vào ngày này và giữ cùng biên bản."
				value={pictureOn}
				onChange={setPictureOn}
				latest={today}
			/>
		</FormDialog>
	);
}
