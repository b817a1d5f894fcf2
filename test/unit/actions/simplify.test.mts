import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { simplifyAsset } from '../../../nodes/Motive/actions/asset/output.ts';
import { simplifyDriver } from '../../../nodes/Motive/actions/driver/output.ts';
import { simplifySafetyEvent } from '../../../nodes/Motive/actions/safetyEvent/output.ts';
import { simplifySpeedingEvent } from '../../../nodes/Motive/actions/speedingEvent/output.ts';
import { simplifyLocation, simplifyVehicle } from '../../../nodes/Motive/actions/vehicle/output.ts';
import { defaultFleet } from '../../simulator/fleet.mts';
import { wrappedDevice } from '../../simulator/motive.mts';
import { isRecord } from '../../simulator/values.mts';

const person = fc.record(
	{ id: fc.anything(), first_name: fc.anything(), last_name: fc.anything() },
	{ requiredKeys: [] },
);
const thing = fc.record({ id: fc.anything(), number: fc.anything() }, { requiredKeys: [] });

const place = fc.record(
	{ lat: fc.anything(), located_at: fc.anything(), description: fc.anything() },
	{ requiredKeys: [] },
);

/** Records as bad as they come: every field that is read can be anything, or missing. */
const record = fc.record(
	{
		id: fc.oneof(fc.nat(), fc.anything()),
		number: fc.anything(),
		name: fc.anything(),
		status: fc.anything(),
		type: fc.anything(),
		start_time: fc.anything(),
		duration: fc.anything(),
		location: fc.anything(),
		metadata: fc.oneof(fc.record({ severity: fc.anything() }), fc.anything()),
		vehicle: fc.oneof(thing, fc.anything()),
		vehicle_id: fc.anything(),
		driver: fc.oneof(person, fc.anything()),
		current_driver: fc.oneof(person, fc.anything()),
		current_location: fc.oneof(place, fc.anything()),
		first_name: fc.anything(),
	},
	{ requiredKeys: [] },
);

describe.each([
	['vehicle', simplifyVehicle],
	['location', simplifyLocation],
	['asset', simplifyAsset],
	['driver', simplifyDriver],
	['safety event', simplifySafetyEvent],
	['speeding event', simplifySpeedingEvent],
])('A simplified %s', (_, simplify) => {
	const fields = Object.keys(simplify({}));

	it('has no more than ten fields', () => {
		expect(fields.length).toBeLessThanOrEqual(10);
	});

	it('has the same flat fields whatever Motive says', () => {
		fc.assert(
			fc.property(record, (json) => {
				const row = simplify(json);
				expect(Object.keys(row)).toEqual(fields);
				expect(
					Object.values(row).filter(
						(value) => value === undefined || (typeof value === 'object' && value !== null),
					),
				).toEqual([]);
			}),
		);
	});

	it('never loses its id', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1 }), record, (id, json) => {
				expect(Object.values(simplify({ ...json, id }))[0]).toBe(id);
			}),
		);
	});
});

it('An event keeps the ids of its vehicle and driver, nested or not', () => {
	const events = [
		{
			id: 1,
			vehicle: { id: 7, number: 'T-1' },
			driver: { id: 8, first_name: 'Sam', last_name: 'Doe' },
		},
		{
			id: 1,
			current_vehicle: { ID: 7, Number: 'T-1' },
			current_driver: { id: 8, first_name: 'Sam', last_name: 'Doe' },
		},
		{ id: 1, vehicle_id: 7, vehicle_number: 'T-1', driver_id: 8, driver_name: 'Sam Doe' },
	];
	for (const simplify of [simplifySafetyEvent, simplifySpeedingEvent]) {
		for (const event of events) {
			expect(simplify(event)).toMatchObject({
				id: 1,
				vehicle_id: 7,
				vehicle_number: 'T-1',
				driver_id: 8,
				driver_name: 'Sam Doe',
			});
		}
	}
});

it('Vehicles and assets say whether they are in use', () => {
	for (const device of defaultFleet) {
		const { vehicle, asset } = wrappedDevice(device);
		const row = isRecord(vehicle)
			? simplifyVehicle(vehicle)
			: simplifyAsset(isRecord(asset) ? asset : {});
		expect(row).toMatchObject({ id: device.id, active: device.status === 'active' });
	}
});
