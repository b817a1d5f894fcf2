import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Source of a small node: fetches `={{ $json.path }}` and does what its parameters say. */
const node = `
const { sleep, NodeOperationError } = require('n8n-workflow');
exports.Fixture = class Fixture {
	description = {
		name: 'fixture', displayName: 'Fixture', description: 'For tests', group: ['transform'], version: 1,
		defaults: { name: 'Fixture' }, inputs: ['main'], outputs: ['main'], usableAsTool: true,
		credentials: [{ name: 'fixtureApi', required: true }],
		properties: [
			{ displayName: 'Path', name: 'path', type: 'string', default: '/' },
			{ displayName: 'Sleep', name: 'sleep', type: 'number', default: 0 },
			{ displayName: 'Fail', name: 'fail', type: 'number', default: 0 },
			{ displayName: 'Download', name: 'download', type: 'boolean', default: false },
		],
	};
	methods = { listSearch: { async search(filter, paginationToken) {
		const { baseUrl } = await this.getCredentials('fixtureApi');
		const url = baseUrl + '/search';
		const body = await this.helpers.httpRequestWithAuthentication.call(this, 'fixtureApi', { url, json: true });
		return { results: [{ name: filter + ' ' + body.key, value: paginationToken }] };
	} } };
	async execute() {
		const memory = this.getContext('node');
		memory.tries = (memory.tries ?? 0) + 1;
		const out = [];
		for (let item = 0; item < this.getInputData().length; item++) {
			await sleep(this.getNodeParameter('sleep', item), this.getExecutionCancelSignal());
			if (memory.tries <= this.getNodeParameter('fail', item)) {
				const error = new NodeOperationError(this.getNode(), 'Try ' + memory.tries, { description: 'Again' });
				if (!this.continueOnFail()) throw error;
				out.push({ json: { error: error.message }, pairedItem: { item } });
				continue;
			}
			const { baseUrl } = await this.getCredentials('fixtureApi');
			const url = baseUrl + this.getNodeParameter('path', item);
			const json = await this.helpers.httpRequestWithAuthentication.call(this, 'fixtureApi', { url, json: true });
			const binary = this.getNodeParameter('download', item)
				? { data: await this.helpers.prepareBinaryData(
						await this.helpers.httpRequest({ url, encoding: 'stream' }), 'answer.json', 'application/json') }
				: undefined;
			this.addExecutionHints({ message: 'Fetched' });
			out.push({ json: { ...json, tries: memory.tries }, binary, pairedItem: { item } });
		}
		return [out];
	}
};`;

const credential = `
exports.FixtureApi = class FixtureApi {
	name = 'fixtureApi';
	displayName = 'Fixture API';
	properties = [
		{ displayName: 'Key', name: 'key', type: 'string', default: '' },
		{ displayName: 'Suffix', name: 'suffix', type: 'string', default: 'default' },
		{ displayName: 'Base URL', name: 'baseUrl', type: 'string', default: '' },
	];
	authenticate = {
		type: 'generic',
		properties: { headers: { 'x-key': '={{ $credentials.key }}-{{ $credentials.suffix }}' } },
	};
};`;

/** Writes a package with one node and one credential type into a folder that `dispose` removes. */
export async function createFixturePackage() {
	// Inside the repository, so that the node finds n8n-workflow.
	const cache = path.resolve(import.meta.dirname, '../../../.cache');
	await mkdir(cache, { recursive: true });
	const folder = await mkdtemp(path.join(cache, 'fixture-'));
	const manifest = {
		name: 'n8n-nodes-fixture',
		version: '1.0.0',
		n8n: { nodes: ['Fixture.node.js'], credentials: ['FixtureApi.credentials.js'] },
	};
	await writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest));
	await writeFile(path.join(folder, 'Fixture.node.js'), node);
	await writeFile(path.join(folder, 'FixtureApi.credentials.js'), credential);
	return { folder, dispose: () => rm(folder, { recursive: true }) };
}
