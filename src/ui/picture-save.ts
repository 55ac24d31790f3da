/** What is written into a saved picture besides the drawing: its title, and the mark of the demo. */
export type PictureWords = { title: string; mark?: string };

const FONT = '"Be Vietnam Pro", system-ui, sans-serif';
const SCALE = 2;

/** The drawing as a file of its own: white ground, title on top, the mark below; sizes in pixels of the screen. */
function standaloneSvg(drawing: SVGSVGElement, words: PictureWords): SVGSVGElement {
	const width = drawing.width.baseVal.value;
	const height = drawing.height.baseVal.value;
	const bottom = words.mark ? 28 : 12;
	const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
	set(svg, {
		width: width + 32,
		height: height + 44 + bottom,
		"font-family": FONT,
	});
	const ground = svg.appendChild(element("rect"));
	set(ground, { width: "100%", height: "100%", fill: "#ffffff" });
	svg.append(
		line(words.title, 16, 28, {
			"font-size": 16,
			"font-weight": 600,
			fill: "#221c24",
		}),
	);
	const inner = drawing.cloneNode(true) as SVGSVGElement;
	set(inner, { x: 16, y: 40 });
	inner.style.fontFamily = FONT;
	svg.append(inner);
	if (words.mark) svg.append(line(words.mark, 16, height + 60, { "font-size": 12, fill: "#655c69" }));
	return svg;
}

/** Hands the drawing to the person as an SVG file. */
export function saveSvg(drawing: SVGSVGElement, words: PictureWords, name: string) {
	hand(new Blob([text(standaloneSvg(drawing, words))], { type: "image/svg+xml" }), `${name}.svg`);
}

/** Hands the drawing to the person as a PNG, twice as fine as the screen, for slides and Word. */
export async function savePng(drawing: SVGSVGElement, words: PictureWords, name: string) {
	const svg = standaloneSvg(drawing, words);
	const style = element("style");
	style.textContent = await embeddedFont();
	svg.prepend(style);
	const image = new Image();
	image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text(svg))}`;
	await image.decode();
	// Fonts inside an image come a moment after the image itself, and nothing tells when.
	await new Promise((later) => setTimeout(later, 250));
	const canvas = document.createElement("canvas");
	canvas.width = image.width * SCALE;
	canvas.height = image.height * SCALE;
	canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
	const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
	if (blob) hand(blob, `${name}.png`);
}

/** The page's own font faces with their files inside: an SVG drawn as an image may load nothing. */
async function embeddedFont(): Promise<string> {
	const faces = [...document.styleSheets]
		.flatMap((sheet) => [...sheet.cssRules])
		.filter((rule) => rule instanceof CSSFontFaceRule)
		.filter((rule) => ["400", "600"].includes(rule.style.getPropertyValue("font-weight")));
	return (await Promise.all(faces.map(faceWithFile))).join("\n");
}

async function faceWithFile(rule: CSSFontFaceRule): Promise<string> {
	const address = /url\("?([^")]+)"?\)/.exec(rule.cssText)?.[1];
	if (!address) return "";
	const base = rule.parentStyleSheet?.href ?? document.baseURI;
	const file = await (await fetch(new URL(address, base))).blob();
	const data = await new Promise<string>((done) => {
		const reader = new FileReader();
		reader.onload = () => done(String(reader.result));
		reader.readAsDataURL(file);
	});
	return rule.cssText.replace(address, data);
}

function text(svg: SVGSVGElement): string {
	return new XMLSerializer().serializeToString(svg);
}

function hand(blob: Blob, name: string) {
	const link = document.createElement("a");
	link.href = URL.createObjectURL(blob);
	link.download = name;
	link.click();
	setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function element(name: "rect" | "style" | "text"): SVGElement {
	return document.createElementNS("http://www.w3.org/2000/svg", name);
}

function line(words: string, x: number, y: number, attributes: Record<string, string | number>): SVGElement {
	const made = element("text");
	set(made, { x, y, ...attributes });
	made.textContent = words;
	return made;
}

function set(target: SVGElement, attributes: Record<string, string | number>) {
	for (const [name, value] of Object.entries(attributes)) target.setAttribute(name, String(value));
}
