import * as z from "zod";
import { dayOf, isDay } from "../../core/day.ts";
import { day, id, lines, text, unitId } from "../wire.ts";

/** A day of birth as it is known: `1984`, `1984-05` or `1984-05-20`. */
export const birth = z
	.string()
	.refine((value) => isDay(value) || isDay(`${value}-01`) || dayOf(Number(value), 1, 1) === `${value}-01-01`, {
		error: "Ngày sinh phải là năm, tháng hoặc ngày có thật trên lịch.",
	})
	.meta({ examples: ["1984", "1984-05", "1984-05-20"] });

export const residenceKind = z.enum(["permanent", "temporary"]);
export const leaveReason = z.enum(["resigned", "dead", "moved", "temporary_left", "other"]);
export const sex = z.enum(["female", "male"]);

/** Why a member counts on a day, or why not (rules.ts, STATUS_TEXT). */
export const MEMBER_STATUSES = [
	"counts",
	"proposed",
	"declined",
	"honorary",
	"not_joined_yet",
	"left",
	"under_six_months",
	"start_unknown",
	"elsewhere",
	"not_resident",
] as const;
export const memberStatus = z.enum(MEMBER_STATUSES);
export type MemberStatus = z.infer<typeof memberStatus>;

/** A period of residence within a spell; `until` is the first day she no longer lived there. */
export const residenceInput = z.object({
	kind: residenceKind,
	start: day.nullable().default(null),
	until: day.nullable().default(null),
});

/** One line of a list of members: a spell and whose it is, as of the day asked. */
export const memberRow = z.object({
	personId: id,
	spellId: id,
	name: z.string(),
	birth: z.string().nullable(),
	sex,
	honorary: z.boolean(),
	coreMember: z.boolean(),
	phone: z.string(),
	leafId: unitId,
	/** "Chưa xếp chi hội" where she is in none. */
	branch: z.string(),
	commune: z.string(),
	joined: day,
	left: day.nullable(),
	leaveReason: z.string().nullable(),
	residence: residenceKind.nullable(),
	residenceStart: day.nullable(),
	counts: z.boolean(),
	/** The day from which she will count, where that is known and still to come. */
	countsFrom: day.nullable(),
	status: memberStatus,
	statusText: z.string(),
	hasId: z.boolean(),
	hasConsent: z.boolean(),
	/** "Cần rà soát cư trú": away longer than the guidance's note allows; a person decides. */
	review: z.boolean(),
});
export type MemberRow = z.infer<typeof memberRow>;

/** A CCCD or CMND as screens show it; the whole number only through members.revealId. */
export const maskedId = z.object({ ref: z.string(), kind: z.enum(["cccd", "cmnd"]), masked: z.string() });

/** Something to look at that refuses nothing: code and sentence. */
export const warning = z.object({ code: z.string(), text: z.string() });

export const awayKind = z.enum(["near", "within_year", "gone"]);
export const takesPart = z.enum(["yes", "online", "no"]);
export const postName = z.enum([
	"chair",
	"deputy",
	"branch_head",
	"branch_deputy",
	"group_head",
	"group_deputy",
	"committee",
	"standing",
	"other",
]);
export const consentPurpose = z.enum(["membership", "sensitive", "contact"]);
export const consentHow = z.enum(["signed_list", "signed_form", "spoken_minuted", "digital"]);
export const transferState = z.enum(["pending", "accepted", "declined", "cancelled"]);

export const transfer = z.object({
	id,
	/** Null where she is not yet to be seen by the asking side. */
	personId: id.nullable(),
	name: z.string(),
	birth: z.string().nullable(),
	from: z.string(),
	to: z.string(),
	toUnitId: unitId,
	onDay: day,
	residence: residenceKind,
	state: transferState,
	/** The side that asked; the other decides. */
	askedBy: z.enum(["origin", "destination"]),
	askedAt: z.string(),
	decidedAt: z.string().nullable(),
	note: z.string(),
	/** What the caller's side may do now. */
	mayDecide: z.boolean(),
	mayCancel: z.boolean(),
});
export type Transfer = z.infer<typeof transfer>;

/** Two records that may be one woman, with what speaks for it. Of a woman the caller does not see, only her commune's name is told. */
export const duplicatePair = z.object({
	id,
	/** The points of the reasons together (rules-duplicates.ts). */
	score: z.int(),
	reasons: z.array(z.object({ code: z.string(), text: z.string(), points: z.int() })),
	/** The reasons as one sentence. */
	reasonText: z.string(),
	foundOn: day,
	sides: z.array(
		z.object({
			personId: id.nullable(),
			name: z.string(),
			birth: z.string().nullable(),
			branch: z.string(),
			commune: z.string(),
		}),
	),
	decision: z.enum(["same", "different"]).nullable(),
	decidedOn: day.nullable(),
	/** The unit of whoever judged. */
	decidedAt: z.string().nullable(),
	/** What the caller may do: say what the two are, and make the two records one. */
	mayJudge: z.boolean(),
	mayMerge: z.boolean(),
});
export type DuplicatePair = z.infer<typeof duplicatePair>;

export const spell = z.object({
	id,
	leafId: unitId,
	branch: z.string(),
	commune: z.string(),
	stage: z.enum(["proposed", "recognised", "declined"]),
	joined: day,
	left: day.nullable(),
	leaveReason: z.string().nullable(),
	leaveReasonText: z.string().nullable(),
	residences: z.array(residenceInput.extend({ id })),
	away: z.array(
		z.object({
			id,
			since: day,
			until: day.nullable(),
			kind: awayKind,
			place: z.string(),
			paysDues: z.boolean().nullable(),
			takesPart,
		}),
	),
	/** The days on which she counts by this spell. */
	counts: z.array(z.object({ from: day, to: day.nullable() })),
	status: memberStatus,
	statusText: z.string(),
	introducer: z.object({ personId: id.nullable(), name: z.string() }).nullable(),
	recognisedOn: day.nullable(),
	minutes: z.string(),
	mayWrite: z.boolean(),
});

/** The person page. National ids are masked; sensitive columns have an endpoint of their own. */
export const memberShow = z.object({
	personId: id,
	version: z.int(),
	name: z.string(),
	birth: z.string().nullable(),
	sex,
	honorary: z.boolean(),
	coreMember: z.boolean(),
	phone: z.string(),
	address: z.string(),
	occupation: z.string(),
	note: z.string(),
	nationalIds: z.array(maskedId),
	spells: z.array(spell),
	affiliations: z.array(
		z.object({ id, unitId, unit: z.string(), kind: z.string(), since: day, until: day.nullable() }),
	),
	posts: z.array(
		z.object({
			id,
			unitId,
			unit: z.string(),
			post: postName,
			postText: z.string(),
			since: day,
			until: day.nullable(),
		}),
	),
	introduced: z.array(z.object({ personId: id, name: z.string(), joined: day })),
	consents: z.array(
		z.object({
			id,
			purpose: consentPurpose,
			purposeText: z.string(),
			givenOn: day,
			how: consentHow,
			howText: z.string(),
			textVersion: z.string(),
			document: z.string(),
			withdrawnOn: day.nullable(),
		}),
	),
	transfers: z.array(transfer),
	merges: z.array(z.object({ id, mergedName: z.string(), at: z.string(), maySplit: z.boolean() })),
	/** Set where this record was merged into another: go there. */
	mergedInto: id.nullable(),
	history: z.array(
		z.object({
			at: z.string(),
			action: z.string(),
			actionText: z.string(),
			by: z.string(),
			unit: z.string().nullable(),
			actingFor: z.string().nullable(),
		}),
	),
	/** What she who asks may do here, so that the screen recomputes no rule. */
	may: z.object({
		write: z.boolean(),
		sensitive: z.boolean(),
		revealId: z.boolean(),
	}),
});
export type MemberShow = z.infer<typeof memberShow>;

const name = text(200).min(1, { error: "Hãy ghi họ và tên." });

/** What can be written of a person; with members.edit every field may be absent (kept). */
export const personFields = {
	name,
	birth: birth.nullable(),
	sex: sex.default("female"),
	phone: text(60),
	address: text(500),
	occupation: text(200),
	note: lines(2000),
};

/** What members.add and members.propose take. */
export const newMember = z.object({
	leafId: unitId,
	name,
	birth: birth.nullable().default(null),
	sex: sex.default("female"),
	honorary: z.boolean().default(false),
	phone: text(60).default(""),
	address: text(500).default(""),
	occupation: text(200).default(""),
	note: lines(2000).default(""),
	/** As written; twelve or nine digits. */
	nationalId: text(60).default(""),
	joined: day,
	residences: z
		.array(residenceInput)
		.min(1)
		.max(20)
		.default([{ kind: "permanent", start: null, until: null }]),
	introducedBy: id.nullable().default(null),
	introducerName: text(200).default(""),
	consent: z
		.object({ givenOn: day, how: consentHow, textVersion: text(100), document: text(300).default("") })
		.nullable()
		.default(null),
});

export const saved = z.object({
	personId: id,
	spellId: id.nullable(),
	version: z.int(),
	warnings: z.array(warning),
});
