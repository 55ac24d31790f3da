import * as z from "zod";
import { reads, writes } from "../endpoint.ts";
import { day, id, text, unitId } from "../wire.ts";

export const UNIT_KINDS = [
	"centre",
	"cluster",
	"province",
	"district",
	"commune",
	"unassigned",
	"special_base",
	"force",
	"branch",
	"group",
	"club",
	"department",
] as const;
export const unitKind = z.enum(UNIT_KINDS);
export type UnitKind = z.infer<typeof unitKind>;

/** A unit as it stood on a day. */
export const unit = z.object({
	id: unitId,
	kind: unitKind,
	code: z.string().nullable(),
	name: z.string(),
	parentId: unitId.nullable(),
	/** The day from which it has stood so, and the day from which it no longer does. */
	from: day,
	to: day.nullable(),
});
export type Unit = z.infer<typeof unit>;

export const unitRow = unit.extend({
	/** The names of what it stands under, nearest first: "Quận Ba Đình", "Thành phố Hà Nội". */
	path: z.array(z.string()),
	children: z.int(),
});
export type UnitRow = z.infer<typeof unitRow>;

/** Who took a unit over, or was taken over by it. */
const relative = z.object({
	id: unitId,
	code: z.string().nullable(),
	name: z.string(),
	on: day,
	part: z.enum(["full", "partial"]),
	/** Per cent of what the parted unit had as one figure, with two decimals: declared, or by the women assigned so far. */
	share: z.string().nullable(),
	decree: z.string(),
	/** The reorganisation by which it happened. */
	reorganisationId: id.nullable(),
});

export const unitShow = z.object({
	unit: unitRow,
	/** Its names, codes and parents over time. */
	spells: z.array(
		z.object({
			from: day,
			to: day.nullable(),
			code: z.string().nullable(),
			name: z.string(),
			parent: z.string().nullable(),
			decree: z.string(),
		}),
	),
	predecessors: z.array(relative),
	successors: z.array(relative),
	/** Where the registry's knowledge of this unit ends, in words for the screen. */
	notes: z.array(z.string()),
});
export type UnitShow = z.infer<typeof unitShow>;

/** A unit is named by its internal id, or by the code it bore on `on` ("VN" is the centre). */
export const unitRef = { id: unitId.optional(), code: z.string().max(20).optional(), on: day.optional() };

export const unitsContract = {
	show: reads("units.read", "/units/show", "Một đơn vị vào một ngày, với các tên, mã và nơi trực thuộc qua thời gian")
		.input(z.object(unitRef))
		.output(unitShow),
	children: reads("units.read", "/units/children", "Các đơn vị trực thuộc vào một ngày")
		.input(z.object({ ...unitRef, kinds: z.array(unitKind).optional() }))
		.output(z.array(unitRow)),
	tree: reads("units.read", "/units/tree", "Toàn bộ hệ thống tổ chức Hội vào một ngày, cấp trên trước")
		.input(z.object({ on: day.optional(), kinds: z.array(unitKind).optional() }))
		.output(z.array(unit)),
	search: reads("units.read", "/units/search", "Tìm đơn vị theo tên không dấu hoặc mã")
		.input(
			z.object({
				q: text(100),
				on: day.optional(),
				kinds: z.array(unitKind).optional(),
				within: unitId.optional(),
				limit: z.int().min(1).max(50).default(20),
			}),
		)
		.output(z.array(unitRow)),
	add: writes("units.write", "/units/add", "Thêm chi hội, tổ, CLB, cơ sở đặc thù …")
		.input(
			z.object({
				parentId: unitId,
				kind: z.enum(["branch", "group", "club", "special_base", "force", "department"]),
				name: text(300).min(1, { error: "Hãy ghi tên." }),
				/** The first day; default: the first day of the parent. */
				from: day.optional(),
			}),
		)
		.output(unit),
	rename: writes("units.write", "/units/rename", "Đổi tên một đơn vị từ một ngày")
		.input(z.object({ id: unitId, name: text(300).min(1, { error: "Hãy ghi tên." }), from: day }))
		.output(unit),
	move: writes("units.write", "/units/move", "Chuyển chi hội, tổ sang đơn vị khác từ một ngày")
		.input(z.object({ id: unitId, parentId: unitId, from: day }))
		.output(unit),
	end: writes("units.write", "/units/end", "Kết thúc hoạt động của một đơn vị từ một ngày")
		.input(z.object({ id: unitId, from: day }))
		.output(unit),
	clusters: reads("units.read", "/units/clusters", "Các Cụm thi đua vào một ngày")
		.input(z.object({ on: day.optional() }))
		.output(
			z.array(
				z.object({
					id: unitId,
					name: z.string(),
					example: z.boolean(),
					provinces: z.array(z.object({ id: unitId, name: z.string() })),
				}),
			),
		),
	setCluster: writes("clusters.write", "/units/set-cluster", "Lập hoặc sửa một Cụm thi đua từ một ngày")
		.input(z.object({ id: unitId.optional(), name: text(300).min(1), provinceIds: z.array(unitId), from: day }))
		.output(z.object({ id: unitId })),
	openWork: reads("units.read", "/units/open-work", "Các đơn vị chưa biết đơn vị hình thành sau sắp xếp (Chưa phân)")
		.input(z.object({ within: unitId.optional() }))
		.output(
			z.array(
				z.object({
					id: unitId,
					code: z.string().nullable(),
					name: z.string(),
					district: z.string(),
					unassignedId: unitId,
					unassigned: z.string(),
				}),
			),
		),
};
