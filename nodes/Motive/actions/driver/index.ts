import type { Resource } from '../../runs/operation';
import { getDriver } from './get.operation';
import { getManyDrivers } from './getAll.operation';

/** The drivers of the fleet. */
export const driver: Resource = {
	name: 'Driver',
	operations: { get: getDriver, getAll: getManyDrivers },
	defaultOperation: 'getAll',
};
