import { access, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import axios from 'axios';
import { execa } from 'execa';
import { startSimulator, type Simulator } from '../simulator/simulator.mts';
import { N8nClient } from './client.mts';
import { startN8n } from './server.mts';
import { readWorkflow, withCredentials, type StoredCredential } from './workflow.mts';

const PACKAGE = resolve(import.meta.dirname, '../..');
const EXAMPLES = join(PACKAGE, 'examples');

/** Vehicle of the simulated fleet whose cameras never answer, so that users can see what the node does then. */
export const OFFLINE_VEHICLE = 'T-122';

/** A whole n8n for trying out: the package, a simulated fleet, a credential for it and the example workflows. */
export interface Demo {
	/** Address of the editor; `DEMO_LOGIN` gets in. */
	url: string;
	client: N8nClient;
	credential: StoredCredential;
	fleet: Simulator;
	/** ID of an image capture of T-118's dashcam, made so that there is one to fetch. */
	requestId: number;
}

/** How a demo is started. */
export interface DemoOptions {
	/** Preferred port of the editor. */
	port?: number;
	/** Ends n8n, also while it is starting. */
	signal?: AbortSignal;
}

/** Starts a demo, hands it to `use`, and takes everything down again when that is done; nothing is kept. */
export async function withDemo(
	options: DemoOptions,
	use: (demo: Demo) => Promise<void>,
): Promise<void> {
	await buildOnce();
	const userFolder = await mkdtemp(join(tmpdir(), 'n8n-nodes-motive-'));
	const fleet = await startSimulator();
	try {
		const n8n = await startN8n({ ...options, userFolder, packageDir: PACKAGE });
		try {
			const client = await N8nClient.connect(n8n.url);
			const credential = await createCredential(client, fleet);
			await importExamples(client, credential);
			fleet.setLatency({ kind: 'never' }, OFFLINE_VEHICLE);
			await use({ url: n8n.url, client, credential, fleet, requestId: await startCapture(fleet) });
		} finally {
			await n8n.stop();
		}
	} finally {
		await fleet.stop();
		await rm(userFolder, { recursive: true, force: true });
	}
}

async function buildOnce(): Promise<void> {
	const isBuilt = await access(join(PACKAGE, 'dist')).then(
		() => true,
		() => false,
	);
	if (!isBuilt) await execa('npm', ['run', 'build'], { cwd: PACKAGE, stdio: 'inherit' });
}

async function createCredential(client: N8nClient, fleet: Simulator): Promise<StoredCredential> {
	const data = { apiKey: fleet.apiKey, baseUrl: fleet.url };
	const credential = await client.createCredential('Motive (simulated fleet)', 'motiveApi', data);
	const { ok, message } = await client.testCredential(credential);
	if (!ok) throw new Error(`The credential for the simulated fleet does not work: ${message}`);
	return credential;
}

async function importExamples(client: N8nClient, credential: StoredCredential): Promise<void> {
	const files = (await readdir(EXAMPLES)).filter((name) => name.endsWith('.json')).sort();
	for (const file of files) {
		await client.createWorkflow(
			withCredentials(await readWorkflow(join(EXAMPLES, file)), [credential]),
		);
	}
}

async function startCapture(fleet: Simulator): Promise<number> {
	const body = { vehicle_id: fleet.device('T-118').id, position: 'front_facing' };
	await axios.post(`${fleet.url}/v1/image_captures`, body, {
		headers: { 'x-api-key': fleet.apiKey },
		proxy: false,
	});
	const capture = fleet.captures.at(-1);
	if (!capture) throw new Error('The simulated fleet started no capture');
	return capture.requestId;
}
