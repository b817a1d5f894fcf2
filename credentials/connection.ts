import type { INodeProperties } from 'n8n-workflow';

/** White space, line ends and what nobody sees, such as zero-width characters: they come along with what is pasted. */
export const INVISIBLE = /[\s\p{Cc}\p{Cf}]/gu;

/** They would be doubled, as every path begins with one. */
export const SLASHES_BEHIND = /\/+$/;

/** A key as it was meant: nothing that nobody sees is part of it. */
export function cleanKey(pasted: unknown): string {
	return typeof pasted === 'string' ? pasted.replaceAll(INVISIBLE, '') : '';
}

/** A Base URL as it was meant, without slashes behind it. */
export function cleanBaseUrl(pasted: unknown): string {
	return cleanKey(pasted).replace(SLASHES_BEHIND, '');
}

/**
 * How many requests may be sent in a minute, as far as the credential says so.
 *
 * @returns `Infinity` when nothing was entered, NaN when it cannot be read
 */
export function requestsPerMinute(entered: unknown): number {
	const number = typeof entered === 'string' ? Number(cleanKey(entered)) : (entered ?? 0);
	if (number === 0) return Infinity;
	return typeof number === 'number' && number > 0 ? number : NaN;
}

/** What the user reads where something else than the API answers. */
export const NOT_THE_API =
	'This is not the address of the Motive API. The Base URL usually is https://api.gomotive.com, without anything behind it.';

/** Where the API is; the same for both ways to sign in. */
export const baseUrlField: INodeProperties = {
	displayName: 'Base URL',
	name: 'baseUrl',
	type: 'string',
	default: 'https://api.gomotive.com',
	required: true,
	description: 'Address of the Motive API. Leave it as it is unless Motive tells you otherwise.',
};

/** How many requests the account allows; the same for both ways to sign in. */
export const requestsPerMinuteField: INodeProperties = {
	displayName: 'Requests per Minute',
	name: 'requestsPerMinute',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description:
		'The most requests that are sent in a minute, evenly spread, by all workflows of this n8n process together. With 0, as many as Motive is seen to bear.',
};
