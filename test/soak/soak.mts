import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { isUnfinished } from '../n8n/client.mts';
import type { Delivery } from '../simulator/deliveries.mts';
import type { Evidence } from './accounts.mts';
import { deliverEvent, isSuccess } from './deliver.mts';
import { readExecutions } from './executions.mts';
import { startedCaptures } from './logs.mts';
import { patiently } from './patience.mts';
import type { Ending } from './processes.mts';
import type { Incident, Scenario } from './scenario.mts';
import { startWorld, type World } from './world.mts';

/** After so much time (ms) no execution is waited for any more. */
const LONGEST_MS = 30 * 60_000;
/** An execution that has not ended while none has for so long (ms) never will. */
const STUCK_MS = 180_000;
const LOOK_EVERY_MS = 5_000;

/** What was seen of a soak. */
export interface Soak {
	evidence: Evidence;
	/** What each worker has logged. */
	logs: string[];
	/** All tries to deliver each event, in the order of the events. */
	deliveries: Delivery[][];
	/** How processes of n8n have ended, in the order of time. */
	endings: Ending[];
	/** Incidents that were caused; no worker is killed while the other one is still starting. */
	incidents: Incident[];
	/** Requests that the API of the simulated Motive got, and of these the ones over its limit. */
	requests: { all: number; refused: number };
	/** From the beginning to the end of the last execution (ms). */
	took: number;
	/** How many processes wanted to run at the same time on this machine, on average over the last 15 minutes. */
	load: number;
}

/** Plays a scenario in a world of its own. */
export async function soak(scenario: Scenario): Promise<Soak> {
	const world = await startWorld(scenario);
	try {
		return await play(scenario, world);
	} finally {
		await world.stop();
	}
}

async function play({ events, incidents }: Scenario, world: World): Promise<Soak> {
	const { simulator, endings } = world;
	const beganAt = performance.now();
	const until = async (at: number) => await sleep(Math.max(0, beganAt + at - performance.now()));
	const deliver = async () =>
		await Promise.all(
			events.map(async (event) => {
				await until(event.at);
				return await deliverEvent(simulator, event);
			}),
		);
	const disturb = async () => {
		const caused: Incident[] = [];
		for (const incident of incidents) {
			await until(incident.at);
			if (await cause(incident, world)) caused.push(incident);
		}
		return caused;
	};
	const [deliveries, caused] = await Promise.all([deliver(), disturb()]);
	await drain(world, beganAt + LONGEST_MS);
	const took = performance.now() - beganAt;
	const [, , load = NaN] = loadavg();

	const answered = new Set(
		events.filter((_, index) => deliveries[index]?.some(isSuccess)).map(({ id }) => id),
	);
	const logs = await Promise.all(world.workers.map(async (worker) => await worker.log()));
	const evidence = await collect({ events }, world, { answered, logs });
	const requests = simulator.requests.filter(({ host }) => host === 'api');
	const refused = requests.filter(({ status }) => status === 429).length;
	return {
		...{ evidence, logs, deliveries, endings, incidents: caused, took, load },
		requests: { all: requests.length, refused },
	};
}

/** Causes an incident, and tells whether that was possible. */
async function cause(incident: Incident, { queue, workers }: World): Promise<boolean> {
	if (incident.kind === 'restart') {
		await queue[incident.service].restart();
		return true;
	}
	if (!workers.every(({ isUp }) => isUp)) return false;
	await workers[incident.worker]?.kill();
	return true;
}

/** Waits until all executions have ended, but for those that never will. */
async function drain({ client, workflowId }: World, until: number): Promise<void> {
	let latest = { unfinished: Infinity, at: performance.now() };
	while (performance.now() < Math.min(until, latest.at + STUCK_MS)) {
		const all = await patiently(async () => await client.everyExecution(workflowId));
		const unfinished = all.filter(isUnfinished).length;
		if (unfinished === 0) return;
		if (unfinished < latest.unfinished) latest = { unfinished, at: performance.now() };
		await sleep(LOOK_EVERY_MS);
	}
}

async function collect(
	{ events }: Pick<Scenario, 'events'>,
	world: World,
	{ answered, logs }: { answered: ReadonlySet<number>; logs: readonly string[] },
): Promise<Evidence> {
	const { simulator, client, workflowId, endings } = world;
	return {
		events: events.map(({ id, device, cameras }) => ({
			...{ id, cameras, vehicle: device.name },
			isAnswered: answered.has(id),
		})),
		captures: simulator.captures.map(({ requestId, device, position }) => ({
			...{ requestId, position, vehicle: device.name },
		})),
		executions: await readExecutions(client, workflowId, world.events),
		logged: new Map(logs.flatMap((log) => [...startedCaptures(log)])),
		// An execution stays unfinished in the log of its worker: its first end counts, and so is written last.
		cutOff: new Map(
			endings
				.toReversed()
				.flatMap(({ by, executions }) => executions.map((id) => [id, by] as const)),
		),
	};
}
