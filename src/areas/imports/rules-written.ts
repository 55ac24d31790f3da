/** `1984`, `1984-05` or the day, as much as is known. */
export function writtenBirth(birth: string | null, precision: string): string | null {
	return birth?.slice(0, precision === "year" ? 4 : precision === "month" ? 7 : 10) ?? null;
}
