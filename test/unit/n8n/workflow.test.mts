import { describe, expect, it } from 'vitest';
import { withCredentials, type Workflow } from '../../n8n/workflow.mts';

const workflow: Workflow = {
	name: 'Example',
	nodes: [
		{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
		{
			name: 'Motive',
			type: 'n8n-nodes-motive.motive',
			parameters: { requestId: 7 },
			credentials: { motiveApi: { id: 'elsewhere', name: 'Theirs' } },
		},
		{
			name: 'Slack',
			type: 'n8n-nodes-base.slack',
			credentials: { slackApi: { id: 'elsewhere', name: 'Theirs' } },
		},
	],
	connections: {},
};

describe('withCredentials', () => {
	const result = withCredentials(workflow, [{ id: 'here', name: 'Ours', type: 'motiveApi' }]);
	const [start, motive, slack] = result.nodes;

	it('lets nodes use the stored credential of the type that they had', () => {
		expect(motive?.credentials).toEqual({ motiveApi: { id: 'here', name: 'Ours' } });
	});

	it('takes out credentials that this n8n does not have', () => {
		expect(slack?.credentials).toEqual({});
	});

	it('leaves everything else as it was', () => {
		expect(start).toEqual(workflow.nodes[0]);
		expect(motive).toMatchObject({ parameters: { requestId: 7 } });
		expect(workflow.nodes[1]?.credentials).toEqual({
			motiveApi: { id: 'elsewhere', name: 'Theirs' },
		});
	});
});
