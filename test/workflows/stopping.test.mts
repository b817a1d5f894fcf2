import type { INodeParameters } from 'n8n-workflow';
import { expect, it } from 'vitest';

import type { Run } from '../engine/run.mts';
import * as answers from '../simulator/answers.mts';
import type { Fault } from '../simulator/faults.mts';
import type { Latency } from '../simulator/latency.mts';
import {
	firstRequestId,
	from,
	fromItem,
	IMAGE,
	LOOKUP,
	POLL,
	POST,
	secondsAt,
	useMotiveWorld,
	vehicleByNumber,
	vehicleItems,
} from './motive.mts';

const world = useMotiveWorld();

/** Presses Stop after `seconds`, and watches for two more minutes whether anything still reaches Motive. */
async function stopAfter(
	seconds: number,
	parameters: INodeParameters,
	items = vehicleItems('T-118'),
	operation = 'capture',
): Promise<Run> {
	return await world.inTime(async () => {
		const run = await world.engine.runNode({
			parameters: { resource: 'imageCapture', operation, ...parameters },
			items,
			cancelAfter: seconds * 1_000,
			node: {
				retryOnFail: true,
				maxTries: 3,
				waitBetweenTries: 1_000,
				onError: 'continueRegularOutput',
			},
		});
		await new Promise((resolve) => setTimeout(resolve, 120_000));
		return run;
	});
}

interface Case {
	while: string;
	/** Second of the stop. */
	at: number;
	fault?: Fault;
	latency?: Latency;
	parameters?: INodeParameters;
	/** Requests until the stop. */
	requests: string[];
}

const never: Latency = { kind: 'never' };
const positions = ['front_facing', 'driver_facing', 'rear'];

it.each<Case>([
	{ while: 'it sleeps before the first look', at: 1, latency: never, requests: [POST] },
	{ while: 'it sleeps between two looks', at: 3.5, latency: never, requests: [POST, POLL] },
	{
		while: 'a look waits for its answer',
		at: 5,
		fault: { on: POLL, connection: 'hang' },
		requests: [POST, POLL],
	},
	{
		while: 'a start waits for its answer',
		at: 5,
		fault: { on: POST, connection: 'hang' },
		requests: [POST],
	},
	{
		while: 'more starts for the same vehicle are to come',
		at: 0.5,
		parameters: { positions },
		requests: [POST],
	},
	{
		while: 'it waits because of too many requests',
		at: 5,
		fault: { on: POST, answer: answers.error(429, 'wait', { 'retry-after': '30' }) },
		requests: [POST],
	},
	{
		while: 'a picture is on its way',
		at: 10,
		fault: { on: IMAGE, connection: 'stall' },
		requests: [POST, POLL, POLL, POLL, POLL, IMAGE],
	},
	{
		while: 'the image host does not answer',
		at: 10,
		fault: { on: IMAGE, connection: 'hang' },
		requests: [POST, POLL, POLL, POLL, POLL, IMAGE],
	},
	{
		while: 'a vehicle number is looked up',
		at: 5,
		fault: { on: LOOKUP, connection: 'hang' },
		parameters: { vehicleId: vehicleByNumber('T-118') },
		requests: [LOOKUP],
	},
])('Stop ends everything while $while', async ({ at, fault, latency, parameters, requests }) => {
	if (latency) world.simulator.setLatency(latency);
	if (fault) world.simulator.faults.add(fault);
	const run = await stopAfter(at, { ...from('T-118'), ...parameters });
	expect(run.status).toBe('canceled');
	expect(world.simulator.requests.map(({ route }) => route)).toEqual(requests);
	// Connections that were open are closed as well.
	expect(world.simulator.held).toBe(0);
});

it('Stop ends the captures of many items', async () => {
	world.simulator.setLatency(never);
	const run = await stopAfter(
		30,
		fromItem,
		vehicleItems('T-118', 'T-119', 'T-120', 'T-121', 'T-122'),
	);
	expect(run.status).toBe('canceled');
	const last = world.simulator.requests.at(-1);
	expect(world.simulator.requests.length).toBeGreaterThan(20);
	expect(secondsAt(last?.at ?? NaN)).toBeLessThanOrEqual(31.5);
});

it('Stop keeps the starts that wait for their turn from being sent', async () => {
	world.simulator.faults.add({ on: POST, delay: 2_000 });
	const items = vehicleItems('T-118', 'T-119', 'T-120', 'T-121');
	await stopAfter(1, { ...fromItem, options: { concurrency: 2 } }, items);
	expect(world.simulator.received(POST)).toHaveLength(2);
});

it('Stop ends a Get that waits', async () => {
	world.simulator.setLatency(never);
	await world.run('start', from('T-118'));
	const run = await stopAfter(
		10,
		{ requestId: firstRequestId, waitForImage: true },
		vehicleItems('T-118'),
		'get',
	);
	expect(run.status).toBe('canceled');
	expect(secondsAt(world.simulator.requests.at(-1)?.at ?? NaN)).toBeLessThanOrEqual(11.5);
});
