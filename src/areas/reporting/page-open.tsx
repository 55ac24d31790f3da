import { useState } from "react";
import { addDays } from "../../core/day.ts";
import { DayField } from "../../ui/DayField.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { TextField } from "../../ui/FormField.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { EARLIEST, latestDay } from "../../web/search.ts";
import { useSession } from "../../web/session.ts";
import type { Periods } from "./page.tsx";

/** Opens a period the calendar proposes; its days may be others (R8: the report's deadline is its own date). */
export function OpenPeriod({ proposed, onClose }: { proposed: Periods["proposed"][number]; onClose: () => void }) {
	const { today } = useSession();
	const [name, setName] = useState(proposed.name);
	const [dueOn, setDueOn] = useState<string | null>(proposed.dueOn);
	const [commune, setCommune] = useState<string | null>(proposed.dueLevels.commune ?? null);
	const [province, setProvince] = useState<string | null>(proposed.dueLevels.province ?? null);
	const open = useCommand(client.reports.open, {
		refresh: [api.reports.key()],
		said: `Đã mở kỳ ${name}.`,
		onDone: onClose,
	});
	const days = { earliest: EARLIEST, latest: addDays(latestDay(today), 0) };
	return (
		<FormDialog
			title={`Mở kỳ ${proposed.name}`}
			note="Số liệu phải xong trước 10/6 và 25/11; hạn gửi báo cáo là ngày khác, đặt riêng cho từng cấp."
			confirm="Mở kỳ báo cáo"
			onClose={onClose}
			command={open}
			onConfirm={() =>
				dueOn &&
				open.run({
					...proposed,
					name,
					dueOn,
					dueLevels: {
						...proposed.dueLevels,
						...(commune ? { commune } : {}),
						...(province ? { province } : {}),
					},
				})
			}
		>
			<TextField name="name" label="Tên kỳ" required value={name} onChange={setName} />
			<DayField name="dueLevels" label="Hạn của cấp xã" value={commune} onChange={setCommune} {...days} />
			<DayField label="Hạn của cấp tỉnh" value={province} onChange={setProvince} {...days} />
			<DayField name="dueOn" label="Hạn của cả kỳ" required value={dueOn} onChange={setDueOn} {...days} />
		</FormDialog>
	);
}
