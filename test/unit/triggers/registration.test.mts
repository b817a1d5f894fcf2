import type { IHookFunctions, IHttpRequestOptions, IWebhookFunctions } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';

import {
	isBeingRegistered,
	isRegistered,
	register,
	unregister,
} from '../../../nodes/Motive/triggers/registration.ts';
import {
	keepRegistration,
	ownerOf,
	registrationIn,
	type Registration,
} from '../../../nodes/Motive/triggers/registrationData.ts';
import { node, NodeOperationError } from '../transport/n8nErrors.mts';
import { inJumpingTime } from './jumpingTime.mts';

const URL_HERE = 'https://n8n.example/webhook/here';
const ELSEWHERE = 'https://n8n.example/webhook/elsewhere';
const SECRET = '0123456789abcdef0123';
const ACTIONS = ['vehicle_upserted', 'engine_toggle_event'];

interface Webhook {
	id: string;
	url: string;
	actions: string[];
	enabled: boolean;
	secret: string | null;
}

/** A webhook as Motive lists it: the one that the trigger has registered, unless it says otherwise. */
const webhook = (more: Partial<Webhook> = {}): Webhook => ({
	...{ id: '42', url: URL_HERE, actions: ACTIONS, enabled: true, secret: SECRET },
	...more,
});

interface Answer {
	statusCode?: number;
	body?: object | string;
}

interface Setup {
	/** The webhooks that Motive has. */
	webhooks?: Webhook[];
	/** How Motive answers in place of what it usually says, by method. */
	answers?: Record<string, Answer>;
	/** What n8n remembers; nothing unless given. */
	remembered?: Partial<Registration>;
	parameters?: Record<string, unknown>;
	url?: string;
}

const REFUSED = { statusCode: 403, body: { error_message: 'No' } };
const OUTAGE = { statusCode: 503 };
const GONE = { statusCode: 404 };
const MANUAL = { registration: 'manual', webhookSecret: 'by-hand' };

let nodes = 0;

/** A trigger of its own, in front of a Motive that has some webhooks. */
function triggerWith({ webhooks = [], answers = {}, remembered, parameters, url }: Setup = {}) {
	const sent: string[] = [];
	const bodies: Record<string, unknown>[] = [];
	const log: string[] = [];
	const data = {};
	const wereUnderWay: boolean[] = [];
	const id = `node ${nodes++}`;
	const all: Record<string, unknown> = { events: ACTIONS, ...parameters };
	const usual = (method: string, named: string, body: object): Answer => {
		if (method === 'GET') return { body: { company_webhooks: webhooks, total: webhooks.length } };
		if (method === 'DELETE') return { body: '' };
		if (method === 'POST') return { body: { id: 'new', ...body } };
		const known = webhooks.find((one) => one.id === named);
		return known ? { body: { ...known, ...body } } : GONE;
	};
	const context = {
		getNode: () => ({ ...node, id }),
		getInstanceId: () => 'n8n',
		getWorkflow: () => ({ id: 'workflow' }),
		getWorkflowStaticData: (scope: string) => (scope === 'node' ? data : {}),
		getNodeWebhookUrl: (name: string) => (name === 'default' ? (url ?? URL_HERE) : undefined),
		getNodeParameter: (name: string, fallback?: unknown) => all[name] ?? fallback,
		// A key of its own, because the pace of requests is remembered by the credential.
		getCredentials: () => Promise.resolve({ apiKey: id, baseUrl: 'https://api.gomotive.com' }),
		logger: { warn: (text: string) => log.push(text) },
		helpers: {
			httpRequestWithAuthentication: (_type: string, options: IHttpRequestOptions) => {
				const { method = '', body = {} } = options;
				const named = options.url.split('/')[5] ?? '';
				sent.push([method, named].join(' ').trim());
				wereUnderWay.push(isBeingRegistered(context as unknown as IWebhookFunctions));
				if (method === 'POST' || method === 'PUT') bodies.push(body as Record<string, unknown>);
				const answer = answers[method] ?? usual(method, named, body as object);
				return Promise.resolve({ statusCode: 200, body: '', headers: {}, ...answer });
			},
		},
	} as unknown as IHookFunctions;
	const owner = ownerOf(context);
	if (remembered)
		keepRegistration(data, {
			...{ id: '42', url: URL_HERE, actions: ACTIONS, secret: SECRET, owner },
			...remembered,
		});
	const inTime = (hook: (context: IHookFunctions) => Promise<boolean>) => async () =>
		await inJumpingTime(async () => await hook(context));
	return {
		sent,
		bodies,
		log,
		owner,
		wereUnderWay,
		kept: () => registrationIn(data),
		isUnderWay: () => isBeingRegistered(context as unknown as IWebhookFunctions),
		isRegistered: inTime(isRegistered),
		register: inTime(register),
		unregister: inTime(unregister),
	};
}

/** What an activation that fails says. */
async function errorOf(activation: Promise<unknown>): Promise<string> {
	const error: unknown = await activation.catch((reason: unknown) => reason);
	expect(error).toBeInstanceOf(NodeOperationError);
	return (error as Error).message;
}

describe('Whether the webhook is there', () => {
	const other = webhook({ id: '7', url: ELSEWHERE });

	it.each([
		['as n8n remembers it', webhook()],
		['and Motive does not show its secret', webhook({ secret: null })],
	])('is true where it is listed %s', async (_, listed) => {
		const trigger = triggerWith({ webhooks: [other, listed], remembered: {} });
		expect(await trigger.isRegistered()).toBe(true);
		expect(trigger.sent).toEqual(['GET']);
		expect(trigger.log).toEqual([]);
	});

	it.each([
		['is gone', []],
		['has another ID', [webhook({ id: '43' })]],
		['is switched off', [webhook({ enabled: false })]],
		['has another address', [webhook({ url: ELSEWHERE })]],
		['is for other events', [webhook({ actions: ['vehicle_upserted'] })]],
		['has another secret', [webhook({ secret: 'other' })]],
	])('is false where it %s', async (_, webhooks) => {
		expect(await triggerWith({ webhooks, remembered: {} }).isRegistered()).toBe(false);
	});

	it.each<[string, Partial<Registration> | undefined]>([
		['nothing', undefined],
		['the webhook of another trigger', { owner: 'another' }],
		['another address', { url: ELSEWHERE }],
		['other events', { actions: ['vehicle_upserted'] }],
	])('is false where n8n remembers %s', async (_, remembered) => {
		const webhooks = [webhook(remembered)];
		const setup = remembered ? { webhooks, remembered } : { webhooks };
		expect(await triggerWith(setup).isRegistered()).toBe(false);
	});

	it.each([
		['is out', OUTAGE],
		['keeps the list back', REFUSED],
		['has no list', GONE],
		['gives something else for the list', { body: { hello: 'world' } }],
	])('is what n8n remembers where Motive %s', async (_, GET) => {
		const trigger = triggerWith({ answers: { GET }, remembered: {} });
		expect(await trigger.isRegistered()).toBe(true);
		expect(trigger.log).toEqual([
			'Motive could not be asked for its webhooks, so the one that n8n remembers is taken to be there',
		]);
	});

	it.each([
		['keeps the list back', REFUSED],
		['has no list', GONE],
		['gives something else for the list', { body: { hello: 'world' } }],
	])('is false where Motive %s and n8n remembers nothing', async (_, GET) => {
		const trigger = triggerWith({ answers: { GET } });
		expect(await trigger.isRegistered()).toBe(false);
		expect(trigger.log).toEqual([]);
	});

	it('cannot be said in an outage where n8n remembers nothing', async () => {
		const trigger = triggerWith({ answers: { GET: OUTAGE } });
		expect(await errorOf(trigger.isRegistered())).toContain('Publish the workflow again');
	});

	it('cannot be said where the key is not accepted', async () => {
		const trigger = triggerWith({ answers: { GET: { statusCode: 401 } }, remembered: {} });
		expect(await errorOf(trigger.isRegistered())).toContain('Check the API key');
	});

	it.each(['http://localhost:5678/webhook/here', 'nowhere'])(
		'is not asked where Motive cannot reach n8n: %s',
		async (url) => {
			const trigger = triggerWith({ url });
			for (const activation of [trigger.isRegistered, trigger.register])
				expect(await errorOf(activation())).toMatch(/^Motive cannot reach n8n at .*WEBHOOK_URL/);
			expect(trigger.sent).toEqual([]);
		},
	);

	it.each([
		['no event', { events: [] }, 'Trigger On is empty'],
		['a filter that cannot be', { filters: { severity: ['loud'] } }, 'Severity'],
	])('is not asked with %s', async (_, parameters, message) => {
		for (const registration of ['automatic', 'manual']) {
			const trigger = triggerWith({ parameters: { ...MANUAL, ...parameters, registration } });
			expect(await errorOf(trigger.isRegistered())).toContain(message);
			expect(trigger.sent).toEqual([]);
		}
	});
});

describe('A webhook', () => {
	it('is made with a new secret, and remembered', async () => {
		const other = webhook({ id: '7', url: ELSEWHERE });
		const trigger = triggerWith({ webhooks: [other] });
		expect(await trigger.register()).toBe(true);
		expect(trigger.sent).toEqual(['GET', 'POST']);
		const { secret } = trigger.bodies[0] ?? {};
		expect(secret).toMatch(/^[0-9a-f]{20}$/);
		expect(trigger.bodies).toMatchObject([{ url: URL_HERE, actions: ACTIONS }]);
		const { owner } = trigger;
		expect(trigger.kept()).toEqual({ id: 'new', url: URL_HERE, actions: ACTIONS, secret, owner });
	});

	it('is being registered until Motive has answered', async () => {
		const trigger = triggerWith();
		expect(trigger.isUnderWay()).toBe(false);
		await trigger.register();
		expect(trigger.wereUnderWay).toEqual([true, true]);
		expect(trigger.isUnderWay()).toBe(false);
	});

	it('has the secret that Motive has chosen', async () => {
		const POST = { body: webhook({ id: 'new', secret: 'chosen' }) };
		const trigger = triggerWith({ answers: { POST } });
		await trigger.register();
		expect(trigger.kept()).toMatchObject({ id: 'new', secret: 'chosen' });
	});

	it('has the secret that Motive was asked for where Motive does not show it', async () => {
		const POST = { body: webhook({ id: 'new', secret: null }) };
		const trigger = triggerWith({ answers: { POST } });
		await trigger.register();
		expect(trigger.kept()?.secret).toBe(trigger.bodies[0]?.['secret']);
	});

	it('is changed where n8n has another address now, and keeps its secret', async () => {
		const webhooks = [webhook({ id: '7', url: 'https://other.example/x' }), webhook()];
		const url = ELSEWHERE;
		const trigger = triggerWith({ webhooks, remembered: {}, url });
		expect(await trigger.register()).toBe(true);
		expect(trigger.sent).toEqual(['GET', 'PUT 42']);
		expect(trigger.bodies).toMatchObject([{ url, actions: ACTIONS, secret: SECRET }]);
		expect(trigger.kept()).toMatchObject({ id: '42', url, secret: SECRET });
	});

	it('is found by its address where n8n remembers nothing, and gets a new secret', async () => {
		const webhooks = [webhook({ id: '7', url: ELSEWHERE }), webhook({ id: '8' })];
		const trigger = triggerWith({ webhooks });
		await trigger.register();
		expect(trigger.sent).toEqual(['GET', 'PUT 8']);
		expect(trigger.kept()).toMatchObject({ id: '8', secret: trigger.bodies[0]?.['secret'] });
		expect(trigger.kept()?.secret).not.toBe(SECRET);
	});

	it('is the only one of its trigger afterwards', async () => {
		const here = ['8', '9'].map((id) => webhook({ id }));
		const webhooks = [...here, webhook({ url: ELSEWHERE })];
		const trigger = triggerWith({ webhooks, remembered: { url: ELSEWHERE } });
		await trigger.register();
		expect(trigger.sent).toEqual(['GET', 'DELETE 9', 'DELETE 42', 'PUT 8']);
	});

	it('is taken over with its secret from a trigger that had the same address', async () => {
		const trigger = triggerWith({ webhooks: [webhook()], remembered: { owner: 'another' } });
		await trigger.register();
		expect(trigger.sent).toEqual(['GET', 'PUT 42']);
		expect(trigger.kept()).toMatchObject({ secret: SECRET, owner: trigger.owner });
	});

	it('is left alone where it is that of another trigger', async () => {
		const elsewhere = { url: ELSEWHERE, owner: 'another' };
		const trigger = triggerWith({ webhooks: [webhook(elsewhere)], remembered: elsewhere });
		await trigger.register();
		expect(trigger.sent).toEqual(['GET', 'POST']);
		expect(trigger.kept()?.secret).not.toBe(SECRET);
	});

	it.each([
		['keeps the list back', REFUSED],
		['has no list', GONE],
		['gives something else for the list', { body: { hello: 'world' } }],
	])('is changed where Motive %s, or made where it is gone', async (_, GET) => {
		const known = { remembered: {}, webhooks: [webhook()], answers: { GET } };
		const there = triggerWith(known);
		await there.register();
		expect(there.sent).toEqual(['GET', 'PUT 42']);
		const gone = triggerWith({ ...known, webhooks: [] });
		await gone.register();
		expect(gone.sent).toEqual(['GET', 'PUT 42', 'POST']);
		const unknown = triggerWith({ answers: { GET } });
		await unknown.register();
		expect(unknown.sent).toEqual(['GET', 'POST']);
	});

	it.each([
		['says so', 'anew', 'anew'],
		['does not show it', null, 'first'],
	])(
		'is switched on a second time; its secret is the new one if Motive %s',
		async (_, said, kept) => {
			const POST = { body: webhook({ id: 'new', enabled: false, secret: 'first' }) };
			const PUT = { body: webhook({ id: 'new', secret: said }) };
			const trigger = triggerWith({ answers: { POST, PUT } });
			expect(await trigger.register()).toBe(true);
			expect(trigger.sent).toEqual(['GET', 'POST', 'PUT new']);
			expect(trigger.bodies[1]).toEqual({ enabled: true });
			expect(trigger.kept()).toMatchObject({ id: 'new', secret: kept });
		},
	);

	it.each([
		['stays off', { body: webhook({ id: 'new', enabled: false }) }],
		['is gone', GONE],
	])('is removed where it %s', async (_, PUT) => {
		const POST = { body: webhook({ id: 'new', enabled: false }) };
		const trigger = triggerWith({ answers: { POST, PUT } });
		expect(await errorOf(trigger.register())).toContain('does not switch the webhook');
		expect(trigger.sent).toEqual(['GET', 'POST', 'PUT new', 'DELETE new']);
		expect(trigger.kept()).toBeUndefined();
	});

	it('has no room beside two others', async () => {
		const webhooks = ['7', '8'].map((id) => webhook({ id, url: ELSEWHERE }));
		const POST = { statusCode: 422, body: { error_message: 'No' } };
		expect(await errorOf(triggerWith({ webhooks, answers: { POST } }).register())).toContain(
			'no room for another webhook on Vehicle Created or Updated',
		);
	});

	it.each([
		['cannot be had', { GET: OUTAGE }],
		['may not be made', { POST: REFUSED }],
	])('is not there where it %s', async (_, answers) => {
		const trigger = triggerWith({ answers });
		expect(await errorOf(trigger.register())).toMatch(/Publish the workflow|webhooks\.manage/);
		expect(trigger.isUnderWay()).toBe(false);
		expect(trigger.kept()).toBeUndefined();
	});
});

describe('A webhook that is no longer needed', () => {
	it('is removed and forgotten', async () => {
		const trigger = triggerWith({ webhooks: [webhook({ id: '7' })], remembered: {} });
		expect(await trigger.unregister()).toBe(true);
		expect(trigger.sent).toEqual(['DELETE 42']);
		expect(trigger.kept()).toBeUndefined();
		expect(trigger.log).toEqual([]);
	});

	it('is known by its address where n8n remembers nothing but has activated the trigger', async () => {
		const webhooks = [webhook({ id: '7', url: ELSEWHERE }), webhook({ id: '8' })];
		const trigger = triggerWith({ webhooks });
		await trigger.isRegistered();
		expect(await trigger.unregister()).toBe(true);
		expect(trigger.sent).toEqual(['GET', 'GET', 'DELETE 8']);
	});

	it('is left alone where it may be that of another trigger', async () => {
		const remembered = { owner: 'another' };
		const trigger = triggerWith({ webhooks: [webhook()], remembered });
		expect(await trigger.unregister()).toBe(true);
		expect(trigger.sent).toEqual([]);
		expect(trigger.kept()).toBeUndefined();
	});

	it('is left alone where n8n remembers nothing and Motive keeps the list back', async () => {
		const trigger = triggerWith({ answers: { GET: REFUSED } });
		await trigger.isRegistered();
		expect(await trigger.unregister()).toBe(true);
		expect(trigger.sent).toEqual(['GET', 'GET']);
	});

	it('is still remembered where it could not be removed', async () => {
		const trigger = triggerWith({ answers: { DELETE: REFUSED }, remembered: {} });
		expect(await trigger.unregister()).toBe(false);
		expect(trigger.kept()?.id).toBe('42');
		expect(trigger.log).toEqual([
			expect.stringMatching(/^The webhook may be left at Motive: .*webhooks\.manage/),
		]);
	});
});

describe('A webhook made by hand', () => {
	it('is there, and left alone', async () => {
		const trigger = triggerWith({ parameters: MANUAL, remembered: {} });
		for (const hook of [trigger.isRegistered, trigger.register, trigger.unregister])
			expect(await hook()).toBe(true);
		expect(trigger.sent).toEqual([]);
		expect(trigger.kept()?.id).toBe('42');
	});

	it('needs its secret', async () => {
		const trigger = triggerWith({ parameters: { ...MANUAL, webhookSecret: '' } });
		expect(await errorOf(trigger.isRegistered())).toContain('The secret of the webhook is missing');
	});
});
