import type { INodeProperties } from 'n8n-workflow';

import { MotiveFailure } from '../../motive/failure';
import { isObject, type JsonObject } from '../../motive/json';
import { BadInput } from '../../parameters/badInput';
import { readChoice, readIds, type ChoiceField } from '../../parameters/choices';
import { simplifyField } from '../../parameters/listFields';
import { readPicked, vehiclePicker, type Picked } from '../../parameters/pickers';
import { parametersOf, readBoolean, type ReadParameter } from '../../parameters/readers';
import { vehiclesByNumber } from '../../runs/lookUp';
import { readOperation } from '../../runs/read';
import { requestLocations } from '../../runs/vehicleLocations';
import { simplifyLocation } from './output';

/** What one item asks for. */
interface LocationInput {
	vehicles: readonly Picked[];
	/** Whether it fails where Motive does not know the location: there is nothing else to give. */
	isOnlyOne: boolean;
	simplify: boolean;
}

const locate: ChoiceField<'vehicle' | 'vehicles'> = {
	displayName: 'Locate',
	name: 'locate',
	type: 'options',
	options: [
		{ name: 'One Vehicle', value: 'vehicle' },
		{ name: 'Several Vehicles', value: 'vehicles' },
	],
	default: 'vehicle',
	description: 'How many vehicles each input item is about',
};

const vehicleField = vehiclePicker({
	description: 'The vehicle to locate',
	modes: ['list', 'id', 'number'],
	displayOptions: { show: { locate: ['vehicle'] } },
});

const vehiclesField: INodeProperties = {
	displayName: 'Vehicle Names or IDs',
	name: 'vehicleIds',
	type: 'multiOptions',
	typeOptions: { loadOptionsMethod: 'getVehicles' },
	default: [],
	required: true,
	description:
		'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
	displayOptions: { show: { locate: ['vehicles'] } },
};

/**
 * Tells where vehicles are now.
 *
 * @see https://developer.gomotive.com/reference/fetch-a-list-of-all-the-vehicles-and-their-locations-v3
 */
export const getVehicleLocation = readOperation<LocationInput>({
	text: {
		name: 'Get Location',
		action: 'Get location of vehicle',
		description: 'See where vehicles are now',
	},
	fields: [locate, vehicleField, vehiclesField, simplifyField],
	read(context, itemIndex) {
		const parameter = parametersOf(context, itemIndex);
		return { ...readVehicles(parameter), simplify: parameter(simplifyField, readBoolean) };
	},
	subject: ({ vehicles }) => `location of ${vehicles.map(nameOf).join(', ')}`,
	connect({ request, fleet, inputs }) {
		const vehicleOf = vehiclesByNumber(request, fleet);
		const idOf = async (vehicle: Picked) =>
			'id' in vehicle ? vehicle.id : (await vehicleOf(vehicle.text)).id;
		const known = new Map<LocationInput, Promise<number[]>>();
		const idsOf = async (input: LocationInput): Promise<number[]> => {
			const ids = known.get(input) ?? Promise.all(input.vehicles.map(idOf));
			known.set(input, ids);
			return await ids;
		};
		const locateAll = async () => {
			// Who names a vehicle that does not exist is told so for the item alone.
			const ids = inputs.map(async (input) => await idsOf(input).catch(() => []));
			return await requestLocations(request, new Set((await Promise.all(ids)).flat()));
		};
		let located: ReturnType<typeof locateAll> | undefined;
		return async (input) => {
			const ids = await idsOf(input);
			located ??= locateAll();
			const found = await located;
			const vehicles = ids.map((id): JsonObject => found.get(id) ?? { id, current_location: null });
			if (input.isOnlyOne && !vehicles.some(isLocated)) throw notLocated(input);
			return input.simplify ? vehicles.map(simplifyLocation) : vehicles;
		};
	},
});

function readVehicles(parameter: ReadParameter): Pick<LocationInput, 'vehicles' | 'isOnlyOne'> {
	if (parameter(locate, readChoice) === 'vehicle')
		return { vehicles: [parameter(vehicleField, readPicked)], isOnlyOne: true };
	const ids = parameter(vehiclesField, readIds);
	if (ids.length === 0)
		throw new BadInput(`${vehiclesField.displayName} is empty: choose at least one`);
	return { vehicles: ids.map((id) => ({ id })), isOnlyOne: false };
}

function isLocated(vehicle: JsonObject): boolean {
	return isObject(vehicle['current_location']);
}

function nameOf(vehicle: Picked): string {
	if ('text' in vehicle) return vehicle.text;
	return vehicle.name ?? `vehicle ${vehicle.id}`;
}

function notLocated({ vehicles }: LocationInput): MotiveFailure {
	const names = vehicles.map(nameOf).join(', ');
	return new MotiveFailure('notFound', {
		detail: `Motive knows no location of ${names}: only vehicles in use with a Vehicle Gateway have one`,
	});
}
