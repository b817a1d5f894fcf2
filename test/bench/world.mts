/**
 * The simulated Motive of the benchmarks, in a process of its own, so that its work is not measured with n8n's.
 * `startWorld` starts it with its settings as JSON in the first argument, and sends it commands over the IPC channel.
 */
import { z } from 'zod';

import { makeFleet } from '../simulator/fleet.mts';
import { startSimulator } from '../simulator/simulator.mts';
import { worldOptions, type WorldFacts } from './worldFacts.mts';

const { vehicles, pictureBytes, latency, seed } = worldOptions.parse(
	JSON.parse(process.argv[2] ?? ''),
);
const downloadedAt = new Map<string, number>();
const simulator = await startSimulator({
	fleet: makeFleet(vehicles),
	latency,
	seed,
	// Drawn once, because drawing takes as long as everything else that the simulator does for a capture.
	pictures: { shared: true, bytes: pictureBytes },
	onRequest: ({ route, path, status }) => {
		if (route !== 'GET image' || status !== 200) return;
		const requestId = path.split('/')[2] ?? '';
		if (!downloadedAt.has(requestId)) downloadedAt.set(requestId, Date.now());
	},
});

function facts(): WorldFacts {
	return {
		calls: simulator.requests.filter(({ host }) => host === 'api').length,
		captures: simulator.captures.map(({ requestId, startedAt, readyAt }) => ({
			startedAt,
			readyAt,
			downloadedAt: downloadedAt.get(String(requestId)) ?? null,
		})),
	};
}

process.on('message', (message: unknown) => {
	const what = z.enum(['facts', 'reset']).parse(message);
	if (what === 'reset') {
		simulator.reset();
		downloadedAt.clear();
	}
	process.send?.(facts());
});
process.once('disconnect', () => void simulator.stop().then(() => process.exit()));
process.send?.({ url: simulator.url, apiKey: simulator.apiKey });
