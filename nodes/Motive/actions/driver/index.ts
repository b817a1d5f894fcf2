import type { Resource } from '../../runs/operation';
import { getManyDrivers } from './getAll.operation';

/** The drivers of the fleet. */
export const driver: Resource = {
	name: 'Driver',
	operations: { getAll: getManyDrivers },
	defaultOperation: 'getAll',
};
