import { describe, expect, it } from 'vitest';
import { errorOf, outputOf, type Execution } from '../../n8n/execution.mts';
import type { StoredCredential, Workflow } from '../../n8n/workflow.mts';
import { safetyEvent } from '../../simulator/events.mts';
import { makeFleet, type Device } from '../../simulator/fleet.mts';
import { useQueue } from './world.mts';

const FLEET_SIZE = 20;
const PATIENCE_MS = 120_000;
/** Long enough for a worker to die meanwhile, and over once n8n has noticed. */
const SLOW_MS = 20_000;

const world = useQueue({
	fleet: makeFleet(FLEET_SIZE),
	latency: { kind: 'constant', ms: 3_000 },
	pictures: { shared: true },
});
/** ID of a new event; the trigger would drop one that it has seen before. */
let lastEvent = 3_000_000;
let credential: StoredCredential;
let workflowId: string;

const position = [0, 0];
const motive = (parameters: Record<string, unknown>) => ({
	...{ id: 'motive', name: 'Motive', type: 'n8n-nodes-motive.motive', typeVersion: 1, position },
	parameters: { resource: 'imageCapture', ...parameters },
	credentials: { [credential.type]: { id: credential.id, name: credential.name } },
});

/** Takes a picture of the vehicle that an event is about. */
function captureOnEvent(): Workflow {
	const { id, name, type } = credential;
	const trigger = {
		id: 'trigger',
		name: 'Motive Trigger',
		type: 'n8n-nodes-motive.motiveTrigger',
		webhookId: 'queue',
	};
	const vehicleId = { __rl: true, mode: 'id', value: '={{ $json.event.vehicle.id }}' };
	return {
		name: 'Capture on event',
		nodes: [
			{
				...{
					...trigger,
					typeVersion: 1,
					position,
					parameters: { events: ['driver_performance_event_created'] },
				},
				credentials: { [type]: { id, name } },
			},
			motive({ operation: 'capture', vehicleId, positions: ['front_facing'] }),
		],
		connections: { 'Motive Trigger': { main: [[{ node: 'Motive', type: 'main', index: 0 }]] } },
	};
}

/** Fetches a picture that was asked for earlier. */
function fetchCapture(cameraType: string, requestId: number): Workflow {
	const start = {
		id: 'start',
		name: 'Start',
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		position,
		parameters: {},
	};
	return {
		name: 'Fetch',
		nodes: [start, motive({ operation: 'get', cameraType, requestId, waitForImage: true })],
		connections: { Start: { main: [[{ node: 'Motive', type: 'main', index: 0 }]] } },
	};
}

/** Motive reports a hard brake of this vehicle, and gets n8n's answer in time. */
async function brake(vehicle: Device): Promise<void> {
	const [webhook] = world.simulator.webhooks.all;
	if (!webhook) throw new Error('Motive has no webhook');
	const { status } = await world.simulator.webhooks.deliver(
		webhook,
		safetyEvent(vehicle, { id: ++lastEvent }),
	);
	expect(status).toBe(200);
}

/** The finished executions, once there are this many. */
async function finished(count: number): Promise<Execution[]> {
	await expect
		.poll(async () => (await world.client.executions(workflowId)).length, {
			timeout: PATIENCE_MS,
			interval: 500,
		})
		.toBe(count);
	return await world.client.executions(workflowId);
}

/** The executions that each worker has taken from the queue, by their ids. */
async function sharesOfWorkers(): Promise<string[][]> {
	const logs = await Promise.all(world.workers.map(async (worker) => await worker.log()));
	return logs.map((log) =>
		[...log.matchAll(/Worker started execution (\d+)/g)].map(([, id = '']) => id),
	);
}

const startsOf = ({ id }: Device) =>
	world.simulator.captures.filter(({ device }) => device.id === id).length;

async function expectPicture(execution: Execution): Promise<void> {
	const [item, ...others] = outputOf(execution, 'Motive');
	const picture = item?.binary?.['data'];
	if (!picture || others.length > 0) throw new Error('There is not exactly one picture');
	const bytes = await world.client.downloadBinary(picture);
	expect(bytes.subarray(0, 3).toString('hex')).toBe('ffd8ff');
	expect(item.json).toMatchObject({ file_name: picture.fileName });
}

describe('n8n in queue mode', () => {
	it('spreads the captures of many events over both workers, and takes each picture once', async () => {
		const { client, simulator } = world;
		const data = { apiKey: simulator.apiKey, baseUrl: simulator.url };
		credential = await client.createCredential('Fleet', 'motiveApi', data);
		workflowId = await client.createWorkflow(captureOnEvent());
		await client.activate(workflowId);
		for (const vehicle of simulator.fleet) await brake(vehicle);

		const executions = await finished(FLEET_SIZE);
		expect(executions.map(({ status }) => status)).toEqual(Array(FLEET_SIZE).fill('success'));
		expect(simulator.captures.map(({ device }) => device.id).sort()).toEqual(
			simulator.fleet.map(({ id }) => id),
		);
		const shares = await sharesOfWorkers();
		expect(shares.flat().sort()).toEqual(executions.map(({ id }) => id).sort());
		expect(Math.min(...shares.map((ids) => ids.length))).toBeGreaterThan(FLEET_SIZE / 5);
	});

	it('serves the pictures of both workers from the main process', async () => {
		const executions = await world.client.executions(workflowId);
		expect(executions).toHaveLength(FLEET_SIZE);
		for (const execution of executions) await expectPicture(execution);
	});

	describe('when a worker dies in the middle of a capture', () => {
		let vehicle: Device;
		let lost: Execution;
		let requestId: number;

		it('reports the execution as failed, and starts nothing again', async () => {
			vehicle = world.simulator.device('V-0001');
			world.simulator.setLatency({ kind: 'constant', ms: SLOW_MS });
			await brake(vehicle);
			await expect.poll(() => startsOf(vehicle), { timeout: PATIENCE_MS }).toBe(2);
			const shares = await sharesOfWorkers();
			const newest = String(Math.max(...shares.flat().map(Number)));
			const number = shares.findIndex((ids) => ids.includes(newest));
			const worker = world.workers[number];
			await expect.poll(async () => await worker?.log()).toContain(`(execution ${newest})`);
			await worker?.kill();

			await finished(FLEET_SIZE + 1);
			lost = await world.client.execution(newest);
			expect(lost.status).toBe('error');
			expect(errorOf(lost)?.message).toContain('failed to be processed too many times');
			await Promise.all([world.startWorker(number), world.restartMain()]);
			expect(startsOf(vehicle)).toBe(2);
		});

		it('has the request ID in the log of that worker, by which another one fetches the picture', async () => {
			const logs = await Promise.all(world.workers.map(async (worker) => await worker.log()));
			const line = new RegExp(`(dashcam) image capture (\\d+) .*\\(execution ${lost.id}\\)`);
			const [, cameraType = '', found] = line.exec(logs.join('')) ?? [];
			requestId = Number(found);
			const fetched = await world.client.run(
				await world.client.createWorkflow(fetchCapture(cameraType, requestId)),
				'Start',
			);
			expect(errorOf(fetched)).toBeUndefined();
			expect(outputOf(fetched, 'Motive')[0]?.json).toMatchObject({
				state: 'ready',
				request_id: requestId,
			});
			await expectPicture(fetched);
			expect(startsOf(vehicle)).toBe(2);
		});
	});
});
