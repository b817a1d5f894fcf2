import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Locator } from 'playwright-core';
import { withEditorPage } from './browser.mts';
import { withDemo, type Demo } from './demo.mts';
import { EditorPage } from './editorPage.mts';

const FOLDER = resolve(import.meta.dirname, '../../docs/images');
/** Pixels below the last thing in a picture. */
const MARGIN = 20;

/** Elements that come and go, or have nothing to do with the node. */
const HIDDEN =
	'.el-notification, [data-test-id="node-feature-request"] { visibility: hidden !important }';

/** The last thing in most panels. */
const OPTIONS = 'collection-parameter-add';

/** Operations shown with the initial state of their fields, by the name of the picture; `end` is the last element shown. */
const OPERATIONS: Record<string, { resource?: string; operation: string; end?: string }> = {
	get: { operation: 'get' },
	capture: { operation: 'capture' },
	start: { operation: 'start' },
	'vehicle-get': { resource: 'vehicle', operation: 'get', end: 'parameter-input-simplify' },
	'vehicle-get-many': { resource: 'vehicle', operation: 'getAll' },
	'asset-get': { resource: 'asset', operation: 'get', end: 'parameter-input-simplify' },
	'asset-get-many': { resource: 'asset', operation: 'getAll' },
	'safety-event-get-many': { resource: 'safetyEvent', operation: 'getAll' },
	'safety-event-get-media': { resource: 'safetyEvent', operation: 'getMedia' },
	'speeding-event-get-many': { resource: 'speedingEvent', operation: 'getAll' },
	'video-recall-create': { resource: 'videoRecall', operation: 'create' },
	'video-recall-get': { resource: 'videoRecall', operation: 'get' },
	'video-recall-get-quota': {
		resource: 'videoRecall',
		operation: 'getQuota',
		end: 'parameter-input-operation',
	},
};

/** Takes the pictures of the documentation, as a user sees them in the editor. */
class Photographer {
	constructor(
		private readonly editor: EditorPage,
		private readonly demo: Demo,
	) {}

	async takeAll(): Promise<void> {
		const { editor } = this;
		const { page, parameters } = editor;
		const { credential } = this.demo;
		const lastParameter = page.getByTestId(OPTIONS).last();
		const truck = this.demo.fleet.device('T-118');
		const vehicleId = {
			__rl: true,
			mode: 'list',
			value: String(truck.id),
			cachedResultName: `${truck.name} · Sam Doe · 2021 Kenworth T680`,
		};

		await editor.searchNode('dashcam');
		await this.take(
			'search',
			page.getByTestId('node-creator'),
			page.getByText('Starts the workflow when'),
		);

		for (const [name, { end = OPTIONS, ...operation }] of Object.entries(OPERATIONS)) {
			await editor.openNode(credential, operation);
			await this.take(name, parameters, page.getByTestId(end).last());
		}

		await editor.openNode(credential, { operation: 'capture' });
		await editor.openList();
		await this.take('vehicle-list', parameters, editor.listItems.nth(6));

		await editor.openNode(credential, {
			operation: 'capture',
			vehicleId,
			positions: ['front_facing', 'rear'],
		});
		await editor.openChoice('positions');
		await page.getByRole('option', { name: 'All Cameras' }).waitFor();
		await this.take('positions', parameters, page.locator('.el-select-dropdown:visible'));

		await editor.openNode(credential, { operation: 'capture', vehicleId });
		await editor.execute();
		await editor.viewPicture();
		await this.take('picture', editor.panel, lastParameter);

		await editor.openNode(credential, { operation: 'get', requestId: '999999' });
		await editor.execute();
		await editor.error();
		await this.take('error', editor.panel, lastParameter);

		await editor.openTrigger(credential, {
			events: ['driver_performance_event_created', 'speeding_event_created'],
			filters: { severity: ['high', 'critical'] },
		});
		await this.take('trigger', parameters, lastParameter);

		await editor.openNode(credential, { operation: 'get' });
		await editor.openCredential();
		await editor.credentialWindow.getByText('Connection tested successfully').waitFor();
		// What a reader has there, in place of the address of the simulator.
		await editor.credentialWindow
			.getByTestId('parameter-input-baseUrl')
			.locator('input')
			.evaluate((input) => {
				(input as unknown as { value: string }).value = 'https://api.gomotive.com';
			});
		await this.take('credential', editor.credentialWindow);
	}

	/** Writes the picture of this part of the page, down to the end of `last` if given. */
	private async take(name: string, part: Locator, last = part): Promise<void> {
		// Animations and late icons have no event to wait for.
		await this.editor.page.waitForTimeout(1000);
		const [frame, end] = await Promise.all([part.boundingBox(), last.boundingBox()]);
		if (!frame || !end) throw new Error(`${name} is not to be seen`);
		const margin = last === part ? 0 : MARGIN;
		const clip = { ...frame, height: end.y + end.height + margin - frame.y };
		await this.editor.page.screenshot({
			path: join(FOLDER, `${name}.png`),
			clip,
			style: HIDDEN,
			animations: 'disabled',
		});
		console.log(`docs/images/${name}.png`);
	}
}

await mkdir(FOLDER, { recursive: true });
await withDemo({}, async (demo) => {
	demo.fleet.setLatency({ kind: 'constant', ms: 500 });
	await withEditorPage(demo.url, async (page) => {
		await new Photographer(new EditorPage(page, demo.client), demo).takeAll();
	});
});
