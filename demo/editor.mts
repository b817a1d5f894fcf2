import { once } from 'node:events';
import { access, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import axios from 'axios';
import { execa } from 'execa';
import { startSimulator, type Simulator } from '../test/simulator/simulator.mts';
import { DEMO_LOGIN, N8nClient } from './n8n/client.mts';
import { startN8n } from './n8n/server.mts';
import { readWorkflow, withCredentials } from './n8n/workflow.mts';

const PACKAGE = resolve(import.meta.dirname, '..');
const EXAMPLES = join(PACKAGE, 'examples');
/** n8n's usual port; another one is taken if it is in use. */
const PORT = 5678;
/** Its cameras never answer, so that users can see what the node does then. */
const OFFLINE_VEHICLE = 'T-122';

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.on(signal, () => {
		stopping.abort();
	});
}

try {
	await buildOnce();
	const fleet = await startFleet();
	try {
		await runEditor(fleet);
	} finally {
		await fleet.stop();
	}
} catch (error) {
	// Stopping while something is being started makes it fail, which is what was wanted.
	if (!stopping.signal.aborted) throw error;
}

async function buildOnce(): Promise<void> {
	const isBuilt = await access(join(PACKAGE, 'dist')).then(
		() => true,
		() => false,
	);
	if (!isBuilt) await execa('npm', ['run', 'build'], { cwd: PACKAGE, stdio: 'inherit' });
}

async function startFleet(): Promise<Simulator> {
	const fleet = await startSimulator();
	fleet.setLatency({ kind: 'never' }, OFFLINE_VEHICLE);
	// Something to find for "Image Capture: Get" before anything was captured from the editor.
	const body = { vehicle_id: fleet.device('T-118').id, position: 'front_facing' };
	await axios.post(`${fleet.url}/v1/image_captures`, body, { headers: { 'x-api-key': fleet.apiKey }, proxy: false });
	return fleet;
}

/** Runs n8n until this process is told to end. */
async function runEditor(fleet: Simulator): Promise<void> {
	const userFolder = await mkdtemp(join(tmpdir(), 'n8n-nodes-motive-'));
	try {
		console.log('Starting n8n ...');
		const n8n = await startN8n({ userFolder, packageDir: PACKAGE, port: PORT, signal: stopping.signal });
		try {
			await fill(n8n.url, fleet);
			console.log(`
n8n with the Motive node and a simulated fleet:

  ${n8n.url}
  Email     ${DEMO_LOGIN.email}
  Password  ${DEMO_LOGIN.password}

The example workflows are in it, with a credential for the simulated fleet.
Request ID ${String(fleet.captures[0]?.requestId)} (dashcam) is there to be fetched; vehicle ${OFFLINE_VEHICLE} is offline.
Ctrl-C ends everything, and nothing is kept.`);
			if (!stopping.signal.aborted) await once(stopping.signal, 'abort');
		} finally {
			await n8n.stop();
		}
	} finally {
		await rm(userFolder, { recursive: true, force: true });
	}
}

/** Gives a fresh n8n its owner, a working credential and the example workflows. */
async function fill(url: string, fleet: Simulator): Promise<void> {
	const client = await N8nClient.connect(url);
	const data = { apiKey: fleet.apiKey, baseUrl: fleet.url };
	const credential = await client.createCredential('Motive (simulated fleet)', 'motiveApi', data);
	const { ok, message } = await client.testCredential(credential);
	if (!ok) throw new Error(`The credential for the simulated fleet does not work: ${message}`);
	const files = (await readdir(EXAMPLES)).filter((name) => name.endsWith('.json')).sort();
	for (const file of files) {
		await client.createWorkflow(withCredentials(await readWorkflow(join(EXAMPLES, file)), [credential]));
	}
}
