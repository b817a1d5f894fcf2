import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { withEditorPage } from './browser.mts';
import { withDemo } from './demo.mts';
import { readWorkflow, withCredentials } from './workflow.mts';

const EXAMPLES = resolve(import.meta.dirname, '../../examples');
const FOLDER = resolve(import.meta.dirname, '../../docs/images');
/** Large enough for the largest canvas in full size. */
const VIEWPORT = { width: 3200, height: 1500 };
/** Pixels around the outermost nodes and notes, which have room for the names of nodes. */
const MARGIN = 80;

/** Everything over the canvas that does not belong to the workflow. */
const HIDDEN = `
	.el-notification, .vue-flow__panel, [data-test-id="canvas-controls"], [data-test-id="node-creator-plus-button"],
	[data-test-id="execute-workflow-button"], [data-test-id="canvas-chat-button"], [class*="bottomButtons"],
	[class*="executionButtons"] { visibility: hidden !important }`;

/** Takes a picture of the whole canvas of a workflow. */
async function takeCanvas(page: Page, workflowId: string, path: string): Promise<void> {
	await page.goto(`/workflow/${workflowId}`);
	await page.locator('.vue-flow__node').first().waitFor();
	// Animations and late icons have no event to wait for.
	await page.waitForTimeout(1500);
	await page.keyboard.press('1');
	await page.waitForTimeout(1500);
	const parts = await page.locator('.vue-flow__node, .vue-flow__edge path').all();
	const boxes = (await Promise.all(parts.map(async (part) => await part.boundingBox()))).filter(
		(box) => box !== null,
	);
	const left = Math.min(...boxes.map(({ x }) => x)) - MARGIN;
	const top = Math.min(...boxes.map(({ y }) => y)) - MARGIN;
	const right = Math.max(...boxes.map(({ x, width }) => x + width)) + MARGIN;
	const bottom = Math.max(...boxes.map(({ y, height }) => y + height)) + MARGIN;
	const clip = { x: left, y: top, width: right - left, height: bottom - top };
	await page.screenshot({ path, clip, style: HIDDEN, animations: 'disabled' });
	console.log(path);
}

// As they stand in their files: the demo's own copies are prepared for one click.
await withDemo({}, async ({ url, client, credentials, examples }) => {
	await withEditorPage(url, async (page) => {
		await page.setViewportSize(VIEWPORT);
		for (const { file } of examples) {
			const workflow = withCredentials(await readWorkflow(join(EXAMPLES, file)), credentials);
			const workflowId = await client.createWorkflow(workflow);
			await takeCanvas(page, workflowId, join(FOLDER, `example-${file.replace('.json', '.png')}`));
		}
	});
});
