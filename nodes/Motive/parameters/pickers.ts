import type { IDisplayOptions, INodeProperties, INodePropertyMode } from 'n8n-workflow';

import { isObject, type JsonObject } from '../motive/json';
import { firstOf } from '../motive/text';
import { BadInput, badInput, exampleOf, type Field } from './badInput';
import { choiceIn } from './choices';
import { readText, wholeNumberIn } from './readers';

/** A record as the user picked it: by id (with its name, from a list), or by a name that is still to be looked up. */
export type Picked =
	| { id: number; name?: string }
	| { mode: 'number' | 'externalId'; text: string };

/** The ways in which a record can be picked. */
type PickerMode = 'list' | 'id' | 'number' | 'externalId';

/** A parameter that picks a record. */
export interface PickerField extends INodeProperties {
	modes: INodePropertyMode[];
}

/** What differs between the pickers of the operations. */
export interface PickerOptions<Mode extends PickerMode> {
	description: string;
	/** The ways in which the record can be picked. */
	modes: readonly Mode[];
	displayOptions?: IDisplayOptions;
}

/** Stands between the name of a record and what helps to tell it from others, in the lists to pick from. */
const LABEL_SEPARATOR = ' · ';

/** The picker of a vehicle, `vehicleId`. */
export function vehiclePicker(options: PickerOptions<PickerMode>): PickerField {
	const examples = { id: 'e.g. 1040021', number: 'e.g. T-118', externalId: 'e.g. TMS-118' };
	return picker('Vehicle', { list: 'Select a vehicle...', ...examples }, options);
}

/** The picker of an asset, `assetId`. */
export function assetPicker(options: PickerOptions<Exclude<PickerMode, 'number'>>): PickerField {
	return picker(
		'Asset',
		{ list: 'Select an asset...', id: 'e.g. 55301', externalId: 'e.g. TMS-204' },
		options,
	);
}

/** The system that an external ID comes from; shown only where the picker is set to By External ID. */
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
 * Reads what was picked, also given as plain text. What is no id, as from an agent that was told nothing of ids, is taken
 * for a fleet number where the record can be picked by one.
 *
 * @throws BadInput
 */
export function readPicked(value: unknown, field: PickerField): Picked {
	const { displayName, modes } = field;
	const locator: JsonObject = isObject(value) ? value : { value };
	const { mode: given = 'id', value: chosen, cachedResultName: label } = locator;
	const ways = modes.map((each) => ({ name: each.displayName, value: each.name }));
	const mode = choiceIn(given, ways);
	if (mode === undefined)
		throw badInput(field, `picked ${ways.map(({ name }) => name).join(', ')}`, given);
	if (chosen === undefined || chosen === null || chosen === '')
		throw new BadInput(`${displayName} is empty: choose one from the list or enter its ID`);
	if (mode === 'number' || mode === 'externalId')
		return { mode, text: readText(chosen, partOf(field, mode)) };
	const id = wholeNumberIn(chosen);
	if (id !== undefined) return { id, ...(mode === 'list' && nameIn(label)) };
	if (typeof chosen === 'string' && ways.some((way) => way.value === 'number'))
		return { mode: 'number', text: readText(chosen, partOf(field, 'number')) };
	const idField = partOf(field, 'id');
	const { message } = badInput(idField, `a number${exampleOf(idField)}`, chosen);
	throw new BadInput(`${message}. To pick it by its name, choose From List`);
}

/** What is entered in one of the ways to pick, for example the Vehicle Number in By Number. */
function partOf({ displayName, modes }: PickerField, mode: PickerMode): Field {
	const way = modes.find(({ name }) => name === mode);
	const part = way?.displayName.replace('By ', '') ?? '';
	return { displayName: `${displayName} ${part}`, placeholder: way?.placeholder ?? '' };
}

/** The name of what was picked from a list; n8n keeps what the list showed. */
function nameIn(label: unknown): { name?: string } {
	const [first = ''] = typeof label === 'string' ? label.split(LABEL_SEPARATOR) : [];
	const name = firstOf(first, 80);
	return name === '' ? {} : { name };
}

function picker(
	title: 'Vehicle' | 'Asset',
	{ list = '', id = '', number = '', externalId = '' }: Partial<Record<PickerMode, string>>,
	{ description, modes, displayOptions }: PickerOptions<PickerMode>,
): PickerField {
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
				displayName: 'By Number',
				name: 'number',
				type: 'string',
				placeholder: number,
				hint: 'The fleet number as the Motive Dashboard shows it',
			},
			{
				displayName: 'By External ID',
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
