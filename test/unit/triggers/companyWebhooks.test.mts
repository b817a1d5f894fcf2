import type { IHookFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';

import {
	connectToWebhooks,
	type CompanyWebhooks,
} from '../../../nodes/Motive/triggers/companyWebhooks.ts';
import { inJumpingTime } from './jumpingTime.mts';

/** The webhooks of a Motive that gives this answer, and what it was asked. */
async function motiveWith(
	body: unknown,
	statusCode = 200,
): Promise<CompanyWebhooks & { sent: IHttpRequestOptions[] }> {
	const sent: IHttpRequestOptions[] = [];
	const context = {
		getNode: () => ({ parameters: {} }),
		getCredentials: () => Promise.resolve({ apiKey: 'k3y', baseUrl: 'https://api.gomotive.com' }),
		helpers: {
			httpRequestWithAuthentication: (_type: string, options: IHttpRequestOptions) => {
				sent.push(options);
				return Promise.resolve({ statusCode, body, headers: {} });
			},
		},
	};
	return { ...(await connectToWebhooks(context as unknown as IHookFunctions)), sent };
}

const settings = { url: 'https://n8n.example/x', secret: 's3cret', actions: ['a', 'b'] };
const webhook = { id: '42', ...settings, enabled: true };
const base = 'https://api.gomotive.com/v1/company_webhooks';

describe('The webhooks of the company', () => {
	it('are read as Motive lists them; those without an ID are none', async () => {
		const { list, sent } = await motiveWith({
			company_webhooks: [
				{ company_webhook: { ...webhook, id: 42 } },
				{ company_webhook: { url: 'https://n8n.example/y' } },
				{ company_webhook: { id: 43 } },
			],
		});
		expect(await list()).toEqual([
			webhook,
			{ id: '43', url: '', actions: [], enabled: true, secret: null },
		]);
		expect(sent[0]).toMatchObject({ method: 'GET', url: base, timeout: 4_000 });
	});

	it.each([
		[{ enabled: false }, { enabled: false }],
		[{ enabled: null }, { enabled: true }],
		[{ actions: ['a', 7, null] }, { actions: ['a'] }],
		[{ actions: 'a' }, { actions: [] }],
		[{ secret: '••••' }, { secret: null }],
		[{ secret: '****cret' }, { secret: null }],
		[{ secret: 'secr****' }, { secret: null }],
		[{ secret: undefined }, { secret: null }],
	])('say of one with %j: %j', async (said, read) => {
		const { list } = await motiveWith({ company_webhooks: [{ ...webhook, ...said }] });
		expect(await list()).toEqual([{ ...webhook, ...read }]);
	});

	it('are added to, and switched on', async () => {
		const { create, sent } = await motiveWith({ company_webhook: webhook });
		expect(await create(settings)).toEqual(webhook);
		const body = { ...settings, format: 'json', enabled: true, webhook_type: 'POST' };
		expect(sent).toMatchObject([{ method: 'POST', url: base, body, timeout: 12_000 }]);
	});

	it('can be changed', async () => {
		const { update, sent } = await motiveWith(webhook);
		expect(await update('4/2', { actions: ['c'] })).toEqual(webhook);
		const body = { actions: ['c'], enabled: true };
		expect(sent).toMatchObject([{ method: 'PUT', url: `${base}/4%2F2`, body, timeout: 12_000 }]);
	});

	it('can be removed', async () => {
		const { remove, sent } = await motiveWith('');
		await remove('42');
		expect(sent).toMatchObject([{ method: 'DELETE', url: `${base}/42`, timeout: 4_000 }]);
	});

	it('may be gone already', async () => {
		const { update, remove } = await motiveWith({ error_message: 'Not found' }, 404);
		expect(await update('42', {})).toBeUndefined();
		await expect(remove('42')).resolves.toBeUndefined();
	});

	it('are not gone where Motive refuses', async () => {
		const { update, remove } = await motiveWith({ error_message: 'No' }, 403);
		await expect(update('42', {})).rejects.toMatchObject({ kind: 'forbidden' });
		await expect(remove('42')).rejects.toMatchObject({ kind: 'forbidden' });
	});

	it.each(['', {}, { company_webhook: {} }])(
		'cannot be made without an ID, as in %j',
		async (body) => {
			const { create } = await motiveWith(body);
			await expect(create(settings)).rejects.toMatchObject({
				kind: 'unreadable',
				message: 'Motive’s answer does not name the webhook',
			});
		},
	);

	it('are asked for again in an outage, for four seconds at most', async () => {
		const { outcome, sent, tookMs } = await inJumpingTime(async () => {
			const begin = Date.now();
			const motive = await motiveWith('', 503);
			const outcome = await motive.list().catch((error: unknown) => error);
			return { outcome, sent: motive.sent, tookMs: Date.now() - begin };
		});
		expect(outcome).toMatchObject({ kind: 'unavailable' });
		expect(sent.length).toBeGreaterThan(1);
		expect(tookMs).toBeLessThan(4_000);
	});

	it('are not made twice where Motive may have made one', async () => {
		const { create, sent } = await motiveWith('', 503);
		await expect(create(settings)).rejects.toMatchObject({ kind: 'unavailable' });
		expect(sent).toHaveLength(1);
	});
});
