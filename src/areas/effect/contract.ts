import * as z from "zod";
import { reads, writes } from "../endpoint.ts";
import { day, id, lines, text, unitId } from "../wire.ts";

/** Of which unit: by id, or by the code it bore on `on` (default today). */
const unitRef = { unitId: unitId.optional(), unit: z.string().max(20).optional(), on: day.optional() };

const place = z.object({ unitId, code: z.string().nullable(), name: z.string() });

/** The rate on the eve of a day, in per cent with two decimals and a point. */
const ratePoint = z.object({ on: day, rate: z.string() });

/** What a unit began, and when. */
const begun = z.object({ words: z.string(), begunOn: day });

const experience = z.object({
	id,
	unit: place.extend({ province: z.string() }),
	title: z.string(),
	body: z.string(),
	documents: z.string(),
	beganOn: day.nullable(),
	writtenAt: z.string(),
	/** Others read it: its owner agreed and has not taken it back. */
	shared: z.boolean(),
	sharedAt: z.string().nullable(),
	withdrawnAt: z.string().nullable(),
	/** Whether the one acting may change, share and withdraw it. */
	mine: z.boolean(),
});
export type Experience = z.infer<typeof experience>;

/** In hundredths of a point of a per cent. */
const points = z.int();

const kindEffect = z.object({
	kind: z.string(),
	words: z.string(),
	/** Where it stands in the guidance; empty for a unit's own. */
	guidance: z.string(),
	/** Communes that began it; those with a year before and after; those of them beside at least one like them. */
	used: z.int(),
	followed: z.int(),
	matched: z.int(),
	provinces: z.int(),
	/** Communes they are compared with. */
	controls: z.int(),
	/** What happened: the mean change of the matched ones, and of those they are compared with. */
	changed: points.nullable(),
	changedLikes: points.nullable(),
	/** Why nothing is said of it. */
	lack: z.enum(["communes", "provinces", "likes"]).nullable(),
	effect: points.nullable(),
	low: points.nullable(),
	high: points.nullable(),
	verdict: z.enum(["higher", "lower", "unclear"]).nullable(),
	/** Kinds that nearly always began with it, in their words. */
	together: z.array(z.string()),
});
export type KindEffectRow = z.infer<typeof kindEffect>;

export const effectContract = {
	show: reads(
		"support.read",
		"/effect/show",
		"Chênh lệch tỷ lệ tập hợp của cơ sở đã làm từng giải pháp, mô hình so với cơ sở tương đồng chưa làm",
	)
		.input(z.object({ on: day.optional() }))
		.output(
			z.object({
				on: day,
				/** Months before and after the beginning that are looked at. */
				months: z.int(),
				/** Communes with a figure, and how many of them began anything. */
				communes: z.int(),
				using: z.int(),
				/** How many kinds were looked at together: the verdicts are corrected for that. */
				tested: z.int(),
				kinds: z.array(kindEffect),
			}),
		),
	similar: reads(
		"support.read",
		"/effect/similar",
		"Cơ sở ở địa bàn có đặc điểm tương đồng đã đạt trên 60%: khác và giống ở đâu, đã làm gì",
	)
		.input(z.object(unitRef))
		.output(
			z.object({
				on: day,
				unit: place,
				/** Null where the commune has no figure of women aged 18 and over. */
				rate: z.string().nullable(),
				/** Communes like this one that once stood where it stands, how many of them have passed since, and in how many months the middle one. */
				alike: z.int(),
				passed: z.int(),
				months: z.int().nullable(),
				/** Those she may know by name, the most like one first. */
				rows: z.array(
					place.extend({
						province: z.string(),
						like: z.array(z.string()),
						unlike: z.array(z.string()),
						/** Where its way began, and the days between which it passed. */
						start: ratePoint,
						crossed: z.object({ after: day, by: day }),
						months: z.int(),
						path: z.array(ratePoint),
						did: z.array(begun),
						experiences: z.array(experience),
						/** She does not read the unit itself: it agreed to be known. */
						agreed: z.boolean(),
					}),
				),
				/** The traits are worked out at night; null before the first night. */
				traitsOn: day.nullable(),
			}),
		),
	strip: reads(
		"support.read",
		"/effect/strip",
		"Một cơ sở trước và sau khi bắt đầu giải pháp, bên cạnh các cơ sở tương đồng",
	)
		.input(z.object(unitRef))
		.output(
			z.object({
				on: day,
				unit: place,
				/** Null where nothing was begun yet, or there are no figures around that day. */
				strip: z
					.object({
						begunOn: day,
						did: z.array(begun),
						points: z.array(z.object({ on: day, rate: points, likes: points.nullable() })),
						/** How many communes the mean beside it is of; none below three. */
						likes: z.int(),
						changed: points,
						changedLikes: points.nullable(),
						/** Months from the beginning to the last point. */
						months: z.int(),
					})
					.nullable(),
			}),
		),
	experiences: reads(
		"support.read",
		"/effect/experiences",
		"Kinh nghiệm của các cơ sở: của đơn vị mình, đơn vị trực thuộc, và những kinh nghiệm đã được đồng ý chia sẻ",
	)
		.input(z.object({ unitId: unitId.optional() }))
		.output(z.array(experience)),
	write: writes(
		"experience.share",
		"/effect/write",
		"Ghi, sửa một kinh nghiệm của cơ sở mình; đồng ý chia sẻ hoặc chưa",
	)
		.input(
			z.object({
				/** The text it takes the place of. */
				replaces: id.optional(),
				unitId,
				title: text(200).min(1, { error: "Hãy ghi tên cách làm." }),
				body: lines(8000).min(1, { error: "Hãy kể đã làm gì, kết quả ra sao." }),
				documents: lines(2000).default(""),
				beganOn: day.optional(),
				/** The chair agrees that communes elsewhere read it, with the unit's name and its rate over the years. */
				share: z.boolean(),
			}),
		)
		.output(z.object({ id, shared: z.boolean() })),
	withdraw: writes("experience.share", "/effect/withdraw", "Thôi chia sẻ một kinh nghiệm")
		.input(z.object({ id }))
		.output(z.object({ id })),
	calculator: reads(
		"gathering.read",
		"/effect/calculator",
		"Cơ sở tính “nếu …”: đang có bao nhiêu hội viên, đã biết trước điều gì, khoảng dự báo đến đâu",
	)
		.input(z.object(unitRef))
		.output(
			z.object({
				on: day,
				unit: place,
				members: z.int(),
				women18: z.int().nullable(),
				missing: z.int().nullable(),
				/** Women who reach six months of temporary residence, by the day from which they count; null where she may not read members. */
				coming: z.array(z.object({ day, women: z.int() })).nullable(),
				/** Memberships that began and ended to count here since `from`; null with less than half a year behind the unit. */
				history: z.object({ from: day, months: z.int(), gained: z.int(), lost: z.int() }).nullable(),
				/** The forecast without a plan: what comes on top by each day; `low` and `high` null where too little is known. */
				asBefore: z.array(z.object({ on: day, net: z.int(), low: z.int().nullable(), high: z.int().nullable() })),
				/** The hard-to-gather groups of its open case, else the guidance's first ones; `women`: how many are not members yet, where counted. */
				groups: z.array(z.object({ code: z.string(), words: z.string(), women: z.int().nullable() })),
				/** The end of the centre's term: by then every commune is to be over 60 % (R15). */
				termEnd: day,
			}),
		),
};
