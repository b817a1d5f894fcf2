import type { Resource } from '../../runs/operation';
import { getSafetyEvent } from './get.operation';
import { getManySafetyEvents } from './getAll.operation';
import { getMedia } from './getMedia.operation';

/** What happened on the road: hard brakes, crashes, and what the cameras noticed. */
export const safetyEvent: Resource = {
	name: 'Safety Event',
	operations: { get: getSafetyEvent, getAll: getManySafetyEvents, getMedia },
	defaultOperation: 'getAll',
};
