/** The beginning of a text, at most so long, with no character cut in two. */
export function firstOf(text: string, length: number): string {
	return text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '');
}

/** A number of things, for example `1 second` or `3 seconds`. */
export function counted(count: number, unit: string): string {
	return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** Most names in a list that a person reads. */
const MOST_NAMED = 10;

/** The names of a list for people: of a long one the first ten, and how many more there are. */
export function nameFirst(names: readonly string[], separator = ', '): string {
	const rest = names.length - MOST_NAMED;
	const named = names.slice(0, MOST_NAMED).join(separator);
	return rest > 0 ? `${named} and ${rest} more` : named;
}

/**
 * A file name without extension, made of what a person recognises, for example `T-118_rear_90312`:
 * letters, digits, dots and hyphens, the parts joined by underscores.
 */
export function baseNameOf(...parts: string[]): string {
	return parts
		.map((part) => trimmed(part.normalize('NFC').replaceAll(/[^\p{L}\p{M}\p{N}._-]+/gu, '-')))
		.map((part) => trimmed(firstOf(part, 80)))
		.filter((part) => part !== '')
		.join('_');
}

function trimmed(text: string): string {
	return text.replaceAll(/^[._-]+|[._-]+$/g, '');
}
