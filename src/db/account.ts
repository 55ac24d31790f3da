import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { dirname } from "node:path";
import { Problem } from "../core/problem.ts";

/** The system account PostgreSQL runs as. */
export type Account = { name: string; uid: number; gid: number };

/**
 * Who is to run PostgreSQL: `undefined` for the one who runs this program; when that is root, whom PostgreSQL refuses,
 * the owner of the folders if it is an ordinary account, else `postgres`, which is made when the machine has none.
 *
 * @param folders the cluster, then the folder around it; those that do not exist are passed over
 * @throws Problem `database.account_missing`
 */
export function serverAccount(folders: string[]): Account | undefined {
	if (process.getuid?.() !== 0) return undefined;
	for (const folder of folders) {
		const uid = statSync(folder, { throwIfNoEntry: false })?.uid;
		// initdb wants a name for its account, so an owner by number only (a folder lent to a container) will not do.
		const owner = uid ? account(String(uid)) : undefined;
		if (owner) return owner;
	}
	return account("postgres") ?? makeAccount();
}

function account(nameOrUid: string): Account | undefined {
	const line = spawnSync("getent", ["passwd", nameOrUid], { encoding: "utf8" }).stdout ?? "";
	const [name, , uid, gid] = line.trim().split(":");
	return uid ? { name, uid: Number(uid), gid: Number(gid) } : undefined;
}

function makeAccount(): Account {
	const hasGroup = spawnSync("getent", ["group", "postgres"]).status === 0;
	const group = hasGroup ? ["--gid", "postgres"] : ["--user-group"];
	const home = ["--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin"];
	spawnSync("useradd", ["--system", ...group, ...home, "postgres"]);
	const made = account("postgres");
	if (made) return made;
	throw new Problem(
		"database.account_missing",
		500,
		"PostgreSQL không chạy bằng quyền root và không tạo được người dùng hệ thống “postgres”: hãy chạy lệnh useradd --system postgres, hoặc chạy chương trình bằng một người dùng khác root.",
	);
}

/**
 * Sees that the account can enter these folders and all on the way to them, and read these files.
 * Asked of the system itself as that account (mode bits alone do not know of access lists).
 *
 * @throws Problem `database.folder_unreachable`: one sentence that names what is in the way and what to do
 */
export function requireReach(who: Account, folders: string[], files: string[]): void {
	const steps = new Set([...folders, ...files].flatMap(ancestors));
	const script =
		'for path; do if test -d "$path"; then test -x "$path"; else test -r "$path"; fi || { printf %s "$path"; exit; }; done';
	const answer = spawnSync("/bin/sh", ["-c", script, "sh", ...steps, ...folders, ...files], {
		uid: who.uid,
		gid: who.gid,
		cwd: "/",
		encoding: "utf8",
	});
	if (answer.error) throw answer.error;
	if (answer.stdout !== "") throw unreachable(who, answer.stdout);
}

/** /a/b/c → /, /a, /a/b */
function ancestors(path: string): string[] {
	const parent = dirname(path);
	return parent === path ? [] : [...ancestors(parent), parent];
}

function unreachable(who: Account, path: string): Problem {
	return new Problem(
		"database.folder_unreachable",
		500,
		`PostgreSQL không chạy bằng quyền root mà bằng người dùng “${who.name}”, và người dùng này không vào được “${path}”: hãy chạy lệnh ${wayIn(path)}, hoặc chuyển chương trình và TAPHOP_DATA sang thư mục ai cũng vào được như /opt/taphop, rồi chạy lại.`,
		{ detail: { path, account: who.name } },
	);
}

/** The command that lets the account in: no more than passing through, but an npm run under umask 077 closed every file. */
function wayIn(path: string): string {
	const packages = path.split("/node_modules")[0];
	const [command, target] = packages === path ? ["chmod o+x", path] : ["chmod -R o+rX", `${packages}/node_modules`];
	return `${command} '${target.replaceAll("'", "'\\''")}'`;
}
