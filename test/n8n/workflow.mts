import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const credential = z.object({ id: z.string().nullish(), name: z.string() });

const node = z
	.object({ name: z.string(), type: z.string(), credentials: z.record(credential).optional() })
	.passthrough();

const workflow = z
	.object({ name: z.string(), nodes: z.array(node), connections: z.record(z.unknown()) })
	.passthrough();

/** A workflow as n8n exports it: the parts this project reads are checked, the rest is passed on. */
export type Workflow = z.infer<typeof workflow>;

/** A credential stored in n8n. */
export interface StoredCredential {
	id: string;
	name: string;
	/** Name of the credential type, such as `motiveApi`. */
	type: string;
}

/** Reads an exported workflow from a JSON file. */
export async function readWorkflow(path: string): Promise<Workflow> {
	return workflow.parse(JSON.parse(await readFile(path, 'utf8')));
}

/**
 * Gives the nodes of a workflow these credentials, because the ids in an exported workflow are those of another n8n.
 * Credentials of other types are removed, so that the editor asks for them.
 */
export function withCredentials(source: Workflow, stored: readonly StoredCredential[]): Workflow {
	const replace = (type: string): Array<[string, { id: string; name: string }]> =>
		stored.filter((one) => one.type === type).map(({ id, name }) => [type, { id, name }]);
	const nodes = source.nodes.map((item) => {
		if (item.credentials === undefined) return item;
		return {
			...item,
			credentials: Object.fromEntries(Object.keys(item.credentials).flatMap(replace)),
		};
	});
	return { ...source, nodes };
}
