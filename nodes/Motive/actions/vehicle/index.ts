import type { Resource } from '../../runs/operation';
import { getVehicle } from './get.operation';
import { getVehicleLocation } from './getLocation.operation';
import { getManyVehicles } from './getAll.operation';

/** The vehicles of the fleet. */
export const vehicle: Resource = {
	name: 'Vehicle',
	operations: { get: getVehicle, getLocation: getVehicleLocation, getAll: getManyVehicles },
	defaultOperation: 'getAll',
};
