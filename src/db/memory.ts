import { totalmem } from "node:os";

const MEGABYTE = 2 ** 20;

/** The memory this program and its database may use, in bytes: the machine's, or less where it runs in a container. */
export function ownMemory(): number {
	const allowed = process.constrainedMemory();
	return allowed > 0 ? Math.min(allowed, totalmem()) : totalmem();
}

/**
 * How PostgreSQL is to use a machine of so many bytes (docs/decisions.md, "Memory of the embedded PostgreSQL").
 *
 * Its own cache is a sixteenth, at most 1 GB: what is not in it stands in the system's, and an idle server holds 22 MB for each GB
 * of it. An index of millions is built in a thirty-second, one sort or hash of a query takes a thousandth.
 */
export function memorySettings(bytes: number): Record<string, string> {
	const megabytes = bytes / MEGABYTE;
	const between = (least: number, part: number, most: number) =>
		`${Math.round(Math.min(most, Math.max(least, megabytes / part)))}MB`;
	return {
		shared_buffers: between(128, 16, 1024),
		effective_cache_size: between(512, 1.6, 1_000_000),
		work_mem: between(8, 1000, 64),
		maintenance_work_mem: between(64, 32, 1024),
		// Between two checkpoints; more of them while millions are imported, each writes every page once more.
		max_wal_size: between(1024, 6, 4096),
		checkpoint_timeout: "15min",
	};
}
