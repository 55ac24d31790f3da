import { resolve } from "node:path";

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
	/** Whether an empty data folder starts with the synthetic demo. */
	demo: boolean;
}

const PROJECT = resolve(import.meta.dirname, "../..");

/** Reads the settings from an environment; unset ones have the README's defaults. */
export function readSettings(env: NodeJS.ProcessEnv = process.env): Settings {
	const dataDir = resolve(env.TAPHOP_DATA || resolve(PROJECT, "data"));
	return {
		dataDir,
		databaseUrl: env.DATABASE_URL || null,
		ownerUrl: env.TAPHOP_OWNER_URL || env.DATABASE_URL || null,
		host: env.HOST || "127.0.0.1",
		port: Number(env.PORT || 8080),
		keyFile: resolve(env.TAPHOP_KEY_FILE || resolve(dataDir, "key")),
		demo: (env.TAPHOP_DEMO ?? "").toLowerCase() !== "no",
	};
}
