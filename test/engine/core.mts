/**
 * n8n's engine, loaded once per process and set up to be quiet, offline and to keep its files in a
 * temporary folder. Everything comes through `require`: n8n-core uses the CommonJS build of
 * n8n-workflow, and a second copy of its classes would break `instanceof`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { Logger } from 'n8n-workflow';

const userFolder = mkdtempSync(path.join(tmpdir(), 'n8n-engine-'));
process.once('exit', () => {
	rmSync(userFolder, { recursive: true, force: true });
});

// n8n reads these while it loads, so they come first.
process.env['N8N_USER_FOLDER'] = userFolder;
process.env['N8N_ENCRYPTION_KEY'] = 'only-for-tests';
process.env['N8N_DEFAULT_BINARY_DATA_MODE'] = 'filesystem';
process.env['N8N_BINARY_DATA_STORAGE_PATH'] = path.join(userFolder, 'binary');
process.env['N8N_LOG_LEVEL'] ??= 'silent';

const require = createRequire(import.meta.url);
const requireAsCore = createRequire(require.resolve('n8n-core'));

/** The engine's own modules: loader, contexts, `WorkflowExecute`. */
export const core = require('n8n-core') as typeof import('n8n-core');

/** The `n8n-workflow` that both the engine and the packed nodes use. */
export const workflowLibrary = require('n8n-workflow') as typeof import('n8n-workflow');

const { Container } = requireAsCore('@n8n/di') as typeof import('@n8n/di');

const backend = requireAsCore('@n8n/backend-common') as { Logger: new () => Logger };

/** Everything that nodes log goes through this. */
export const logger = Container.get(backend.Logger);

/** Where nodes put their files; `init` makes the folder. */
export const binaryData = Container.get(core.BinaryDataService);
await binaryData.init();

/** Sets where nodes put their binary data from now on: into files, or (the default of n8n 1) into the items. */
export async function keepFilesIn(place: 'files' | 'items'): Promise<void> {
	Container.get(core.BinaryDataConfig).mode = place === 'files' ? 'filesystem' : 'default';
	await binaryData.init();
}

const { SsrfProtectionConfig } = requireAsCore('@n8n/config') as {
	SsrfProtectionConfig: new () => { enabled: boolean };
};

/** Sets whether n8n refuses to send requests to addresses inside its network, this machine among them; else it does not. */
export function guardAddresses(isOn: boolean): void {
	Container.get(SsrfProtectionConfig).enabled = isOn;
}

/** Runs the polls of triggers. */
export const pollTriggerExecutor = Container.get(core.PollTriggerExecutor);

/** n8n's bridge to vaults, with none connected. */
export const externalSecrets = Container.get(core.ExternalSecretsProxy);
