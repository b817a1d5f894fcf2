import { isBlank } from '../parameters/badInput';
import { readList } from '../parameters/choices';

/** The entries of a multiple choice, or of a text with commas in between; trimmed and in lower case. */
export function toList(value: unknown): string[] {
	const entries: unknown[] = Array.isArray(value) ? value : [value];
	const texts = entries.filter(
		(entry) => typeof entry === 'number' || (typeof entry === 'string' && !isBlank(entry)),
	);
	return readList(texts, { displayName: 'Filters' }).map((text) => text.toLowerCase());
}
