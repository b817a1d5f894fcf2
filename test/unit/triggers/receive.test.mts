import { EventEmitter } from 'node:events';

import type { IWebhookFunctions } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';

import { receive } from '../../../nodes/Motive/triggers/receive.ts';
import { keepRegistration, ownerOf } from '../../../nodes/Motive/triggers/registrationData.ts';
import { sign } from '../../simulator/deliveries.mts';

const SECRET = '0123456789abcdef0123';
const HEADER = 'x-kt-webhook-signature';

/** A delivery to a trigger of its own. */
interface Delivery {
	body: unknown;
	/** The secret that it is signed with; undefined: not at all. */
	signedWith?: string | undefined;
	/** The secret that the trigger knows; undefined: none. */
	secret?: string | undefined;
	parameters?: Record<string, unknown>;
	webhookName?: string;
	mode?: string;
	node?: string;
	workflow?: string;
}

let nodes = 0;

/** What the trigger makes of a delivery, and what it tells Motive and the log. */
async function deliver(delivery: Delivery) {
	const { body, parameters = {}, webhookName = 'default', mode = 'trigger' } = delivery;
	const { workflow = 'workflow' } = delivery;
	const { signedWith = SECRET, secret } = { secret: SECRET, ...delivery };
	const node = delivery.node ?? `node ${nodes++}`;
	const rawBody = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body ?? null));
	const answers: unknown[] = [];
	const log: string[] = [];
	const response = Object.assign(new EventEmitter(), {
		...{ headersSent: true, statusCode: 200, destroyed: false },
		writeHead: (status: number, headers: object) => {
			answers.push(status, headers);
			return { end: (text: string) => answers.push(text) };
		},
	});
	const data = {};
	const all: Record<string, unknown> = { events: ['vehicle_upserted', 'engine_toggle_event'] };
	const context = {
		getWebhookName: () => webhookName,
		getRequestObject: () => ({ rawBody: body === undefined ? undefined : rawBody }),
		getHeaderData: () => ({
			[HEADER]: signedWith === '' ? undefined : sign(rawBody.toString(), signedWith),
		}),
		getResponseObject: () => response,
		getNodeParameter: (name: string, fallback?: unknown) =>
			({ ...all, ...parameters })[name] ?? fallback,
		getWorkflowStaticData: (scope: string) => (scope === 'node' ? data : {}),
		getInstanceId: () => 'n8n',
		getWorkflow: () => ({ id: workflow }),
		getNode: () => ({ id: node }),
		getTimezone: () => 'America/New_York',
		getMode: () => mode,
		logger: { info: (text: string) => log.push(text), warn: (text: string) => log.push(text) },
	} as unknown as IWebhookFunctions;
	if (secret !== undefined)
		keepRegistration(data, {
			...{ id: '42', url: 'https://n8n.example/x', actions: [], secret },
			owner: ownerOf(context),
		});
	const { workflowData, ...rest } = await receive(context);
	// n8n starts the workflow for a list without items too.
	if (workflowData) expect(workflowData.flat()).not.toEqual([]);
	return { items: (workflowData ?? []).flat().map(({ json }) => json), rest, answers, log };
}

const vehicle = {
	...{ action: 'vehicle_upserted', id: 7, number: 'T-118', updated_at: '2026-07-02T06:00:00' },
};
const NOTHING = { items: [], rest: {}, answers: [], log: [] };

describe('A delivery', () => {
	it('starts the workflow with each of its events, their times in the zone of the workflow', async () => {
		const { items, ...rest } = await deliver({ body: [vehicle, { ...vehicle, id: 8 }] });
		expect(rest).toEqual({ rest: {}, answers: [], log: [] });
		expect(items).toMatchObject([
			{ ...vehicle, event: { id: 7, occurred_at: '2026-07-02T10:00:00Z' } },
			{ id: 8, event: { id: 8 } },
		]);
	});

	it.each([
		['of an action that was not chosen', { body: { ...vehicle, action: 'user_upserted' } }],
		['that a filter keeps back', { body: vehicle, parameters: { filters: { vehicle: 'T-9' } } }],
		['to somebody who only looks', { body: vehicle, webhookName: 'setup' }],
		['of nothing', { body: [] }],
	])('starts nothing if it is one %s', async (_, delivery) => {
		expect(await deliver(delivery)).toEqual(NOTHING);
	});

	it.each([
		['an action in capitals', { ...vehicle, action: 'VEHICLE_UPSERTED' }],
		['no action', { id: 9, number: 'T-118' }],
	])('starts the workflow where it has %s', async (_, body) => {
		expect((await deliver({ body })).items).toHaveLength(1);
	});

	it.each([
		['without a signature', '', SECRET, 'its signature does not fit the secret'],
		['signed by somebody else', 'other', SECRET, 'its signature does not fit the secret'],
		['before there is a secret', SECRET, undefined, 'there is no secret yet'],
	])('is refused %s', async (_, signedWith, secret, reason) => {
		expect(await deliver({ body: vehicle, signedWith, secret })).toEqual({
			items: [],
			rest: { noWebhookResponse: true },
			answers: [401, { 'content-type': 'text/plain' }, 'Unauthorized'],
			log: [`A delivery to the Motive Trigger was refused (401): ${reason}`],
		});
	});

	it('is refused where it cannot be read, or is not there', async () => {
		expect(await deliver({ body: Buffer.from('soon') })).toEqual({
			items: [],
			rest: { noWebhookResponse: true },
			answers: [400, { 'content-type': 'text/plain' }, 'Bad Request'],
			log: ['A delivery to the Motive Trigger was refused (400): it has no event that can be read'],
		});
		expect((await deliver({ body: undefined })).answers[0]).toBe(401);
	});

	it('may be a test message before there is a secret, and afterwards only if it is signed', async () => {
		const body = { action: 'test' };
		const log = ['Motive has sent a test message'];
		expect(await deliver({ body, secret: undefined, signedWith: '' })).toEqual({ ...NOTHING, log });
		expect((await deliver({ body, signedWith: '' })).answers[0]).toBe(401);
		expect(await deliver({ body })).toEqual(NOTHING);
	});

	it('is judged by the secret of the parameter where the webhook was made by hand', async () => {
		const parameters = { registration: 'manual', webhookSecret: 'by-hand' };
		const byHand = { body: vehicle, parameters, secret: undefined };
		expect((await deliver({ ...byHand, signedWith: 'by-hand' })).items).toHaveLength(1);
		expect((await deliver({ ...byHand, signedWith: SECRET })).items).toEqual([]);
	});

	it('starts the workflow once, and each time where somebody listens for a test event', async () => {
		const toOne = { body: vehicle, node: `the same ${nodes++}` };
		const manual = { ...toOne, mode: 'manual' };
		const counts = [];
		for (const delivery of [manual, toOne, toOne, manual, { body: vehicle }])
			counts.push((await deliver(delivery)).items.length);
		expect(counts).toEqual([1, 1, 0, 1, 1]);
	});

	it('starts each workflow with the same node, as a copy has it', async () => {
		const toOne = { body: vehicle, node: `the same ${nodes++}` };
		for (const workflow of ['one', 'two'])
			expect((await deliver({ ...toOne, workflow })).items).toHaveLength(1);
	});

	it('starts the workflow each time where nothing tells its events from others', async () => {
		const toOne = { body: { action: 'vehicle_upserted', id: 7 }, node: `the same ${nodes++}` };
		for (const nth of [1, 2]) expect([nth, (await deliver(toOne)).items.length]).toEqual([nth, 1]);
	});
});
