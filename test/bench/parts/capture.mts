/** Many captures in one execution: ours, the batch chain, the naive loop, and nothing in our place. */
import type { Workflow } from '../../n8n/workflow.mts';
import type { Figure } from '../figures.mts';
import { withN8n, type BenchN8n } from '../n8n.mts';
import { median } from '../statistics.mts';
import { bareGet } from '../workflows/bare.mts';
import { CAPTURE, nothing, ours } from '../workflows/ours.mts';
import { batchChain, naiveLoop } from '../workflows/peers.mts';
import {
	AT_ONCE,
	FIRST_REQUEST,
	FIRST_VEHICLE,
	sumUp,
	USUAL,
	type BatchFacts,
	type WorldOptions,
} from '../worldFacts.mts';
import { withWorld } from '../worldProcess.mts';

type Input = [key: string, first: number, count: number];
export type Builder = (n8n: BenchN8n, input: Input) => Workflow;

/** The measurements of one run with many captures. */
interface Captured extends BatchFacts {
	seconds: number;
	/** Growth of n8n's memory (MB). */
	growth: number;
}

const PICTURE_BYTES = 300_000;

/** Seeds with which the slowest of 100 cameras takes 39 s, give or take a second. */
export const SEEDS = ['bench', 'bench-7', 'bench-8'];

const byUs: Builder = ({ credential }, input) => ours(credential, input, CAPTURE);

/**
 * Runs a workflow over `count` vehicles in a fresh n8n, after a run with one vehicle that loads everything; n8n's memory
 * is watched for `atLeast` seconds.
 */
export async function capture(
	count: number,
	seed: string,
	build: Builder,
	{ atLeast, ...world }: { atLeast?: number; conditions?: WorldOptions['conditions'] } = {},
): Promise<Captured> {
	const { latency } = USUAL;
	return await withWorld(
		{ vehicles: count, pictureBytes: PICTURE_BYTES, latency, seed, ...world },
		async (world) =>
			await withN8n(world, async (n8n) => {
				await n8n.measure(build(n8n, ['vehicle_id', FIRST_VEHICLE, 1]));
				await world.reset();
				const { seconds, growth } = await n8n.measure(
					build(n8n, ['vehicle_id', FIRST_VEHICLE, count]),
					atLeast,
				);
				return { ...sumUp(await world.facts()), seconds, growth: growth / 1e6 };
			}),
	);
}

async function forEachSeed(build: Builder, count = 100): Promise<Captured[]> {
	const runs: Captured[] = [];
	for (const seed of SEEDS) runs.push(await capture(count, seed, build));
	return runs;
}

/**
 * Measures how many seconds the naive loop takes for 100 captures. Ten loops with ten vehicles each run side by side;
 * they only wait, so they do not slow each other down, and the sum of their times is that of one loop over all.
 */
async function naiveSeconds(seed: string): Promise<number> {
	const { latency } = USUAL;
	return await withWorld(
		{ vehicles: 100, pictureBytes: PICTURE_BYTES, latency, seed },
		async (world) =>
			await withN8n(world, async (n8n) => {
				const loop = (first: number, count: number) =>
					naiveLoop(n8n.peer, ['vehicle_id', first, count]);
				await n8n.measure(loop(FIRST_VEHICLE, 1));
				await world.reset();
				const starts = Array.from({ length: 10 }, (_, tens) => FIRST_VEHICLE + 10 * tens);
				const loops = await Promise.all(
					starts.map(async (first) => await n8n.measure(loop(first, 10))),
				);
				return loops.reduce((sum, { seconds }) => sum + seconds, 0);
			}),
	);
}

/** 100 captures against what users would build otherwise. */
export async function captureMany(): Promise<Figure[]> {
	const part = 'capture';
	const own = await forEachSeed(byUs);
	const chain = await forEachSeed(({ peer }, input) => batchChain(peer, input));
	// What n8n needs for the rest of the workflow in the same time counts against nobody.
	const { growth: base } = await capture(100, USUAL.seed, (_, input) => nothing(input), {
		atLeast: median(own.map(({ seconds }) => seconds)),
	});
	const naive = await Promise.all(SEEDS.map(naiveSeconds));
	return [
		{
			part,
			name: 'Time for 100 captures / slowest camera',
			unit: '×',
			values: own.map(({ seconds, limit }) => seconds / limit),
			goal: { atMost: 1.05 },
		},
		{
			part,
			name: '– batch chain',
			unit: '×',
			values: chain.map(({ seconds, limit }) => seconds / limit),
		},
		{
			part,
			name: 'Time for 100 captures: naive loop / ours',
			unit: '×',
			values: own.map(({ seconds }, index) => (naive[index] ?? NaN) / seconds),
			goal: { atLeast: 30 },
		},
		{
			part,
			name: 'Picture in hand after it was ready, median',
			unit: 's',
			values: own.map(({ late }) => late),
			goal: { atMost: 1.5 },
		},
		{ part, name: '– batch chain', unit: 's', values: chain.map(({ late }) => late) },
		{
			part,
			name: 'API calls per capture',
			unit: '',
			values: own.map(({ calls }) => calls),
			goal: { atMost: 6 },
		},
		{ part, name: '– batch chain', unit: '', values: chain.map(({ calls }) => calls) },
		{
			part,
			name: "Growth of n8n's memory for 100 captures",
			unit: 'MB',
			values: own.map(({ growth }) => growth - base),
		},
		{ part, name: '– batch chain', unit: 'MB', values: chain.map(({ growth }) => growth - base) },
	];
}

/** By how much (MB) n8n grows in the same time while the bare node sends the requests of such a run. */
async function growthOfBare(count: number, { calls, seconds }: Captured): Promise<number> {
	const requests = Math.round(calls * count);
	const size = { vehicles: requests, pictureBytes: PICTURE_BYTES };
	return await withWorld({ ...size, ...AT_ONCE }, async (world) => {
		await world.startCaptures(requests);
		return await withN8n(world, async (n8n) => {
			const get = (all: number, pictures: number) =>
				bareGet(n8n.credential, ['request_id', FIRST_REQUEST, all], pictures);
			await n8n.measure(get(1, 1));
			return (await n8n.measure(get(requests, count), seconds)).growth / 1e6;
		});
	});
}

/** The same with more and more captures; memory beside that of as many requests without anything around them. */
export async function captureMore(): Promise<Figure[]> {
	const part = 'scale';
	const figures: Figure[] = [];
	const calls: number[][] = [];
	for (const count of [10, 100, 1_000]) {
		const runs = await forEachSeed(byUs, count);
		const bare: number[] = [];
		for (const run of runs) bare.push(await growthOfBare(count, run));
		const name = (what: string) => `${what}, ${count} captures`;
		const growths = runs.map(({ growth }) => growth);
		figures.push(
			{
				part,
				name: name('API calls per capture'),
				unit: '',
				values: runs.map((run) => run.calls),
			},
			{
				part,
				name: name('Time / slowest camera'),
				unit: '×',
				values: runs.map(({ seconds, limit }) => seconds / limit),
			},
			{ part, name: name("Growth of n8n's memory"), unit: 'MB', values: growths },
			{ part, name: '– bare node, as many requests', unit: 'MB', values: bare },
			{
				part,
				name: name('Memory: ours / bare node with as many requests'),
				unit: '×',
				values: growths.map((growth) => growth / median(bare)),
				goal: { atMost: 1.2 },
			},
		);
		calls.push(runs.map((run) => run.calls));
	}
	const fewest = Math.min(...calls.map(median));
	return [
		...figures,
		{
			part,
			name: 'API calls per capture: 1000 captures / fewest of 10, 100 and 1000',
			unit: '×',
			values: (calls.at(-1) ?? []).map((most) => most / fewest),
			goal: { atMost: 1.1 },
		},
	];
}
