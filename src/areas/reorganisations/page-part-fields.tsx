import { Button } from "@mantine/core";
import { TextField } from "../../ui/FormField.tsx";
import { DestinationFields, type Units } from "./page-destination.tsx";
import { newPart, type Part } from "./page-hand.ts";

type Props = { parts: Part[]; onChange: (parts: Part[]) => void; units: Units; made: { key: string; name: string }[] };

/** The parts of a unit that is parted, two or more. */
export function PartFields({ parts, onChange, units, made }: Props) {
	const set = (id: number, more: Partial<Part>) =>
		onChange(parts.map((part) => (part.id === id ? { ...part, ...more } : part)));
	return (
		<>
			{parts.map((part, at) => (
				<div key={part.id} className="card page">
					<DestinationFields
						label={`Phần ${at + 1} về`}
						value={part.to}
						onChange={(to) => set(part.id, { to })}
						units={units}
						made={made}
					/>
					<TextField
						label={`Tỷ lệ chia của phần ${at + 1}`}
						value={part.share}
						onChange={(share) => set(part.id, { share })}
						hint="Phân số hoặc phần trăm nguyên: 3/7, 40%."
					/>
					{parts.length > 2 ? (
						<button type="button" className="link" onClick={() => onChange(parts.filter(({ id }) => id !== part.id))}>
							Bỏ phần {at + 1}
						</button>
					) : null}
				</div>
			))}
			<div className="row">
				<Button variant="default" onClick={() => onChange([...parts, newPart()])}>
					Thêm một phần
				</Button>
			</div>
		</>
	);
}
