import * as z from "zod";
import { isDay } from "../core/day.ts";
import { sentenceOf } from "./wire-words.ts";

// Every schema of every contract is made after this: a check without a sentence of its own says it in Vietnamese, too.
z.config({ localeError: sentenceOf });

/** A day on the wire: of a time that lives, joins and figures can be of, so that nothing computed from it leaves the calendar. */
export const day = z
	.string()
	.refine(isDay, { error: "Ngày phải có dạng năm-tháng-ngày và có thật trên lịch." })
	.refine((value) => value >= "1880-01-01" && value <= "2199-12-31", {
		error: "Ngày phải từ 01/01/1880 đến 31/12/2199.",
	})
	.meta({ format: "date", examples: ["2025-06-30"] });

/** A client-made id (UUID). */
export const id = z.uuid({ error: "Mã không hợp lệ." });

/** Text people type: control and bidirectional characters are refused, length bounded. */
export const text = (max: number) =>
	z
		.string()
		.max(max, { error: `Tối đa ${max} ký tự.` })
		.regex(/^[^\p{Cc}\u202a-\u202e\u2066-\u2069]*$/u, { error: "Nội dung có ký tự điều khiển không hợp lệ." })
		.trim();

/** Longer text, where new lines are meant. */
export const lines = (max: number) =>
	z
		.string()
		.max(max, { error: `Tối đa ${max} ký tự.` })
		.regex(/^(?:[^\p{Cc}\u202a-\u202e\u2066-\u2069]|[\n\t])*$/u, {
			error: "Nội dung có ký tự điều khiển không hợp lệ.",
		})
		.trim();

/** The internal id of a unit. */
export const unitId = z.int().positive();

/** A count of people. */
export const count = z
	.int({ error: "Phải là số nguyên." })
	.min(0, { error: "Không được âm." })
	.max(100_000_000, { error: "Số quá lớn." });
