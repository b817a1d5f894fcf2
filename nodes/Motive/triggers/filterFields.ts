import type { INodeProperties } from 'n8n-workflow';

import { SEVERITIES } from '../motive/eventWords';
import type { ChoiceField } from '../parameters/choices';
import { TYPE_OPTIONS } from './eventOptions';

/** Types of events. */
export const eventTypeField: ChoiceField = {
	displayName: 'Event Type',
	name: 'eventType',
	type: 'multiOptions',
	options: TYPE_OPTIONS,
	default: [],
	description:
		'Types that start the workflow. For a type that is not listed, use an expression with a list of names.',
};

/** Severities of events. */
export const severityField: ChoiceField = {
	displayName: 'Severity',
	name: 'severity',
	type: 'multiOptions',
	options: SEVERITIES,
	default: [],
	description: 'Severities that start the workflow',
};

/** Vehicles. No picker: those who make the webhook by hand have no credential that could fetch a list. */
export const vehicleFilterField: INodeProperties = {
	displayName: 'Vehicle',
	name: 'vehicle',
	type: 'string',
	default: '',
	placeholder: 'e.g. T-118, T-119',
	description:
		'Fleet numbers or IDs of the vehicles that start the workflow, separated by commas. A number that has a comma in it stands in double quotes.',
};

/** Which events start the workflow; the same for both triggers. */
export const filtersField: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options: [eventTypeField, severityField, vehicleFilterField],
};
