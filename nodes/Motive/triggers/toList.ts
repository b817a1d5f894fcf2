import { readList } from '../parameters/readers';

/** The entries of a multiple choice, or of a text with commas in between; trimmed and in lower case. */
export function toList(value: unknown): string[] {
	return readList(value).map((entry) => entry.toLowerCase());
}
