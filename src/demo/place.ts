/** The day of the guidance, on which the old set is read and whose figures the demo meets. */
export const GUIDANCE_DAY = "2023-05-29";

/** The first day of the new set. */
export const REFORM_DAY = "2025-07-01";

/** An old commune (of the 10 598) and where it stands on both sides of the reform. */
export interface Place {
	id: number;
	/** The built-in key, `old:00001`. */
	key: string;
	name: string;
	title: string;
	/** The kind word of what stood above it: Quận, Huyện, Thành phố, Thị xã. */
	districtTitle: string;
	districtName: string;
	/** Its province of the 63 and that one's two digits. */
	provinceId: number;
	provinceCode: string;
	/** The unit that took it over on 1 July 2025: a commune, or the *Chưa phân* of its province. */
	successorId: number;
	successorKey: string;
}

/** A commune of the 3 321, or a *Chưa phân*. */
export interface NewPlace {
	id: number;
	key: string;
	name: string;
	kind: "commune" | "unassigned";
}

/** The unions above, to which figures of their own level belong. */
export interface HigherUnit {
	id: number;
	kind: "centre" | "province";
	code: string;
	name: string;
	/** The province of the 34 that took it over; null for the centre. */
	successorId: number | null;
}

/** Whether people live there as in a town. */
export function isUrban(place: Place): boolean {
	return place.title === "Phường";
}
