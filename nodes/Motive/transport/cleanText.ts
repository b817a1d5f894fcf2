import { firstOf } from '../motive/text';

const LONGEST_TEXT = 300;

/**
 * Makes text from outside fit to be shown: one line, no markup, no query strings (they carry signatures), none of the
 * given secrets, cut at 300 characters.
 */
export function cleanText(text: string, secrets: readonly string[] = []): string {
	const known = secrets.map((secret) => secret.trim()).filter((secret) => secret !== '');
	const withoutSecrets = known.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
	const line = withoutSecrets
		.replaceAll(/<(script|style|title)\b[\s\S]*?<\/\1>/gi, ' ')
		.replaceAll(/<[^>]*>/g, ' ')
		// Also behind an address that lacks its beginning.
		.replaceAll(/\?+[^\s"'?][^\s"']*/g, '')
		.replaceAll(/[\p{Cc}\s]+/gu, ' ')
		.trim();
	return line.length > LONGEST_TEXT ? `${firstOf(line, LONGEST_TEXT - 1)}…` : line;
}

/** n8n takes an execution whose error says "canceled" for one that was stopped by hand, so no message may say it. */
export function withoutStopWord(message: string): string {
	return message.replaceAll(/canceled/gi, 'cancelled');
}
