import { once } from 'node:events';
import { DEMO_LOGIN } from '../test/n8n/client.mts';
import { BROKEN_VEHICLE, withDemo } from '../test/n8n/demo.mts';

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
	await withDemo({ port: PORT, signal: stopping.signal }, async (demo) => {
		const { url, receivedUrl, fleet, requestId } = demo;
		console.log(`
n8n with the Motive node, a simulated fleet and the examples:

  ${url}
  Email     ${DEMO_LOGIN.email}
  Password  ${DEMO_LOGIN.password}

Open an example and press “Execute workflow”. What it sends to Slack, by mail, into the storage and to the model is on

  ${receivedUrl}

and the simulated Motive, with a button for a hard brake of T-118, is on

  ${fleet.url}

The incident alert is published and takes that event. Samples stand in for what starts the other examples, and their
waits take ten seconds. The cameras of ${BROKEN_VEHICLE} are broken. Request ID ${String(requestId)} (dashcam) is there to be fetched.
Ctrl-C ends everything, and nothing is kept.`);
		if (!stopping.signal.aborted) await once(stopping.signal, 'abort');
	});
} catch (error) {
	// Stopping while something is being started makes that fail, as it was meant to.
	if (!stopping.signal.aborted) {
		console.error(`\nThe editor failed: ${error instanceof Error ? error.message : String(error)}`);
		process.exitCode = 1;
	}
}
