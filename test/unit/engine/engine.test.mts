import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createCredentialsHelper } from '../../engine/credentials.mts';
import { startEngine, type Engine } from '../../engine/engine.mts';
import { inVirtualTime } from '../../engine/virtualTime.mts';
import { createFixturePackage } from './fixture.mts';

const secret = 'k3y-of-the-fixture';

/** Answers with the path and the key of the request, and fails if the path says so. */
const server = createServer((request, response) => {
	response.statusCode = request.url === '/missing' ? 404 : 200;
	response.setHeader('content-type', 'application/json');
	response.end(JSON.stringify({ path: request.url, key: String(request.headers['x-key']).length }));
});

let engine: Engine;
let fixture: Awaited<ReturnType<typeof createFixturePackage>>;

beforeAll(async () => {
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	fixture = await createFixturePackage();
	const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	engine = await startEngine({
		packageFolder: fixture.folder,
		nodeType: 'n8n-nodes-fixture.fixture',
		credentials: { fixtureApi: { key: secret, baseUrl } },
	});
});

afterAll(async () => {
	server.close();
	await fixture.dispose();
});

describe('engine', () => {
	it('runs a node with expressions, credentials, HTTP, files and hints', async () => {
		const run = await engine.runNode({
			parameters: { path: '={{ $json.where }}', download: true },
			items: [{ json: { where: '/a' } }, { json: { where: '/b' } }],
		});
		expect(run.error).toBeUndefined();
		expect(run.status).toBe('success');
		const key = `${secret}-default`.length;
		expect(run.items.map(({ json }) => json)).toEqual([
			{ path: '/a', key, tries: 1 },
			{ path: '/b', key, tries: 1 },
		]);
		expect(run.items[1]?.pairedItem).toEqual({ item: 1 });
		expect(run.items[1]?.binary?.['data']?.fileName).toBe('answer.json');
		expect((await run.file(run.items[1]?.binary?.['data'])).toString()).toContain('"/b"');
		expect(run.hints).toMatchObject([{ message: 'Fetched' }, { message: 'Fetched' }]);
		expect(run.stored).toContain('"/a"');
		expect(run.stored).not.toContain(secret);
	});

	it('tells the error of a failed node', async () => {
		const run = await engine.runNode({ parameters: { path: '/missing' } });
		expect(run.status).toBe('error');
		expect(run.error?.httpCode).toBe('404');
	});

	it('retries on the virtual clock, with the context of the node kept', async () => {
		const { run, elapsed } = await inVirtualTime(async (time) => ({
			run: await engine.runNode({
				parameters: { fail: 2 },
				node: { retryOnFail: true, maxTries: 3, waitBetweenTries: 5_000 },
			}),
			elapsed: time.elapsed(),
		}));
		expect(run.items[0]?.json['tries']).toBe(3);
		expect(elapsed).toBe(10_000);
	});

	it('goes on after a failure, on the regular output or on the error output', async () => {
		const parameters = { fail: 1 };
		const regular = await engine.runNode({
			parameters,
			node: { onError: 'continueRegularOutput' },
		});
		expect(regular.status).toBe('success');
		expect(regular.items[0]?.json).toEqual({ error: 'Try 1' });
		const split = await engine.runNode({ parameters, node: { onError: 'continueErrorOutput' } });
		expect(split.outputs.map((items) => items.length)).toEqual([0, 1]);
	});

	it('stops a running node', async () => {
		const { run, elapsed } = await inVirtualTime(async (time) => ({
			run: await engine.runNode({ parameters: { sleep: 3_600_000 }, cancelAfter: 7_000 }),
			elapsed: time.elapsed(),
		}));
		expect(run.status).toBe('canceled');
		expect(elapsed).toBe(7_000);
	});

	it('runs a workflow with stand-ins, and a node several times', async () => {
		const node = (name: string, type: string, parameters = {}) => ({
			...{ id: name, name, type, typeVersion: 1, parameters },
			position: [0, 0] as [number, number],
		});
		const to = (name: string) => ({ node: name, type: 'main' as const, index: 0 });
		const run = await engine.runWorkflow(
			{
				nodes: [
					node('Trigger', 'n8n-nodes-base.manualTrigger'),
					node('Read me', 'n8n-nodes-base.stickyNote'),
					node('Left', 'n8n-nodes-base.noOp'),
					node('Right', 'n8n-nodes-base.noOp'),
					node('Fetch', 'n8n-nodes-fixture.fixture', { path: '={{ $json.where }}' }),
					node('Tell', 'n8n-nodes-base.slack', {}),
				],
				connections: {
					Trigger: { main: [[to('Left'), to('Right')]] },
					Left: { main: [[to('Fetch')]] },
					Right: { main: [[to('Fetch')]] },
					Fetch: { main: [[to('Tell')]] },
				},
			},
			{
				items: [{ json: { where: '/x' } }],
				standIns: {
					'n8n-nodes-base.slack': (items) => [items.map(({ json }) => ({ json: { told: json } }))],
				},
			},
		);
		expect(run.error).toBeUndefined();
		expect(run.runs('Fetch').map(({ items }) => items[0]?.json['tries'])).toEqual([1, 2]);
		expect(run.items[0]?.json).toMatchObject({ told: { path: '/x' } });
	});

	it('lets an agent use the node as a tool', async () => {
		const parameters = { path: "={{ $fromAI('path', 'Where', 'string') }}" };
		const answer = await engine.runTool({ parameters, args: { path: '/tool' } });
		expect(JSON.parse(answer)).toMatchObject([{ path: '/tool' }]);
	});

	it('searches lists as the editor does', async () => {
		const found = await engine.listSearch('search', {
			parameters: {},
			filter: 'truck',
			paginationToken: '2',
		});
		expect(found.results).toEqual([{ name: `truck ${`${secret}-default`.length}`, value: '2' }]);
	});
});

describe('credentials', () => {
	it('know types that extend n8n’s own ones, such as OAuth2', () => {
		const type = { name: 'ours', displayName: 'Ours', extends: ['oAuth2Api'], properties: [] };
		expect(createCredentialsHelper({ ours: type }, {}).getParentTypes('ours')).toEqual([
			'oAuth2Api',
		]);
	});
});
