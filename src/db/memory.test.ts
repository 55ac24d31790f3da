import assert from "node:assert/strict";
import { totalmem } from "node:os";
import { test } from "node:test";
import { memorySettings, ownMemory } from "./memory.ts";

const GIGABYTE = 2 ** 30;

test("a small machine keeps to little, a large one does not take all it could", () => {
	const shared = (gigabytes: number) => memorySettings(gigabytes * GIGABYTE).shared_buffers;
	assert.deepEqual([1, 2, 4, 8, 16, 24, 256].map(shared), [
		"128MB",
		"128MB",
		"256MB",
		"512MB",
		"1024MB",
		"1024MB",
		"1024MB",
	]);
	assert.deepEqual(memorySettings(4 * GIGABYTE), {
		shared_buffers: "256MB",
		effective_cache_size: "2560MB",
		work_mem: "8MB",
		maintenance_work_mem: "128MB",
		max_wal_size: "1024MB",
		checkpoint_timeout: "15min",
	});
});

test("what may be used is some memory, and never more than the machine has", () => {
	assert.ok(ownMemory() > 0 && ownMemory() <= totalmem());
});
