import type { IDisplayOptions, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { readText, type PickerMode } from './readParameters';

/** What differs between the pickers of the operations. */
export interface PickerOptions<Mode extends PickerMode> {
	description: string;
	/** The ways in which the record can be picked. */
	modes: readonly Mode[];
	displayOptions?: IDisplayOptions;
}

const EXTERNAL_ID_HINT = 'The ID that another system gave it, as linked in Motive';

const VEHICLE = {
	displayName: 'Vehicle',
	name: 'vehicleId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a vehicle...',
			typeOptions: { searchListMethod: 'searchVehicles', searchable: true },
		},
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 1040021' },
		{
			displayName: 'Number',
			name: 'number',
			type: 'string',
			placeholder: 'e.g. T-118',
			hint: 'The fleet number as the Motive Dashboard shows it',
		},
		{
			displayName: 'External ID',
			name: 'externalId',
			type: 'string',
			placeholder: 'e.g. TMS-118',
			hint: EXTERNAL_ID_HINT,
		},
	],
} satisfies INodeProperties;

const ASSET = {
	displayName: 'Asset',
	name: 'assetId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select an asset...',
			typeOptions: { searchListMethod: 'searchAssets', searchable: true },
		},
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 55301' },
		{
			displayName: 'External ID',
			name: 'externalId',
			type: 'string',
			placeholder: 'e.g. TMS-204',
			hint: EXTERNAL_ID_HINT,
		},
	],
} satisfies INodeProperties;

/** The picker of a vehicle, `vehicleId`. */
export function vehiclePicker(options: PickerOptions<PickerMode>): INodeProperties {
	return picker(VEHICLE, options);
}

/** The picker of an asset, `assetId`. */
export function assetPicker(options: PickerOptions<Exclude<PickerMode, 'number'>>): INodeProperties {
	return picker(ASSET, options);
}

/** The system that an external ID comes from; shown only where the picker is set to External ID. */
export function integrationField(picker: 'vehicleId' | 'assetId'): INodeProperties {
	return {
		displayName: 'Integration Name',
		name: 'integrationName',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. generic_tms',
		description: 'The system that the external ID comes from, as Motive names it',
		displayOptions: { show: { [`/${picker}.mode`]: ['externalId'] } },
	};
}

/** Reads `integrationName`. */
export function readIntegrationName(context: IExecuteFunctions, itemIndex: number): string {
	const name = context.getNodeParameter('integrationName', itemIndex, '');
	return readText(name, 'Integration Name', ': enter the system that the external ID comes from');
}

function picker(whole: typeof VEHICLE | typeof ASSET, options: PickerOptions<PickerMode>): INodeProperties {
	const { description, displayOptions } = options;
	const modes = whole.modes.filter(({ name }) => options.modes.some((mode) => mode === name));
	return { ...whole, description, modes, ...(displayOptions && { displayOptions }) };
}
