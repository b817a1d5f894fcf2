/** The executions that a worker has begun and not brought to any end, by its log. */
export function executionsAtWork(log: string): string[] {
	const atWork = new Set<string>();
	const lines = /Worker (started|finished|errored while running) execution (\d+)/g;
	for (const [, what, id = ''] of log.matchAll(lines)) {
		if (what === 'started') atWork.add(id);
		else atWork.delete(id);
	}
	return [...atWork];
}

/** The captures that were started according to the log of a worker: which execution each request ID belongs to. */
export function startedCaptures(log: string): Map<number, string> {
	const lines = log.matchAll(/Motive started \w+ image capture (\d+)\b.*?\(execution (\d+)\)/g);
	return new Map([...lines].map(([, requestId, execution = '']) => [Number(requestId), execution]));
}
