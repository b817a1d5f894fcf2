import fc from 'fast-check';
import type { ICredentialDataDecryptedObject, IExecuteFunctions } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';

import {
	checkCredential,
	credentialOf,
	mistakeIn,
} from '../../../nodes/Motive/transport/checkCredential.ts';
import { node, NodeOperationError } from './n8nErrors.mts';

const RIGHT = { apiKey: 'k3y', baseUrl: 'https://api.gomotive.com' };
const mistakeInUrl = (baseUrl: string) => mistakeIn({ ...RIGHT, baseUrl })?.mistake;
const mistakeInKey = (apiKey: string) => mistakeIn({ ...RIGHT, apiKey })?.mistake;

describe('A Base URL', () => {
	it.each([
		'https://api.gomotive.com',
		'HTTPS://api.gomotive.com/',
		'http://127.0.0.1:8080',
		'https://gateway.example/motive',
		'https://gateway.example/motive/v1beta',
		'https://gateway.example/v/1',
	])('may be %s', (baseUrl) => {
		expect(mistakeInUrl(baseUrl)).toBeUndefined();
	});

	it.each(['', '  ', '/', '\u200b'])('is empty: %j', (baseUrl) => {
		expect(mistakeInUrl(baseUrl)).toBe('is empty');
	});

	it.each([
		'api.gomotive.com',
		'api.gomotive.com/v1',
		'localhost:8080',
		'localhost:8080/motive',
		'a',
		'my_host-1.example',
	])('lacks its beginning: %s', (baseUrl) => {
		expect(mistakeInUrl(baseUrl)).toBe('is not a web address: https:// is missing in front');
	});

	it.each([
		'ftp://api.gomotive.com',
		'mailto:fleet@gomotive.com',
		'https://',
		'https:api.gomotive.com',
		'/v1',
		'!host',
		'fleet@gomotive.com',
		'localhost:port',
		'ftp://gateway.example/https://api.gomotive.com',
	])('is no address of the web: %s', (baseUrl) => {
		expect(mistakeInUrl(baseUrl)).toBe('is not a web address');
	});

	it.each(['https://api.gomotive.com?a=b', 'https://api.gomotive.com/#top'])(
		'is too long for an API: %s',
		(baseUrl) => {
			expect(mistakeInUrl(baseUrl)).toBe('is more than the address of the API');
		},
	);

	it.each([
		['https://api.gomotive.com/v1', '/v1'],
		['https://api.gomotive.com/v1/', '/v1'],
		['https://api.gomotive.com/v12', '/v12'],
		['https://api.gomotive.com/v1/companies', '/v1/companies'],
		[`https://api.gomotive.com/v3/${'x'.repeat(60)}`, `/v3/${'x'.repeat(36)}`],
	])('brings a version that each request brings by itself: %s', (baseUrl, surplus) => {
		expect(mistakeInUrl(baseUrl)).toBe(`has “${surplus}” too much at its end`);
	});
});

describe('An API key', () => {
	const visible = fc.stringMatching(/^[\x21-\x7e]+$/);

	it('is any visible ASCII', () => {
		fc.assert(
			fc.property(visible, (key) => {
				expect(mistakeInKey(key)).toBeUndefined();
			}),
		);
	});

	it('has no other characters, wherever they stand', () => {
		fc.assert(
			fc.property(visible, fc.constantFrom('ä', '“', '…', '🔑'), visible, (before, odd, after) => {
				for (const key of [odd, odd + after, before + odd, before + odd + after])
					expect(mistakeInKey(key)).toBe('has characters that no key has');
			}),
		);
	});

	it.each(['', ' \n', '\u200b'])('is empty: %j', (key) => {
		expect(mistakeInKey(key)).toBe('is empty');
	});

	it('is not part of an OAuth2 credential', () => {
		expect(mistakeIn({ baseUrl: RIGHT.baseUrl })).toBeUndefined();
	});
});

describe('The mistake in a credential', () => {
	it.each<[ICredentialDataDecryptedObject, string, string]>([
		[{ baseUrl: '' }, 'Base URL', 'It usually is https://api.gomotive.com.'],
		[
			{ requestsPerMinute: -1 },
			'Requests per Minute',
			'Leave it at 0 if Motive has named no limit.',
		],
		[{ apiKey: '' }, 'API Key', 'Keys are made in the Motive Dashboard under Admin → Developers.'],
	])('%j is named with its field and what to enter instead', (part, field, advice) => {
		const credential = { ...RIGHT, ...part };
		expect(mistakeIn(credential)).toMatchObject({ field, advice });
		expect(() => checkCredential(node, credential)).toThrow(
			expect.objectContaining({
				message: expect.stringMatching(
					new RegExp(`^The ${field} of the Motive credential is `),
				) as string,
				description: `Open the credential and correct the ${field}. ${advice}`,
			}),
		);
	});

	it('is in the limit where that is no number above 0', () => {
		expect(mistakeIn({ ...RIGHT, requestsPerMinute: 'many' })).toMatchObject({
			mistake: 'is not a number greater than 0',
		});
		expect(mistakeIn({ ...RIGHT, requestsPerMinute: 60 })).toBeUndefined();
	});

	it('is none in one that is right', () => {
		expect(() => checkCredential(node, RIGHT)).not.toThrow();
	});
});

describe('credentialOf', () => {
	const context = (getCredentials: (type: string) => Promise<ICredentialDataDecryptedObject>) =>
		({ getNode: () => node, getCredentials }) as unknown as IExecuteFunctions;
	const failing = (error: Error) =>
		credentialOf(
			context(async () => await Promise.reject(error)),
			'motiveApi',
		);

	it('gets the credential of the type', async () => {
		const found = credentialOf(
			context(async (type) => await Promise.resolve({ type })),
			'motiveApi',
		);
		expect(await found).toEqual({ type: 'motiveApi' });
	});

	it('hands on what n8n says when there is none', async () => {
		const error = new NodeOperationError(node, 'Node does not have any credentials set');
		await expect(failing(error)).rejects.toBe(error);
	});

	it('says that nothing was sent when n8n cannot read it', async () => {
		const thrown = failing(new Error('connect ECONNREFUSED\n db.example:5432?password=x'));
		await expect(thrown).rejects.toBeInstanceOf(NodeOperationError);
		await expect(thrown).rejects.toMatchObject({
			message: 'n8n could not read the Motive credential',
			description: 'Nothing was sent to Motive. n8n says: “connect ECONNREFUSED db.example:5432”',
		});
	});
});
