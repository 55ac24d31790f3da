import type { Transporter } from "nodemailer";
import type { Channel } from "../areas/reporting/rules-reminders.ts";
import { Problem } from "../core/problem.ts";

/**
 * A way by which reminders go out: one for each kind of address. Another (SMS, Zalo OA) is an object of this shape in
 * {@link readChannels}; addresses, what is due and what was sent know its kind already.
 */
export interface ReminderChannel {
	kind: Channel;
	/** Hands a message over; throws where it was not taken. Never logs the address. */
	send(to: string, message: { subject: string; text: string }): Promise<void>;
	close(): void;
}

/** Long for a mail server that is slow, short for one that is gone. */
const TIMEOUT = 20_000;

/** The channels an environment configures: e-mail by `TAPHOP_SMTP_URL` (with name and password) and `TAPHOP_SMTP_FROM`. @throws Problem `setting.invalid` */
export function readChannels(env: NodeJS.ProcessEnv): ReminderChannel[] {
	const { TAPHOP_SMTP_URL: url, TAPHOP_SMTP_FROM: from } = env;
	if (!url) return [];
	// The URL has a password in it: what is wrong is said without it.
	if (!/^smtps?:\/\/[^/]/.test(url) || !URL.canParse(url))
		throw invalid("TAPHOP_SMTP_URL", "phải là một địa chỉ như smtps://tên:mậtkhẩu@thu.example.vn:465");
	if (!from?.includes("@")) throw invalid("TAPHOP_SMTP_FROM", "phải là địa chỉ thư người gửi");
	// Loaded with the first mail: a server that sends none need not hold the package.
	let opened: Promise<Transporter> | null = null;
	const open = async () => {
		const { createTransport } = await import("nodemailer");
		const limits = { connectionTimeout: TIMEOUT, greetingTimeout: TIMEOUT, socketTimeout: TIMEOUT };
		// Only text of ours is sent: nothing is read from files or fetched.
		return createTransport({ url, ...limits, disableFileAccess: true, disableUrlAccess: true }, { from });
	};
	return [
		{
			kind: "email",
			send: async (to, message) => {
				opened ??= open();
				await (await opened).sendMail({ to: { name: "", address: to }, ...message });
			},
			close: () => void opened?.then((transport) => transport.close()),
		},
	];
}

function invalid(setting: string, what: string): Problem {
	return new Problem("setting.invalid", 422, `${setting} ${what}.`, { field: setting });
}
