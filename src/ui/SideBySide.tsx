import { Button } from "@mantine/core";
import { useState } from "react";
import css from "./SideBySide.module.css";

export type Side = "mine" | "theirs";
export type ComparedField = {
	key: string;
	label: string;
	mine: string | null;
	theirs: string | null;
};

type Props = {
	/** What both changed: "Hồ sơ chị Nguyễn Thị Lan". */
	title: string;
	fields: ComparedField[];
	/** Who saved first and when: "Trần Thị Hường, 10:32 ngày 20/11/2025". */
	theirsBy: string;
	onResolve: (choice: Record<string, Side>) => void;
	onCancel: () => void;
	busy?: boolean;
};

/** Two versions of one record, where someone else saved while she wrote: she chooses field by field; what is the same is not asked. */
export function SideBySide(props: Props) {
	const differing = props.fields.filter((field) => field.mine !== field.theirs);
	const same = props.fields.filter((field) => field.mine === field.theirs);
	const [choice, setChoice] = useState<Record<string, Side>>(() =>
		Object.fromEntries(differing.map((field) => [field.key, "mine"])),
	);
	const chooseAll = (side: Side) => setChoice(Object.fromEntries(differing.map((field) => [field.key, side])));
	return (
		<section className={`card ${css.both}`}>
			<h2>{props.title}</h2>
			<p>
				{props.theirsBy} đã lưu trước trong lúc chị đang sửa. Có {differing.length} mục khác nhau; chọn bản giữ lại ở
				từng mục.
			</p>
			<div className="row">
				<Button variant="default" onClick={() => chooseAll("mine")}>
					Giữ hết bản của tôi
				</Button>
				<Button variant="default" onClick={() => chooseAll("theirs")}>
					Giữ hết bản đã lưu
				</Button>
			</div>
			<div className={css.fields}>
				{differing.map((field) => (
					<FieldChoice
						key={field.key}
						field={field}
						chosen={choice[field.key]}
						onChoose={(side) => setChoice({ ...choice, [field.key]: side })}
					/>
				))}
			</div>
			{same.length > 0 ? (
				<p className="soft">Giống nhau ở cả hai bản: {same.map((field) => field.label.toLowerCase()).join(", ")}.</p>
			) : null}
			<div className="row">
				<Button onClick={() => props.onResolve(choice)} loading={props.busy}>
					Lưu bản đã chọn
				</Button>
				<Button variant="default" onClick={props.onCancel}>
					Bỏ phần tôi sửa
				</Button>
			</div>
		</section>
	);
}

function FieldChoice(props: { field: ComparedField; chosen: Side; onChoose: (side: Side) => void }) {
	const { field, chosen, onChoose } = props;
	const side = (which: Side, words: string) => (
		<label className={chosen === which ? css.chosen : css.other}>
			<input type="radio" name={`choice-${field.key}`} checked={chosen === which} onChange={() => onChoose(which)} />
			<span>
				<span className="soft">{words}</span>
				<br />
				{field[which] ?? <i>để trống</i>}
			</span>
		</label>
	);
	return (
		<fieldset className={css.field}>
			<legend>{field.label}</legend>
			{side("mine", "Bản của tôi")}
			{side("theirs", "Bản đã lưu")}
		</fieldset>
	);
}
