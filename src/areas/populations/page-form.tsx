import { useState } from "react";
import { DayField } from "../../ui/DayField.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { NumberField, TextField } from "../../ui/FormField.tsx";
import { fieldError } from "../../ui/ProblemAlert.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { EARLIEST } from "../../web/search.ts";
import { useSession } from "../../web/session.ts";
import type { Place } from "./page.tsx";

type Props = { place: Place; onClose: () => void };

/** Entry of one commune's figure: the official one, or her own count of the women present. */
export function PopulationForm({ which, ...props }: Props & { which: "official" | "present" }) {
	return which === "official" ? <OfficialForm {...props} /> : <PresentForm {...props} />;
}

const refresh = [api.populations.key(), api.gathering.key()];

function OfficialForm({ place, onClose }: Props) {
	const [women18, setWomen18] = useState(place.how === "recorded" ? place.women18 : null);
	const [document, setDocument] = useState(place.how === "recorded" ? place.document : "");
	const save = useCommand(client.populations.set, {
		refresh,
		said: `Đã ghi số phụ nữ từ 18 tuổi trở lên của ${place.name}.`,
		onDone: onClose,
	});
	return (
		<FormDialog
			title={place.name}
			note={
				place.how === "carried"
					? "Hiện dùng số cộng từ các đơn vị trước sắp xếp. Số nhập ở đây thay cho số cộng đó."
					: "Số này là cơ sở tính tỷ lệ tập hợp trong cả nhiệm kỳ; sửa số thì mọi ngày của nhiệm kỳ được tính lại."
			}
			confirm="Ghi số liệu"
			onClose={onClose}
			command={save}
			fields={["women18", "document"]}
			ready={women18 !== null && women18 > 0}
			onConfirm={() => women18 !== null && save.run({ unitId: place.unitId, women18, document })}
		>
			<NumberField
				label="Phụ nữ từ 18 tuổi trở lên (số liệu ngành thống kê năm 2019)"
				required
				value={women18}
				onChange={setWomen18}
				error={fieldError(save.problem, "women18")}
			/>
			<TextField
				label="Số, ngày văn bản"
				value={document}
				onChange={setDocument}
				hint="Ví dụ: Công văn 45/CCTK ngày 12/4/2023 của Chi cục Thống kê."
				error={fieldError(save.problem, "document")}
			/>
		</FormDialog>
	);
}

function PresentForm({ place, onClose }: Props) {
	const { today } = useSession();
	const [women18, setWomen18] = useState<number | null>(null);
	const [onDay, setOnDay] = useState<string | null>(today);
	const save = useCommand(client.populations.setPresent, {
		refresh,
		said: "Đã ghi số Hội tự rà soát.",
		onDone: onClose,
	});
	return (
		<FormDialog
			title="Số phụ nữ hiện có mặt tại địa bàn"
			note="Số Hội tự rà soát để biết còn bao nhiêu chị chưa vào Hội. Không dùng để tính tỷ lệ tập hợp."
			confirm="Ghi số liệu"
			onClose={onClose}
			command={save}
			fields={["women18", "onDay"]}
			ready={women18 !== null && onDay !== null}
			onConfirm={() => women18 !== null && onDay && save.run({ unitId: place.unitId, onDay, women18 })}
		>
			<NumberField
				label="Phụ nữ từ 18 tuổi trở lên đang có mặt"
				required
				value={women18}
				onChange={setWomen18}
				error={fieldError(save.problem, "women18")}
			/>
			<DayField
				label="Rà soát ngày"
				required
				value={onDay}
				onChange={setOnDay}
				earliest={EARLIEST}
				latest={today}
				error={fieldError(save.problem, "onDay")}
			/>
		</FormDialog>
	);
}
