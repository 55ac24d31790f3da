import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { VitePWA } from "vite-plugin-pwa";

const web = fileURLToPath(new URL("src/web/", import.meta.url));
const dist = fileURLToPath(new URL("dist/web/", import.meta.url));

/**
 * Writes into sign-in.html the files the app's first screen needs, so that the sign-in page can fetch them while she types
 * (design §8, first visit). Charts and the later pages are left out.
 */
function appFilesForSignIn(): Plugin {
	return {
		name: "app-files-for-sign-in",
		enforce: "post",
		generateBundle(_options, bundle) {
			const signIn = bundle["sign-in.html"];
			const app = bundle["index.html"];
			if (signIn?.type !== "asset" || app?.type !== "asset") return;
			const linked = [...String(app.source).matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map((match) => match[1]);
			const fonts = Object.keys(bundle)
				.filter((file) => /be-vietnam-pro-(latin|vietnamese)-(400|600|700)/.test(file))
				.map((file) => `/${file}`);
			signIn.source = String(signIn.source).replace(
				/(id="app-files">)\s*\[\]/,
				(_, start) => start + JSON.stringify([...linked, ...fonts]),
			);
		},
	};
}

/**
 * What the plain pages (sign-in, invitation) have in common, written once in light-page.html. Their stylesheet stands in the page itself:
 * one request less before its first content.
 */
function lightPages(): Plugin {
	const read = (file: string) => readFileSync(web + file, "utf8");
	return {
		name: "light-pages",
		transformIndexHtml: {
			order: "pre",
			handler: (html) => {
				const [, ...parts] = read("light-page.html").split(/<!-- (\w+) -->\n/);
				const part = (name: string) => parts[parts.indexOf(name) + 1];
				return html
					.replace(/<!-- light page: (\w+) -->/g, (_, name) => part(name))
					.replace("/* sign-in.css */", () => read("sign-in.css").replace(/\s*\n\s*/g, ""));
			},
		},
	};
}

/**
 * The browser's half: `dist/web` with two pages, `index.html` (the app) and `sign-in.html` (plain and light), hashed files
 * under `assets/`, and a service worker that keeps the app's shell for later visits and for hours without a connection.
 */
export default defineConfig({
	root: web,
	publicDir: `${web}public`,
	plugins: [
		react(),
		lightPages(),
		appFilesForSignIn(),
		VitePWA({
			registerType: "autoUpdate",
			injectRegister: false,
			manifest: {
				name: "Tập Hợp",
				short_name: "Tập Hợp",
				description: "Hội viên và tỷ lệ tập hợp phụ nữ tham gia tổ chức Hội",
				lang: "vi",
				start_url: "/",
				display: "standalone",
				background_color: "#faf8f5",
				theme_color: "#7a2858",
				icons: [
					{
						src: "/icon.svg",
						sizes: "any",
						type: "image/svg+xml",
						purpose: "any",
					},
					{
						src: "/icon-maskable.svg",
						sizes: "any",
						type: "image/svg+xml",
						purpose: "maskable",
					},
				],
			},
			workbox: {
				globPatterns: ["index.html", "assets/*.{js,css,woff2}", "icon.svg"],
				globIgnores: ["**/plot-*.js", "**/sign-in-*.js", "**/invitation-*.js"],
				navigateFallback: "/index.html",
				navigateFallbackDenylist: [/^\/(api|rpc|files|sign-in|invitation)/],
				runtimeCaching: [
					{
						urlPattern: /\/assets\/plot-.*\.js$/,
						handler: "CacheFirst",
						options: { cacheName: "charts" },
					},
				],
				cleanupOutdatedCaches: true,
			},
		}),
	],
	build: {
		outDir: dist,
		emptyOutDir: true,
		target: "es2022",
		manifest: true,
		reportCompressedSize: false,
		rolldownOptions: {
			input: { index: `${web}index.html`, "sign-in": `${web}sign-in.html`, invitation: `${web}invitation.html` },
			output: {
				codeSplitting: {
					groups: [
						// What nearly every page uses comes with the shell, once, rather than with the first page that happens to need it.
						{
							name: "pieces",
							test: /node_modules\/(@mantine\/(core|hooks)\/esm\/(?!components\/NumberInput)|react-remove-scroll|@tanstack\/(react-)?virtual)/,
						},
						{
							name: "plot",
							test: /node_modules\/(@observablehq|d3|internmap|delaunator|robust-predicates)/,
						},
					],
				},
			},
		},
	},
	server: {
		proxy: { "/api": "http://127.0.0.1:8080", "/rpc": "http://127.0.0.1:8080" },
	},
});
