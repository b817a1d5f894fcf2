import { makeFleet } from '../simulator/fleet.mts';
import { startSimulator, type Simulator } from '../simulator/simulator.mts';
import { faultsOf } from './limits/conditions.mts';
import { worldOptions, type WorldFacts, type WorldOptions } from './worldFacts.mts';

/** A simulated Motive that tells when its pictures were fetched. */
export interface WatchedSimulator {
	simulator: Simulator;
	/** What it has seen since it was last reset. */
	facts: () => WorldFacts;
	/** Forgets what it has seen. */
	reset: () => void;
}

/** Starts a simulated Motive for a benchmark. */
export async function startWatchedSimulator(options: WorldOptions): Promise<WatchedSimulator> {
	const { vehicles, pictureBytes, latency, seed, conditions } = worldOptions.parse(options);
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
	const begin = () => simulator.faults.add(...faultsOf(conditions, seed));
	begin();
	return {
		simulator,
		facts: () => {
			const calls = simulator.requests.filter(({ host }) => host === 'api');
			return {
				calls: calls.length,
				refused: calls.filter(({ status }) => status === 429).length,
				captures: simulator.captures.map(({ requestId, startedAt, readyAt }) => ({
					startedAt,
					readyAt,
					downloadedAt: downloadedAt.get(String(requestId)) ?? null,
				})),
			};
		},
		reset: () => {
			simulator.reset();
			downloadedAt.clear();
			begin();
		},
	};
}
