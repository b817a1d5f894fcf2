import { resolve } from 'node:path';
import { isUnfinished, N8nClient } from '../n8n/client.mts';
import { startQueue, type Queue } from '../n8n/queue.mts';
import type { Latency } from '../simulator/latency.mts';
import { rateLimit } from '../simulator/limits.mts';
import { startSimulator, type Simulator } from '../simulator/simulator.mts';
import { eventOf } from './executions.mts';
import { patiently } from './patience.mts';
import { KeptProcess, type Ending } from './processes.mts';
import type { Scenario } from './scenario.mts';
import { captureOnEvent } from './workflow.mts';

const PACKAGE = resolve(import.meta.dirname, '../..');

/** Processes that run executions, and how many each runs at the same time. */
const WORKERS = 2;
const CONCURRENCY = 20;

/** One camera in a hundred never answers, so that there is something to report. */
const LATENCY: Latency = {
	kind: 'bimodal',
	fast: { kind: 'lognormal', median: 6_000, p95: 20_000 },
	slow: { kind: 'never' },
	slowShare: 0.01,
};

/** Everything on this machine that takes part in a soak. The workflow is active. */
export interface World {
	simulator: Simulator;
	queue: Queue;
	client: N8nClient;
	workflowId: string;
	workers: KeptProcess[];
	/** How processes of n8n have ended so far, in the order of time. */
	endings: Ending[];
	/** The events of the executions that were under way then. */
	events: Map<string, number>;
	/** Ends all of it. */
	stop(): Promise<void>;
}

/** Starts the world of a scenario. */
export async function startWorld({ fleet, seed, limit }: Scenario): Promise<World> {
	const pictures = { shared: true };
	const simulator = await startSimulator({ fleet, seed, rough: seed, latency: LATENCY, pictures });
	const queue = await startQueue(PACKAGE);
	const kept: KeptProcess[] = [];
	const stop = async () => {
		await Promise.all(kept.map(async (process) => await process.stop()));
		await queue.stop();
		await simulator.stop();
	};
	try {
		return { simulator, queue, ...(await startN8n(simulator, limit, queue, kept)), stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

/** @param kept gets every process that is started */
async function startN8n(
	simulator: Simulator,
	limit: Scenario['limit'],
	queue: Queue,
	kept: KeptProcess[],
): Promise<Omit<World, 'simulator' | 'queue' | 'stop'>> {
	const endings: Ending[] = [];
	const events = new Map<string, number>();
	const keep = (...[name, start, onEnd]: ConstructorParameters<typeof KeptProcess>) => {
		const process = new KeptProcess(name, start, async (ending) => {
			endings.push(ending);
			await onEnd(ending);
		});
		kept.push(process);
		return process;
	};

	// The main process is the first, because it makes the tables. It runs no executions.
	const nothing = async () => undefined;
	const main = keep('main', async () => await queue.startMain(), nothing);
	const { url } = await main.ready();
	const client = await N8nClient.connect(url);
	const data = { apiKey: simulator.apiKey, baseUrl: simulator.url };
	const credential = await client.createCredential('Fleet', 'motiveApi', data);
	const workflowId = await client.createWorkflow(captureOnEvent(credential));
	await client.activate(workflowId);
	// n8n forgets the events as soon as it notices that the worker is gone.
	const note = async () => {
		try {
			await noteEvents(client, workflowId, events);
		} catch (error) {
			// Then the accounts say that nobody knows the event.
			console.log(`The executions under way could not be read: ${String(error)}`);
		}
	};
	const workers = Array.from({ length: WORKERS }, (_, number) => {
		const start = async () => await queue.startWorker(number, CONCURRENCY);
		return keep(`worker ${number + 1}`, start, note);
	});
	await Promise.all(workers.map(async (worker) => await worker.ready()));
	simulator.faults.add(rateLimit(limit));
	return { client, workflowId, workers, endings, events };
}

/** Notes the events of all executions that are under way. */
async function noteEvents(
	client: N8nClient,
	workflowId: string,
	events: Map<string, number>,
): Promise<void> {
	const all = await patiently(async () => await client.everyExecution(workflowId));
	const news = all.filter((execution) => isUnfinished(execution) && !events.has(execution.id));
	await Promise.all(
		news.map(async ({ id }) => {
			const event = eventOf(await patiently(async () => await client.execution(id)));
			if (event !== undefined) events.set(id, event);
		}),
	);
}
