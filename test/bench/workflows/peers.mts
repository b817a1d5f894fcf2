import type { N8nClient } from '../../n8n/client.mts';
import type { StoredCredential, Workflow } from '../../n8n/workflow.mts';
import type { World } from '../worldProcess.mts';
import { items, node, TRIGGER, workflow } from './node.mts';

type Input = Parameters<typeof items>;

/** Name of the node that fetches. */
export const FETCH = 'Get';

const DOWNLOADS = 'Download';

/** What the requests of a workflow go to, and with which credential. */
export interface Peer {
	url: string;
	key: StoredCredential;
}

function request(name: string, parameters: Record<string, unknown>) {
	return node(name, 'n8n-nodes-base.httpRequest', 4.2, { options: {}, ...parameters });
}

function motiveRequest(
	name: string,
	{ id, name: keyName, type }: StoredCredential,
	parameters: Record<string, unknown>,
) {
	const authentication = { authentication: 'genericCredentialType', genericAuthType: type };
	return {
		...request(name, { ...authentication, ...parameters }),
		credentials: { [type]: { id, name: keyName } },
	};
}

/** The API key as a credential of n8n's own. */
export async function createKey(client: N8nClient, { apiKey }: World): Promise<StoredCredential> {
	return await client.createCredential('Motive key', 'httpHeaderAuth', {
		name: 'X-Api-Key',
		value: apiKey,
	});
}

function post({ url, key }: Peer) {
	return motiveRequest('Post', key, {
		method: 'POST',
		url: `${url}/v1/image_captures`,
		sendBody: true,
		specifyBody: 'json',
		jsonBody: "={{ { vehicle_id: $json.vehicle_id, position: 'front_facing' } }}",
	});
}

function get({ url, key }: Peer) {
	return motiveRequest(FETCH, key, {
		url: `=${url}/v1/image_captures/dashcam/{{ $json.request_id }}`,
	});
}

const download = () =>
	request(DOWNLOADS, {
		url: '={{ $json.images.front_facing.url }}',
		options: { response: { response: { responseFormat: 'file' } } },
	});

/** Below the download, so that pictures that are ready are fetched before the next wait. */
const wait = () => node('Wait', 'n8n-nodes-base.wait', 1.1, { amount: 5, unit: 'seconds' }, 200);

function ready() {
	const conditions = [
		{
			id: 'ready',
			leftValue: '={{ $json.status }}',
			rightValue: 'success',
			operator: { type: 'string', operation: 'equals' },
		},
	];
	const options = { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 };
	return node('Ready', 'n8n-nodes-base.if', 2.2, {
		conditions: { options, conditions, combinator: 'and' },
		options: {},
	});
}

/** What people build first: one vehicle after the other, polled every 5 s until its image is there. */
export function naiveLoop(peer: Peer, input: Input): Workflow {
	const loop = node('Loop', 'n8n-nodes-base.splitInBatches', 3, { options: {} });
	return workflow(
		'Naive loop',
		[...items(...input), loop, post(peer), wait(), get(peer), ready(), download()],
		[
			[TRIGGER, 0, 'List'],
			['List', 0, 'Items'],
			['Items', 0, 'Loop'],
			['Loop', 1, 'Post'],
			['Post', 0, 'Wait'],
			['Wait', 0, FETCH],
			[FETCH, 0, 'Ready'],
			['Ready', 0, DOWNLOADS],
			['Ready', 1, 'Wait'],
			[DOWNLOADS, 0, 'Loop'],
		],
	);
}

/** What people build who know n8n well: all vehicles together, polling those that are still pending every 5 s. */
export function batchChain(peer: Peer, input: Input): Workflow {
	return workflow(
		'Batch chain',
		[...items(...input), post(peer), wait(), get(peer), ready(), download()],
		[
			[TRIGGER, 0, 'List'],
			['List', 0, 'Items'],
			['Items', 0, 'Post'],
			['Post', 0, 'Wait'],
			['Wait', 0, FETCH],
			[FETCH, 0, 'Ready'],
			['Ready', 0, DOWNLOADS],
			['Ready', 1, 'Wait'],
		],
	);
}

/** The HTTP Request node asks once for each capture. */
export function plainGet(peer: Peer, input: Input): Workflow {
	return workflow('Plain Get', [...items(...input), get(peer)]);
}

/** Two HTTP Request nodes fetch the picture of each capture. */
export function plainDownload(peer: Peer, input: Input): Workflow {
	return workflow('Plain download', [...items(...input), get(peer), download()]);
}
