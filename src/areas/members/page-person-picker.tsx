import { Combobox, TextInput, useCombobox } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import "@mantine/core/styles/ScrollArea.layer.css";
import "@mantine/core/styles/Popover.layer.css";
import "@mantine/core/styles/Combobox.layer.css";
import { useFieldMistake } from "../../ui/Form.tsx";
import { api } from "../../web/client.ts";
import { useSession } from "../../web/session.ts";
import type { MemberRow } from "./contract-member.ts";
import { displayBirth } from "./rules-person.ts";

/** A person by her record, or by name alone where she is in no list. */
export type Named = { personId: string | null; name: string };

type Props = {
	label: string;
	hint?: string;
	value: Named;
	onChange: (value: Named) => void;
	/** A record other than this one. */
	except?: string;
	/** The field of the contract. */
	name: string;
	/** A record must be chosen; a name alone will not do. */
	required?: boolean;
};

/** Finds a member of one's own unit as one types her name; what is typed stays where nobody is chosen. */
export function PersonPicker({ label, hint, value, onChange, except, name, required }: Props) {
	const { unit } = useSession();
	const list = useCombobox({ onDropdownClose: () => list.resetSelectedOption() });
	const [touched, setTouched] = useState(false);
	const isMissing = required && value.personId === null;
	const mistake = useFieldMistake(name, isMissing ? "Gõ tên rồi chọn một người trong danh sách." : undefined);
	const q = useDeferredValue(value.name.trim());
	const { data } = useQuery(
		api.members.list.queryOptions({
			input: { id: unit.id, q, all: true, limit: 12 },
			enabled: touched && q.length > 1 && value.personId === null,
		}),
	);
	const rows = others(data?.rows ?? [], except);
	return (
		<Combobox
			store={list}
			withinPortal
			onOptionSubmit={(personId) => {
				const row = rows.find((one) => one.personId === personId);
				if (row) onChange({ personId, name: row.name });
				list.closeDropdown();
			}}
		>
			<Combobox.Target>
				<TextInput
					label={label}
					description={hint}
					error={mistake}
					required={required}
					value={value.name}
					autoComplete="off"
					onChange={(event) => {
						setTouched(true);
						onChange({ personId: null, name: event.currentTarget.value });
						list.openDropdown();
					}}
					onFocus={() => list.openDropdown()}
					onBlur={() => list.closeDropdown()}
				/>
			</Combobox.Target>
			<Combobox.Dropdown hidden={rows.length === 0 || value.personId !== null}>
				<Combobox.Options aria-label="Những người tìm được" mah={300} style={{ overflowY: "auto" }}>
					{rows.map((row) => (
						<Combobox.Option key={row.personId} value={row.personId}>
							<b>{row.name}</b>{" "}
							<span className="soft">
								{row.birth ? `${displayBirth(row.birth)} · ` : ""}
								{row.branch}
							</span>
						</Combobox.Option>
					))}
				</Combobox.Options>
			</Combobox.Dropdown>
		</Combobox>
	);
}

/** Each person once, however many spells she has. */
function others(rows: MemberRow[], except: string | undefined): MemberRow[] {
	const byPerson = new Map(rows.map((row) => [row.personId, row]));
	if (except) byPerson.delete(except);
	return [...byPerson.values()];
}
