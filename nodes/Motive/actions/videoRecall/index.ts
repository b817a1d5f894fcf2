import type { Resource } from '../../runs/operation';
import { createVideoRecall } from './create.operation';
import { getVideoRecall } from './get.operation';
import { getQuota } from './getQuota.operation';

/** Video that the cameras have recorded, fetched on demand. */
export const videoRecall: Resource = {
	name: 'Video Recall',
	operations: { create: createVideoRecall, get: getVideoRecall, getQuota },
	defaultOperation: 'create',
};
