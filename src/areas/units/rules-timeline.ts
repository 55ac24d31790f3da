import type { Day } from "../../core/day.ts";
import type { UnitShow } from "./contract.ts";

type Relative = UnitShow["predecessors"][number];

/** What happened to a unit on one day. */
export interface UnitEvent {
	on: Day;
	/** What changed, in words: "đổi tên thành …". */
	words: string[];
	/** Those it was made of or took over, and those it went to. */
	from: Relative[];
	to: Relative[];
	decree: string;
	reorganisationId: string | null;
}

/**
 * A unit's life, day by day: how it began, every change of name, code and place, what it took over, and where it went (R37, R38). Days on
 * which nothing but the beginning of the registry lies are left out.
 */
export function timelineOf({ spells, predecessors, successors }: UnitShow, registryFrom: Day): UnitEvent[] {
	const days = new Map<Day, UnitEvent>();
	const at = (on: Day): UnitEvent => {
		const event = days.get(on) ?? { on, words: [], from: [], to: [], decree: "", reorganisationId: null };
		days.set(on, event);
		return event;
	};
	const tell = (event: UnitEvent, decree: string, id: string | null = null) => {
		event.decree ||= decree;
		event.reorganisationId ??= id;
	};
	for (const [n, spell] of spells.entries()) {
		const before = spells[n - 1];
		if (!before) {
			if (spell.from > registryFrom) {
				const event = at(spell.from);
				event.words.push(
					predecessors.some((one) => one.on === spell.from) ? `thành lập: ${spell.name}` : `có ${spell.name}`,
				);
				tell(event, spell.decree);
			}
			continue;
		}
		const event = at(spell.from);
		if (spell.name !== before.name) event.words.push(`đổi tên thành ${spell.name}`);
		if (spell.code !== before.code && spell.code !== null) event.words.push(`đổi mã thành ${spell.code}`);
		if (spell.parent !== before.parent && spell.parent !== null) event.words.push(`về trực thuộc ${spell.parent}`);
		tell(event, spell.decree);
	}
	for (const one of predecessors) {
		const event = at(one.on);
		event.from.push(one);
		tell(event, one.decree, one.reorganisationId);
	}
	const end = spells.at(-1)?.to ?? null;
	for (const one of successors) {
		const event = at(one.on);
		event.to.push(one);
		tell(event, one.decree, one.reorganisationId);
	}
	if (end !== null && !successors.some((one) => one.on === end)) at(end).words.push("kết thúc");
	return [...days.values()]
		.filter((event) => event.words.length + event.from.length + event.to.length > 0)
		.sort((a, b) => (a.on < b.on ? -1 : 1));
}
