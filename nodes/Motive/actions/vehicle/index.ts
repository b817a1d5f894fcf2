import type { Resource } from '../../runs/operation';
import { getVehicle } from './get.operation';
import { getManyVehicles } from './getAll.operation';

/** The vehicles of the fleet. */
export const vehicle: Resource = {
	name: 'Vehicle',
	operations: { get: getVehicle, getAll: getManyVehicles },
	defaultOperation: 'getAll',
};
