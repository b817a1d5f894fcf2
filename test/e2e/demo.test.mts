import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEditorPage } from '../n8n/browser.mts';
import { withDemo, type Demo } from '../n8n/demo.mts';
import { errorOf, type Execution } from '../n8n/execution.mts';

const EXAMPLES = readdirSync(resolve(import.meta.dirname, '../../examples')).filter((name) =>
	name.endsWith('.json'),
);
/** The example that takes what the button sends. */
const PUBLISHED = 'incident-alert.json';
/** For one execution, on a busy machine. */
const PATIENCE = { timeout: 120_000, interval: 200 };

let demo: Demo;
let end: () => void;
let ended: Promise<void>;
let editor: Page;
let closeBrowser: () => Promise<void>;

beforeAll(async () => {
	demo = await new Promise<Demo>((started, failed) => {
		ended = withDemo({}, async (running) => {
			started(running);
			await new Promise<void>((stop) => (end = stop));
		});
		ended.catch(failed);
	});
	demo.fleet.setLatency({ kind: 'constant', ms: 300 });
	({ page: editor, close: closeBrowser } = await openEditorPage(demo.url));
});
afterAll(async () => {
	await closeBrowser();
	end();
	await ended;
});

const workflowIdOf = (file: string) =>
	demo.examples.find((example) => example.file === file)?.workflowId ?? '';

/** Does what starts a workflow, and waits for the execution that comes of it. */
async function executed(workflowId: string, start: () => Promise<void>): Promise<Execution> {
	const before = await demo.client.executions(workflowId);
	await start();
	const isNew = ({ id }: Execution) => !before.some((one) => one.id === id);
	await expect
		.poll(async () => (await demo.client.executions(workflowId)).filter(isNew).length, PATIENCE)
		.toBe(1);
	const execution = (await demo.client.executions(workflowId)).find(isNew);
	if (!execution) throw new Error('There was an execution, and now there is none');
	return execution;
}

/** Opens a page other than n8n's in a window of its own. */
async function open(url: string): Promise<Page> {
	const browser = editor.context().browser();
	if (!browser) throw new Error('The browser is gone');
	const page = await browser.newPage();
	await page.goto(url);
	return page;
}

describe('an example in the editor', () => {
	it.each(EXAMPLES)('is executed by one click: %s', async (file) => {
		const workflowId = workflowIdOf(file);
		await editor.goto(`/workflow/${workflowId}`);
		const button = editor.getByTestId('execute-workflow-button');
		const execution = await executed(workflowId, async () => await button.click());
		expect(errorOf(execution)).toBeUndefined();
		expect(execution.status).toBe('success');
		await editor.getByText('Workflow executed successfully').waitFor();
		expect(demo.outside.proxy.refused).toEqual([]);
	});
});

it('answers in the chat what it is asked there, and not the sample question', async () => {
	const workflowId = workflowIdOf('camera-agent.json');
	await editor.goto(`/workflow/${workflowId}`);
	await editor.getByTestId('workflow-chat-button').click();
	const { status } = await executed(workflowId, async () => {
		await editor.locator('textarea:visible').fill('What is behind T-119?');
		await editor.keyboard.press('Enter');
	});
	expect(status).toBe('success');
	expect(demo.fleet.captures.at(-1)).toMatchObject({ position: 'rear', device: { name: 'T-119' } });
	await editor.locator('[data-test-id="canvas-chat"] img, .chat-message img').first().waitFor();
});

describe('the page of what was received', () => {
	it('shows everything that the examples sent, with its pictures', async () => {
		const page = await open(demo.receivedUrl);
		const { slack, mailbox, storage } = demo.outside;
		const text = await page.locator('main').innerText();
		const files = [...slack.files.map(({ name }) => name), ...(await storage.names())];
		for (const name of files) expect(text).toContain(name);
		for (const { subject = '' } of mailbox.mails) expect(text).toContain(subject);
		const widths = await page.evaluate<number[]>(
			'Promise.all(Array.from(document.images, (image) => image.decode().then(() => image.naturalWidth)))',
		);
		const pictures = files.filter((name) => name.endsWith('.jpg'));
		expect(pictures.length).toBeGreaterThan(0);
		expect(widths.length).toBeGreaterThanOrEqual(pictures.length);
		expect(new Set(widths)).toEqual(new Set([1280]));
		await page.close();
	});

	it('shows what comes while it is open', async () => {
		const page = await open(demo.receivedUrl);
		demo.outside.slack.messages.push({ channel: 'any', ts: '1783015200.1', text: 'Just now' });
		await page.getByText('Just now').waitFor();
		await page.close();
	});
});

describe('the button of the simulated Motive', () => {
	it('has the published example take a hard brake of T-118', async () => {
		const page = await open(demo.fleet.url);
		const press = async () => {
			await page.getByRole('button', { name: 'Hard brake on T-118' }).click();
			await page.getByText('which took it (HTTP 200)').waitFor();
		};
		const mails = demo.outside.mailbox.mails.length;
		const { status } = await executed(workflowIdOf(PUBLISHED), press);
		expect(status).toBe('success');
		expect(demo.outside.mailbox.mails).toHaveLength(mails + 1);
		await page.close();
	});

	it('says in words that nobody listens, once the example is not published any more', async () => {
		await demo.client.deactivate(workflowIdOf(PUBLISHED));
		const page = await open(demo.fleet.url);
		await page.getByRole('button', { name: 'Hard brake on T-118' }).click();
		await page.getByText('no webhook is registered for safety events').waitFor();
		await page.close();
	});
});
