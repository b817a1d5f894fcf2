import { describe, expect, it, onTestFinished } from 'vitest';

import * as answers from '../simulator/answers.mts';
import { startFront, startProxy } from '../simulator/fronts.mts';
import { useMotiveWorld } from './motive.mts';

const world = useMotiveWorld();
const TEST = 'GET /v1/companies';

async function testWith(changes: { apiKey?: string; baseUrl?: string } = {}) {
	const { apiKey, url: baseUrl } = world.simulator;
	return await world.engine.testCredential('motiveApi', { apiKey, baseUrl, ...changes });
}

const NOT_THE_API =
	'This is not the address of the Motive API. The Base URL usually is https://api.gomotive.com, without anything behind it.';

it('A key that Motive knows passes its test, with white space around it and the address', async () => {
	const { apiKey, url } = world.simulator;
	for (const pasted of [{}, { apiKey: ` ${apiKey}\u200b\n`, baseUrl: `\t${url}/ ` }])
		expect(await testWith(pasted)).toMatchObject({ status: 'OK' });
	expect(world.simulator.received(TEST)).toHaveLength(2);
});

describe('A Base URL that cannot be one is refused before any request', () => {
	it.each([
		['', 'is empty'],
		[' \u200b', 'is empty'],
		['api.gomotive.com', 'is not a web address: https:// is missing in front'],
		['ftp://api.gomotive.com', 'is not a web address'],
		['https://api.gomotive.com/v1', 'has “/v1” too much at its end'],
		['https://api.gomotive.com/v1/image_captures', 'has “/v1/image_captures” too much at its end'],
		['https://api.gomotive.com?key=1', 'is more than the address of the API'],
	])('“%s”', async (baseUrl, mistake) => {
		expect(await testWith({ baseUrl })).toEqual({
			status: 'Error',
			message: expect.stringContaining(
				`The Base URL ${mistake}. It usually is https://api.gomotive.com.`,
			) as string,
		});
	});
});

it('A key that cannot be one is refused before any request', async () => {
	const advice = 'Keys are made in the Motive Dashboard under Admin → Developers.';
	expect((await testWith({ apiKey: ' ' })).message).toBe(`The API Key is empty. ${advice}`);
	expect((await testWith({ apiKey: 'kéy' })).message).toBe(
		`The API Key has characters that no key has. ${advice}`,
	);
	expect(world.simulator.requests).toEqual([]);
});

it('A key that Motive does not know is named as that', async () => {
	expect(await testWith({ apiKey: 'wrong' })).toEqual({
		status: 'Error',
		message:
			'Motive does not know this API key: it may be mistyped, switched off, or of another company.',
	});
});

describe('What is not the API is named as that', () => {
	it.each([
		['a web page', answers.html(200)],
		['a web page that is not there', answers.html(404)],
		['an API without this path', answers.error(404)],
		['nothing', { status: 200, headers: {}, body: '' }],
		['plain text', answers.text(200, 'OK')],
	])('%s', async (_, answer) => {
		world.simulator.faults.add({ on: TEST, answer });
		expect(await testWith()).toEqual({ status: 'Error', message: NOT_THE_API });
	});

	it('a redirect, which is not followed: it would carry the key to another host', async () => {
		const elsewhere = await startFront('plain');
		onTestFinished(() => elsewhere.stop());
		world.simulator.faults.add({ on: TEST, answer: answers.redirect(elsewhere.url) });
		expect(await testWith()).toEqual({ status: 'Error', message: NOT_THE_API });
		expect(elsewhere.connections).toBe(0);
	});
});

describe('The test says why Motive could not be asked:', () => {
	it('no such host', async () => {
		const { message } = await testWith({ baseUrl: 'https://api.motive.invalid' });
		expect(message).toMatch(/^No server with this name could be found: \w+ .* Check the Base URL/);
	});

	it.each([
		['untrusted', 'n8n does not trust the certificate of the server'],
		['plain', 'No secure connection to the server could be made'],
		['closed', 'The server refused the connection'],
	] as const)('the front is %s', async (kind, reason) => {
		const front = await startFront(kind);
		onTestFinished(() => front.stop());
		const { status, message } = await testWith({ baseUrl: front.url });
		expect(status).toBe('Error');
		expect(message).toMatch(new RegExp(`^${reason}: \\w+ .*Check the Base URL`));
	});

	it('a proxy wants a password', async () => {
		const proxy = await startProxy(407);
		process.env['HTTPS_PROXY'] = proxy.url;
		onTestFinished(() => {
			delete process.env['HTTPS_PROXY'];
			proxy.stop();
		});
		const { message } = await testWith({ baseUrl: 'https://api.gomotive.example' });
		expect(message).toContain('The proxy that n8n uses wants a user name and a password');
	});

	it.each([
		[answers.error(503), 'Motive could not answer (HTTP 503, test of the connection)'],
		[answers.error(403, 'not for you'), 'Motive does not allow this (test of the connection)'],
		[answers.json({ error: 'no such company' }), 'no such company'],
	])('%j', async (answer, words) => {
		world.simulator.faults.add({ on: TEST, answer });
		const { status, message } = await testWith();
		expect(status).toBe('Error');
		expect(message).toContain(words);
	});
});

it('No message of the test has the key', async () => {
	const words = `the key ${world.simulator.apiKey} is not for you`;
	world.simulator.faults.add({ on: TEST, answer: answers.error(403, words) });
	const { message } = await testWith();
	expect(message).toContain('is not for you');
	expect(message).not.toContain(world.simulator.apiKey);
});
