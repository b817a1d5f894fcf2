import { describe, expect, it } from 'vitest';
import type { StartSettings } from '../../simulator/starts.mts';
import { useSimulator } from './harness.mts';

const POST = 'POST /v1/image_captures';

const { client, simulator } = useSimulator();

const start = async (body: object) => await client().call('POST', '/v1/image_captures', body);

const forms = {
	1: { vehicle_id: 1040021, position: 'rear' },
	2: { vehicle_number: 'T-118', position: 'rear' },
	3: { vehicle_id: 1040021, camera_position: 'rear' },
	4: { vehicle_number: 'T-118', camera_positions: ['rear'] },
	5: { vehicle_id: 1040021, camera_positions: ['rear'] },
} satisfies Record<StartSettings['form'], object>;
const assetForms = {
	1: { asset_id: 55301, position: 'rear' },
	2: { asset_name: 'TRL-204', position: 'rear' },
	3: { asset_id: 55301, camera_position: 'rear' },
	4: { asset_name: 'TRL-204', camera_positions: ['rear'] },
	5: { asset_id: 55301, camera_positions: ['rear'] },
} satisfies Record<StartSettings['form'], object>;

const numbers = [1, 2, 3, 4, 5] as const;
const styles = ['motive', 'rails', 'grape', 'jsonApi', 'plain'] as const;

describe('the form of a start', () => {
	it.each(numbers)('is taken where it is number %i, and all others are refused', async (form) => {
		simulator().starts.form = form;
		for (const bodies of [forms, assetForms]) {
			const statuses = [];
			for (const number of numbers) statuses.push((await start(bodies[number])).status);
			expect(statuses).toEqual(numbers.map((number) => (number === form ? 201 : 400)));
		}
		expect(simulator().received(POST)).toHaveLength(10);
		expect(simulator().captures.map(({ device }) => device.name)).toEqual(['T-118', 'TRL-204']);
		expect(simulator().captures.map(({ position }) => position)).toEqual(['rear', 'rear']);
	});

	it('is the first if nothing else is said, also again', async () => {
		simulator().starts.form = 4;
		simulator().reset();
		expect((await start(forms[1])).status).toBe(201);
	});

	it('may have fields that nobody knows', async () => {
		expect((await start({ ...forms[1], quality: { width: 1920 } })).status).toBe(201);
	});

	it('is a list of one position where it is a list', async () => {
		simulator().starts.form = 5;
		for (const camera_positions of ['rear', [], ['rear', 'side_left'], ['roof']])
			expect((await start({ vehicle_id: 1040021, camera_positions })).status).toBe(400);
	});

	it('does not keep faults from knowing which camera it is about', async () => {
		simulator().starts.form = 4;
		simulator().faults.add({ device: 'T-118', position: 'rear', answer: { status: 503 } });
		expect((await start(forms[4])).status).toBe(503);
	});
});

describe('another form is refused', () => {
	it.each([
		['motive', 400, { error_message: 'exactly one of vehicle_number and asset_name is required' }],
		['rails', 400, { error_message: 'param is missing or the value is empty: vehicle_number' }],
		['grape', 400, { error: 'vehicle_number is missing, camera_positions is missing' }],
		[
			'jsonApi',
			422,
			{
				errors: [
					{ field: 'vehicle_number', message: "can't be blank" },
					{ field: 'camera_positions', message: "can't be blank" },
					{ field: 'vehicle_id', message: 'is not permitted' },
					{ field: 'position', message: 'is not permitted' },
				],
			},
		],
		['plain', 400, 'unpermitted parameter: vehicle_id'],
	] as const)('in the words of %s', async (refusal, status, body) => {
		Object.assign(simulator().starts, { form: 4, refusal });
		const refused = await start(forms[1]);
		expect([refused.status, refused.data]).toEqual([status, body]);
	});

	it('for what is missing in an asset', async () => {
		Object.assign(simulator().starts, { form: 2, refusal: 'rails' });
		expect((await start(assetForms[1])).data).toHaveProperty(
			'error_message',
			'param is missing or the value is empty: asset_name',
		);
	});

	it.each(styles)('in words of %s also where it only has something too much', async (refusal) => {
		simulator().starts.refusal = refusal;
		const { status, data } = await start({ ...forms[1], asset_id: 55301 });
		expect(status).toBeGreaterThanOrEqual(400);
		expect(JSON.stringify(data)).toContain('vehicle_id');
	});

	it.each(styles)('in words of %s also where nothing is there', async (refusal) => {
		simulator().starts.refusal = refusal;
		expect(JSON.stringify((await start({})).data)).toMatch(/vehicle_id/);
	});

	it('but not where the form is right and the camera is not there', async () => {
		Object.assign(simulator().starts, { form: 4, refusal: 'jsonApi' });
		const refused = await start({ vehicle_number: 'T-126', camera_positions: ['rear'] });
		expect([refused.status, refused.data]).toEqual([
			422,
			{ error_message: 'T-126 has no rear camera' },
		]);
	});
});
