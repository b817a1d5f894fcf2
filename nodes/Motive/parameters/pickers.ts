import type { IDisplayOptions, INodeProperties, INodePropertyMode } from 'n8n-workflow';

import { isObject, type JsonObject } from '../motive/json';
import { firstOf } from '../motive/text';
import { BadInput, badInput, exampleOf, type Field } from './badInput';
import { choiceIn } from './choices';
import { readText, wholeNumberIn } from './readers';

/** The ways in which a record can be picked by something that is still to be looked up. */
type TextMode = 'number' | 'externalId' | 'username' | 'email' | 'driverCompanyId' | 'phone';

/** The ways in which a record can be picked. */
type PickerMode = 'list' | 'id' | TextMode;

/** A record as the user picked it: by id (with its name, from a list), or by something that is still to be looked up. */
export type Picked<Mode extends TextMode = TextMode> =
	| { id: number; name?: string }
	| { mode: Mode; text: string };

/** A parameter that picks a record. */
export interface PickerField<Mode extends PickerMode = PickerMode> extends INodeProperties {
	modes: Array<INodePropertyMode & { name: Mode }>;
}

/** What differs between the pickers of the operations. */
export interface PickerOptions<Mode extends PickerMode> {
	description: string;
	/** The ways in which the record can be picked. */
	modes: readonly Mode[];
	displayOptions?: IDisplayOptions;
}

/** What the editor says of the ways to pick a record. */
const WORDS: Record<PickerMode, { displayName: string; hint?: string }> = {
	list: { displayName: 'From List' },
	id: { displayName: 'By ID' },
	number: {
		displayName: 'By Number',
		hint: 'The fleet number as the Motive Dashboard shows it',
	},
	externalId: {
		displayName: 'By External ID',
		hint: 'The ID that another system gave it, as linked in Motive',
	},
	username: { displayName: 'By Username' },
	email: { displayName: 'By Email' },
	driverCompanyId: {
		displayName: 'By Company ID',
		hint: 'The ID that your company gave the driver, as the Motive Dashboard shows it',
	},
	phone: { displayName: 'By Phone' },
};

/** Stands between the name of a record and what helps to tell it from others, in the lists to pick from. */
const LABEL_SEPARATOR = ' · ';

/** The picker of a vehicle, `vehicleId`. */
export function vehiclePicker<Mode extends 'list' | 'id' | 'number' | 'externalId'>(
	options: PickerOptions<Mode>,
): PickerField<Mode> {
	const examples = { id: 'e.g. 1040021', number: 'e.g. T-118', externalId: 'e.g. TMS-118' };
	return picker('Vehicle', { list: 'Select a vehicle...', ...examples }, options);
}

/** The picker of an asset, `assetId`. */
export function assetPicker<Mode extends 'list' | 'id' | 'externalId'>(
	options: PickerOptions<Mode>,
): PickerField<Mode> {
	return picker(
		'Asset',
		{ list: 'Select an asset...', id: 'e.g. 55301', externalId: 'e.g. TMS-204' },
		options,
	);
}

/** The picker of a driver, `driverId`. */
export function driverPicker<
	Mode extends 'list' | 'id' | 'username' | 'email' | 'driverCompanyId' | 'phone',
>(options: PickerOptions<Mode>): PickerField<Mode> {
	const examples = {
		id: 'e.g. 20011',
		username: 'e.g. sdoe',
		email: 'e.g. name@example.com',
		driverCompanyId: 'e.g. D-9',
		phone: 'e.g. 4155550111',
	};
	return picker('Driver', { list: 'Select a driver...', ...examples }, options);
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
export function readPicked<Mode extends PickerMode>(
	value: unknown,
	field: PickerField<Mode>,
): Picked<Exclude<Mode, 'list' | 'id'>> {
	const { displayName, modes } = field;
	const locator: JsonObject = isObject(value) ? value : { value };
	const { mode: given = 'id', value: chosen, cachedResultName: label } = locator;
	const ways = modes.map((each) => ({ name: each.displayName, value: each.name }));
	const mode = choiceIn(given, ways);
	if (mode === undefined)
		throw badInput(field, `picked ${ways.map(({ name }) => name).join(', ')}`, given);
	if (chosen === undefined || chosen === null || chosen === '')
		throw new BadInput(`${displayName} is empty: choose one from the list or enter its ID`);
	if (isText(mode)) return { mode, text: readText(chosen, partOf(field, mode)) };
	const id = wholeNumberIn(chosen);
	if (id !== undefined) return { id, ...(mode === 'list' && nameIn(label)) };
	const byNumber = modes
		.map(({ name }) => name)
		.filter(isText)
		.find((name) => name === 'number');
	if (typeof chosen === 'string' && byNumber)
		return { mode: byNumber, text: readText(chosen, partOf(field, byNumber)) };
	const idField = partOf(field, 'id');
	const { message } = badInput(idField, `a number${exampleOf(idField)}`, chosen);
	throw new BadInput(`${message}. To pick it by its name, choose From List`);
}

function isText<Mode extends PickerMode>(mode: Mode): mode is Exclude<Mode, 'list' | 'id'> {
	return mode !== 'list' && mode !== 'id';
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

function picker<Mode extends PickerMode>(
	title: 'Vehicle' | 'Asset' | 'Driver',
	placeholders: Partial<Record<PickerMode, string>>,
	{ description, modes, displayOptions }: PickerOptions<Mode>,
): PickerField<Mode> {
	const typeOptions = { searchListMethod: `search${title}s`, searchable: true };
	const wayTo = (name: Mode): INodePropertyMode & { name: Mode } => {
		const way = { ...WORDS[name], name, placeholder: placeholders[name] ?? '' };
		return name === 'list' ? { ...way, type: 'list', typeOptions } : { ...way, type: 'string' };
	};
	return {
		displayName: title,
		name: `${title.toLowerCase()}Id`,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		description,
		modes: modes.map(wayTo),
		...(displayOptions && { displayOptions }),
	};
}

/** How the pickers show a record: what people call it first, then what helps to tell it from others. */
export function pickerLabel(name: string, details: readonly string[]): string {
	return [name, ...details].filter((part) => part !== '').join(LABEL_SEPARATOR);
}
