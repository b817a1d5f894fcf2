import type { IDisplayOptions, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { LABEL_SEPARATOR, readText, type PickerMode } from './readers';

/** What differs between the pickers of the operations. */
export interface PickerOptions<Mode extends PickerMode> {
	description: string;
	/** The ways in which the record can be picked. */
	modes: readonly Mode[];
	displayOptions?: IDisplayOptions;
}

/** The picker of a vehicle, `vehicleId`. */
export function vehiclePicker(options: PickerOptions<PickerMode>): INodeProperties {
	const examples = { id: 'e.g. 1040021', number: 'e.g. T-118', externalId: 'e.g. TMS-118' };
	return picker('Vehicle', { list: 'Select a vehicle...', ...examples }, options);
}

/** The picker of an asset, `assetId`. */
export function assetPicker(
	options: PickerOptions<Exclude<PickerMode, 'number'>>,
): INodeProperties {
	return picker(
		'Asset',
		{ list: 'Select an asset...', id: 'e.g. 55301', externalId: 'e.g. TMS-204' },
		options,
	);
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

/**
 * Reads `integrationName`.
 *
 * @throws BadInput
 */
export function readIntegrationName(context: IExecuteFunctions, itemIndex: number): string {
	const name = context.getNodeParameter('integrationName', itemIndex, '');
	return readText(name, 'Integration Name', ': enter the system that the external ID comes from');
}

/** The ways to pick have short names, for which the editor has room. */
function picker(
	title: 'Vehicle' | 'Asset',
	{ list = '', id = '', number = '', externalId = '' }: Partial<Record<PickerMode, string>>,
	{ description, modes, displayOptions }: PickerOptions<PickerMode>,
): INodeProperties {
	const all = {
		displayName: title,
		name: `${title.toLowerCase()}Id`,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		description,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: list,
				typeOptions: { searchListMethod: `search${title}s`, searchable: true },
			},
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: id },
			{
				displayName: 'Number',
				name: 'number',
				type: 'string',
				placeholder: number,
				hint: 'The fleet number as the Motive Dashboard shows it',
			},
			{
				displayName: 'External ID',
				name: 'externalId',
				type: 'string',
				placeholder: externalId,
				hint: 'The ID that another system gave it, as linked in Motive',
			},
		],
		...(displayOptions && { displayOptions }),
	} satisfies INodeProperties;
	return { ...all, modes: all.modes.filter(({ name }) => modes.some((mode) => mode === name)) };
}

/** How the pickers show a record: what people call it first, then what helps to tell it from others. */
export function pickerLabel(name: string, details: readonly string[]): string {
	return [name, ...details].filter((part) => part !== '').join(LABEL_SEPARATOR);
}
