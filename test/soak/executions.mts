import type { N8nClient } from '../n8n/client.mts';
import { errorOf, inputOf, outputOf, type Execution, type OutputItem } from '../n8n/execution.mts';
import type { SeenExecution } from './accounts.mts';
import { CAPTURE, TRIGGER } from './workflow.mts';

/** First bytes of every JPEG file, in hex. */
const JPEG = 'ffd8ff';

/**
 * Reads all executions of the workflow, and looks at every picture that came out of them.
 * @param events the events of executions that do not say it themselves any more
 */
export async function readExecutions(
	client: N8nClient,
	workflowId: string,
	events: ReadonlyMap<string, number>,
): Promise<SeenExecution[]> {
	const seen: SeenExecution[] = [];
	for (const { id } of await client.everyExecution(workflowId)) {
		const execution = await client.execution(id);
		const event = eventOf(execution) ?? events.get(id);
		seen.push({
			...(await readExecution(client, execution)),
			...(event !== undefined && { event }),
		});
	}
	return seen;
}

/**
 * The event that an execution is about, of which n8n keeps nothing, at the latest some seconds after it has noticed that
 * the worker is gone; where it takes that for a crash, there are stand-ins without an id.
 */
export function eventOf(execution: Execution): number | undefined {
	const ids = [...outputOf(execution, TRIGGER), ...inputOf(execution)].map(
		({ json }) => json['id'],
	);
	return ids.find((id) => typeof id === 'number');
}

async function readExecution(
	client: N8nClient,
	execution: Execution,
): Promise<Omit<SeenExecution, 'event'>> {
	const delivered: number[] = [];
	for (const item of outputOf(execution, CAPTURE))
		if (await hasPicture(client, item)) delivered.push(Number(item.json['request_id']));
	const error = errorOf(execution);
	const runs = execution.data?.resultData.runData[CAPTURE] ?? [];
	// The node says what to do about what Motive did. What n8n could not do for it (read the credential, say) comes in
	// n8n's words alone, and the error of a crash stands at the node that ran then.
	const isOfNode = execution.status === 'error' && runs.some((run) => run.error?.description);
	return {
		id: execution.id,
		status: execution.status,
		delivered,
		...(error && { failedBy: isOfNode ? 'node' : 'n8n' }),
		words: error ? [error.message, error.description ?? ''].join(' ').trim() : '',
	};
}

async function hasPicture(client: N8nClient, { binary }: OutputItem): Promise<boolean> {
	const file = binary?.['data'];
	if (!file) return false;
	const bytes = await client.downloadBinary(file);
	return bytes.subarray(0, 3).toString('hex') === JPEG;
}
