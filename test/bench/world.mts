/**
 * The simulated Motive of the benchmarks, in a process of its own, so that its work is not measured with n8n's.
 * `withWorld` starts it with its settings as JSON in the first argument, and sends it commands over the IPC channel.
 */
import { z } from 'zod';

import { startWatchedSimulator } from './watchedSimulator.mts';
import { worldOptions } from './worldFacts.mts';

const { simulator, facts, reset } = await startWatchedSimulator(
	worldOptions.parse(JSON.parse(process.argv[2] ?? '')),
);

process.on('message', (message: unknown) => {
	if (z.enum(['facts', 'reset']).parse(message) === 'reset') reset();
	process.send?.(facts());
});
process.once('disconnect', () => void simulator.stop().then(() => process.exit()));
process.send?.({ url: simulator.url, apiKey: simulator.apiKey });
