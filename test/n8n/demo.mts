import { access, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import axios from 'axios';
import { execa } from 'execa';
import getPort from 'get-port';
import { simpleModel } from '../e2e/outside/model.mts';
import { startReceivedPage } from '../e2e/outside/page.mts';
import { startOutside, type Outside } from '../e2e/outside/world.mts';
import { failed } from '../simulator/answers.mts';
import type { Simulator } from '../simulator/simulator.mts';
import { N8nClient } from './client.mts';
import { ensureN8n } from './install.mts';
import { withLock } from './lock.mts';
import { forOneClick } from './oneClick.mts';
import { startN8n } from './server.mts';
import { readWorkflow, withCredentials, type StoredCredential } from './workflow.mts';

const PACKAGE = resolve(import.meta.dirname, '../..');
const EXAMPLES = join(PACKAGE, 'examples');

/** Where the list of workflows begins. */
const FIRST_EXAMPLE = 'first-picture.json';
/** The example that is published, so that the button of the simulated Motive has somebody who listens. */
const PUBLISHED_EXAMPLE = 'incident-alert.json';

/** Vehicle of the simulated fleet whose cameras take no pictures, so that users can see what the node does then. */
export const BROKEN_VEHICLE = 'T-122';

const POLL = 'GET /v1/image_captures/:camera_type/:request_id';

/** Names of the credentials, by their type. */
const CREDENTIAL_NAMES: Readonly<Record<string, string>> = {
	motiveApi: 'Motive (simulated fleet)',
	slackApi: 'Slack (simulated)',
	smtp: 'Mail (simulated)',
	s3: 'Storage (simulated)',
	openAiApi: 'OpenAI (simulated)',
};

/** An example in the demo's n8n. */
export interface ImportedExample {
	/** Name of its file. */
	file: string;
	workflowId: string;
}

/** A whole n8n for trying out: the package, the example workflows, and everything that these talk to, simulated. */
export interface Demo {
	/** Address of the editor; `DEMO_LOGIN` gets in. */
	url: string;
	/** Address of a page that shows what the workflows have sent. */
	receivedUrl: string;
	client: N8nClient;
	/** One of each type that the examples need. */
	credentials: readonly StoredCredential[];
	/** The one for the simulated fleet. */
	credential: StoredCredential;
	/** Each can be executed by one click. */
	examples: readonly ImportedExample[];
	outside: Outside;
	fleet: Simulator;
	/** ID of an image capture of T-118's dashcam, made so that there is one to fetch. */
	requestId: number;
}

/** How a demo is started. */
export interface DemoOptions {
	/** Preferred port of the editor. */
	port?: number;
	/** Ends n8n, also while it is being installed or starting. */
	signal?: AbortSignal;
}

/** Starts a demo, hands it to `use`, and takes everything down again when that is done; nothing is kept. */
export async function withDemo(
	{ port: wantedPort, ...options }: DemoOptions,
	use: (demo: Demo) => Promise<void>,
): Promise<void> {
	await ensureN8n(undefined, options);
	await buildOnce();
	const userFolder = await mkdtemp(join(tmpdir(), 'n8n-nodes-motive-'));
	const outside = await startOutside({ isMotiveLocal: true });
	outside.openAi.reply = simpleModel();
	const fleet = outside.motive;
	try {
		const port = await getPort({
			host: '127.0.0.1',
			...(wantedPort !== undefined && { port: wantedPort }),
		});
		const env = {
			...outside.proxy.env,
			// The Motive Trigger registers only an address that is not of this machine.
			WEBHOOK_URL: `http://n8n.fleet.example:${String(port)}/`,
			EXTERNAL_HOOK_FILES: join(import.meta.dirname, 'localAddress.cjs'),
			N8N_LOCAL_ADDRESS: `http://127.0.0.1:${String(port)}/`,
		};
		const n8n = await startN8n({ ...options, port, env, userFolder, packageDir: PACKAGE });
		const page = await startReceivedPage(outside, n8n.url);
		try {
			const client = await N8nClient.connect(n8n.url);
			const credentials = await createCredentials(client, outside);
			const credential = await testedMotive(client, credentials);
			const requestId = await startCapture(fleet);
			const examples = await importExamples(client, credentials, fleet);
			fleet.faults.add({ on: POLL, device: BROKEN_VEHICLE, answer: failed() });
			const { url: receivedUrl } = page;
			await use({
				url: n8n.url,
				receivedUrl,
				client,
				credentials,
				credential,
				examples,
				outside,
				fleet,
				requestId,
			});
		} finally {
			await page.stop();
			await n8n.stop();
		}
	} finally {
		await outside.stop();
		await rm(userFolder, { recursive: true, force: true });
	}
}

async function buildOnce(): Promise<void> {
	await withLock(join(PACKAGE, '.cache/build.lock'), async () => {
		const isBuilt = await access(join(PACKAGE, 'dist')).then(
			() => true,
			() => false,
		);
		if (!isBuilt) await execa('npm', ['run', 'build'], { cwd: PACKAGE, stdio: 'inherit' });
	});
}

async function createCredentials(client: N8nClient, outside: Outside): Promise<StoredCredential[]> {
	const created = Object.entries(outside.credentials).map(
		async ([type, data]) =>
			await client.createCredential(CREDENTIAL_NAMES[type] ?? type, type, data),
	);
	return await Promise.all(created);
}

async function testedMotive(
	client: N8nClient,
	credentials: readonly StoredCredential[],
): Promise<StoredCredential> {
	const credential = credentials.find(({ type }) => type === 'motiveApi');
	if (!credential) throw new Error('There is no credential for the simulated fleet');
	const { ok, message } = await client.testCredential(credential);
	if (!ok) throw new Error(`The credential for the simulated fleet does not work: ${message}`);
	return credential;
}

/** Imports the examples. n8n lists the newest first. */
async function importExamples(
	client: N8nClient,
	credentials: readonly StoredCredential[],
	fleet: Simulator,
): Promise<ImportedExample[]> {
	const files = (await readdir(EXAMPLES)).filter((name) => name.endsWith('.json'));
	const rank = (file: string) => (file === FIRST_EXAMPLE ? '' : file);
	const imported: ImportedExample[] = [];
	for (const file of files.sort((one, other) => rank(other).localeCompare(rank(one)))) {
		const workflow = withCredentials(await readWorkflow(join(EXAMPLES, file)), credentials);
		const workflowId = await client.createWorkflow(forOneClick(workflow, fleet.device('T-118')));
		if (file === PUBLISHED_EXAMPLE) await client.activate(workflowId);
		imported.unshift({ file, workflowId });
	}
	return imported;
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
