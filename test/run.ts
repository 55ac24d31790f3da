import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";
import { join } from "node:path";
import { testEnvironment } from "./environment.ts";

/**
 * `npm test`: format and lint, types, the built pages, then every test file (generated files are compared by
 * test/database.test.ts, the browser's tests are among them). Whatever the shell has set for a running program
 * (PORT, DATABASE_URL, TAPHOP_*) does not reach the tests.
 */
const root = join(import.meta.dirname, "..");
const environment = testEnvironment();

function step(name: string, command: string, args: string[]): void {
	const began = performance.now();
	console.log(`\n— ${name}`);
	const { status, signal } = spawnSync(command, args, { cwd: root, env: environment, stdio: "inherit" });
	if (status !== 0) {
		console.error(`${name}: ${signal ?? `mã ${status}`}`);
		process.exit(status || 1);
	}
	console.log(`  ${name}: ${((performance.now() - began) / 1000).toFixed(1)} s`);
}

const bin = (name: string) => join(root, "node_modules/.bin", name);
const files = globSync(["src/**/*.test.ts", "test/**/*.test.ts"], { cwd: root }).sort();
if (files.length === 0) throw new Error("No test files found");

step("Format and lint", bin("biome"), ["check", "--error-on-warnings", "."]);
step("Types", bin("tsc"), ["--noEmit"]);
step("Build", process.execPath, ["build.ts"]);
step("Tests", process.execPath, ["--test", "--test-concurrency=2", "--test-timeout=300000", ...files]);
