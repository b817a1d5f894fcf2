import type { Resource } from '../../runs/operation';
import { getAsset } from './get.operation';
import { getManyAssets } from './getAll.operation';

/** The assets of the fleet: trailers and other equipment. */
export const asset: Resource = {
	name: 'Asset',
	operations: { get: getAsset, getAll: getManyAssets },
	defaultOperation: 'getAll',
};
