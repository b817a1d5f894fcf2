/**
 * `npm start`: the node at work without an account, in under a minute. A simulated fleet, the real n8n
 * engine, real waiting; the pictures and a contact sheet end up in `demo-output`.
 */
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import axios from 'axios';

import { startEngine, type WorkflowJson } from '../test/engine/engine.mts';
import packPackage from '../test/engine/package.mts';
import { startSimulator, type Simulator } from '../test/simulator/simulator.mts';
import { contactSheet } from './start/contactSheet.mts';
import { picturesOf, savePictures, tableOf } from './start/pictures.mts';
import { withProgress } from './start/progress.mts';

const repository = path.resolve(import.meta.dirname, '..');
const output = path.join(repository, 'demo-output');
const example = 'examples/fetch-captured-image.json';

/** All five cameras, all but one, and a dashcam only. */
const vehicles = ['T-118', 'T-124', 'T-121'];

/** Half of the cameras answer within five seconds, nearly all within twelve. */
const latency = { kind: 'lognormal', median: 5_000, p95: 12_000 } as const;

/** Takes the picture that the example fetches, so that it is there already. */
async function takePictureBefore(fleet: Simulator): Promise<void> {
	const { id } = fleet.device('T-118');
	fleet.setLatency({ kind: 'constant', ms: 0 });
	await axios.post(
		`${fleet.url}/v1/image_captures`,
		{ vehicle_id: id, position: 'front_facing' },
		{ headers: { 'x-api-key': fleet.apiKey }, proxy: false },
	);
	fleet.setLatency(latency);
}

async function show(fleet: Simulator): Promise<void> {
	const engine = await startEngine({
		credentials: { motiveApi: { apiKey: fleet.apiKey, baseUrl: fleet.url } },
	});
	console.log(`A simulated fleet answers at ${fleet.url}, n8n's engine runs the packed node.`);

	console.log(`\n1. The workflow ${example} fetches a picture that was taken before.\n`);
	await takePictureBefore(fleet);
	const workflow = JSON.parse(
		await readFile(path.join(repository, example), 'utf8'),
	) as WorkflowJson;
	const fetched = await picturesOf(await engine.runWorkflow(workflow), fleet);
	console.log(tableOf(fetched));

	console.log(`\n2. One node takes new pictures with all cameras of ${vehicles.join(', ')}.\n`);
	const requestsBefore = fleet.requests.length;
	const run = await withProgress(fleet, () =>
		engine.runNode({
			items: vehicles.map((name) => ({ json: { vehicle: name } })),
			parameters: {
				resource: 'imageCapture',
				operation: 'capture',
				vehicleId: { __rl: true, mode: 'number', value: '={{ $json.vehicle }}' },
				positions: ['all'],
			},
		}),
	);
	const captured = await picturesOf(run, fleet);
	console.log(`\n${tableOf(captured)}\n`);
	for (const { message } of run.hints) console.log(`   Hint: ${message}`);

	await rm(output, { recursive: true, force: true });
	await savePictures([...fetched, ...captured], path.join(output, 'pictures'));
	const apiRequests = fleet.requests.slice(requestsBefore).filter(({ host }) => host === 'api');
	const sheet = contactSheet(captured, [
		{ value: String(captured.length), label: 'pictures' },
		{ value: String(vehicles.length), label: 'vehicles' },
		{ value: `${(run.took / 1000).toFixed(1)} s`, label: 'altogether' },
		{ value: String(apiRequests.length), label: 'API requests' },
	]);
	await writeFile(path.join(output, 'contact-sheet.html'), sheet);
	console.log(
		'\n3. Open demo-output/contact-sheet.html in a browser; the files are in demo-output/pictures.',
	);
}

try {
	await packPackage();
	const fleet = await startSimulator();
	try {
		await show(fleet);
	} finally {
		await fleet.stop();
	}
} catch (error) {
	console.error(`\nThe demo failed: ${error instanceof Error ? error.message : String(error)}`);
	process.exitCode = 1;
}
