import type { INodeProperties } from 'n8n-workflow';

import { binaryPropertyOption, optionsField } from '../../parameters/jobOptions';
import type { ChoiceField } from '../../parameters/choices';
import type { MapService } from '../../report/report';

/** The title of a report that was given none. */
export const TITLE = 'Incident report';

/** What stands at the top of the report. */
export const titleField: INodeProperties = {
	displayName: 'Title',
	name: 'title',
	type: 'string',
	default: TITLE,
	placeholder: 'e.g. Incident report',
	description: 'Stands at the top of the report',
};

/** What happened. */
export const eventField: INodeProperties = {
	displayName: 'Event',
	name: 'event',
	type: 'json',
	default: '',
	placeholder: 'e.g. {{ $json.event }}',
	description:
		'What happened: drag the event of a Motive trigger here. Leave it empty where there is none.',
};

/** How the items are put into reports. */
export const reportsField: ChoiceField<'event' | 'one'> = {
	displayName: 'Reports',
	name: 'reports',
	type: 'options',
	options: [
		{
			name: 'All Items in One Report',
			value: 'one',
			description: 'Each event has a page of its own in it',
		},
		{
			name: 'One Report for Each Event',
			value: 'event',
			description: 'Items with the ID of the same event go into the same report',
		},
	],
	default: 'one',
	description: 'How the items are put into reports',
};

/** Rows that the user adds. */
export const detailsField: INodeProperties = {
	displayName: 'More Details',
	name: 'details',
	type: 'fixedCollection',
	placeholder: 'Add Detail',
	typeOptions: { multipleValues: true, sortable: true },
	default: {},
	options: [
		{
			displayName: 'Detail',
			name: 'row',
			values: [
				{
					displayName: 'Label',
					name: 'label',
					type: 'string',
					default: '',
					placeholder: 'e.g. Claim number',
				},
				{
					displayName: 'Value',
					name: 'value',
					type: 'string',
					default: '',
					placeholder: 'e.g. CL-2026-00417',
				},
			],
		},
	],
	description: 'Rows to add to what the event says. Rows without a value are left out.',
};

/** Whether there is a page to fill in. */
export const formOption: INodeProperties = {
	displayName: 'Add Form to Fill In',
	name: 'form',
	type: 'boolean',
	default: false,
	description:
		'Whether to add a page with lines for what no camera knows: injuries, police, witnesses, the other vehicle and the words of the driver',
};

/** Name of the file. */
export const fileNameOption: INodeProperties = {
	displayName: 'File Name',
	name: 'fileName',
	type: 'string',
	default: '',
	placeholder: 'e.g. incident-3328319.html',
	description: 'Name of the report. Made of vehicle, type and ID of the event unless given.',
};

/** The map that the place is linked to. */
export const mapOption: ChoiceField<MapService> = {
	displayName: 'Map',
	name: 'map',
	type: 'options',
	options: [
		{ name: 'Google Maps', value: 'google' },
		{ name: 'No Link', value: 'none' },
		{ name: 'OpenStreetMap', value: 'openStreetMap' },
	],
	default: 'google',
	description: 'The map that the place is linked to',
};

/** Zone in which times are written. */
export const timeZoneOption: INodeProperties = {
	displayName: 'Time Zone',
	name: 'timeZone',
	type: 'string',
	default: '',
	placeholder: 'e.g. America/Chicago',
	description: 'Zone in which times are written. That of the workflow unless given.',
};

/** What the report says beside its images. */
export const reportFields: INodeProperties[] = [
	titleField,
	eventField,
	reportsField,
	detailsField,
	optionsField([formOption, fileNameOption, mapOption, binaryPropertyOption, timeZoneOption]),
];
