import { once } from 'node:events';
import { DEMO_LOGIN } from '../test/n8n/client.mts';
import { OFFLINE_VEHICLE, withDemo } from '../test/n8n/demo.mts';

/** n8n's usual port; another one is taken if it is in use. */
const PORT = 5678;

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.on(signal, () => {
		stopping.abort();
	});
}

try {
	console.log('Starting n8n ...');
	await withDemo({ port: PORT, signal: stopping.signal }, async ({ url, requestId }) => {
		console.log(`
n8n with the Motive node and a simulated fleet:

  ${url}
  Email     ${DEMO_LOGIN.email}
  Password  ${DEMO_LOGIN.password}

The example workflows are in it, with a credential for the simulated fleet.
Request ID ${String(requestId)} (dashcam) is there to be fetched; vehicle ${OFFLINE_VEHICLE} is offline.
Ctrl-C ends everything, and nothing is kept.`);
		if (!stopping.signal.aborted) await once(stopping.signal, 'abort');
	});
} catch (error) {
	// Stopping while something is being started makes that fail, as it was meant to.
	if (!stopping.signal.aborted) throw error;
}
