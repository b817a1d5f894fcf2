/** What needs no waiting: asking for many captures, and downloading large pictures. */
import type { Execution } from '../../n8n/execution.mts';
import type { Workflow } from '../../n8n/workflow.mts';
import type { Figure } from '../figures.mts';
import { withN8n, type BenchN8n } from '../n8n.mts';
import { median } from '../statistics.mts';
import { BARE, bareGet } from '../workflows/bare.mts';
import { DOWNLOAD, GET, OURS, ours } from '../workflows/ours.mts';
import { FETCH, plainDownload, plainGet } from '../workflows/peers.mts';
import { AT_ONCE, FIRST_REQUEST } from '../worldFacts.mts';
import { withWorld } from '../worldProcess.mts';

type Input = [key: string, first: number, count: number];

const REPEATS = 5;

const captures = (count: number): Input => ['request_id', FIRST_REQUEST, count];

/** Seconds that a node took, as n8n recorded them. */
function secondsOf({ data }: Execution, name: string): number {
	return (data?.resultData.runData[name]?.[0]?.executionTime ?? NaN) / 1_000;
}

/** How fast many captures are asked for. */
export async function getMany(): Promise<Figure[]> {
	const part = 'get';
	const count = 1_000;
	return await withWorld({ vehicles: count, pictureBytes: 0, ...AT_ONCE }, async (world) => {
		await world.startCaptures(count);
		return await withN8n(world, async (n8n) => {
			const rates = { own: [] as number[], plain: [] as number[], bare: [] as number[] };
			// The first round does not count: it loads everything and signs every URL.
			for (let round = 0; round <= REPEATS; round++) {
				const own = await n8n.measure(ours(n8n.credential, captures(count), GET));
				const plain = await n8n.measure(plainGet(n8n.peer, captures(count)));
				const bare = await n8n.measure(bareGet(n8n.credential, captures(count)));
				if (round === 0) continue;
				rates.own.push(count / secondsOf(own.execution, OURS));
				rates.plain.push(count / secondsOf(plain.execution, FETCH));
				rates.bare.push(count / secondsOf(bare.execution, BARE));
			}
			const perRound = (other: number[]) =>
				rates.own.map((rate, round) => rate / (other[round] ?? NaN));
			return [
				{ part, name: `Get ${count} captures`, unit: 'items/s', values: rates.own },
				{ part, name: '– HTTP Request node', unit: 'items/s', values: rates.plain },
				{ part, name: '– bare node', unit: 'items/s', values: rates.bare },
				{
					part,
					name: `Speed of Get, ${count} captures: ours / HTTP Request node`,
					unit: '×',
					values: perRound(rates.plain),
					goal: { atLeast: 1 },
				},
				{
					part,
					name: `Speed of Get, ${count} captures: ours / bare node`,
					unit: '×',
					values: perRound(rates.bare),
					goal: { atLeast: 0.95 },
				},
			];
		});
	});
}

/** How much memory large pictures take. */
export async function downloadMany(): Promise<Figure[]> {
	const part = 'download';
	const count = 500;
	const growths = async (build: (n8n: BenchN8n, input: Input) => Workflow): Promise<number[]> => {
		const values: number[] = [];
		for (let round = 0; round < 3; round++) {
			const growth = await withWorld(
				{ vehicles: count, pictureBytes: 1_500_000, ...AT_ONCE },
				async (world) => {
					await world.startCaptures(count);
					return await withN8n(world, async (n8n) => {
						await n8n.measure(build(n8n, captures(1)));
						return (await n8n.measure(build(n8n, captures(count)))).growth / 1e6;
					});
				},
			);
			values.push(growth);
		}
		return values;
	};
	const own = await growths(({ credential }, input) => ours(credential, input, DOWNLOAD));
	const plain = await growths(({ peer }, input) => plainDownload(peer, input));
	const bare = await growths(({ credential }, input) => bareGet(credential, input, input[2]));
	const name = `Growth of n8n's memory for ${count} pictures of 1.5 MB`;
	return [
		{ part, name, unit: 'MB', values: own, goal: { atMost: 100 } },
		{ part, name: '– HTTP Request node', unit: 'MB', values: plain },
		{ part, name: '– bare node', unit: 'MB', values: bare },
		{
			part,
			name: `Memory for ${count} pictures of 1.5 MB: ours / bare node`,
			unit: '×',
			values: own.map((growth) => growth / median(bare)),
			goal: { atMost: 1.2 },
		},
		{
			part,
			name: `Memory for ${count} pictures of 1.5 MB: ours / HTTP Request node`,
			unit: '×',
			values: own.map((growth) => growth / median(plain)),
			goal: { atMost: 0.5 },
		},
	];
}
