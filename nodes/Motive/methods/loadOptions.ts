import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { searchVehicles } from './listSearch';

/** The vehicles of the fleet for a choice of several, active ones first. */
export async function getVehicles(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const { results } = await searchVehicles.call(this);
	return results.map(({ name, value }) => ({ name, value }));
}
