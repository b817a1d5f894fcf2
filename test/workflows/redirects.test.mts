import { expect, it } from 'vitest';

import * as answers from '../simulator/answers.mts';
import { from, LOOKUP, POLL, POST, useMotiveWorld, vehicleByNumber } from './motive.mts';
import { useOtherHost } from './otherHost.mts';

const world = useMotiveWorld();
const otherHost = useOtherHost((_, response) => {
	response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
});

const knownCapture = { requestId: 90301, cameraType: 'dashcam' };

it.each([
	['starts a capture', POST, 301, from('T-118')],
	['starts a capture', POST, 307, from('T-118')],
	['fetches a capture', POLL, 302, knownCapture],
	['fetches a capture', POLL, 308, knownCapture],
	['looks up a number', LOOKUP, 303, { vehicleId: vehicleByNumber('T-118') }],
] as const)(
	'A request that %s (%s) is not redirected by HTTP %i to another host',
	async (_, route, status, parameters) => {
		world.simulator.faults.add({
			on: route,
			answer: answers.redirect(`${otherHost.url}/elsewhere`, status),
		});
		const operation = 'requestId' in parameters ? 'get' : 'capture';
		const run = await world.run(operation, parameters);
		expect(run.error?.message).toMatch(/^The Base URL leads to another address/);
		expect(otherHost.requests).toEqual([]);
		expect(world.simulator.received(route)).toHaveLength(1);
	},
);

it('The list of vehicles is not redirected to another host', async () => {
	world.simulator.faults.add({ on: 'GET /v1/vehicles', answer: answers.redirect(otherHost.url) });
	const parameters = { resource: 'imageCapture', operation: 'capture' };
	const list = world.inTime(
		async () => await world.engine.listSearch('searchVehicles', { parameters }),
	);
	await expect(list).rejects.toThrow('The Base URL leads to another address');
	expect(otherHost.requests).toEqual([]);
});
