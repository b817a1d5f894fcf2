import type { IDataObject } from 'n8n-workflow';
import fc from 'fast-check';
import { expect, it } from 'vitest';

import { cleanBaseUrl, cleanKey } from '../../credentials/connection.ts';
import { MotiveApi } from '../../credentials/MotiveApi.credentials.ts';
import { MotiveOAuth2Api } from '../../credentials/MotiveOAuth2Api.credentials.ts';
import { workflowLibrary } from '../engine/core.mts';

const { request, rules = [] } = new MotiveOAuth2Api().test;

/** The address that n8n sends the request of the test to. */
function addressOf(baseUrl: string): unknown {
	const nodeTypes = { getByName: () => undefined, getByNameAndVersion: () => undefined };
	const workflow = new workflowLibrary.Workflow({
		nodes: [],
		connections: {},
		active: false,
		nodeTypes: nodeTypes as never,
	});
	const keys: IDataObject = { $credentials: { baseUrl } };
	const { baseURL = '' } = request;
	return workflow.expression.getParameterValue(baseURL, null, 0, 0, '', [], 'internal', keys);
}

/** What comes along with what is pasted, and nobody sees. */
const invisible = fc.string({
	unit: fc.constantFrom(
		' ',
		'\t',
		'\r',
		'\n',
		'\u00a0',
		'\u00ad',
		'\u200b',
		'\u200d',
		'\u2060',
		'\ufeff',
	),
	maxLength: 3,
});

it('What nobody sees is no part of a key or an address', () => {
	fc.assert(
		fc.property(fc.array(invisible, { minLength: 5, maxLength: 5 }), (gaps) => {
			const pasted = (...parts: string[]) =>
				gaps.map((gap, at) => gap + (parts[at] ?? '')).join('');
			expect(cleanKey(pasted('k3y', '-of-', 'motive'))).toBe('k3y-of-motive');
			const address = pasted('https://', 'api.gomotive', '.com', '//');
			expect(cleanBaseUrl(address)).toBe('https://api.gomotive.com');
			expect(addressOf(address)).toBe('https://api.gomotive.com');
		}),
	);
});

it('A key is sent without what nobody sees', async () => {
	const { authenticate } = new MotiveApi();
	if (typeof authenticate !== 'function') throw new Error('It should be a function');
	const signed = await authenticate({ apiKey: ' k3y\u200b\n' }, { url: '/v1/companies' });
	expect(signed.headers).toEqual({ 'X-Api-Key': 'k3y' });
});

it('The test of a sign-in follows no redirect, which would carry the token to another host', () => {
	expect(request.disableFollowRedirect).toBe(true);
});

it.each([301, 302, 307, 308, 404])(
	'The test of a sign-in says what an answer with HTTP %i means',
	(status) => {
		const rule = rules.find(
			({ properties }) => 'value' in properties && properties.value === status,
		);
		expect(rule?.properties.message).toContain('This is not the address of the Motive API');
	},
);
