import type { INodeParameters } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';

import type { Run } from '../engine/run.mts';
import * as answers from '../simulator/answers.mts';
import type { Fault } from '../simulator/faults.mts';
import { from, IMAGE, LOOKUP, POLL, POST, useMotiveWorld, vehicleByNumber } from './motive.mts';

const apiKey = 'a-key-that-must-not-be-seen';
const signature = 'X-Amz-Signature';

const world = useMotiveWorld({ apiKey, latency: { kind: 'constant', ms: 1_000 } });

/** The execution as the database holds it, and as the user sees it. */
function everythingIn({ stored, hints, error, items }: Run): string {
	return [stored, JSON.stringify({ hints, error, items })].join('\n');
}

/** The same without the one place where the link to the image may be. */
function everythingButItems({ stored, hints, error }: Run): string {
	const entries = JSON.parse(stored) as unknown[];
	const texts = entries.filter((entry) => typeof entry === 'string' && !/^https?:/.test(entry));
	return JSON.stringify([texts, hints, error]);
}

const link = `https://bucket.example/1.jpg?${signature}=abc`;

const failures: Array<{
	when: string;
	fault: Fault;
	parameters?: INodeParameters;
	operation?: string;
}> = [
	{
		when: 'Motive quotes the key',
		fault: { on: POST, answer: answers.error(401, `the key ${apiKey} is not known`) },
	},
	{
		when: 'a page quotes the key',
		fault: { on: POST, answer: answers.text(403, `<p>X-Api-Key: ${apiKey}</p>`) },
	},
	{
		when: 'Motive quotes the key in a field',
		fault: { on: POST, answer: { status: 422, body: { errors: [{ message: apiKey }] } } },
	},
	{
		when: 'Motive quotes a link',
		fault: { on: POST, answer: answers.error(422, `cannot store at ${link}`) },
	},
	{ when: 'Motive fails', fault: { on: POLL, answer: answers.error(500, `${apiKey} ${link}`) } },
	{ when: 'the connection breaks', fault: { on: POST, connection: 'reset' } },
	{ when: 'the API redirects', fault: { on: POST, answer: answers.redirect(link) } },
	{
		when: 'the answer is not readable',
		fault: { on: POST, answer: answers.text(200, `${apiKey} ${link}`) },
	},
	{
		when: 'a number cannot be looked up',
		fault: { on: LOOKUP, answer: answers.error(400, apiKey) },
		parameters: { vehicleId: vehicleByNumber('T-118') },
	},
	{
		when: 'the image host refuses',
		fault: { on: IMAGE, answer: answers.text(403, `<Resource>${link}</Resource>`) },
	},
	{ when: 'the image host breaks off', fault: { on: IMAGE, connection: 'cut' } },
	{ when: 'the image host resets', fault: { on: IMAGE, connection: 'reset' } },
	{
		when: 'the image host redirects to nowhere',
		fault: { on: IMAGE, answer: answers.redirect(`http://127.0.0.1:9/?${signature}=1`) },
	},
	{
		when: 'the image host redirects in circles',
		fault: { on: IMAGE, answer: answers.redirect(`/?${signature}=1`) },
	},
	{ when: 'the picture is none', fault: { on: IMAGE, answer: answers.html(200) } },
	{
		when: 'the time is up',
		fault: {
			on: POLL,
			answer: answers.onceReady(answers.fields({ status: 'pending', images: {}, log: link })),
		},
	},
];

describe('No secret is in a failed execution', () => {
	it.each(failures)('when $when', async ({ fault, parameters = {} }) => {
		world.simulator.faults.add(fault);
		const run = await world.run('capture', {
			...from('T-118'),
			...parameters,
			options: { timeout: 20 },
		});
		expect(run.error).toBeDefined();
		expect(everythingIn(run)).not.toContain(apiKey);
		expect(everythingIn(run)).not.toContain(signature);
	});

	it.each(failures)(
		'when $when and the item goes on as an error',
		async ({ fault, parameters = {} }) => {
			world.simulator.faults.add(fault);
			const run = await world.run(
				'capture',
				{ ...from('T-118'), ...parameters, options: { timeout: 20 } },
				{ node: { onError: 'continueRegularOutput' } },
			);
			expect(Object.keys(run.items[0]?.json ?? {})).toEqual(['error']);
			expect(everythingIn(run)).not.toContain(apiKey);
			expect(everythingIn(run)).not.toContain(signature);
		},
	);
});

describe('In an execution that succeeds', () => {
	it('there is no key', async () => {
		const run = await world.run('capture', from('T-118'));
		expect(run.status).toBe('success');
		expect(everythingIn(run)).not.toContain(apiKey);
	});

	it('there is no signature when the link is not wanted', async () => {
		const run = await world.run('capture', { ...from('T-118'), options: { includeUrl: false } });
		expect(run.status).toBe('success');
		expect(everythingIn(run)).not.toContain(signature);
	});

	it('a link in any other field is left out as well when it is not wanted', async () => {
		world.simulator.faults.add({
			on: POLL,
			answer: answers.fields({ thumbnails: [{ href: link }], note: `see ${link}` }),
		});
		const run = await world.run('capture', { ...from('T-118'), options: { includeUrl: false } });
		expect(run.status).toBe('success');
		expect(everythingIn(run)).not.toContain(signature);
	});

	it('the link is in the item only when it is wanted', async () => {
		const run = await world.run('capture', from('T-118'));
		expect(JSON.stringify(run.items)).toContain(signature);
		expect(everythingButItems(run)).not.toContain(signature);
	});
});

it('What a retry needs to know has no link in it, also when links are wanted', async () => {
	// The first capture has a URL at once; the second one never ends, so that both are remembered.
	world.simulator.faults.add({
		on: POST,
		position: 'front_facing',
		answer: answers.fields({ status: 'success', images: { front_facing: { url: link } } }),
	});
	world.simulator.setLatency({ kind: 'never' });
	const run = await world.run('capture', {
		...from('T-118'),
		positions: ['front_facing', 'rear'],
		downloadImage: false,
		options: { timeout: 10 },
	});
	expect(run.error?.description).toContain('Request ID 90301');
	expect(run.stored).toContain('startedJobs');
	expect(run.stored).not.toContain(signature);
});
