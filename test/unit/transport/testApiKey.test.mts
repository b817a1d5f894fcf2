import type {
	ICredentialDataDecryptedObject,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { describe, expect, it } from 'vitest';

import { NOT_THE_API } from '../../../credentials/connection.ts';
import { testApiKey } from '../../../nodes/Motive/transport/testApiKey.ts';
import { unanswered } from './n8nErrors.mts';

const CREDENTIAL = { apiKey: 'k3y-s3cret', baseUrl: 'https://api.gomotive.com' };
const OK = { status: 'OK', message: 'Connection successful!' };

/** An answer as n8n hands it on when it is asked for all of it. */
const full = (statusCode: number, body: unknown, headers: Record<string, string> = {}) => ({
	statusCode,
	body,
	headers: { date: 'Wed, 01 Jul 2026 12:00:00 GMT', ...headers },
});

/** Tests a credential against something that gives this answer; `requests` collects what is sent. */
async function check(
	answer: unknown,
	data: ICredentialDataDecryptedObject | undefined = CREDENTIAL,
	requests: unknown[] = [],
): Promise<INodeCredentialTestResult> {
	const helpers = {
		request: async (options: unknown) => {
			requests.push(options);
			if (answer instanceof Error) await Promise.reject(answer);
			return await Promise.resolve(answer);
		},
	};
	const context = { helpers } as unknown as ICredentialTestFunctions;
	return await testApiKey.call(context, { id: '1', name: 'Motive', type: 'motiveApi', data });
}

describe('The test of an API key', () => {
	it('asks for the company once, follows no redirect, and gives up after half a minute', async () => {
		const requests: unknown[] = [];
		const data = { apiKey: ' k3y-\ns3cret', baseUrl: 'https://api.gomotive.com/ ' };
		expect(await check(full(200, { companies: [] }), data, requests)).toEqual(OK);
		expect(requests).toEqual([
			{
				uri: 'https://api.gomotive.com/v1/companies',
				headers: { 'X-Api-Key': 'k3y-s3cret' },
				json: true,
				timeout: 30_000,
				followRedirect: false,
				simple: false,
				resolveWithFullResponse: true,
			},
		]);
	});

	it.each([
		{ companies: [], error_message: 'One company is hidden' },
		{ companies: [{ company: { id: 7 } }] },
	])('passes with %j', async (body) => {
		expect(await check(full(200, body))).toEqual(OK);
	});

	it.each(['<!doctype html><p>Welcome', 'hello', '', undefined, null, 7])(
		'does not take %j for the API',
		async (body) => {
			expect(await check(full(200, body))).toEqual({ status: 'Error', message: NOT_THE_API });
		},
	);

	it.each([301, 302, 307, 404])('does not take HTTP %i for the API', async (status) => {
		expect(await check(full(status, {}))).toEqual({ status: 'Error', message: NOT_THE_API });
	});

	it('does not take what is no answer for the API', async () => {
		expect(await check('hello')).toEqual({ status: 'Error', message: NOT_THE_API });
	});

	it('says that Motive does not know the key', async () => {
		expect(await check(full(401, { error_message: 'invalid' }))).toEqual({
			status: 'Error',
			message:
				'Motive does not know this API key: it may be mistyped, switched off, or of another company.',
		});
	});

	it('says what Motive says of anything else, and what to do, without the key', async () => {
		const { status, message } = await check(
			full(403, { error_message: 'k3y-s3cret may not do this' }),
		);
		expect(status).toBe('Error');
		expect(message).toMatch(
			/^Motive does not allow this \(test of the connection\)\. With an API key, .*“\*\*\* may not do this”$/,
		);
	});

	it('fails with error words under a good status', async () => {
		const { status, message } = await check(full(200, { error_message: 'Plan expired' }));
		expect(status).toBe('Error');
		expect(message).toMatch(/^Motive refused the test of the connection: Plan expired\. /);
	});

	it('says how long Motive asks to wait', async () => {
		const { message } = await check(full(429, {}, { 'retry-after': '7' }));
		expect(message).toContain('asks to wait for 7 seconds');
	});

	it('says why Motive cannot be reached', async () => {
		const { status, message } = await check(unanswered('ENOTFOUND'));
		expect(status).toBe('Error');
		expect(message).toMatch(
			/^No server with this name could be found: ENOTFOUND \(test of the connection\)\. Nothing was sent/,
		);
	});

	it('keeps the key out of what n8n says', async () => {
		const { message } = await check(new Error('no request with k3y-s3cret'));
		expect(message).toMatch(/^no request with \*\*\* /);
	});

	it('sends nothing with a credential that cannot be right, and says what to correct', async () => {
		const requests: unknown[] = [];
		expect(
			await check(full(200, {}), { ...CREDENTIAL, baseUrl: 'api.gomotive.com' }, requests),
		).toEqual({
			status: 'Error',
			message:
				'The Base URL is not a web address: https:// is missing in front. It usually is https://api.gomotive.com.',
		});
		expect((await check(full(200, {}), { ...CREDENTIAL, apiKey: '' }, requests)).message).toBe(
			'The API Key is empty. Keys are made in the Motive Dashboard under Admin → Developers.',
		);
		expect(requests).toEqual([]);
	});

	it('does not fail for a credential in which nothing was entered', async () => {
		const context = { helpers: {} } as unknown as ICredentialTestFunctions;
		const empty = { id: '1', name: 'Motive', type: 'motiveApi' };
		expect(await testApiKey.call(context, empty)).toMatchObject({
			status: 'Error',
			message: expect.stringMatching(/^The Base URL is empty\./) as string,
		});
	});
});
