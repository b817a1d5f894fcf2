/** The entries of a multiple choice, or of a text with commas in between; trimmed and in lower case. */
export function toList(value: unknown): string[] {
	const entries: unknown[] = Array.isArray(value) ? value : [value];
	const texts = entries
		.filter((entry) => typeof entry === 'string' || typeof entry === 'number')
		.flatMap((entry) => String(entry).split(','))
		.map((text) => text.trim().toLowerCase());
	return [...new Set(texts)].filter((text) => text !== '');
}
