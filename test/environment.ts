/** What the shell has set for a running program (PORT, DATABASE_URL, TAPHOP_*, PGHOST …) does not reach tests and what they start. */
export function testEnvironment(shell: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
	const kept = Object.entries(shell).filter(
		([name]) => !/^(PORT|HOST|DATABASE_URL|NODE_OPTIONS|PG[A-Z]+|TAPHOP_.*)$/.test(name) || name === "TAPHOP_UPDATE",
	);
	return Object.fromEntries(kept);
}
