import * as z from "zod";
import { unitKind } from "../units/contract.ts";
import { day, unitId } from "../wire.ts";

/** Of which unit, with all below it, as of a day: by id, or by the code it bore on `on` (default: today; neither: the centre). */
export const unitRef = { unitId: unitId.optional(), unit: z.string().max(20).optional(), on: day.optional() };

/** A page of a long list. */
export const page = {
	limit: z.int().min(1).max(10_000).default(200),
	offset: z.int().min(0).max(1_000_000).default(0),
};

/** The unit that was asked about. */
export const top = z.object({ id: unitId, kind: unitKind, code: z.string().nullable(), name: z.string() });

/** The unit of a row, and the commune it counts in on the day (null: of a higher level, or of a unit that was parted). */
export const place = z.object({ unitId, unitName: z.string(), communeId: unitId.nullable(), communeName: z.string() });

/** Version of the row she saw: where somebody has written since, a Problem says so. */
export const version = z.int().positive();
