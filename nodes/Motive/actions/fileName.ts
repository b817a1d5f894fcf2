/**
 * A file name without extension, made of what a person recognises, for example `T-118_rear_90312`:
 * letters, digits, dots and hyphens, the parts joined by underscores.
 */
export function baseNameOf(...parts: string[]): string {
	const safe = (text: string) => text.normalize('NFC').replaceAll(/[^\p{L}\p{N}.-]+/gu, '-').replace(/^[.-]+|[.-]+$/g, '');
	return parts
		.map((part) => part.split('_').map(safe).join('_').slice(0, 80))
		.filter((part) => part !== '')
		.join('_');
}
