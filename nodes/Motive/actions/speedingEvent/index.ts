import type { Resource } from '../../runs/operation';
import { getManySpeedingEvents } from './getAll.operation';

/** Where vehicles were faster than the posted limit. */
export const speedingEvent: Resource = {
	name: 'Speeding Event',
	operations: { getAll: getManySpeedingEvents },
	defaultOperation: 'getAll',
};
