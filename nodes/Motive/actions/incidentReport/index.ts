import type { Resource } from '../../runs/operation';
import { create } from './create.operation';

/** What the cameras saw of an incident, as a file for people. */
export const incidentReport: Resource = {
	name: 'Incident Report',
	operations: { create },
	defaultOperation: 'create',
};
