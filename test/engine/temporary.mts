import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * Gives a test run a temporary folder of its own and removes it in the end (Vitest globalSetup):
 * workers are killed, so they cannot tidy up what the engine and the picture store leave.
 */
export default async function useTemporaryFolder(): Promise<() => Promise<void>> {
	const folder = await mkdtemp(path.join(tmpdir(), 'n8n-nodes-motive-'));
	process.env['TMPDIR'] = folder;
	return () => rm(folder, { recursive: true, force: true });
}
