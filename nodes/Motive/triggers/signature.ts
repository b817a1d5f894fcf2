import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Header with Motive's signature, in the lower case that header names have in Node.js. */
export const SIGNATURE_HEADER = 'x-kt-webhook-signature';

/** Motive asks for secrets of exactly this many characters. */
const SECRET_LENGTH = 20;

/** A secret for a new webhook: 20 characters from 0–9 and a–f. */
export function newSecret(): string {
	return randomBytes(SECRET_LENGTH / 2).toString('hex');
}

/**
 * Whether Motive signed this body with this secret. The signature is the HMAC-SHA1 of the body's very bytes, in hex;
 * it is compared in constant time.
 *
 * @param signature value of the header, whatever it is
 * @see https://developer-docs.gomotive.com/reference/overview-company-webhooks
 */
export function isSigned(body: Buffer, signature: unknown, secret: string): boolean {
	if (secret === '' || typeof signature !== 'string' || !/^[\da-f]{40}$/i.test(signature))
		return false;
	return timingSafeEqual(
		createHmac('sha1', secret).update(body).digest(),
		Buffer.from(signature, 'hex'),
	);
}
