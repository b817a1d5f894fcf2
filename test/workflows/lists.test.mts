import { describe, expect, it } from 'vitest';

import * as answers from '../simulator/answers.mts';
import type { Fault } from '../simulator/faults.mts';
import { makeFleet } from '../simulator/fleet.mts';
import * as shapes from '../simulator/shapes.mts';
import { useMotiveWorld } from './motive.mts';

const LIST = 'GET /v1/vehicles';

const fleet = makeFleet(237);
const world = useMotiveWorld({ fleet });

/** The numbers of all vehicles, read from a list that is told like this. */
async function numbersWith(fault: Fault): Promise<unknown[]> {
	world.simulator.faults.add({ on: LIST, ...fault });
	const run = await world.run('getAll', { resource: 'vehicle', returnAll: true });
	expect(run.error).toBeUndefined();
	return run.items.map(({ json }) => json['number']);
}

const numbers = fleet.map(({ name }) => name);
const requests = () => world.simulator.received(LIST).length;
const small = { asked: { query: { per_page: '25' } } } satisfies Fault;

describe('A list of 237 vehicles is whole', () => {
	it.each<{ when: string; fault: Fault; most: number }>([
		{ when: 'with 25 a page, whatever was asked', fault: small, most: 10 },
		{ when: 'without a total', fault: { answer: shapes.withoutTotal }, most: 4 },
		{
			when: 'with 25 a page and no total',
			fault: { ...small, answer: shapes.withoutTotal },
			most: 11,
		},
		{
			when: 'with 25 a page and a text for its total',
			fault: { ...small, answer: shapes.totalAsText },
			most: 10,
		},
		{ when: 'as a map', fault: { answer: shapes.listsAsMaps }, most: 3 },
		{
			when: 'as a map without a total',
			fault: { answer: answers.all(shapes.listsAsMaps, shapes.withoutTotal) },
			most: 4,
		},
		{ when: 'without the key around each vehicle', fault: { answer: shapes.flatRows }, most: 3 },
		{ when: 'with ids as text', fault: { answer: shapes.idsAsText }, most: 3 },
		{ when: 'without ids', fault: { answer: shapes.withoutIds }, most: 3 },
		{ when: 'in a wrapper', fault: { answer: answers.wrapped('data') }, most: 3 },
	])('$when', async ({ fault, most }) => {
		expect(await numbersWith(fault)).toEqual(numbers);
		expect(requests()).toBe(most);
	});

	it('but for a page in whose place another one came', async () => {
		const other = { asked: { query: { per_page: '25', page_no: '2' } } } satisfies Fault;
		world.simulator.faults.add({ on: LIST, skip: 2, times: 1, ...other });
		expect(await numbersWith(small)).toEqual([...numbers.slice(0, 50), ...numbers.slice(75)]);
	});
});

describe('A list that does not end', () => {
	const forEver = { asked: { query: { per_page: '25', page_no: '1' } } } satisfies Fault;

	it.each<[string, answers.Edit]>([
		['with ids', answers.all()],
		['without ids', shapes.withoutIds],
		['without ids and total', answers.all(shapes.withoutIds, shapes.withoutTotal)],
	])('because its first page comes for ever, %s, is read once', async (_, answer) => {
		expect(await numbersWith({ ...forEver, answer })).toEqual(numbers.slice(0, 25));
		expect(requests()).toBeLessThanOrEqual(3);
	});
});
