import type { Locator, Page } from 'playwright-core';
import type { N8nClient } from './client.mts';
import type { StoredCredential } from './workflow.mts';

type Parameters = Record<string, unknown>;

/** A node of a workflow in which each is followed by the next. */
interface Step {
	name: string;
	type: string;
	parameters: Parameters;
	credentials?: Record<string, { id: string; name: string }>;
}

const START: Step = { name: 'Start', type: 'n8n-nodes-base.manualTrigger', parameters: {} };
const TRIGGER = { name: 'Motive Trigger', type: 'n8n-nodes-motive.motiveTrigger' };

/** ID of the node whose panel is opened. */
const NODE = 'motive';

/** n8n's editor in a browser, and what a user does there. Parts of the page go by the names that n8n has for them. */
export class EditorPage {
	/** The panel of a node: its input, parameters and output. */
	readonly panel: Locator;
	readonly parameters: Locator;
	readonly input: Locator;
	readonly output: Locator;
	/** The window in which a credential is made and tested. */
	readonly credentialWindow: Locator;
	/** The picture that is shown in the output. */
	readonly picture: Locator;
	/** What can be picked from a list of vehicles or assets. */
	readonly listItems: Locator;

	constructor(
		readonly page: Page,
		private readonly client: N8nClient,
	) {
		this.panel = page.getByTestId('ndv');
		this.parameters = page.getByTestId('node-parameters');
		this.input = page.getByTestId('ndv-input-panel');
		this.output = page.getByTestId('output-panel');
		this.credentialWindow = page.getByTestId('editCredential-modal');
		this.picture = this.output.locator('img');
		this.listItems = page.getByTestId('rlc-item');
	}

	/** Looks for nodes to put into a new workflow. */
	async searchNode(text: string): Promise<void> {
		await this.page.goto('/workflow/new');
		await this.page.getByTestId('node-creator-plus-button').first().click();
		await this.searchFor(text);
	}

	/** Looks for nodes in the node panel that is open. */
	async searchFor(text: string): Promise<void> {
		await this.page.getByTestId('node-creator-search-bar').fill(text);
		await this.foundNode('Motive').waitFor();
	}

	/** Looks for what no node has, so that nothing is left of the search before. */
	async searchInVain(): Promise<void> {
		await this.page.getByTestId('node-creator-search-bar').fill('xqzxqz');
		await this.foundNode('Motive').waitFor({ state: 'hidden' });
	}

	/** Puts a node that was found into the workflow, which opens its panel. */
	async addNode(name: string): Promise<void> {
		await this.foundNode(name).click();
		await this.page.getByText('Add to workflow').click();
		await this.parameters.waitFor();
	}

	/** Opens the panel of a Motive node in a workflow of its own. */
	async openNode(credential: StoredCredential, parameters: Parameters): Promise<void> {
		await this.openWorkflow([START, motive(credential, parameters)]);
	}

	/** Opens the panel of a node that follows a Motive node, in a workflow of its own. */
	async openNodeBehind(credential: StoredCredential, parameters: Parameters): Promise<void> {
		const behind = { name: 'Behind', type: 'n8n-nodes-base.noOp', parameters: {} };
		await this.openWorkflow([START, motive(credential, parameters), behind]);
	}

	/** Opens the panel of a Motive Trigger in a workflow of its own. */
	async openTrigger(credential: StoredCredential, parameters: Parameters): Promise<void> {
		await this.openWorkflow([{ ...motive(credential, parameters), ...TRIGGER }]);
	}

	/** Opens the window for the first credential, in the panel of a node. Old editors have a list with this one entry. */
	async newCredential(): Promise<void> {
		const button = this.page.getByTestId('node-credentials-empty-state').getByRole('button');
		await button.or(this.page.getByTestId('node-credentials-select')).first().click();
		const entry = this.page.getByTestId('node-credentials-select-item-new');
		await this.credentialWindow.or(entry).first().waitFor();
		if (await entry.isVisible()) await entry.click();
		await this.credentialWindow.waitFor();
	}

	/** Fills in a field of the credential. */
	async fillCredential(field: string, value: string): Promise<void> {
		await this.credentialWindow
			.getByTestId(`parameter-input-${field}`)
			.locator('input')
			.fill(value);
	}

	/** Saves the credential, which makes n8n test it. The window closes by itself when it works. */
	async saveCredential(): Promise<void> {
		await this.page.getByTestId('credential-save-button').click();
	}

	/** Opens the credential of the panel, which makes n8n test it again. */
	async openCredential(): Promise<void> {
		await this.page.getByTestId('credential-edit-button').click();
	}

	/** Closes the credential again. Escape would close the panel as well. */
	async closeCredential(): Promise<void> {
		await this.credentialWindow.getByRole('button', { name: 'Close' }).first().click();
		await this.credentialWindow.waitFor({ state: 'hidden' });
	}

	/** Opens the list of vehicles or assets. */
	async openList(): Promise<void> {
		await this.page.getByTestId('rlc-input-container').click();
		await this.listItems.first().waitFor();
	}

	/** Opens a choice. */
	async openChoice(parameter: string): Promise<void> {
		await this.page.getByTestId(`parameter-input-${parameter}`).click();
	}

	/** Picks from the choice that is open. */
	async pick(option: string): Promise<void> {
		await this.page.getByRole('option', { name: option }).click();
	}

	/** Presses "Execute step". */
	async execute(): Promise<void> {
		await this.page.getByTestId('node-execute-button').click();
	}

	/** What the output says of a failed execution; waits for it. */
	async error(): Promise<string> {
		await this.output.getByText('Error details').waitFor();
		return await this.output.innerText();
	}

	/** Looks at the first picture of the output. */
	async viewPicture(): Promise<void> {
		await this.page.getByTestId('ndv-view-binary-data').first().click();
		await this.picture.waitFor();
	}

	private foundNode(name: string): Locator {
		return this.page.getByTestId('node-creator-node-item').getByText(name, { exact: true }).first();
	}

	/** Opens the panel of the last of these nodes, which follow each other. */
	private async openWorkflow(nodes: Step[]): Promise<void> {
		const last = nodes.length - 1;
		const placed = nodes.map((node, index) => ({
			...{ id: index === last ? NODE : node.name, typeVersion: 1, position: [200 * index, 0] },
			...node,
		}));
		const edges = nodes.slice(1).map(({ name }, index): [string, unknown] => {
			return [nodes[index]?.name ?? '', { main: [[{ node: name, type: 'main', index: 0 }]] }];
		});
		const connections = Object.fromEntries(edges);
		const workflowId = await this.client.createWorkflow({
			name: 'Picture',
			nodes: placed,
			connections,
		});
		await this.page.goto(`/workflow/${workflowId}/${NODE}`);
		await this.panel.waitFor();
	}
}

function motive({ id, name, type }: StoredCredential, parameters: Parameters): Step {
	return {
		name: 'Motive',
		type: 'n8n-nodes-motive.motive',
		parameters,
		credentials: { [type]: { id, name } },
	};
}
