import type { Resource } from '../operation';
import { getAll } from './getAll.operation';

/** What happened on the road: hard brakes, crashes, and what the cameras noticed. */
export const safetyEvent: Resource = {
	name: 'Safety Event',
	operations: { getAll },
	defaultOperation: 'getAll',
};
