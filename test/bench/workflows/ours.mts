import type { StoredCredential, Workflow } from '../../n8n/workflow.mts';
import { items, node, workflow } from './node.mts';

/** Name of our node. */
export const OURS = 'Motive';

const TYPE = 'n8n-nodes-motive.motive';

/** A workflow in which our node does everything, with these nodes behind it. */
export function ours(
	{ id, name, type }: StoredCredential,
	input: Parameters<typeof items>,
	parameters: Record<string, unknown>,
	behind: Workflow['nodes'] = [],
): Workflow {
	const motive = node(OURS, TYPE, 1, { resource: 'imageCapture', ...parameters });
	return workflow('Ours', [
		...items(...input),
		{ ...motive, credentials: { [type]: { id, name } } },
		...behind,
	]);
}

/** Makes one incident report of everything that comes in. */
export const REPORT = node('Report', TYPE, 1, { resource: 'incidentReport', operation: 'create' });

/** Takes a picture of each vehicle. */
export const CAPTURE = {
	operation: 'capture',
	vehicleId: { __rl: true, mode: 'id', value: '={{ $json.vehicle_id }}' },
};

/** Asks once for each capture. */
export const GET = {
	operation: 'get',
	cameraType: 'dashcam',
	requestId: '={{ $json.request_id }}',
	downloadImage: false,
};

/** Fetches the picture of each capture. */
export const DOWNLOAD = { ...GET, downloadImage: true };

/** The same workflow without our node. */
export function nothing(input: Parameters<typeof items>): Workflow {
	return workflow('Nothing', [...items(...input), node(OURS, 'n8n-nodes-base.noOp', 1)]);
}
