/** The entries of a multiple choice, or of a text with commas in between; trimmed and in lower case. */
export function toList(value: unknown): string[] {
	const entries: unknown[] = Array.isArray(value) ? value : [value];
	return entries
		.filter((entry) => typeof entry === 'string' || typeof entry === 'number')
		.flatMap((entry) => String(entry).split(','))
		.map((entry) => entry.trim().toLowerCase())
		.filter((entry) => entry !== '');
}
