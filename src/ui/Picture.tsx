import { type ReactNode, useContext, useEffect, useRef, useState } from "react";
import { DEMO_WORDS, Demo } from "./demo.ts";
import css from "./Picture.module.css";

/** Observable Plot, fetched when the first picture is shown. */
export type PlotLibrary = typeof import("@observablehq/plot");

/** Draws for a width in pixels; given Plot when it has come. Must not be made anew on every render (useCallback). */
export type Draw = (plot: PlotLibrary, width: number) => SVGSVGElement;

type Props = {
	title: string;
	/** What a picture says, for those who do not see it. */
	says: string;
	draw: Draw;
	/** Room kept while the picture is on its way, in pixels. */
	height: number;
	/** The same figures as a table. Drawn only when asked for. */
	table: () => ReactNode;
	/** Of the saved file, without its ending: "ty-le-tan-hoa-2025-11-20". */
	fileName: string;
	children?: ReactNode;
};

/** A picture with its title, its table behind one click, and two ways to save it. */
export function Picture(props: Props) {
	const { title, says, draw, height, fileName } = props;
	const demo = useContext(Demo);
	const place = useRef<HTMLDivElement>(null);
	const [tableOpen, setTableOpen] = useState(false);
	const failed = useDrawing(place, draw);

	const save = async (kind: "png" | "svg") => {
		const svg = place.current?.querySelector("svg");
		if (!svg) return;
		const { savePng, saveSvg } = await import("./picture-save.ts");
		const words = { title, mark: demo ? DEMO_WORDS : undefined };
		await (kind === "png" ? savePng(svg, words, fileName) : saveSvg(svg, words, fileName));
	};

	return (
		<figure className={`card ${css.picture}`}>
			<figcaption className={css.title}>
				<h2>{title}</h2>
				{demo ? <span className={css.mark}>{DEMO_WORDS}</span> : null}
			</figcaption>
			<div ref={place} role="img" aria-label={says} className={css.place} style={{ minHeight: height }} />
			{failed ? (
				<p className="soft" role="alert">
					Không tải được hình. Xem bảng số liệu bên dưới, hoặc tải lại trang.
				</p>
			) : null}
			{props.children}
			<div className={`row on-screen ${css.ways}`}>
				<button type="button" className="link" aria-expanded={tableOpen} onClick={() => setTableOpen(!tableOpen)}>
					{tableOpen ? "Ẩn bảng số liệu" : "Xem bảng số liệu"}
				</button>
				<span className="end soft">
					Lưu hình{" "}
					<button type="button" className="link" onClick={() => save("png")}>
						PNG
					</button>{" "}
					<button type="button" className="link" onClick={() => save("svg")}>
						SVG
					</button>
				</span>
			</div>
			{tableOpen ? props.table() : null}
		</figure>
	);
}

/** Draws into `place` when it comes into sight, and again when its width changes. True when Plot could not be fetched. */
function useDrawing(place: React.RefObject<HTMLDivElement | null>, draw: Draw): boolean {
	const [plot, setPlot] = useState<PlotLibrary | null>(null);
	const [failed, setFailed] = useState(false);

	useEffect(() => {
		const inSight = new IntersectionObserver(
			(entries) => {
				if (!entries.some((entry) => entry.isIntersecting)) return;
				inSight.disconnect();
				import("@observablehq/plot").then(setPlot, () => setFailed(true));
			},
			{ rootMargin: "300px" },
		);
		if (place.current) inSight.observe(place.current);
		return () => inSight.disconnect();
	}, [place]);

	useEffect(() => {
		const target = place.current;
		if (!plot || !target) return;
		let width = 0;
		let frame = 0;
		const resized = new ResizeObserver(() => {
			const now = Math.round(target.clientWidth);
			if (now === width || now === 0) return;
			width = now;
			frame = requestAnimationFrame(() => target.replaceChildren(unlabelled(draw(plot, width))));
		});
		resized.observe(target);
		return () => {
			resized.disconnect();
			cancelAnimationFrame(frame);
		};
	}, [plot, draw, place]);

	return failed;
}

/** Without Plot's own labels ("rule", "dot"): the picture is one image to those who hear it, and says what `says` says. */
function unlabelled(drawing: SVGSVGElement): SVGSVGElement {
	for (const part of drawing.querySelectorAll("[aria-label]")) part.removeAttribute("aria-label");
	return drawing;
}
