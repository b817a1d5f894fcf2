import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSigned, newSecret } from '../../../nodes/Motive/triggers/signature.ts';
import { sign } from '../../simulator/deliveries.mts';

describe('isSigned', () => {
	it.each([
		[
			'["fault_code_closed"]',
			'd9d36bea41c44ae49d1bfc4a48ba2abe',
			'f04a8386a21a6cba0447024e83b3f0983352bb72',
		],
		['{"action":"test"}', '8cbd43f98ba1e33c28c9', '5e1a966298ba4f3e91847aea8746198ca0530dd2'],
	])('accepts what Motive publishes for %s', (body, secret, signature) => {
		expect(isSigned(Buffer.from(body), signature, secret)).toBe(true);
		expect(isSigned(Buffer.from(body), signature.toUpperCase(), secret)).toBe(true);
	});

	it('refuses what the shell example on Motive’s page makes, with the digest as the key', () => {
		const body = Buffer.from('["fault_code_closed"]');
		const signature = '7395d181ea84dc0dd2b2b62a00fc2c8a1f54d010';
		expect(isSigned(body, signature, 'd9d36bea41c44ae49d1bfc4a48ba2abe')).toBe(false);
	});

	it('accepts every body signed with the secret, and no other', () => {
		fc.assert(
			fc.property(fc.string(), fc.string({ minLength: 1 }), fc.string(), (body, secret, other) => {
				const signature = sign(body, secret);
				expect(isSigned(Buffer.from(body), signature, secret)).toBe(true);
				expect(isSigned(Buffer.from(`${body} `), signature, secret)).toBe(false);
				if (other !== secret) expect(isSigned(Buffer.from(body), signature, other)).toBe(false);
			}),
		);
	});

	it('never throws and accepts nothing else, whatever the header is', () => {
		const headers = fc.oneof(
			fc.anything(),
			fc.string(),
			fc.array(fc.string()),
			fc.string({ unit: 'grapheme' }),
		);
		fc.assert(fc.property(headers, (header) => !isSigned(Buffer.from('{}'), header, 'secret')));
	});

	it('takes the whole header, not only its beginning', () => {
		const signature = sign('{}', 'secret');
		for (const header of [
			`${signature}00`,
			`${signature}zz`,
			`${signature}\n`,
			`sha1=${signature}`,
			signature.slice(1),
			[signature],
		]) {
			expect(isSigned(Buffer.from('{}'), header, 'secret')).toBe(false);
		}
	});

	it('accepts nothing without a secret', () => {
		expect(isSigned(Buffer.from('{}'), sign('{}', ''), '')).toBe(false);
	});
});

describe('newSecret', () => {
	it('has the 20 characters that Motive asks for, and is never the same', () => {
		const secrets = Array.from({ length: 50 }, newSecret);
		expect(new Set(secrets).size).toBe(50);
		for (const secret of secrets) expect(secret).toMatch(/^[0-9a-f]{20}$/);
	});
});
