import type { INodeProperties } from 'n8n-workflow';

import { firstOf } from '../motive/text';

/** Input that cannot be worked with; the message is for the user. */
export class BadInput extends Error {}

/** A parameter as far as messages need to know it: what the editor calls it, and an example. */
export type Field = Pick<INodeProperties, 'displayName'> &
	Partial<Pick<INodeProperties, 'default' | 'placeholder'>>;

/** What the user is told of a value that is not what was expected. */
export function badInput({ displayName }: Field, expected: string, value: unknown): BadInput {
	return new BadInput(`${displayName} must be ${expected}, but is ${shown(value)}`);
}

/** The example that the editor shows in the empty field, or the default, as a message goes on with it. */
export function exampleOf({ placeholder = '', default: usual = '' }: Field): string {
	const [, example = usual] = /^e\.g\. ([^,]+)/.exec(placeholder) ?? [];
	const isPlain = typeof example === 'string' || typeof example === 'number';
	return isPlain && example !== '' ? ` such as ${example}` : '';
}

/** Whether a value says nothing. */
export function isBlank(value: unknown): boolean {
	return (
		value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
	);
}

/** A wrong value as a message shows it. */
export function shown(value: unknown): string {
	if (isBlank(value)) return 'empty';
	return `“${firstOf(typeof value === 'string' ? value : jsonOf(value), 40)}”`;
}

/** Functions have no JSON, and there are objects that JSON cannot show. */
function jsonOf(value: unknown): string {
	if (typeof value === 'number') return String(value);
	try {
		const json: unknown = JSON.stringify(value);
		return typeof json === 'string' ? json : typeof value;
	} catch {
		return typeof value;
	}
}
