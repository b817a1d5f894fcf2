import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { describe, expect, it } from 'vitest';

import { EVENT_KINDS } from '../../../nodes/Motive/triggers/eventKinds.ts';
import {
	isManual,
	readActions,
	readEventFilters,
	readManualSecret,
	readPollInput,
	testSecret,
} from '../../../nodes/Motive/triggers/parameters.ts';

const contextWith = (parameters: Record<string, unknown>) => ({
	getNodeParameter: (name: string, fallback?: unknown) =>
		name in parameters ? parameters[name] : fallback,
});

describe('The events of the Motive Trigger', () => {
	it.each([
		[{ events: ['vehicle_upserted'] }, ['vehicle_upserted']],
		[{ events: ['Vehicle Created or Updated', 'vehicle_upserted'] }, ['vehicle_upserted']],
		[
			{ events: ['vehicle_upserted', 'other'], additionalEvents: 'Vehicle_Upserted, New_Thing' },
			['vehicle_upserted', 'new_thing'],
		],
		[{ events: ['vehicle_upserted'], additionalEvents: 'new_thing' }, ['vehicle_upserted']],
		[{ events: ['vehicle_upserted', 'other'] }, ['vehicle_upserted']],
	])('of %j are %j', (parameters, actions) => {
		expect(readActions(contextWith(parameters))).toEqual(actions);
	});

	it.each([{ events: [] }, { events: ['other'] }, { events: ['other'], additionalEvents: '' }])(
		'are missing in %j',
		(parameters) => {
			expect(() => readActions(contextWith(parameters))).toThrow(
				'Trigger On is empty. Choose at least one event, or name one under Other Events.',
			);
		},
	);

	it('have filters', () => {
		expect(readEventFilters(contextWith({}))).toEqual({ severities: [], types: [], vehicles: [] });
		expect(readEventFilters(contextWith({ filters: { vehicle: 'T-118' } })).vehicles).toEqual([
			't-118',
		]);
	});
});

describe('The input of the Motive Polling Trigger', () => {
	it('has its defaults', () => {
		expect(readPollInput(contextWith({}))).toMatchObject({
			kind: { name: 'safetyEvent' },
			filters: { severities: [] },
			lookBackHours: 24,
		});
		expect(readPollInput(contextWith({ options: 'text' })).lookBackHours).toBe(24);
	});

	it.each(EVENT_KINDS.map((kind) => [kind.name, kind] as const))(
		'may be about %s',
		(name, kind) => {
			const parameters = { event: name, options: { lookBackHours: 48 } };
			expect(readPollInput(contextWith(parameters))).toMatchObject({ kind, lookBackHours: 48 });
		},
	);

	it('looks back neither nothing nor for ever', () => {
		for (const lookBackHours of [0, 100_000])
			expect(() => readPollInput(contextWith({ options: { lookBackHours } }))).toThrow();
	});

	it('counts an event with media only once there is one', () => {
		const counts = (name: string, record: object) =>
			EVENT_KINDS.find((kind) => kind.name === name)?.counts({ ...record });
		const url = 'https://s3.example/1.jpg';
		const withMedia = { camera_media: { downloadable_images: { rear_jpg_url: url } } };
		expect(counts('safetyEventMedia', withMedia)).toBe(true);
		for (const name of ['safetyEvent', 'speedingEvent']) expect(counts(name, {})).toBe(true);
		expect(counts('safetyEventMedia', {})).toBe(false);
	});
});

describe('A webhook made by hand', () => {
	it('is one only where the user says so', () => {
		const modes = [{}, { registration: 'automatic' }, { registration: 'manual' }];
		expect(modes.map((mode) => isManual(contextWith(mode)))).toEqual([false, false, true]);
	});

	const secretOf = async (parameter: unknown, stored?: string) =>
		await readManualSecret({
			...contextWith(parameter === undefined ? {} : { webhookSecret: parameter }),
			getNode: () => ({ credentials: stored === undefined ? undefined : { motiveWebhookApi: {} } }),
			getCredentials: (type: string) =>
				stored !== undefined && type === 'motiveWebhookApi'
					? Promise.resolve({ secret: stored })
					: Promise.reject(new Error('There is no such credential')),
		} as unknown as IWebhookFunctions);

	it.each([
		['', undefined, undefined],
		[undefined, 's3cret', 's3cret'],
		['', 's3cret', 's3cret'],
		['', ' s3cret ', 's3cret'],
		['', '', undefined],
		['old', undefined, 'old'],
		['old', 's3cret', 'old'],
	])(
		'with the parameter %j and the credential %j has the secret %j',
		async (old, stored, secret) => {
			expect(await secretOf(old, stored)).toBe(secret);
		},
	);

	it.each([
		[{ secret: 's3cret' }, { status: 'OK', message: 'The secret is there' }],
		[{ secret: ' ' }, { status: 'Error', message: 'The secret is empty' }],
		[undefined, { status: 'Error', message: 'The secret is empty' }],
	])('has its credential tested: %j', async (data, result) => {
		const context = {} as ICredentialTestFunctions;
		expect(await testSecret.call(context, { data } as unknown as ICredentialsDecrypted)).toEqual(
			result,
		);
	});
});
