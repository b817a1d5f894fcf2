import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import ts from 'typescript';

import type { StoredCredential, Workflow } from '../../n8n/workflow.mts';
import { items, node, workflow } from './node.mts';

/** Name of the bare node. */
export const BARE = 'Bare Get';

/** Puts the bare node where n8n looks for nodes that are no package. */
export async function installBareNode(userFolder: string): Promise<void> {
	const source = await readFile(path.join(import.meta.dirname, 'BareGet.node.mts'), 'utf8');
	const { outputText } = ts.transpileModule(source, {
		compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
	});
	const folder = path.join(userFolder, '.n8n/custom');
	await mkdir(folder, { recursive: true });
	await writeFile(path.join(folder, 'BareGet.node.js'), outputText);
}

/** A workflow in which the bare node asks once for each capture, and fetches the pictures of the first ones. */
export function bareGet(
	{ id, name, type }: StoredCredential,
	input: Parameters<typeof items>,
	pictures = 0,
): Workflow {
	const bare = node(BARE, 'CUSTOM.bareGet', 1, {
		requestId: '={{ $json.request_id }}',
		download: `={{ $itemIndex < ${pictures} }}`,
	});
	return workflow('Bare', [...items(...input), { ...bare, credentials: { [type]: { id, name } } }]);
}
