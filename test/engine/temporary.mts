import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * Gives a test run a temporary folder of its own and removes it afterwards (Vitest globalSetup):
 * workers are killed, so they cannot remove what the engine and the image store leave behind.
 */
export default async function useTemporaryFolder(): Promise<() => Promise<void>> {
	const folder = await mkdtemp(path.join(tmpdir(), 'n8n-nodes-motive-'));
	process.env['TMPDIR'] = folder;
	return () => rm(folder, { recursive: true, force: true });
}
