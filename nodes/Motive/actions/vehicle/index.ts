import type { Resource } from '../../runs/operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';

/** The vehicles of the fleet. */
export const vehicle: Resource = {
	name: 'Vehicle',
	operations: { get, getAll },
	defaultOperation: 'getAll',
};
