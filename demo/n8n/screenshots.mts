import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { selectors, type Locator, type Page } from 'playwright-core';
import { withEditorPage } from './browser.mts';
import { withDemo, type Demo } from './demo.mts';
import type { Workflow } from './workflow.mts';

const FOLDER = resolve(import.meta.dirname, '../../docs/images');
const NODE = 'motive';
/** Pixels below the last thing in a picture. */
const MARGIN = 20;

/** Things that come and go, or say nothing about the node. */
const HIDDEN = '.el-notification, [data-test-id="node-feature-request"] { visibility: hidden !important }';

/** Takes the pictures of the documentation, as a user sees them in the editor. */
class Photographer {
	constructor(
		private readonly page: Page,
		private readonly demo: Demo,
	) {}

	async takeAll(): Promise<void> {
		const { page } = this;
		const dialog = page.getByTestId('ndv');
		const parameters = page.getByTestId('node-parameters');
		const lastParameter = page.getByTestId('collection-parameter-add');
		const output = page.getByTestId('output-panel');
		const truck = this.demo.fleet.device('T-118');
		const vehicleId = { __rl: true, mode: 'list', value: String(truck.id), cachedResultName: truck.name };

		await this.searchNode('dashcam');
		await this.take('search', page.getByTestId('node-creator'), page.getByText('Starts the workflow when'));

		for (const operation of ['get', 'capture', 'start']) {
			await this.openNode({ operation });
			await this.take(operation, parameters, lastParameter);
		}

		await this.openNode({ operation: 'capture' });
		await page.getByTestId('rlc-input-container').click();
		await page.getByTestId('rlc-item').first().waitFor();
		await this.take('vehicle-list', parameters, page.getByTestId('rlc-item').nth(6));

		await this.openNode({ operation: 'capture', vehicleId, positions: ['front_facing', 'rear'] });
		await page.getByTestId('parameter-input-positions').click();
		await page.getByRole('option', { name: 'All Cameras' }).waitFor();
		await this.take('positions', parameters, page.locator('.el-select-dropdown:visible'));

		await this.openNode({ operation: 'capture', vehicleId });
		await page.getByTestId('node-execute-button').click();
		await page.getByTestId('ndv-view-binary-data').click();
		await output.locator('img').waitFor();
		await this.take('picture', dialog, lastParameter);

		await this.openNode({ operation: 'get', requestId: '999999' });
		await page.getByTestId('node-execute-button').click();
		await output.getByText('Error details').waitFor();
		await this.take('error', dialog, lastParameter);

		await this.openTrigger({
			events: ['driver_performance_event_created', 'speeding_event_created'],
			filters: { severity: ['high', 'critical'] },
		});
		await this.take('trigger', parameters, lastParameter);

		await this.openNode({ operation: 'get' });
		await page.getByTestId('credential-edit-button').click();
		const credential = page.getByTestId('editCredential-modal');
		await credential.getByText('Connection tested successfully').waitFor();
		await this.take('credential', credential);
	}

	private async searchNode(text: string): Promise<void> {
		await this.page.goto('/workflow/new');
		await this.page.getByTestId('node-creator-plus-button').first().click();
		await this.page.getByTestId('node-creator-search-bar').fill(text);
		await this.page.getByTestId('node-creator-node-item').getByText('Motive').first().waitFor();
	}

	/** Opens the panel of a Motive node in a workflow of its own. */
	private async openNode(parameters: Record<string, unknown>): Promise<void> {
		const start = { id: 'start', name: 'Start', type: 'n8n-nodes-base.manualTrigger', position: [0, 0] };
		const motive = { id: NODE, name: 'Motive', type: 'n8n-nodes-motive.motive', position: [200, 0] };
		await this.openWorkflow([{ ...start, typeVersion: 1, parameters: {} }, this.withCredential(motive, parameters)], {
			Start: { main: [[{ node: 'Motive', type: 'main', index: 0 }]] },
		});
	}

	/** Opens the panel of a Motive Trigger in a workflow of its own. */
	private async openTrigger(parameters: Record<string, unknown>): Promise<void> {
		const trigger = { id: NODE, name: 'Motive Trigger', type: 'n8n-nodes-motive.motiveTrigger', position: [0, 0] };
		await this.openWorkflow([this.withCredential(trigger, parameters)], {});
	}

	private withCredential(node: Workflow['nodes'][number], parameters: Record<string, unknown>): Workflow['nodes'][number] {
		const { id, name, type } = this.demo.credential;
		return { ...node, typeVersion: 1, parameters, credentials: { [type]: { id, name } } };
	}

	private async openWorkflow(nodes: Workflow['nodes'], connections: Workflow['connections']): Promise<void> {
		const workflowId = await this.demo.client.createWorkflow({ name: 'Picture', nodes, connections });
		await this.page.goto(`/workflow/${workflowId}/${NODE}`);
		await this.page.getByTestId('credentials-label').waitFor();
	}

	/** Writes the picture of this part of the page, down to the end of `last` if given. */
	private async take(name: string, part: Locator, last = part): Promise<void> {
		// Movements and late icons have no event to wait for.
		await this.page.waitForTimeout(1000);
		const [frame, end] = await Promise.all([part.boundingBox(), last.boundingBox()]);
		if (!frame || !end) throw new Error(`${name} is not to be seen`);
		const margin = last === part ? 0 : MARGIN;
		const clip = { ...frame, height: end.y + end.height + margin - frame.y };
		await this.page.screenshot({ path: join(FOLDER, `${name}.png`), clip, style: HIDDEN, animations: 'disabled' });
		console.log(`docs/images/${name}.png`);
	}
}

await mkdir(FOLDER, { recursive: true });
selectors.setTestIdAttribute('data-test-id');
await withDemo({}, async (demo) => {
	demo.fleet.setLatency({ kind: 'constant', ms: 500 });
	await withEditorPage(demo.url, async (page) => {
		await new Photographer(page, demo).takeAll();
	});
});
