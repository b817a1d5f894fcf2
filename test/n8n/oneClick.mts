import { z } from 'zod';
import { toOutput } from '../../nodes/Motive/triggers/receive.ts';
import { safetyEvent } from '../simulator/events.mts';
import type { Device } from '../simulator/fleet.mts';
import { iso } from '../simulator/motive.mts';
import type { Workflow } from './workflow.mts';

type Node = Workflow['nodes'][number];
type Sample = Record<string, unknown>;

const pins = z.record(z.unknown()).default({});
const formParameters = z.object({
	formFields: z.object({
		values: z.array(
			z.object({
				fieldLabel: z.string(),
				placeholder: z.string().optional(),
				fieldOptions: z.object({ values: z.array(z.object({ option: z.string() })) }).optional(),
			}),
		),
	}),
});

/** By the type of a trigger, what it puts out when somebody (this truck, a person) does what it waits for. */
const SAMPLES: Readonly<Record<string, (truck: Device, node: Node) => Sample>> = {
	'n8n-nodes-motive.motiveTrigger': (truck) => {
		const now = Date.now();
		const id = Math.floor(now / 1000);
		return toOutput(safetyEvent(truck, { id, start_time: iso(now), end_time: iso(now + 1000) }));
	},
	'n8n-nodes-base.formTrigger': (_truck, { parameters }) => {
		const fields = formParameters.parse(parameters).formFields.values;
		const values = fields.map(
			({ fieldLabel, placeholder = '', fieldOptions }): [string, string] => {
				return [fieldLabel, fieldOptions?.values[0]?.option ?? placeholder];
			},
		);
		return { ...Object.fromEntries(values), submittedAt: iso(Date.now()), formMode: 'test' };
	},
	'@n8n/n8n-nodes-langchain.chatTrigger': ({ name }) => ({
		sessionId: 'sample',
		action: 'sendMessage',
		chatInput: `What does ${name} see right now?`,
	}),
};

/** Parameters of a node that waits for a while, and not for a call or a form. */
const timedWait = z.object({ resume: z.literal('timeInterval').optional() });
/** For waits of an execution that somebody looks at. */
const SHORT_WAIT = { amount: 10, unit: 'seconds' };

/**
 * The workflow so that one click on "Execute workflow" runs it to its end: triggers that wait for something have a sample
 * of it pinned, unless they have one already, and waits take seconds.
 */
export function forOneClick(workflow: Workflow, truck: Device): Workflow {
	const pinned = pins.parse(workflow['pinData']);
	const samples = workflow.nodes.flatMap((node): Array<[string, Array<{ json: Sample }>]> => {
		const sample = SAMPLES[node.type]?.(truck, node);
		return sample ? [[node.name, [{ json: sample }]]] : [];
	});
	const nodes = workflow.nodes.map((node) => {
		const isWait =
			node.type === 'n8n-nodes-base.wait' && timedWait.safeParse(node['parameters']).success;
		return isWait ? { ...node, parameters: SHORT_WAIT } : node;
	});
	return { ...workflow, nodes, pinData: { ...Object.fromEntries(samples), ...pinned } };
}
