import { describe, expect, it } from 'vitest';

import { startCapture } from '../../../../nodes/Motive/actions/imageCapture/forms.ts';
import type { CaptureTarget } from '../../../../nodes/Motive/motive/captureForms.ts';
import { MotiveFailure } from '../../../../nodes/Motive/motive/failure.ts';
import type { Session } from '../../../../nodes/Motive/runs/session.ts';
import type { MotiveRequest } from '../../../../nodes/Motive/transport/request.ts';

const TARGET: CaptureTarget = {
	kind: 'vehicle',
	id: 7,
	position: 'rear',
	name: () => Promise.resolve('T-118'),
};
const STARTED = { request_id: 90301, status: 'pending' };
const aboutForm = (serviceText = 'position is missing') =>
	new MotiveFailure('refused', { status: 422, serviceText });

let apis = 0;

/** An API that nobody has talked to yet; what it is sent stands in `bodies`, what a person is told in `said`. */
function newApi(answer: (body: object) => unknown = () => STARTED) {
	const said: string[] = [];
	const bodies: object[] = [];
	const context = {
		logger: { info: () => undefined },
		addExecutionHints: ({ message }: { message: string }) => said.push(message),
	};
	const session = { baseUrl: `https://${++apis}.example`, context } as unknown as Session;
	const send = async ({ body = {} }: MotiveRequest): Promise<unknown> => {
		bodies.push(body);
		return await Promise.resolve(answer(body));
	};
	const start = async (target: CaptureTarget, extra: Record<string, unknown> = {}) =>
		await startCapture(session, target, extra, send);
	return { said, bodies, start };
}

/** An API that takes only bodies with this field. */
function apiThatWants(field: string) {
	return newApi((body) => {
		if (!(field in body)) throw aboutForm(`unknown fields: ${Object.keys(body).join(', ')}`);
		return STARTED;
	});
}

describe('The body of a start', () => {
	it.each([
		[TARGET, {}, { vehicle_id: 7, position: 'rear' }],
		[{ ...TARGET, kind: 'asset' as const }, {}, { asset_id: 7, position: 'rear' }],
		[TARGET, { quality: 'high' }, { vehicle_id: 7, position: 'rear', quality: 'high' }],
		[
			TARGET,
			{ position: null, camera_positions: ['rear'] },
			{ vehicle_id: 7, camera_positions: ['rear'] },
		],
		[
			TARGET,
			{ vehicle_id: null, vehicle_number: 'T-118' },
			{ position: 'rear', vehicle_number: 'T-118' },
		],
	])('of %j with %j is %j', async (target, extra, body) => {
		const { bodies, start } = newApi();
		expect(await start(target, extra)).toBe(STARTED);
		expect(bodies).toEqual([body]);
	});

	it('is in no other form where the user has given fields', async () => {
		const { bodies, start } = newApi(() => {
			throw aboutForm();
		});
		await expect(start(TARGET, { quality: 'high' })).rejects.toMatchObject({ kind: 'refused' });
		expect(bodies).toHaveLength(1);
	});
});

describe('While the form is not known', () => {
	it('one start tries one form after the other, and the others wait for what it finds', async () => {
		const { bodies, said, start } = apiThatWants('camera_position');
		const positions = ['rear', 'side_left', 'side_right'];
		await Promise.all(positions.map(async (position) => await start({ ...TARGET, position })));
		expect(bodies).toEqual([
			{ vehicle_id: 7, position: 'rear' },
			{ vehicle_number: 'T-118', position: 'rear' },
			...positions.map((position) => ({ vehicle_id: 7, camera_position: position })),
		]);
		expect(said).toEqual([expect.stringContaining('form 3')]);
	});

	it('the next start looks for it when the one that did has failed', async () => {
		let requests = 0;
		const { bodies, start } = newApi(() => {
			requests += 1;
			if (requests === 1) throw new MotiveFailure('outcomeUnknown');
			return STARTED;
		});
		const [first, second] = await Promise.allSettled([start(TARGET), start(TARGET)]);
		expect([first.status, second.status]).toEqual(['rejected', 'fulfilled']);
		expect(bodies).toHaveLength(2);
	});

	it('an answer that is none says nothing about the form', async () => {
		const answers: unknown[] = ['<html>', { error: null }];
		const { bodies, start } = newApi((body) => {
			if (answers.length > 0) return answers.shift();
			if ('position' in body) throw aboutForm();
			return { image_capture: STARTED };
		});
		for (let tries = 1; tries <= 4; tries++) await start(TARGET);
		expect(bodies.map((body) => Object.keys(body).join())).toEqual([
			'vehicle_id,position',
			'vehicle_id,position',
			'vehicle_id,position',
			'vehicle_number,position',
			'vehicle_id,camera_position',
			'vehicle_id,camera_position',
		]);
	});

	it('says in Motive’s words what is wrong with each when none is taken', async () => {
		const { bodies, start } = apiThatWants('something else');
		await expect(start(TARGET)).rejects.toMatchObject({
			kind: 'refused',
			facts: {
				status: 422,
				serviceText: [
					'form 1: unknown fields: vehicle_id, position',
					'form 2: unknown fields: vehicle_number, position',
					'form 3: unknown fields: vehicle_id, camera_position',
					'form 4: unknown fields: vehicle_number, camera_positions',
					'form 5: unknown fields: vehicle_id, camera_positions',
				].join('; '),
			},
		});
		expect(bodies).toHaveLength(5);
	});

	it('tries no other form after a refusal that is not about the form', async () => {
		const refusal = new MotiveFailure('refused', { status: 422, serviceText: 'camera offline' });
		const { bodies, start } = newApi(() => {
			throw refusal;
		});
		await expect(start(TARGET)).rejects.toBe(refusal);
		expect(bodies).toHaveLength(1);
	});
});
