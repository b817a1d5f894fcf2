import { base64Of } from './base64';

/** A file; called when its turn has come to be read. */
export type OpenFile = () => AsyncIterable<Uint8Array>;

/** What can be put into HTML: text from anywhere, HTML, or a file (as base64, for a `data:` address). */
type Value = string | number | Html | readonly Html[] | OpenFile;

/** HTML that is not written yet; {@link html} makes it. */
export class Html {
	constructor(
		readonly template: readonly string[],
		readonly values: readonly Value[],
	) {}
}

const ENTITIES: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

/** HTML from a template. Values are put between tags or into attributes with quotes, nowhere else. */
export function html(template: TemplateStringsArray, ...values: Value[]): Html {
	return new Html(template, values);
}

/**
 * Writes HTML. This is the one place where text from outside becomes HTML, and all of it is escaped.
 *
 * @returns the text bit by bit; a file is opened when everything before it has been written, and none is read as a whole
 * @throws what a file throws when it is read
 */
export async function* write({ template, values }: Html): AsyncGenerator<string> {
	for (const [index, text] of template.entries()) {
		yield text;
		const value = values[index];
		if (value !== undefined) yield* writeValue(value);
	}
}

async function* writeValue(value: Value): AsyncGenerator<string> {
	if (value instanceof Html) yield* write(value);
	else if (typeof value === 'function') yield* base64Of(value());
	else if (typeof value === 'object') for (const each of value) yield* write(each);
	else yield escape(String(value));
}

/** Also what no HTML may hold: line ends and control characters become what a browser would make of them. */
function escape(text: string): string {
	return text
		.replaceAll(/\r\n?/g, '\n')
		.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
		.replaceAll(/[^\P{Cc}\n\t]/gu, '\uFFFD');
}
