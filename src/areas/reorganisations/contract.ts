import * as z from "zod";
import { reads, writes } from "../endpoint.ts";
import { day, id, text, unitId } from "../wire.ts";

export const reorganisationState = z.enum(["draft", "submitted", "approved", "applied", "undone", "discarded"]);

const share = z.object({ numerator: z.int().min(0), denominator: z.int().min(1).max(1_000_000_000) });

/** A unit that is there already, by its id, or one the same reorganisation makes, by its key. */
const unitOrKey = { unitId: unitId.optional(), key: text(60).min(1).optional() };

/** One change, from the day of the reorganisation on (R38). */
export const change = z.discriminatedUnion("kind", [
	/** A unit that comes into being; `key` names it within the reorganisation. */
	z.object({
		kind: z.literal("create"),
		key: text(60).min(1),
		unitKind: z.enum(["province", "district", "commune"]),
		code: text(20).min(1, { error: "Hãy ghi mã đơn vị." }),
		name: text(300).min(1, { error: "Hãy ghi tên." }),
		parent: z.object(unitOrKey),
	}),
	/** Another name, code or place of a unit that stays. */
	z.object({
		kind: z.literal("change"),
		unitId,
		code: text(20).min(1).optional(),
		name: text(300).min(1).optional(),
		parent: z.object(unitOrKey).optional(),
	}),
	/** A unit that ends and is followed by nobody: a district, when its level is abolished. */
	z.object({ kind: z.literal("end"), unitId }),
	/** A unit that goes to another, whole or in part; a declared share needs its document. */
	z.object({
		kind: z.literal("succeed"),
		unitId,
		successor: z.object(unitOrKey),
		part: z.enum(["full", "partial"]),
		share: share.optional(),
		document: text(500).default(""),
	}),
]);
export type Change = z.infer<typeof change>;

/** What speaks against a reorganisation (`error`: it cannot be submitted) or should be looked at. */
export const conflict = z.object({
	level: z.enum(["error", "warning"]),
	code: z.string(),
	text: z.string(),
	/** The line of the file, where it came from one. */
	row: z.int().nullable(),
});
export type Conflict = z.infer<typeof conflict>;

export const reorganisation = z.object({
	id,
	title: z.string(),
	decree: z.string(),
	on: day,
	unit: z.string(),
	unitId,
	state: reorganisationState,
	changes: z.int(),
	draftedBy: z.string(),
	/** The one who asks drafted it: another decides. */
	mine: z.boolean(),
	decidedBy: z.string().nullable(),
	decisionNote: z.string(),
	appliedAt: z.string().nullable(),
	undoneAt: z.string().nullable(),
	/** A reform the built-in registry has lived through. */
	builtin: z.boolean(),
	version: z.int(),
});
export type Reorganisation = z.infer<typeof reorganisation>;

const figures = z.object({
	code: z.string().nullable(),
	name: z.string(),
	province: z.string(),
	women18: z.int().nullable(),
	members: z.int(),
	rate: z.string().nullable(),
	class: z.enum(["under", "exactly", "over"]).nullable(),
	/** What is asked of it in net new members in the centre's term (R14); null where nothing is. */
	target: z.int().nullable(),
	/** Some of the target was parted by shares: "ước tính" (R38). */
	targetEstimated: z.boolean(),
});

const totals = z.object({
	communes: z.int(),
	women18: z.int(),
	members: z.int(),
	target: z.int(),
	under: z.int(),
	over: z.int(),
});

/** Before and after of every commune (and Chưa phân) that the reorganisation changes, on its day; nothing is written. */
export const dryRun = z.object({
	before: totals,
	after: totals,
	units: z.array(
		z.object({
			unitId: unitId.nullable(),
			before: figures.nullable(),
			after: figures.nullable(),
			/** Where its women come from: places in this list, whole or in part; the unit itself where it stays. */
			from: z.array(z.object({ at: z.int(), part: z.enum(["full", "partial"]) })),
		}),
	),
	/** Communes of before whose women are in a commune of another class after it. */
	classChanges: z.int(),
	/** Accounts it would move: of units that go whole to another, are parted, end, or take others over. Each waits for the level above. */
	accounts: z.object({ succeeded: z.int(), parted: z.int(), ended: z.int(), widened: z.int() }),
	conflicts: z.array(conflict),
});
export type DryRun = z.infer<typeof dryRun>;
export type DryRunUnit = DryRun["units"][number];

/** A commune that was parted, its parts with the women counted for their share, and what is still to be assigned. */
export const parted = z.object({
	unitId,
	code: z.string().nullable(),
	name: z.string(),
	on: day,
	unassigned: z.string(),
	parts: z.array(
		z.object({
			unitId,
			code: z.string().nullable(),
			name: z.string(),
			share: z.string().nullable(),
			declared: z.boolean(),
			mayAssign: z.boolean(),
		}),
	),
	branches: z.array(z.object({ unitId, name: z.string(), kind: z.string(), members: z.int() })),
	/** Women without a branch. */
	members: z.int(),
});
export type Parted = z.infer<typeof parted>;

/** What a reorganisation does to one role of an account, and what was decided (R38, R39). */
export const accountMove = z.object({
	id,
	reorganisationId: id,
	title: z.string(),
	on: day,
	/**
	 * `succeeded`: its unit went whole to `toUnit`, and it reaches what it reached until it is approved; `widened`: its unit stays and took
	 * others over, which it does not reach yet; `parted`: its unit was parted, it reaches nothing until somebody says where it goes;
	 * `ended`: its level is no more.
	 */
	kind: z.enum(["succeeded", "widened", "parted", "ended"]),
	decision: z.enum(["approved", "closed"]).nullable(),
	decidedBy: z.string().nullable(),
	mayDecide: z.boolean(),
	accountId: id,
	username: z.string(),
	name: z.string(),
	disabled: z.boolean(),
	roleLabel: z.string(),
	unitId,
	unit: z.string(),
	toUnitId: unitId.nullable(),
	toUnit: z.string().nullable(),
	/** Where one of a parted unit may go. */
	parts: z.array(z.object({ unitId, name: z.string() })),
});
export type AccountMove = z.infer<typeof accountMove>;

const act = { id, version: z.int() };
const head = {
	title: text(300).min(1, { error: "Hãy đặt tên cho đợt sắp xếp." }),
	decree: text(300).min(1, { error: "Hãy ghi nghị quyết, quyết định." }),
	on: day,
	/** Under what it happens; default: the centre. */
	unitId: unitId.optional(),
};

export const reorganisationsContract = {
	list: reads("units.read", "/reorganisations/list", "Các đợt sắp xếp đơn vị")
		.input(z.object({}))
		.output(z.array(reorganisation)),
	show: reads("units.read", "/reorganisations/show", "Một đợt sắp xếp đơn vị với từng thay đổi, từng trang")
		.input(
			z.object({
				id,
				/** A part of a unit's name, or its code: only changes that name it. */
				q: text(100).optional(),
				/** The position of the last change of the page before. */
				after: z.int().min(0).optional(),
			}),
		)
		.output(
			reorganisation.extend({
				rows: z.array(
					z.object({ position: z.int(), change, unit: z.string(), successor: z.string(), parent: z.string() }),
				),
				next: z.int().nullable(),
				conflicts: z.array(conflict),
			}),
		),
	draft: writes("reorganisations.write", "/reorganisations/draft", "Soạn một đợt sắp xếp đơn vị")
		.input(z.object({ ...head, changes: z.array(change).max(50_000) }))
		.output(reorganisation),
	revise: writes("reorganisations.write", "/reorganisations/revise", "Sửa bản soạn một đợt sắp xếp")
		.input(z.object({ ...act, ...head, changes: z.array(change).max(50_000) }))
		.output(reorganisation),
	amend: writes("reorganisations.write", "/reorganisations/amend", "Thêm, bớt thay đổi trong bản soạn, sửa tên và ngày")
		.input(
			z.object({
				...act,
				title: head.title.optional(),
				decree: head.decree.optional(),
				on: day.optional(),
				/** Positions of changes to leave out. */
				remove: z.array(z.int().min(0)).max(500).default([]),
				/** Changes to put behind those there are. */
				add: z.array(change).max(50_000).default([]),
			}),
		)
		.output(reorganisation),
	draftFromTable: writes(
		"reorganisations.write",
		"/reorganisations/draft-from-table",
		"Soạn một đợt sắp xếp từ bảng đơn vị cũ – đơn vị mới; dòng không khớp được liệt kê",
	)
		.input(
			z.object({
				...head,
				rows: z
					.array(
						z.object({
							row: z.int(),
							new_province_code: z.string().default(""),
							new_code: z.string(),
							new_name: z.string(),
							old_code: z.string(),
							old_name: z.string().default(""),
							part: z.string().default(""),
							share: z.string().default(""),
							document: z.string().default(""),
						}),
					)
					.min(1, { error: "Tệp không có dòng nào." })
					.max(50_000),
			}),
		)
		.output(reorganisation.extend({ conflicts: z.array(conflict) })),
	dryRun: reads("reorganisations.write", "/reorganisations/dry-run", "Chạy thử: số liệu trước và sau, không ghi gì")
		.input(z.object({ id }))
		.output(dryRun),
	submit: writes("reorganisations.write", "/reorganisations/submit", "Trình duyệt")
		.input(z.object(act))
		.output(reorganisation),
	approve: writes("reorganisations.approve", "/reorganisations/approve", "Duyệt (không phải người soạn)")
		.input(z.object({ ...act, note: text(500).default("") }))
		.output(reorganisation),
	decline: writes("reorganisations.approve", "/reorganisations/decline", "Trả lại bản soạn, nêu lý do")
		.input(z.object({ ...act, note: text(500).min(1, { error: "Hãy ghi lý do." }) }))
		.output(reorganisation),
	apply: writes("reorganisations.approve", "/reorganisations/apply", "Thực hiện đợt sắp xếp đã duyệt")
		.input(z.object(act))
		.output(reorganisation),
	undo: writes(
		"reorganisations.approve",
		"/reorganisations/undo",
		"Hủy một đợt sắp xếp đã thực hiện, khi chưa có gì phụ thuộc",
	)
		.input(z.object(act))
		.output(reorganisation),
	discard: writes("reorganisations.write", "/reorganisations/discard", "Bỏ bản soạn")
		.input(z.object(act))
		.output(reorganisation),
	queue: reads("units.read", "/reorganisations/queue", "Chi hội và hội viên của các xã bị chia, chờ phân về đơn vị mới")
		.input(z.object({ within: unitId.optional(), after: unitId.optional() }))
		.output(z.object({ rows: z.array(parted), next: unitId.nullable() })),
	accounts: reads(
		"accounts.read",
		"/reorganisations/accounts",
		"Tài khoản của các đơn vị được sắp xếp: giữ quyền cũ cho đến khi cấp trên duyệt",
	)
		.input(z.object({ id: id.optional(), open: z.boolean().default(false), after: id.optional() }))
		.output(z.object({ rows: z.array(accountMove), open: z.int(), next: id.nullable() })),
	decideAccounts: writes(
		"accounts.write",
		"/reorganisations/decide-accounts",
		"Duyệt cho tài khoản theo đơn vị mới, hoặc thôi quyền",
	)
		.input(
			z.object({
				moveIds: z.array(id).min(1, { error: "Hãy chọn tài khoản." }).max(500),
				outcome: z.enum(["approved", "closed"]),
				toUnitId: unitId.optional(),
			}),
		)
		.output(z.object({ decided: z.int() })),
	waiting: reads(
		"members.read",
		"/reorganisations/waiting",
		"Hội viên chưa xếp chi hội của một xã bị chia, chờ phân từng người",
	)
		.input(z.object({ unitId, after: id.optional() }))
		.output(
			z.object({
				rows: z.array(z.object({ spellId: id, name: z.string(), birth: z.string().nullable(), address: z.string() })),
				next: id.nullable(),
			}),
		),
	assign: writes(
		"reorganisations.assign",
		"/reorganisations/assign",
		"Phân chi hội, hội viên của xã bị chia về đơn vị mới",
	)
		.input(
			z.object({
				unitId,
				toUnitId: unitId,
				branchIds: z.array(unitId).max(500).default([]),
				spellIds: z.array(id).max(500).default([]),
			}),
		)
		.output(parted),
};
