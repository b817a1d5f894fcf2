import type { Workflow } from '../../n8n/workflow.mts';

type Node = Workflow['nodes'][number];

/** Name of the node that every workflow starts from. */
export const TRIGGER = 'Start';

/** A node of a workflow; its name is its id as well. Of two nodes behind the same one, the upper runs first. */
export function node(
	name: string,
	type: string,
	typeVersion: number,
	parameters: Record<string, unknown> = {},
	y = 0,
): Node {
	return { id: name, name, type, typeVersion, position: [0, y], parameters };
}

/** The first nodes of every workflow: one item for each number from `first` on, under this name. */
export function items(key: string, first: number | string, count: number): Node[] {
	const list = `={{ Array.from({ length: ${count} }, (_, index) => ({ ${key}: (${first}) + index })) }}`;
	const assignments = [{ id: 'list', name: 'list', type: 'array', value: list }];
	return [
		node(TRIGGER, 'n8n-nodes-base.manualTrigger', 1),
		node('List', 'n8n-nodes-base.set', 3.4, { assignments: { assignments } }),
		node('Items', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'list' }),
	];
}

/**
 * A workflow of these nodes, one behind the other.
 *
 * @param links further connections: from a node (and the index of its output) to another one
 */
export function workflow(
	name: string,
	nodes: Node[],
	links: ReadonlyArray<[from: string, output: number, to: string]> = [],
): Workflow {
	const connections: Record<
		string,
		{ main: Array<Array<{ node: string; type: string; index: number }>> }
	> = {};
	const connect = (from: string, output: number, to: string): void => {
		const { main } = (connections[from] ??= { main: [] });
		while (main.length <= output) main.push([]);
		main[output]?.push({ node: to, type: 'main', index: 0 });
	};
	if (links.length === 0) {
		nodes.slice(1).forEach((one, index) => connect(nodes[index]?.name ?? '', 0, one.name));
	} else {
		for (const [from, output, to] of links) connect(from, output, to);
	}
	return { name, nodes, connections, settings: { executionOrder: 'v1' } };
}
