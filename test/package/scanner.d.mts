declare module '@n8n/scan-community-package/scanner/scanner.mjs' {
	/** Files of a source tree that n8n's scanner looks at. */
	export const SOURCE_FILE_PATTERNS: string[];
	/** Lints a folder with the rules of n8n's verification; inline configuration does not count. */
	export function analyzePackage(
		folder: string,
		patterns: string[],
	): Promise<{ passed: boolean; message?: string; details?: string }>;
}
