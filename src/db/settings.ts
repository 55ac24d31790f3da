import { resolve } from "node:path";
import { Problem } from "../core/problem.ts";

/** What the environment decides (README, "Cài đặt"). */
export interface Settings {
	dataDir: string;
	/** Application login of a PostgreSQL of one's own; null: the embedded one. */
	databaseUrl: string | null;
	/** The same database for migrations. */
	ownerUrl: string | null;
	host: string;
	port: number;
	keyFile: string;
	/** The address people open, where a proxy stands in front. */
	publicUrl: string | null;
	/** Whether an empty data folder starts with the synthetic demo. */
	demo: boolean;
}

const PROJECT = resolve(import.meta.dirname, "../..");

/** Reads the settings from an environment; unset ones have the README's defaults. @throws Problem `setting.invalid` */
export function readSettings(env: NodeJS.ProcessEnv = process.env): Settings {
	const dataDir = resolve(env.TAPHOP_DATA || resolve(PROJECT, "data"));
	return {
		dataDir,
		databaseUrl: env.DATABASE_URL || null,
		ownerUrl: env.TAPHOP_OWNER_URL || env.DATABASE_URL || null,
		host: env.HOST || "127.0.0.1",
		port: portOf(env.PORT || "8080"),
		keyFile: resolve(env.TAPHOP_KEY_FILE || resolve(dataDir, "key")),
		publicUrl: addressOf(env.TAPHOP_URL),
		demo: (env.TAPHOP_DEMO ?? "").toLowerCase() !== "no",
	};
}

function portOf(text: string): number {
	const port = Number(text);
	if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
	throw new Problem("setting.invalid", 422, `PORT phải là một số từ 0 đến 65535, không phải “${text}”.`, {
		field: "PORT",
	});
}

function addressOf(text: string | undefined): string | null {
	if (!text) return null;
	if (/^https?:\/\/[^/]/.test(text) && URL.canParse(text)) return text;
	throw new Problem(
		"setting.invalid",
		422,
		`TAPHOP_URL phải là một địa chỉ như https://taphop.example.vn, không phải “${text}”.`,
		{ field: "TAPHOP_URL" },
	);
}
