import { describe, expect, it } from 'vitest';
import { forOneClick } from '../../n8n/oneClick.mts';
import type { Workflow } from '../../n8n/workflow.mts';
import type { Device } from '../../simulator/fleet.mts';

const truck: Device = {
	...{ kind: 'vehicle', id: 1040021, name: 'T-118' },
	...{ status: 'active', cameras: ['front_facing'] },
};

const form = {
	formFields: {
		values: [
			{ fieldLabel: 'Vehicle number', placeholder: 'T-118' },
			{ fieldLabel: 'Camera', fieldOptions: { values: [{ option: 'rear' }, { option: 'front' }] } },
			{ fieldLabel: 'Remark' },
		],
	},
};

/** What the only node of a workflow is, and what is pinned to it, afterwards. */
function prepared(type: string, parameters: object = {}, pinData?: object): [unknown, unknown] {
	const node = { name: 'Node', type, parameters };
	const workflow: Workflow = { name: 'Example', nodes: [node], connections: {}, pinData };
	const result = forOneClick(workflow, truck);
	return [result.nodes[0], result['pinData']];
}

describe('forOneClick', () => {
	it('has an event of the truck for the Motive Trigger, as the node puts it out', () => {
		const [, pinned] = prepared('n8n-nodes-motive.motiveTrigger');
		expect(pinned).toMatchObject({
			Node: [
				{
					json: {
						action: 'driver_performance_event_created',
						event: { type: 'hard_brake', vehicle: { id: 1040021, number: 'T-118' } },
					},
				},
			],
		});
	});

	it('fills in forms: the first choice, or the placeholder', () => {
		const [, pinned] = prepared('n8n-nodes-base.formTrigger', form);
		const filledIn = { 'Vehicle number': 'T-118', Camera: 'rear', Remark: '' };
		expect(pinned).toMatchObject({ Node: [{ json: { ...filledIn, formMode: 'test' } }] });
	});

	it('has a sample question beside a chat, which itself stays free for others', () => {
		const next = { main: [[{ node: 'Agent', type: 'main', index: 0 }]] };
		const chat = { name: 'Chat', type: '@n8n/n8n-nodes-langchain.chatTrigger', position: [0, 0] };
		const { nodes, connections, ...rest } = forOneClick(
			{ name: 'Example', nodes: [chat], connections: { Chat: next } },
			truck,
		);
		expect(nodes.map(({ name }) => name)).toEqual(['Chat', 'Sample question']);
		expect(connections).toEqual({ Chat: next, 'Sample question': next });
		const json = { sessionId: 'sample', chatInput: 'What does T-118 see right now?' };
		expect(rest['pinData']).toMatchObject({ 'Sample question': [{ json }] });
		expect(rest['pinData']).not.toHaveProperty('Chat');
	});

	it('puts an event of this moment in place of one that an example has, and leaves other samples alone', () => {
		const own = { Node: [{ json: { own: true } }] };
		expect(prepared('n8n-nodes-motive.motiveTrigger', {}, own)[1]).not.toMatchObject(own);
		expect(prepared('n8n-nodes-base.set', {}, own)[1]).toEqual(own);
	});

	it('waits for seconds only, but as before for calls', () => {
		const short = { amount: 10, unit: 'seconds' };
		const wait = (parameters: object) => prepared('n8n-nodes-base.wait', parameters)[0];
		expect(wait({ amount: 30, unit: 'minutes' })).toMatchObject({ parameters: short });
		expect(wait({ resume: 'webhook' })).toMatchObject({ parameters: { resume: 'webhook' } });
	});

	it('leaves everything else as it was', () => {
		const [node, pinned] = prepared('n8n-nodes-base.manualTrigger', { own: 1 });
		expect(node).toMatchObject({ type: 'n8n-nodes-base.manualTrigger', parameters: { own: 1 } });
		expect(pinned).toEqual({});
	});
});
