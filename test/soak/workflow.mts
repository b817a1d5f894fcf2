import type { StoredCredential, Workflow } from '../n8n/workflow.mts';
import { safetyEvent } from '../simulator/events.mts';
import type { SoakEvent } from './scenario.mts';

/** Name of the node that takes the pictures. */
export const CAPTURE = 'Motive';
/** Name of the trigger. */
export const TRIGGER = 'Motive Trigger';
/** After so many seconds a camera that has not answered counts as one that never will. */
const TIMEOUT_S = 60;

/** What Motive sends of an event. */
export function payloadOf({ id, device, cameras }: SoakEvent): Record<string, unknown> {
	return safetyEvent(device, { id, camera_media: { available: false, cam_positions: cameras } });
}

/** Takes pictures with the cameras that an event names. */
export function captureOnEvent({ id, name, type }: StoredCredential): Workflow {
	const credentials = { [type]: { id, name } };
	const usual = { typeVersion: 1, position: [0, 0], credentials };
	const trigger = {
		...{ id: 'trigger', name: TRIGGER, type: 'n8n-nodes-motive.motiveTrigger', webhookId: 'soak' },
		parameters: { events: ['driver_performance_event_created'] },
	};
	const capture = {
		...{ id: 'motive', name: CAPTURE, type: 'n8n-nodes-motive.motive' },
		parameters: {
			resource: 'imageCapture',
			operation: 'capture',
			vehicleId: { __rl: true, mode: 'id', value: '={{ $json.event.vehicle.id }}' },
			positions: '={{ $json.camera_media.cam_positions }}',
			options: { timeout: TIMEOUT_S },
		},
	};
	return {
		name: 'Soak',
		nodes: [
			{ ...usual, ...trigger },
			{ ...usual, ...capture },
		],
		connections: { [TRIGGER]: { main: [[{ node: CAPTURE, type: 'main', index: 0 }]] } },
	};
}
