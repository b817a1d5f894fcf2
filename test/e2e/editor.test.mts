import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEditorPage } from '../n8n/browser.mts';
import { EditorPage } from '../n8n/editorPage.mts';
import { n8nHas } from '../n8n/install.mts';
import { SEARCH_WORDS } from '../n8n/searchWords.mts';
import type { StoredCredential } from '../n8n/workflow.mts';
import * as answers from '../simulator/answers.mts';
import type { Fault } from '../simulator/faults.mts';
import { useN8n } from './world.mts';

const POST = 'POST /v1/image_captures';
const PICTURE_WIDTH = 1280;

const world = useN8n({ latency: { kind: 'constant', ms: 500 } });
let page: Page;
let close: () => Promise<void>;
let editor: EditorPage;
let credential: StoredCredential;

beforeAll(async () => {
	({ page, close } = await openEditorPage(world.url));
	editor = new EditorPage(page, world.client);
});
afterAll(async () => {
	await close();
});

/** Width of the image that is shown, in pixels; 0 until it has loaded. */
async function widthOfPicture(): Promise<number> {
	return await editor.picture.evaluate(
		(image) => (image as unknown as { naturalWidth: number }).naturalWidth,
	);
}

describe('a user of the editor', () => {
	it('finds the node by each word that people have for it', async () => {
		await editor.searchNode('motive');
		for (const word of SEARCH_WORDS.Motive) {
			await editor.searchInVain();
			await editor.searchFor(word);
		}
	});

	it('finds the node, and puts it into a workflow', async () => {
		await editor.searchNode('dashcam');
		await editor.addNode('Motive');
		expect(await editor.parameters.innerText()).toContain('Vehicle');
	});

	it('makes a credential, and reads that a wrong key does not work, and the right one does', async () => {
		await editor.newCredential();
		await editor.fillCredential('baseUrl', world.simulator.url);
		await editor.fillCredential('apiKey', 'wrong');
		await editor.saveCredential();
		await editor.credentialWindow.getByText(/Couldn.t connect with these settings/).waitFor();
		await editor.fillCredential('apiKey', world.simulator.apiKey);
		await editor.saveCredential();
		if (n8nHas('closingCredential')) {
			await editor.credentialWindow.waitFor({ state: 'hidden' });
		} else {
			await editor.credentialWindow.getByText('Connection tested successfully').waitFor();
			await editor.closeCredential();
		}
		await editor.openCredential();
		await editor.credentialWindow.getByText('Connection tested successfully').waitFor();
		await editor.closeCredential();
	});

	it('picks a vehicle and positions, and sees the pictures', async () => {
		await editor.openList();
		expect(await editor.listItems.first().innerText()).toContain('T-118');
		await editor.listItems.filter({ hasText: 'T-119' }).click();
		await editor.openChoice('positions');
		await editor.pick('Rear');
		await editor.execute();
		await editor.output.getByText('2 items').waitFor();
		expect(await editor.output.innerText()).toMatch(
			/T-119_front_facing_\d+\.jpg[^]*T-119_rear_\d+\.jpg/,
		);
		await editor.viewPicture();
		await expect.poll(widthOfPicture, { timeout: 20_000 }).toBe(PICTURE_WIDTH);
		expect(world.simulator.captures.map(({ device, position }) => [device.name, position])).toEqual(
			[
				['T-119', 'front_facing'],
				['T-119', 'rear'],
			],
		);
	});

	it('has a first picture after nine clicks at most, in the steps of the README', async () => {
		await page.addInitScript('clicks = 0; addEventListener("pointerdown", () => ++clicks, true)');
		await editor.searchNode('dashcam');
		await editor.addNode('Motive');
		await editor.openList();
		await editor.listItems.filter({ hasText: 'T-118' }).click();
		await editor.execute();
		await editor.viewPicture();
		await expect.poll(widthOfPicture, { timeout: 20_000 }).toBe(PICTURE_WIDTH);
		const clicks = await page.evaluate<number>('clicks');
		expect(clicks).toBeGreaterThan(0);
		expect(clicks).toBeLessThanOrEqual(9);
	});
});

describe('the test of a credential says what is wrong:', () => {
	const usual = 'It usually is https://api.gomotive.com.';
	const notTheApi = 'This is not the address of the Motive API';
	it.each([
		['a wrong key', () => ({ apiKey: 'wrong' }), 'Motive does not know this API key'],
		[
			'no scheme',
			() => ({ baseUrl: 'api.gomotive.com' }),
			`https:// is missing in front. ${usual}`,
		],
		['a path', () => ({ baseUrl: `${world.simulator.url}/v1` }), '“/v1” too much at its end'],
		['a web page', () => ({ baseUrl: world.url }), notTheApi],
		['no such host', () => ({ baseUrl: 'https://api.motive.invalid' }), 'No server with this name'],
		[
			'nobody there',
			() => ({ baseUrl: 'http://127.0.0.1:9' }),
			'The server refused the connection',
		],
	])('%s', async (_, wrong, message) => {
		const { apiKey, url: baseUrl } = world.simulator;
		const data = { apiKey, baseUrl, ...wrong() };
		const stored = await world.client.createCredential('Wrong', 'motiveApi', data);
		const answer = await world.client.testCredential(stored);
		expect(answer.ok).toBe(false);
		expect(answer.message).toContain(message);
	});

	it('nothing, with white space around key and address', async () => {
		const data = { apiKey: ` ${world.simulator.apiKey}\n`, baseUrl: ` ${world.simulator.url}/ ` };
		const stored = await world.client.createCredential('Right', 'motiveApi', data);
		expect(await world.client.testCredential(stored)).toMatchObject({ ok: true });
	});
});

describe('the node in the editor', () => {
	beforeAll(async () => {
		const data = { apiKey: world.simulator.apiKey, baseUrl: world.simulator.url };
		credential = await world.client.createCredential('Fleet', 'motiveApi', data);
	});

	it('shows the fields of its output before it has run, or in an older editor asks to run it', async () => {
		await editor.openNodeBehind(credential, { operation: 'capture' });
		if (n8nHas('fieldsBeforeRun')) {
			await editor.input.getByText('request_id').waitFor();
			// In no order: n8n's list reuses its rows as it is scrolled.
			const lines = (await editor.input.innerText()).split('\n');
			expect(lines).toEqual(expect.arrayContaining(['state', 'vehicle_number', 'camera_type']));
		} else {
			await editor.input.getByText('No input data yet').waitFor();
			expect(await editor.input.innerText()).not.toContain('request_id');
		}
		expect(world.simulator.requests).toEqual([]);
	});

	const T_118 = { __rl: true, mode: 'id', value: '1040021' };
	const capture = { operation: 'capture', vehicleId: T_118 };
	const cases: Array<{
		when: string;
		parameters: Record<string, unknown>;
		fault?: Fault;
		texts: string[];
	}> = [
		{
			when: 'the key is not accepted',
			parameters: capture,
			fault: { on: POST, answer: answers.error(401, 'invalid API key') },
			texts: ['Motive did not accept the credential', 'Check the API key of the credential'],
		},
		{
			when: 'taking pictures is switched off',
			parameters: capture,
			fault: { on: POST, answer: answers.error(403) },
			texts: ['Motive does not allow this', 'Admin → Safety → Cameras'],
		},
		{
			when: 'there is no such capture',
			parameters: { operation: 'get', requestId: '999999' },
			texts: ['Motive has no image capture 999999', 'Request ID and Camera Type must be the pair'],
		},
		{
			when: 'Motive refuses',
			parameters: capture,
			fault: { on: POST, answer: answers.error(422, 'camera is not active') },
			texts: ['Motive refused the', 'camera is not active'],
		},
		{
			when: 'Motive gets too many requests',
			parameters: { ...capture, options: { timeout: 3 } },
			fault: { on: POST, answer: answers.error(429) },
			texts: ['Too many requests for Motive right now', 'Raise Timeout (Seconds)'],
		},
		{
			when: 'nobody knows what came of a start',
			parameters: capture,
			fault: { on: POST, connection: 'reset', effect: true },
			texts: ['It is not known whether Motive started', 'The request is not repeated'],
		},
		{
			when: 'the picture is none',
			parameters: capture,
			fault: { on: 'GET image', answer: answers.html(200) },
			texts: ['What arrived is not a picture', 'Fetch it later with Get: Request ID'],
		},
		{
			when: 'the request ID is not a number',
			parameters: { operation: 'get', requestId: 'abc' },
			texts: ['Request ID'],
		},
		{
			when: 'there is no vehicle with this number',
			parameters: {
				operation: 'capture',
				vehicleId: { __rl: true, mode: 'number', value: 'T-000' },
			},
			texts: ['T-000'],
		},
	];

	it.each(cases)('says what to do when $when', async ({ parameters, fault, texts }) => {
		if (fault) world.simulator.faults.add(fault);
		await editor.openNode(credential, parameters);
		await editor.execute();
		const text = await editor.error();
		for (const part of texts) expect(text).toContain(part);
	});

	it('says what to do when the camera is out of reach', async () => {
		world.simulator.setLatency({ kind: 'never' });
		await editor.openNode(credential, { ...capture, options: { timeout: 3 } });
		await editor.execute();
		const text = await editor.error();
		expect(text).toContain('No picture after 3 seconds');
		const [{ requestId } = { requestId: 0 }] = world.simulator.captures;
		expect(text).toContain(
			`Fetch it later with Get: Request ID ${String(requestId)}, Camera Type Dashcam.`,
		);
	});
});

it('has the address of a webhook, and its secret, only where somebody makes it by hand', async () => {
	const { simulator, client } = world;
	const data = { apiKey: simulator.apiKey, baseUrl: simulator.url };
	const key = await client.createCredential('Motive', 'motiveApi', data);
	await editor.openTrigger(key, {});
	expect(await editor.parameters.innerText()).not.toMatch(/Webhook URL|Motive Webhook API/);
	await editor.openTrigger(key, { registration: 'manual' });
	const text = await editor.parameters.innerText();
	for (const part of [
		'Webhook URL',
		'Credential for Motive Webhook API',
		'Step 1: you make the secret',
	])
		expect(text).toContain(part);
});
