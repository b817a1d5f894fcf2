/** The example workflows, as far as they can be checked without running them. test/e2e runs them. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { parseEvent } from '../../nodes/Motive/motive/event.ts';
import { readWorkflow } from '../n8n/workflow.mts';
import { readPage, repository } from './pages.mts';

const folder = path.join(repository, 'examples');
const names = readdirSync(folder).filter((file) => file.endsWith('.json'));
const { text: page } = readPage('examples/README.md');
const { text: readMe } = readPage('README.md');

const Note = z.object({
	name: z.string(),
	position: z.tuple([z.number(), z.number()]),
	parameters: z.object({ width: z.number(), height: z.number(), content: z.string() }),
});
type Note = z.infer<typeof Note>;

const Place = z.object({
	position: z.tuple([z.number(), z.number()]),
	parameters: z.object({ width: z.number().optional(), height: z.number().optional() }),
});
type Place = z.infer<typeof Place>;

/** Of a node that is not a note, in pixels. */
const NODE_SIZE = 96;

/** n8n fits a canvas of this size into a window of 1440 × 900 with text of 10 pixels or more. */
const LARGEST = { width: 1600, height: 900 };

/** Whether two notes share a part of the canvas. */
function lieOverEachOther(one: Note, other: Note): boolean {
	const isBefore = (first: Note, second: Note, axis: 0 | 1, size: 'height' | 'width') =>
		first.position[axis] + first.parameters[size] <= second.position[axis];
	const isBeside = (axis: 0 | 1, size: 'height' | 'width') =>
		isBefore(one, other, axis, size) || isBefore(other, one, axis, size);
	return !isBeside(0, 'width') && !isBeside(1, 'height');
}

const Pinned = z.record(z.array(z.object({ json: z.record(z.unknown()) }))).default({});
const Outputs = z.object({ main: z.array(z.array(z.unknown())) }).partial();

describe.each(names)('%s', async (name) => {
	const { name: title, nodes, connections, ...rest } = await readWorkflow(path.join(folder, name));
	const pinned = Pinned.parse(rest['pinData']);
	const samples = (node: string) => (pinned[node] ?? []).map(({ json }) => json);
	const notes = nodes
		.filter(({ type }) => type === 'n8n-nodes-base.stickyNote')
		.map((node) => Note.parse(node));

	it('is on the page of the examples, with a picture of its canvas', () => {
		const picture = `docs/images/example-${name.replace('.json', '.png')}`;
		expect(page).toContain(`(${name})`);
		expect(page).toContain(`(../${picture})`);
		expect(existsSync(path.join(repository, picture))).toBe(true);
	});

	it('has the same name in n8n, in its file and on both pages', () => {
		expect(`${title.toLowerCase().replaceAll(' ', '-')}.json`).toBe(name);
		expect(page).toContain(`\n## ${title}\n`);
		expect(page).toContain(`\n| [${title}](#`);
		expect(readMe).toContain(`\n| [${title}](examples/README.md#`);
		expect(notes[0]?.parameters.content).toMatch(new RegExp(`^## ${title}\n`));
	});

	it('is small enough that its notes can be read as it opens', () => {
		const points = nodes.map((node) => Place.parse(node));
		const right = ({ position: [x], parameters: { width = NODE_SIZE } }: Place) => x + width;
		const bottom = ({ position: [, y], parameters: { height = NODE_SIZE } }: Place) => y + height;
		const width =
			Math.max(...points.map(right)) - Math.min(...points.map(({ position }) => position[0]));
		const height =
			Math.max(...points.map(bottom)) - Math.min(...points.map(({ position }) => position[1]));
		expect(width).toBeLessThanOrEqual(LARGEST.width);
		expect(height).toBeLessThanOrEqual(LARGEST.height);
	});

	it('explains itself in a note', () => {
		expect(notes.filter((note) => note.name === 'Read me')).toHaveLength(1);
	});

	it('carries nobody’s credentials, and no code', () => {
		const ids = nodes.flatMap(({ credentials = {} }) =>
			Object.values(credentials).map(({ id }) => id),
		);
		expect(ids.filter((id) => id !== '')).toEqual([]);
		expect(nodes.filter(({ type }) => /\.(code|function|functionItem)$/.test(type))).toEqual([]);
	});

	it('shows the fields of a Motive Trigger before its first event, as the trigger puts them out', () => {
		const triggers = nodes.filter(({ type }) => type === 'n8n-nodes-motive.motiveTrigger');
		for (const trigger of triggers) {
			const [{ event, ...record } = { event: undefined }, ...others] = samples(trigger.name);
			expect(others).toEqual([]);
			expect(event).toEqual(parseEvent(record));
			expect(event).toMatchObject({ type: 'hard_brake', vehicle: { number: 'T-118' } });
		}
	});

	it('leads every error output somewhere', () => {
		const withErrors = nodes.filter((node) => node['onError'] === 'continueErrorOutput');
		const led = withErrors.map((node) => {
			const { main = [] } = Outputs.parse(connections[node.name] ?? {});
			return main.length > 1 && (main.at(-1)?.length ?? 0) > 0;
		});
		expect(led).not.toContain(false);
	});

	it('has notes that do not lie over each other', () => {
		const overlaps = notes.flatMap((one, index) =>
			notes.slice(index + 1).filter((other) => lieOverEachOther(one, other)),
		);
		expect(overlaps).toEqual([]);
	});
});

it('the first picture comes first in every list', () => {
	const firstRow = /\n\| --- .*\n\| \[([^\]]+)\]/;
	expect(firstRow.exec(page)?.[1]).toBe('First picture');
	expect(firstRow.exec(readMe.slice(readMe.indexOf('| Example |')))?.[1]).toBe('First picture');
});

it('the two small alerts are the same but for their trigger', async () => {
	const behind = async (file: string) => {
		const { nodes, connections } = await readWorkflow(path.join(folder, file));
		return {
			connections,
			nodes: nodes
				.filter(({ type }) => !/trigger$|stickyNote$/i.test(type))
				.map((node) => ({ ...node, id: '', webhookId: '' })),
		};
	};
	expect(await behind('alert-without-webhook.json')).toEqual(
		await behind('alert-with-pictures.json'),
	);
});

it('an incident takes no more than ten nodes', async () => {
	const { nodes } = await readWorkflow(path.join(folder, 'incident-alert.json'));
	expect(nodes.filter(({ type }) => !type.endsWith('stickyNote')).length).toBeLessThanOrEqual(10);
});
