/**
 * What the program answers when it will not do what was asked: a stable code, an HTTP status, a Vietnamese
 * sentence that says what happened and what to do, and the field it concerns. Never personal data.
 */
export class Problem extends Error {
	readonly code: string;
	readonly status: number;
	readonly field: string | undefined;
	/** What a screen needs to offer the way out, e.g. both versions of a record. Never personal data of another unit. */
	readonly detail: Record<string, unknown> | undefined;

	constructor(
		code: string,
		status: number,
		message: string,
		more: { field?: string; detail?: Record<string, unknown> } = {},
	) {
		super(message);
		this.name = "Problem";
		this.code = code;
		this.status = status;
		this.field = more.field;
		this.detail = more.detail;
	}

	toJSON() {
		return {
			code: this.code,
			message: this.message,
			field: this.field,
			detail: this.detail,
		};
	}
}
