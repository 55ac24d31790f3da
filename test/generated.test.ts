import assert from "node:assert/strict";
import { test } from "node:test";
import { generatedIsCurrent } from "../src/db/generate.ts";
import { openTestDatabase } from "./kit.ts";

const database = await openTestDatabase();

test("schema.sql and types.gen.ts are what the migrations make (npm run generate)", async () => {
	assert.ok(await generatedIsCurrent(database.ownerUrl));
});
