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
