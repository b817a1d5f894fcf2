import { describe, expect, it } from 'vitest';

import * as answers from '../simulator/answers.mts';
import { firstRequestId, from, IMAGE, POLL, POST, useMotiveWorld } from './motive.mts';

const world = useMotiveWorld();

async function ask(operation: string, parameters = {}): Promise<string> {
	return await world.inTime(
		async () =>
			await world.engine.runTool({
				parameters: { resource: 'imageCapture', operation, ...from('T-118'), ...parameters },
			}),
	);
}

describe('An agent', () => {
	it('gets everything about the picture, which is not downloaded for it', async () => {
		const [answer] = JSON.parse(await ask('capture')) as unknown[];
		expect(answer).toMatchObject({
			request_id: firstRequestId,
			camera_type: 'dashcam',
			position: 'front_facing',
			status: 'success',
			vehicle_id: 1040021,
			vehicle_number: 'T-118',
			state: 'ready',
			url: expect.stringContaining('http') as unknown,
		});
		expect(world.simulator.received(IMAGE)).toEqual([]);
	});

	it('gets all pictures of a vehicle', async () => {
		const answer = JSON.parse(await ask('capture', { positions: ['all'] })) as unknown[];
		expect(answer).toHaveLength(5);
	});

	it('gets a capture that was started before', async () => {
		await ask('start');
		expect(JSON.parse(await ask('get', { requestId: firstRequestId }))).toMatchObject([
			{ request_id: firstRequestId, state: 'pending' },
		]);
	});

	it('gets a new picture with every call', async () => {
		await ask('capture');
		await ask('capture');
		expect(world.simulator.received(POST)).toHaveLength(2);
	});

	it('is told what went wrong, and what to do', async () => {
		world.simulator.faults.add({ on: POLL, answer: answers.failed() });
		await expect(ask('capture')).rejects.toThrow(
			/Motive could not take the picture \(dashcam image capture 90301 of T-118, Front Facing\).*Start a new capture later/s,
		);
	});

	it('is told which input is wrong', async () => {
		await expect(ask('get', { requestId: 'the last one' })).rejects.toThrow(
			'Request ID must be a number such as 90312',
		);
	});
});

it('Agents that run their tools through the engine get no file either', async () => {
	const run = await world.inTime(
		async () =>
			await world.engine.runWorkflow({
				nodes: [
					{ ...nodeNamed('Start'), type: 'n8n-nodes-base.manualTrigger' },
					{
						...nodeNamed('Camera'),
						type: 'n8n-nodes-motive.motiveTool',
						parameters: { resource: 'imageCapture', operation: 'capture', ...from('T-118') },
					},
				],
				connections: { Start: { main: [[{ node: 'Camera', type: 'main', index: 0 }]] } },
			}),
	);
	expect(run.items).toMatchObject([{ json: { state: 'ready' } }]);
	expect(run.items[0]?.binary).toBeUndefined();
	expect(world.simulator.received(IMAGE)).toEqual([]);
});

function nodeNamed(name: string) {
	return { id: name, name, typeVersion: 1, position: [0, 0] as [number, number], parameters: {} };
}
