/**
 * Batches in front of an API that has limits or is slow. The engine and the node are real and the time is virtual, so that
 * minutes of waiting cost a second; the last row is the same in a whole n8n and real time.
 */
import { startEngine, type Engine, type NodeOptions } from '../../engine/engine.mts';
import packPackage from '../../engine/package.mts';
import { inVirtualTime } from '../../engine/virtualTime.mts';
import type { Simulator } from '../../simulator/simulator.mts';
import type { Figure } from '../figures.mts';
import type { Conditions } from '../limits/conditions.mts';
import { runBatchChain } from '../limits/handBuilt.mts';
import { startWatchedSimulator } from '../watchedSimulator.mts';
import { CAPTURE, ours } from '../workflows/ours.mts';
import { batchChain } from '../workflows/peers.mts';
import { FIRST_VEHICLE, sumUp, USUAL, type BatchFacts } from '../worldFacts.mts';
import { capture, SEEDS, type Builder } from './capture.mts';

/** A batch in virtual time. */
interface Batch extends BatchFacts {
	seconds: number;
}

/** The batches of a row, one for each seed. */
interface Row {
	count: number;
	conditions: Conditions;
	/** Executions that share the work. */
	executions?: number;
	/** Timeout (s) of the node; long enough for everything unless given. */
	timeout?: number;
	/** The usual ones unless given. */
	seeds?: readonly string[];
}

const part = 'limits';

/** A request and its answer over the internet. */
const NEAR: Conditions = { answerMs: [50, 50] };

/** Two requests per second, and ten at once after a rest. */
const PER_SECOND = 2;
const BURST = 10;

const perSecond = (retryAfter: boolean): Conditions => ({
	...NEAR,
	rate: { perSecond: PER_SECOND, burst: BURST, retryAfter },
});

const LONG_TIMEOUT = 3_600;

/** Real milliseconds that a batch may take. */
const PATIENCE_MS = 300_000;

const vehiclesOf = (first: number, count: number): number[] =>
	Array.from({ length: count }, (_, index) => FIRST_VEHICLE + first + index);

/** Runs something for each seed, in virtual time and in front of a fresh API. */
async function forEachSeed(
	{ count, conditions, seeds = SEEDS }: Pick<Row, 'count' | 'conditions' | 'seeds'>,
	run: (engine: Engine, simulator: Simulator) => Promise<unknown>,
): Promise<Batch[]> {
	await packPackage();
	const engine = await startEngine();
	const batches: Batch[] = [];
	for (const seed of seeds) {
		const { latency } = USUAL;
		const { simulator, facts } = await startWatchedSimulator({
			vehicles: count,
			pictureBytes: 0,
			latency,
			seed,
			conditions,
		});
		try {
			// Nothing is known of the limits of this one.
			engine.renewCredentials();
			const seconds = await inVirtualTime(
				async ({ elapsed }) => {
					await run(engine, simulator);
					return elapsed() / 1_000;
				},
				{ held: () => simulator.held, patience: PATIENCE_MS },
			);
			batches.push({ ...sumUp(facts()), seconds });
		} finally {
			await simulator.stop();
		}
	}
	return batches;
}

const credentialsFor = ({ apiKey, url }: Simulator): NonNullable<NodeOptions['credentials']> => ({
	motiveApi: { apiKey, baseUrl: url },
});

async function batchesOf(row: Row): Promise<Batch[]> {
	const { count, executions = 1, timeout = LONG_TIMEOUT } = row;
	const size = count / executions;
	return await forEachSeed(row, async (engine, simulator) =>
		Promise.all(
			Array.from({ length: executions }, async (_, nth) =>
				engine.runNode({
					parameters: { resource: 'imageCapture', ...CAPTURE, options: { timeout } },
					node: { onError: 'continueRegularOutput' },
					credentials: credentialsFor(simulator),
					items: vehiclesOf(nth * size, size).map((id) => ({ json: { vehicle_id: id } })),
				}),
			),
		),
	);
}

const refused = (name: string, batches: Batch[], atMost: number): Figure => ({
	part,
	name: `${name}: requests refused`,
	unit: '%',
	values: batches.map((batch) => batch.refused * 100),
	goal: { atMost },
});

const delivered = (name: string, batches: Batch[], atLeast: number): Figure => ({
	part,
	name: `${name}: images`,
	unit: '',
	values: batches.map((batch) => batch.delivered),
	goal: { atLeast },
});

/** @param least least possible seconds that the requests take; it is never less than the slowest camera */
const overLeast = (name: string, batches: Batch[], least: number, atMost: number): Figure => ({
	part,
	name: `${name}: time / least possible`,
	unit: '×',
	values: batches.map(({ seconds, limit }) => seconds / Math.max(least, limit)),
	goal: { atMost },
});

/** A start and a look for each of `count`, of which `burst` are free. */
const leastSeconds = (count: number, rate: number, burst: number): number =>
	(2 * count - burst) / rate;

async function bucket(retryAfter: boolean): Promise<Figure[]> {
	const figures: Figure[] = [];
	for (const count of [60, 300]) {
		const batches = await batchesOf({ count, conditions: perSecond(retryAfter) });
		const name = `${count} captures, 2 requests per s${retryAfter ? ' and Retry-After' : ''}`;
		figures.push(
			refused(name, batches, 5),
			overLeast(name, batches, leastSeconds(count, PER_SECOND, BURST), 1.15),
			delivered(name, batches, count),
		);
	}
	return figures;
}

async function minute(): Promise<Figure[]> {
	const figures: Figure[] = [];
	for (const count of [60, 300]) {
		const window = { requests: 60, seconds: 60, retryAfter: false };
		const batches = await batchesOf({ count, conditions: { ...NEAR, window } });
		const name = `${count} captures, 60 requests in each minute`;
		figures.push(
			refused(name, batches, 6),
			overLeast(name, batches, leastSeconds(count, 1, 60), 1.25),
			delivered(name, batches, count),
		);
	}
	return figures;
}

/** The usual timeout: what is not there after 180 s is not delivered. */
async function width(): Promise<Figure[]> {
	const count = 300;
	const conditions: Conditions = { answerMs: [300, 300], atOnce: 3 };
	const batches = await batchesOf({ count, conditions, timeout: 180 });
	const name = `${count} captures, 3 requests at once`;
	return [
		refused(name, batches, 5),
		delivered(name, batches, count),
		{
			part,
			name: `${name}: time`,
			unit: 's',
			values: batches.map(({ seconds }) => seconds),
			goal: { atMost: 90 },
		},
	];
}

async function shortTimeout(): Promise<Figure[]> {
	const count = 150;
	const batches = await batchesOf({ count, conditions: perSecond(true), timeout: 60 });
	const name = `${count} captures, 2 requests per s and Retry-After, Timeout 60 s`;
	return [delivered(name, batches, count), refused(name, batches, 5)];
}

/** An API that is slow, and the goal for the time of a batch divided by that of its slowest camera. */
interface SlowApi {
	answers: string;
	conditions: Conditions;
	overSlowest: number;
}

const SLOW: SlowApi = {
	answers: 'answers after 2 s',
	conditions: { answerMs: [1_000, 3_000] },
	overSlowest: 1.12,
};

const LESS_SLOW: SlowApi = {
	answers: 'answers after 0.7 s',
	conditions: { answerMs: [350, 1_050] },
	overSlowest: 1.07,
};

/** When a batch ends depends on a single camera here, so that few batches say little. */
const MANY_SEEDS = Array.from({ length: 9 }, (_, index) => `slow-${index}`);

/** No limits, but an API that takes its time; beside the batch chain. */
async function slow(): Promise<Figure[]> {
	const count = 100;
	const figures: Figure[] = [];
	for (const { answers, conditions, overSlowest } of [SLOW, LESS_SLOW]) {
		const row = { count, conditions, seeds: MANY_SEEDS };
		const own = await batchesOf(row);
		const chain = await forEachSeed(row, async (_, simulator) =>
			runBatchChain(simulator, vehiclesOf(0, count)),
		);
		figures.push(...besideChain(`${count} captures, ${answers}`, own, chain, overSlowest));
	}
	return figures;
}

function besideChain(name: string, own: Batch[], chain: Batch[], overSlowest: number): Figure[] {
	const overLimit = (batches: Batch[]) => batches.map(({ seconds, limit }) => seconds / limit);
	const late = (batches: Batch[]) => batches.map((batch) => batch.late);
	return [
		{
			part,
			name: `${name}: time / slowest camera`,
			unit: '×',
			values: overLimit(own),
			goal: { atMost: overSlowest },
		},
		{ part, name: '– batch chain', unit: '×', values: overLimit(chain) },
		{
			part,
			name: `${name}: image in hand after it was ready, median`,
			unit: 's',
			values: late(own),
		},
		{ part, name: '– batch chain', unit: 's', values: late(chain) },
		{
			part,
			name: `${name}: image in hand after it was ready, ours / batch chain`,
			unit: '×',
			values: own.map((batch, index) => batch.late / (chain[index]?.late ?? NaN)),
			goal: { atMost: 0.6 },
		},
	];
}

/** Events of one vehicle each, which begin at the same moment. */
async function events(): Promise<Figure[]> {
	const [executions, images] = [6, 10];
	const count = executions * images;
	const batches = await batchesOf({ count, executions, conditions: perSecond(false) });
	const name = `${executions} executions at once of ${images} captures, 2 requests per s`;
	return [
		refused(name, batches, 8),
		overLeast(name, batches, leastSeconds(count, PER_SECOND, BURST), 1.2),
		delivered(name, batches, count),
	];
}

/** The list of the editor is opened, and searched after each of three letters. */
async function picker(): Promise<Figure[]> {
	const count = 3_000;
	const requests: number[] = [];
	await forEachSeed({ count, conditions: NEAR }, async (engine, simulator) => {
		for (const filter of [undefined, 'V', 'V-', 'V-0']) {
			await engine.listSearch('searchVehicles', {
				parameters: { resource: 'imageCapture', operation: 'capture' },
				credentials: credentialsFor(simulator),
				...(filter !== undefined && { filter }),
			});
		}
		requests.push(simulator.requests.length);
	});
	const name = `Picker: requests for opening it and typing three letters, ${count} vehicles`;
	return [{ part, name, unit: '', values: requests, goal: { atMost: 31 } }];
}

/** What {@link bucket} and {@link slow} do in virtual time, in a whole n8n. */
async function wholeN8n(): Promise<Figure[]> {
	const byUs: Builder = ({ credential }, input) =>
		ours(credential, input, { ...CAPTURE, options: { timeout: LONG_TIMEOUT } });
	const byChain: Builder = ({ peer }, input) => batchChain(peer, input);
	const inN8n = async (count: number, build: Builder, conditions: Conditions) => {
		const batches: Batch[] = [];
		for (const seed of SEEDS) batches.push(await capture(count, seed, build, { conditions }));
		return batches;
	};

	const limited = await inN8n(60, byUs, perSecond(false));
	const name = 'In a whole n8n, 60 captures, 2 requests per s';
	const { answers, conditions, overSlowest } = SLOW;
	const own = await inN8n(100, byUs, conditions);
	const chain = await inN8n(100, byChain, conditions);
	return [
		refused(name, limited, 5),
		overLeast(name, limited, leastSeconds(60, PER_SECOND, BURST), 1.15),
		delivered(name, limited, 60),
		...besideChain(`In a whole n8n, 100 captures, ${answers}`, own, chain, overSlowest),
	];
}

const rows: Readonly<Record<string, () => Promise<Figure[]>>> = {
	rate: async () => bucket(false),
	retryAfter: async () => bucket(true),
	minute,
	width,
	timeout: shortTimeout,
	slow,
	events,
	picker,
	n8n: wholeN8n,
};

/**
 * Measures how the node does under limits.
 * @param only the one row that is wanted; all if absent
 */
export async function underLimits(only?: string): Promise<Figure[]> {
	if (only !== undefined && !(only in rows))
		throw new Error(`There is no ${only}; rows are: ${Object.keys(rows).join(', ')}`);
	const figures: Figure[] = [];
	for (const [name, measure] of Object.entries(rows)) {
		if (only !== undefined && only !== name) continue;
		const beganAt = performance.now();
		figures.push(...(await measure()));
		console.log(`${name}: ${Math.round((performance.now() - beganAt) / 1_000)} s`);
	}
	return figures;
}
