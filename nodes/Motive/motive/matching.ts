/**
 * How what people type is compared with what is there, wherever something is looked for: case, accents, space, dashes and
 * other marks do not matter.
 */

/** Texts to look in, made by `searchable`. */
export interface Searchable {
	/** What people see. */
	shown: string;
	/** Long numbers that people do not see. */
	hidden: string;
}

/** Fewer letters and digits than this stand in many long numbers by chance. */
const SHORTEST_PART = 5;

/** What is left of a text when it is compared: its letters and digits. */
export function matchKey(text: string): string {
	// In capitals, because small letters depend on their neighbours: Σ is ς at the end of a word.
	const capitals = text.normalize('NFKD').toUpperCase().normalize('NFKD');
	return capitals.replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** Prepares texts for `isFound`. No word is found that begins in one of them and ends in the next. */
export function searchable(
	shown: ReadonlyArray<string | null>,
	hidden: ReadonlyArray<string | null>,
): Searchable {
	const keyOf = (texts: ReadonlyArray<string | null>) =>
		texts.map((text) => matchKey(text ?? '')).join(' ');
	return { shown: keyOf(shown), hidden: keyOf(hidden) };
}

/** Whether each word that was typed stands somewhere in the texts; of those that are hidden, a few characters do not count. */
export function isFound(typed: string, { shown, hidden }: Searchable): boolean {
	return typed
		.split(/\s+/)
		.map(matchKey)
		.every(
			(word) => shown.includes(word) || (word.length >= SHORTEST_PART && hidden.includes(word)),
		);
}
