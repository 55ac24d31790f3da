import { useEffect, useState } from "react";

/** A QR code as a picture, on white with a quiet edge; the library comes when the first one is shown. `label` says what it holds. */
export function QrCode({ text, label, size = 220 }: { text: string; label: string; size?: number }) {
	const [path, setPath] = useState<{ d: string; side: number } | null>(null);
	useEffect(() => {
		let wanted = true;
		import("uqr").then(({ encode }) => {
			if (!wanted) return;
			const { data, size: side } = encode(text, { ecc: "M", border: 4 });
			setPath({ d: squares(data), side });
		});
		return () => {
			wanted = false;
		};
	}, [text]);
	if (!path) return <div style={{ width: size, height: size }} />;
	return (
		<svg
			role="img"
			aria-label={label}
			width={size}
			height={size}
			viewBox={`0 0 ${path.side} ${path.side}`}
			shapeRendering="crispEdges"
			style={{ maxWidth: "100%", background: "#ffffff" }}
		>
			<path d={path.d} fill="#000000" />
		</svg>
	);
}

/** One square for each dark module. */
function squares(data: boolean[][]): string {
	return data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ""))).join("");
}
