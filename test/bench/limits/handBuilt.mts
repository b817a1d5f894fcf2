import axios from 'axios';
import { z } from 'zod';

import { systemClock } from '../../simulator/clock.mts';
import type { Simulator } from '../../simulator/simulator.mts';

const POLL_EVERY_MS = 5_000;

const capture = z.object({
	request_id: z.number(),
	images: z
		.object({ front_facing: z.object({ url: z.string() }) })
		.partial()
		.default({}),
});

/**
 * Sends the requests of the batch chain (workflows/peers.mts) as n8n's own nodes send them: each node all of its requests
 * at once, and the next node after the last answer. In virtual time, where those nodes cannot run.
 */
export async function runBatchChain(
	{ url, apiKey }: Simulator,
	vehicles: readonly number[],
): Promise<void> {
	const api = axios.create({ baseURL: url, headers: { 'x-api-key': apiKey }, proxy: false });
	const start = async (vehicleId: number): Promise<number> => {
		const body = { vehicle_id: vehicleId, position: 'front_facing' };
		return capture.parse((await api.post('/v1/image_captures', body)).data).request_id;
	};
	const get = async (id: number) =>
		capture.parse((await api.get(`/v1/image_captures/dashcam/${id}`)).data);
	const download = async (imageUrl: string) =>
		await axios.get(imageUrl, { responseType: 'arraybuffer', proxy: false });

	let pending = await Promise.all(vehicles.map(start));
	while (pending.length > 0) {
		await systemClock.sleep(POLL_EVERY_MS);
		const captures = await Promise.all(pending.map(get));
		await Promise.all(
			captures.flatMap(({ images: { front_facing: image } }) => (image ? download(image.url) : [])),
		);
		pending = captures.flatMap(({ request_id, images }) => (images.front_facing ? [] : request_id));
	}
}
