/** How far a verb of a role reaches: one's own unit (with its branches, clubs, special bases), or the unions below it, too. */
export type Reach = "own" | "below";

/** Everything a person can be allowed to do. A contract names the verb each endpoint needs. */
const VERBS = [
	"units.read",
	"units.write",
	"clusters.write",
	"members.read",
	"members.sensitive",
	"members.propose",
	"members.write",
	"members.export",
	"headcounts.read",
	"headcounts.write",
	"populations.write",
	"gathering.read",
	"targets.read",
	"targets.allot",
	"targets.record",
	"terms.write",
	"emulation.read",
	"emulation.set",
	"emulation.mark",
	"emulation.review",
	"models.read",
	"models.write",
	"meetings.write",
	"reports.read",
	"reports.write",
	"reports.submit",
	"reports.approve",
	"reports.comment",
	"reports.open",
	"support.read",
	"support.write",
	"support.assign",
	"experience.share",
	"documents.write",
	"reorganisations.write",
	"reorganisations.approve",
	"reorganisations.assign",
	"accounts.read",
	"accounts.write",
	"audit.read",
	"system.operate",
] as const;

export type Verb = (typeof VERBS)[number];

interface RoleRule {
	/** The official words on screen. */
	label: string;
	/** Kinds of unit at which the role can be given. */
	kinds: readonly string[];
	verbs: Partial<Record<Verb, Reach>>;
}

const READING = {
	"units.read": "below",
	"members.read": "below",
	"headcounts.read": "below",
	"gathering.read": "below",
	"targets.read": "below",
	"models.read": "below",
	"reports.read": "below",
} as const satisfies Partial<Record<Verb, Reach>>;

/** An officer of a level above: reads below, changes her own; below only as "nhập thay" (R39). */
const OFFICER = {
	...READING,
	"units.write": "own",
	"members.propose": "own",
	"members.write": "own",
	"members.export": "below",
	"headcounts.write": "own",
	"populations.write": "below",
	"targets.allot": "own",
	"targets.record": "own",
	"models.write": "own",
	"meetings.write": "own",
	"reports.write": "own",
	"reports.submit": "own",
	"reports.approve": "own",
	"support.read": "below",
	"support.write": "below",
	"support.assign": "below",
	"documents.write": "own",
	"accounts.read": "below",
	"accounts.write": "below",
	"audit.read": "below",
} as const satisfies Partial<Record<Verb, Reach>>;

/** Drafts what changes within her unit; the centre approves. Marks it in its cluster (R16): a district stands in none, so its right reaches nothing. */
const REORGANISING = {
	...OFFICER,
	"emulation.read": "own",
	"emulation.mark": "own",
	"reorganisations.write": "own",
	"reorganisations.assign": "own",
} as const;

const everything = Object.fromEntries(VERBS.map((verb) => [verb, "below"])) as Record<Verb, Reach>;

/** The named roles (issue A.7): verbs × subtree. The database's app.role_verb is written from here at each deploy. */
export const ROLES = {
	centre: {
		label: "Cán bộ Trung ương Hội",
		kinds: ["centre"],
		verbs: {
			...OFFICER,
			"clusters.write": "below",
			"terms.write": "below",
			"emulation.read": "below",
			"emulation.set": "below",
			"emulation.review": "below",
			"reports.open": "own",
			"reorganisations.write": "below",
			"reorganisations.approve": "below",
			"reorganisations.assign": "below",
		},
	},
	cluster: {
		label: "Cán bộ Cụm thi đua",
		kinds: ["cluster"],
		verbs: {
			"units.read": "below",
			"headcounts.read": "below",
			"gathering.read": "below",
			"targets.read": "below",
			"emulation.read": "below",
			"emulation.review": "below",
			"models.read": "below",
			"models.write": "own",
			"reports.read": "below",
			"reports.comment": "below",
			"support.read": "below",
			"support.write": "below",
			"support.assign": "below",
			"documents.write": "own",
		},
	},
	province: { label: "Cán bộ Hội LHPN cấp tỉnh", kinds: ["province"], verbs: REORGANISING },
	district: { label: "Cán bộ Hội LHPN cấp huyện", kinds: ["district"], verbs: REORGANISING },
	commune_chair: {
		label: "Chủ tịch, Phó Chủ tịch Hội LHPN cấp xã",
		kinds: ["commune", "special_base"],
		verbs: {
			...READING,
			"units.write": "own",
			"members.sensitive": "own",
			"members.propose": "own",
			"members.write": "own",
			"members.export": "own",
			"headcounts.write": "own",
			"populations.write": "own",
			"targets.record": "own",
			"models.write": "own",
			"meetings.write": "own",
			"reports.write": "own",
			"reports.submit": "own",
			"support.read": "own",
			"support.write": "own",
			"experience.share": "own",
			"documents.write": "own",
			"reorganisations.assign": "own",
			"accounts.read": "own",
			"accounts.write": "own",
			"audit.read": "own",
		},
	},
	commune_clerk: {
		label: "Cán bộ nhập liệu cấp xã",
		kinds: ["commune", "special_base"],
		verbs: {
			...READING,
			"members.propose": "own",
			"members.write": "own",
			"members.export": "own",
			"headcounts.write": "own",
			"models.write": "own",
			"meetings.write": "own",
			"reports.write": "own",
			"support.read": "own",
			"support.write": "own",
		},
	},
	branch_head: {
		label: "Chi hội trưởng, tổ trưởng",
		kinds: ["branch", "group"],
		verbs: {
			"units.read": "own",
			"members.read": "own",
			"members.propose": "own",
			"gathering.read": "own",
			"models.read": "own",
			"meetings.write": "own",
		},
	},
	auditor: {
		label: "Kiểm tra, giám sát (chỉ xem)",
		kinds: ["centre", "province", "district", "commune"],
		verbs: { ...READING, "support.read": "below", "audit.read": "below", "accounts.read": "below" },
	},
	operator: { label: "Người vận hành tại máy chủ", kinds: ["centre"], verbs: everything },
	system: { label: "Hệ thống", kinds: ["centre"], verbs: everything },
} as const satisfies Record<string, RoleRule>;

export type Role = keyof typeof ROLES;

/** The roles people can be given; the last two belong to the machine. */
export const GIVEN_ROLES = Object.keys(ROLES).filter((role) => role !== "operator" && role !== "system") as Role[];

/** The official words of a role. */
export function roleLabel(role: string): string {
	return role in ROLES ? ROLES[role as Role].label : role;
}

/** The verbs of some roles together, as a session tells them to the screen. */
export function verbsOf(roles: readonly string[]): Verb[] {
	const held = new Set<string>(roles.flatMap((role) => Object.keys(ROLES[role as Role]?.verbs ?? {})));
	return VERBS.filter((verb) => held.has(verb));
}
