import type { Resource } from '../../runs/operation';
import { capture } from './capture.operation';
import { getImageCapture } from './get.operation';
import { start } from './start.operation';

/** Images taken on demand by the cameras of vehicles and assets. */
export const imageCapture: Resource = {
	name: 'Image Capture',
	operations: { capture, get: getImageCapture, start },
	defaultOperation: 'capture',
};
