import type { IHttpRequestOptions, IPollFunctions } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';

import { poll } from '../../../nodes/Motive/triggers/poll.ts';
import { unanswered } from '../transport/n8nErrors.mts';
import { inJumpingTime } from './jumpingTime.mts';

const HOUR = 3_600_000;
const now = Date.now();

/** A safety event that began some hours ago. */
const eventOf = (id: number, hoursAgo: number, more: object = {}) => ({
	...{ id, type: 'hard_brake', start_time: new Date(now - hoursAgo * HOUR).toISOString() },
	...more,
});

let nodes = 0;

/** A trigger of its own, and a Motive that lists these events. */
function triggerWith(listed: { events: object[]; status?: number; isBroken?: boolean }) {
	const sent: IHttpRequestOptions[] = [];
	const data: Record<string, unknown> = {};
	const parameters: Record<string, unknown> = {};
	const id = `node ${nodes++}`;
	const contextIn = (mode: string) =>
		({
			getMode: () => mode,
			getNode: () => ({ id, name: 'Motive Polling Trigger', parameters: {} }),
			getInstanceId: () => 'n8n',
			getWorkflow: () => ({ id: 'workflow' }),
			getTimezone: () => 'UTC',
			getWorkflowStaticData: (scope: string) => (scope === 'node' ? data : {}),
			getNodeParameter: (name: string, fallback?: unknown) => parameters[name] ?? fallback,
			// A key of its own, because the pace of requests is remembered by the credential.
			getCredentials: () => Promise.resolve({ apiKey: id, baseUrl: 'https://api.gomotive.com' }),
			helpers: {
				httpRequestWithAuthentication: (_type: string, options: IHttpRequestOptions) => {
					sent.push(options);
					const { status: statusCode = 200, events, isBroken } = listed;
					if (isBroken) return Promise.reject(unanswered('ECONNRESET', 'read ECONNRESET'));
					const driver_performance_events = events;
					const pagination = { per_page: 100, page_no: 1, total: events.length };
					const body =
						statusCode === 200
							? { driver_performance_events, pagination }
							: { error_message: 'No' };
					return Promise.resolve({ statusCode, body, headers: {} });
				},
			},
		}) as unknown as IPollFunctions;
	return {
		sent,
		data,
		parameters,
		run: async (mode = 'trigger') => {
			const items = await poll(contextIn(mode));
			return items?.flat().map(({ json }) => json['id']) ?? null;
		},
	};
}

describe('A poll', () => {
	it('starts nothing the first time, then the workflow with what is new, oldest first', async () => {
		const listed = { events: [eventOf(1, 2)] };
		const { run, sent, data } = triggerWith(listed);
		expect(await run()).toBeNull();
		expect(data).toMatchObject({
			eventMemory: { kind: 'safetyEvent', seen: { 1: now - 2 * HOUR } },
		});
		listed.events = [eventOf(3, 1), eventOf(1, 2), eventOf(2, 3), eventOf(4, 25)];
		expect(await run()).toEqual([2, 3]);
		expect(await run()).toBeNull();
		expect(sent[0]).toMatchObject({
			url: 'https://api.gomotive.com/v2/driver_performance_events',
			qs: { page_no: 1 },
		});
	});

	it('lets through what passes the filters; what did not once never does', async () => {
		const listed = { events: [] as object[] };
		const { run, parameters } = triggerWith(listed);
		await run();
		parameters['filters'] = { severity: ['high'] };
		listed.events = [eventOf(1, 2, { severity: 'low' })];
		expect(await run()).toBeNull();
		listed.events.push(eventOf(2, 1, { severity: 'high' }));
		expect(await run()).toEqual([2]);
		parameters['filters'] = {};
		expect(await run()).toBeNull();
	});

	it('remembers what it found where n8n has kept nothing of it', async () => {
		const listed = { events: [] as object[] };
		const { run, data, parameters } = triggerWith(listed);
		await run();
		const kept = structuredClone(data);
		parameters['filters'] = { severity: ['high'] };
		listed.events = [eventOf(1, 2, { severity: 'low' })];
		await run();
		Object.assign(data, kept);
		parameters['filters'] = {};
		expect(await run()).toBeNull();
	});

	it('finds again what started the workflow where n8n has kept nothing of it', async () => {
		const listed = { events: [] as object[] };
		const { run, data } = triggerWith(listed);
		await run();
		const kept = structuredClone(data);
		listed.events = [eventOf(1, 2)];
		expect(await run()).toEqual([1]);
		Object.assign(data, kept);
		expect(await run()).toEqual([1]);
	});

	it('begins with the first page where the last poll was about another kind of event', async () => {
		const { run, data, sent } = triggerWith({ events: [] });
		data['eventMemory'] = { kind: 'speedingEvent', since: 0, seen: {}, page: 5 };
		await run();
		expect(sent[0]).toMatchObject({ qs: { page_no: 1 } });
	});

	it('starts nothing while another one of the same trigger is under way', async () => {
		const listed = { events: [] as object[] };
		const { run } = triggerWith(listed);
		await run();
		listed.events = [eventOf(1, 2)];
		expect(await Promise.all([run(), run()])).toEqual([[1], null]);
		listed.events.push(eventOf(2, 1));
		expect(await run()).toEqual([2]);
	});

	it('tells events without an ID apart by what they are', async () => {
		const listed = { events: [] as object[] };
		const { run, data } = triggerWith(listed);
		await run();
		const event = eventOf(1, 2, { id: null });
		listed.events = [
			{ ...event, vehicle: { id: 7 } },
			{ ...event, vehicle: { id: 8 } },
		];
		expect(await run()).toHaveLength(2);
		const seen = ['7', '8'].map((vehicle) => `hard_brake ${event.start_time} ${vehicle}`);
		expect(Object.keys((data['eventMemory'] as { seen: object }).seen)).toEqual(seen);
	});
});

describe('A test event', () => {
	it('is the newest one that passes the filters, and is not remembered', async () => {
		const events = [eventOf(1, 3), eventOf(2, 1), eventOf(3, 2)];
		const { run, data, sent } = triggerWith({ events });
		expect(await run('manual')).toEqual([2]);
		expect(data).toEqual({});
		expect(sent).toHaveLength(1);
	});

	it('is looked for in a week where there is none in the window', async () => {
		const { run } = triggerWith({ events: [eventOf(1, 7 * 24 - 1), eventOf(2, 7 * 24 + 1)] });
		expect(await run('manual')).toEqual([1]);
	});

	it('is at most a week old, to the millisecond', async () => {
		const fetched = async (age: number) =>
			await inJumpingTime(async () => {
				const start_time = new Date(Date.now() - 7 * 24 * HOUR - age).toISOString();
				return await triggerWith({ events: [{ ...eventOf(1, 0), start_time }] }).run('manual');
			});
		expect(await fetched(0)).toEqual([1]);
		await expect(fetched(1)).rejects.toThrow('no safety events of the last 7 days');
	});

	it('may not be there', async () => {
		const { run, parameters } = triggerWith({ events: [eventOf(1, 1)] });
		parameters['filters'] = { vehicle: 'T-118' };
		await expect(run('manual')).rejects.toMatchObject({
			message: 'Motive has no safety events of the last 7 days that pass the filters',
			description: expect.stringContaining('Take out a filter') as string,
		});
	});
});

describe('A poll that fails', () => {
	it('says what to do about it: in the message when it is the first', async () => {
		const listed = { events: [], status: 403 };
		const { run } = triggerWith(listed);
		const advice = 'the app needs the scope driver_performance_events.read';
		await expect(run()).rejects.toThrow(advice);
		const apart = {
			message: expect.not.stringContaining(advice) as string,
			description: expect.stringContaining(advice) as string,
		};
		await expect(run('manual')).rejects.toMatchObject(apart);
		listed.status = 200;
		await run();
		listed.status = 403;
		await expect(run()).rejects.toMatchObject(apart);
	});

	it.each([
		[429, /^Too many .*\(list of safety events\)\. n8n asks again .* less frequent/],
		[503, /^Motive could not answer .*\. This usually passes\. n8n asks again /],
		['broken', /^No answer .*\. The connection broke or took too long\. n8n asks again /],
	])('says when it is repeated: %s', async (status, message) => {
		const listed = typeof status === 'number' ? { status } : { isBroken: true };
		const { run } = triggerWith({ events: [], ...listed });
		await expect(inJumpingTime(async () => await run())).rejects.toThrow(message);
	});

	it('says what is wrong with a parameter', async () => {
		const { run, parameters } = triggerWith({ events: [] });
		parameters['event'] = 'weather';
		await expect(run()).rejects.toThrow(/one of: Safety Event, /);
	});
});
