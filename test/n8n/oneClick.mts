import { z } from 'zod';
import { parseEvent } from '../../nodes/Motive/motive/event.ts';
import { eventItem } from '../../nodes/Motive/triggers/output.ts';
import { safetyEvent } from '../simulator/events.mts';
import type { Device } from '../simulator/fleet.mts';
import { iso } from '../simulator/motive.mts';
import type { Workflow } from './workflow.mts';

type Node = Workflow['nodes'][number];
type Sample = Record<string, unknown>;

const pins = z.record(z.unknown()).default({});
const position = z.tuple([z.number(), z.number()]);
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

/** A hard brake of this truck, just now. */
function sampleEvent(truck: Device): Sample {
	const now = Date.now();
	const id = Math.floor(now / 1000);
	const times = { start_time: iso(now), end_time: iso(now + 1000) };
	const record = safetyEvent(truck, { id, ...times });
	return eventItem({ record, event: parseEvent(record) }).json;
}

/** By the type of a trigger, what it puts out when this truck, or a person, does what it waits for. */
const SAMPLES: Readonly<Record<string, (truck: Device, node: Node) => Sample>> = {
	'n8n-nodes-motive.motiveTrigger': sampleEvent,
	'n8n-nodes-motive.motivePollingTrigger': sampleEvent,
	'n8n-nodes-base.formTrigger': (_truck, { parameters }) => {
		const fields = formParameters.parse(parameters).formFields.values;
		const values = fields.map(
			({ fieldLabel, placeholder = '', fieldOptions }): [string, string] => {
				return [fieldLabel, fieldOptions?.values[0]?.option ?? placeholder];
			},
		);
		return { ...Object.fromEntries(values), submittedAt: iso(Date.now()), formMode: 'test' };
	},
};

const CHAT_TRIGGER = '@n8n/n8n-nodes-langchain.chatTrigger';
const SAMPLE_QUESTION = 'Sample question';

/** Whether a node waits for a while, and not for a call or a form. */
const isTimedWait = ({ type, parameters }: Node): boolean =>
	type === 'n8n-nodes-base.wait' && timedWait.safeParse(parameters).success;
const timedWait = z.object({ resume: z.literal('timeInterval').optional() });
const shortened = (wait: Node): Node => ({
	...wait,
	parameters: { amount: 10, unit: 'seconds' },
});

/** Whether a vehicle is still to be chosen from the list. */
const asksForVehicle = ({ parameters }: Node): boolean => emptyChoice.safeParse(parameters).success;
const emptyChoice = z.object({
	vehicleId: z.object({ mode: z.literal('list'), value: z.literal('') }),
});

const withVehicle = (node: Node, { id, name }: Device): Node => ({
	...node,
	parameters: {
		...pins.parse(node['parameters']),
		vehicleId: { __rl: true, mode: 'list', value: String(id), cachedResultName: name },
	},
});

/**
 * The workflow so that one click on "Execute workflow" runs it to its end: triggers that wait for something have a sample
 * of it pinned, of this moment, chats have a sample question beside them, a vehicle is chosen, and waits take seconds.
 */
export function forOneClick(workflow: Workflow, truck: Device): Workflow {
	const pinned = pins.parse(workflow['pinData']);
	const samples = workflow.nodes.flatMap((node): Array<[string, unknown]> => {
		const sample = SAMPLES[node.type]?.(truck, node);
		return sample ? [[node.name, [{ json: sample }]]] : [];
	});
	const nodes = workflow.nodes.map((node) => {
		if (isTimedWait(node)) return shortened(node);
		return asksForVehicle(node) ? withVehicle(node, truck) : node;
	});
	const pinData = { ...pinned, ...Object.fromEntries(samples) };
	return withSampleQuestion({ ...workflow, nodes, pinData }, truck);
}

/** A question that is pinned to the chat itself would take the place of everything that people write there. */
function withSampleQuestion(workflow: Workflow, truck: Device): Workflow {
	const chat = workflow.nodes.find(({ type }) => type === CHAT_TRIGGER);
	if (!chat) return workflow;
	const [x, y] = position.parse(chat['position']);
	const question = {
		id: 'sample-question',
		name: SAMPLE_QUESTION,
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		position: [x - 240, y + 100],
		parameters: {},
	};
	const chatInput = `What does ${truck.name} see right now?`;
	const sample = { sessionId: 'sample', action: 'sendMessage', chatInput };
	return {
		...workflow,
		nodes: [...workflow.nodes, question],
		connections: { ...workflow.connections, [SAMPLE_QUESTION]: workflow.connections[chat.name] },
		pinData: { ...pins.parse(workflow['pinData']), [SAMPLE_QUESTION]: [{ json: sample }] },
	};
}
