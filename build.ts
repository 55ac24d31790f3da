import { fileURLToPath } from "node:url";
import { build } from "vite";

/** `npm run build`: the browser's half into `dist/web`. The server half needs no build. */
await build({
	configFile: fileURLToPath(new URL("vite.config.ts", import.meta.url)),
	logLevel: "warn",
});
