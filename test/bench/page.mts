import { readFile, writeFile } from 'node:fs/promises';
import { cpus, release, totalmem, type } from 'node:os';

import { NEWEST_N8N } from '../n8n/install.mts';

/**
 * Writes text into a page, between the markers of this name.
 *
 * @throws Error when the page has no such markers
 */
export async function writeSection(path: string, name: string, text: string): Promise<void> {
	const page = await readFile(path, 'utf8');
	const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
	const [before = '', rest = ''] = page.split(begin);
	const [, after] = rest.split(end);
	if (after === undefined) throw new Error(`${path} has no ${begin} … ${end}`);
	await writeFile(path, `${before}${begin}\n${text}\n${end}${after}`);
}

/** Where and with what something is measured. */
export function machine(): string {
	const [cpu] = cpus();
	const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
	return `${cpus().length} × ${cpu?.model ?? 'unknown processor'}, ${memory}, ${type()} ${release()}, n8n ${NEWEST_N8N}`;
}

/** Today, as in `2026-07-02`. */
export function today(): string {
	return new Date().toISOString().slice(0, 10);
}
