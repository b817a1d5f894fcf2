import type { Resource } from '../../runs/operation';
import { capture } from './capture.operation';
import { get } from './get.operation';
import { start } from './start.operation';

/** Pictures taken on demand by the cameras of vehicles and assets. */
export const imageCapture: Resource = {
	name: 'Image Capture',
	operations: { capture, get, start },
	defaultOperation: 'capture',
};
