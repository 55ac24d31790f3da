interface Operation {
	summary?: string;
	parameters?: { name: string; required?: boolean }[];
	requestBody?: unknown;
}

const escapeHtml = (text: string) =>
	text.replace(/[&<>"]/g, (letter) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[letter] as string);

/** The contract as a page a person can browse without anything from outside: one line an endpoint, its schema folded below. */
export function apiPage(document: object): string {
	const { paths = {} } = document as { paths?: Record<string, Record<string, Operation>> };
	const rows = Object.entries(paths).flatMap(([path, operations]) =>
		Object.entries(operations).map(
			([method, operation]) =>
				`<details><summary><b>${method.toUpperCase()}</b> <code>/api${escapeHtml(path)}</code> ${escapeHtml(operation.summary ?? "")}</summary><pre>${escapeHtml(JSON.stringify(operation, null, 2))}</pre></details>`,
		),
	);
	return `<!doctype html><html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>API của Tập Hợp</title><style>body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}summary{padding:.4rem 0;cursor:pointer}pre{overflow:auto;background:#f6edf3;padding:1rem;border-radius:8px}</style>
<h1>API của Tập Hợp</h1><p>Bản máy đọc được: <a href="/api/openapi.json">openapi.json</a> (OpenAPI 3.1). Lệnh ghi nên kèm <code>x-command-id</code> (UUID): gửi lại cùng mã thì nhận lại kết quả cũ.</p>
${rows.join("\n")}</html>`;
}
