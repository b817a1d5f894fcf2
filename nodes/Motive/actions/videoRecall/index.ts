import type { Resource } from '../../runs/operation';
import { create } from './create.operation';
import { get } from './get.operation';
import { getQuota } from './getQuota.operation';

/** Video that the cameras have recorded, fetched on demand. */
export const videoRecall: Resource = {
	name: 'Video Recall',
	operations: { create, get, getQuota },
	defaultOperation: 'create',
};
