import axios from 'axios';
import { expect, it } from 'vitest';
import { outputOf } from '../../n8n/execution.mts';
import { fileNameOf, pictureOf, type ExampleWorld } from './world.mts';

const START = 'When clicking ‘Execute workflow’';
const MOTIVE = 'Fetch the picture';

/** The example `fetch-captured-image`. */
export function fetchCapturedImage(world: ExampleWorld): void {
	it('fetches the picture of a capture that somebody else started', async () => {
		const { motive } = world.outside;
		const body = { vehicle_id: motive.device('T-118').id, position: 'front_facing' };
		await axios.post(`${motive.url}/v1/image_captures`, body, {
			headers: { 'x-api-key': motive.apiKey },
			proxy: false,
		});
		const capture = motive.captures.at(-1);
		if (!capture) throw new Error('Motive started nothing');
		const workflowId = await world.importExample('fetch-captured-image', {
			[MOTIVE]: { requestId: capture.requestId },
		});
		const items = outputOf(await world.client.run(workflowId, START), MOTIVE);
		expect(items).toMatchObject([
			{ json: { request_id: capture.requestId, state: 'ready', vehicle_number: 'T-118' } },
		]);
		const file = items[0]?.binary?.['data'];
		if (!file) throw new Error('There is no picture');
		expect(file).toMatchObject({ mimeType: 'image/jpeg', fileName: fileNameOf(capture) });
		expect(await world.client.downloadBinary(file)).toEqual(await pictureOf(capture));
	});
}
