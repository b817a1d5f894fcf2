import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { searchDrivers, searchVehicles } from './listSearch';

/** The vehicles of the fleet for a choice of several, active ones first. */
export async function getVehicles(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const { results } = await searchVehicles.call(this);
	return results.map(({ name, value }) => ({ name, value }));
}

/** The drivers of the fleet for a choice of several, active ones first. */
export async function getDrivers(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const { results } = await searchDrivers.call(this);
	return results.map(({ name, value }) => ({ name, value }));
}
