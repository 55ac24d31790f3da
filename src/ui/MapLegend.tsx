import css from "./MapLegend.module.css";

// One colour from light to dark, not those of the three classes: a province is in no class (R6).
const SHADES = ["#f7d9e6", "#dab5ca", "#b96c97", "#7a2858"] as const;

/** Four bands of a map, from the lowest; each begins at `from`. */
export type Bands = readonly { from: number; words: string }[] & { length: 4 };

/** The colour of the band that `isAtLeast` says a value has reached last. */
export function shadeOf(bands: Bands, isAtLeast: (from: number) => boolean): string {
	const at = bands.findLastIndex(({ from }) => isAtLeast(from));
	return SHADES[Math.max(at, 0)] as string;
}

/** What the colours of a map say. */
export function MapLegend({ bands }: { bands: Bands }) {
	return (
		<ul className={css.legend}>
			{bands.map(({ words }, at) => (
				<li key={words}>
					<i style={{ background: SHADES[at] }} />
					{words}
				</li>
			))}
			<li>
				<i style={{ background: "#e6e2e4" }} />
				chưa có số liệu
			</li>
		</ul>
	);
}
