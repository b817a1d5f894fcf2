import type { Resource } from '../../runs/operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';

/** The assets of the fleet: trailers and other equipment. */
export const asset: Resource = {
	name: 'Asset',
	operations: { get, getAll },
	defaultOperation: 'getAll',
};
