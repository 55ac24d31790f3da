import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Buttons } from "../../ui/Buttons.tsx";
import { Form, FormProblem } from "../../ui/Form.tsx";
import { TextField } from "../../ui/FormField.tsx";
import { api, client } from "../../web/client.ts";
import { useCommand } from "../../web/command.ts";
import { Loaded } from "../../web/Loaded.tsx";

/** Where she wants to be reminded of deadlines: an e-mail address of her own, given and taken back by herself. */
export function ReminderAddress() {
	const answer = useQuery(api.reports.reminder.queryOptions({ input: {} }));
	return (
		<Loaded query={answer}>
			{({ reminder }) => <AddressForm key={reminder?.address ?? ""} address={reminder?.address ?? ""} />}
		</Loaded>
	);
}

function AddressForm({ address }: { address: string }) {
	const [typed, setTyped] = useState(address);
	const save = useCommand(client.reports.setReminder, {
		refresh: [api.reports.key()],
		said: typed.trim() === "" ? "Đã xóa địa chỉ, không nhắc qua thư nữa." : "Đã ghi địa chỉ nhận lời nhắc.",
	});
	return (
		<section className="card page">
			<h2>Nhắc hạn gửi báo cáo qua thư điện tử</h2>
			<p className="soft">
				Khi đơn vị của chị chưa gửi báo cáo, chương trình gửi thư trước hạn, đúng hạn và khi quá hạn (mỗi lần một thư,
				nếu máy chủ có cấu hình gửi thư). Trong thư chỉ có tên đơn vị, tên kỳ và hạn gửi. Để trống thì không gửi.
			</p>
			<Form command={save} onSubmit={() => save.run({ address: typed })}>
				<TextField name="address" label="Địa chỉ thư điện tử" kind="email" value={typed} onChange={setTyped} />
				<FormProblem />
				<Buttons>
					<Button type="submit" variant="default" loading={save.busy}>
						Ghi địa chỉ
					</Button>
				</Buttons>
			</Form>
		</section>
	);
}
