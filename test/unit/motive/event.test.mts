import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEvent } from '../../../nodes/Motive/motive/event.ts';
import {
	aggregatedEvent,
	dutyStatus,
	engineToggle,
	faultCode,
	geofenceEvent,
	safetyEvent,
	speedingEvent,
	vehicleLocation,
	vehicleUpserted,
	videoRecallCompleted,
} from '../../simulator/events.mts';
import { defaultFleet, type Device } from '../../simulator/fleet.mts';

const truck = defaultFleet[0] as Device;
const trailer = defaultFleet.find(({ kind }) => kind === 'asset') as Device;
const NOBODY = { id: null, name: null };
const T118 = { id: 1040021, number: 'T-118' };

describe('parseEvent', () => {
	it.each([
		[
			'a safety event',
			safetyEvent(truck),
			{ id: 3328319, type: 'hard_brake', severity: 'high', vehicle: T118 },
		],
		[
			'a speeding event, with keys in capitals',
			speedingEvent(truck),
			{
				...{
					id: 245325,
					type: 'speeding',
					severity: 'critical',
					occurred_at: '2026-07-02T11:29:59Z',
					vehicle: T118,
				},
				...{ driver: NOBODY, lat: null, lon: null },
				location: 'Pennsylvania Turnpike, Bedford County, Pennsylvania, United States',
			},
		],
		[
			'a fault code',
			faultCode(truck),
			{
				type: 'j1939',
				severity: 'medium',
				occurred_at: '2026-07-02T09:05:00Z',
				vehicle: { id: 1040021, number: null },
			},
		],
		[
			'an engine',
			engineToggle(truck),
			{ type: 'on', id: null, occurred_at: null, vehicle: { id: 1040021, number: null } },
		],
		[
			'a duty status',
			dutyStatus(),
			{
				id: 20011,
				driver: { id: 20011, name: 'Sam Doe' },
				type: 'updated',
				occurred_at: '2026-07-02T06:00:00Z',
			},
		],
		[
			'a vehicle',
			vehicleUpserted(truck),
			{ id: 1040021, vehicle: T118, driver: NOBODY, type: 'updated' },
		],
		[
			'a location',
			vehicleLocation(truck),
			{
				...{
					id: '5d3d5cf6-501f-4566-ad07-a80c05c743a7',
					occurred_at: '2026-07-02T12:00:00Z',
					lat: 34.123,
					lon: -84.123,
				},
				...{
					location: '3.2 mi SE of San Francisco, CA',
					type: 'vehicle_moving',
					vehicle: { id: 1040021, number: null },
				},
			},
		],
		[
			'a video recall, in a wrapper',
			videoRecallCompleted(truck),
			{ id: '8f0c1a', occurred_at: '2026-07-01T12:00:00Z', vehicle: T118 },
		],
		[
			'a vehicle that enters a geofence',
			geofenceEvent(truck, 'entry'),
			{
				...{ type: 'geofence_entry', occurred_at: '2026-07-02T14:00:00Z', vehicle: T118 },
				driver: { id: 20011, name: 'Sam Doe' },
			},
		],
		[
			'a vehicle that leaves a geofence, later and with another driver',
			geofenceEvent(truck, 'exit'),
			{
				...{ type: 'geofence_exit', occurred_at: '2026-07-02T16:30:00Z', vehicle: T118 },
				driver: { id: 20012, name: 'Ana Reyes' },
			},
		],
		[
			'a vehicle that leaves a geofence, without saying when',
			geofenceEvent(truck, 'exit', { end_time: 'nil', end_driver: null }),
			{ occurred_at: '2026-07-02T14:00:00Z', driver: { id: 20011 } },
		],
		[
			'an asset that leaves a geofence',
			geofenceEvent(trailer, 'exit'),
			{ type: 'geofence_exit', occurred_at: '2026-07-02T16:30:00Z', driver: NOBODY },
		],
		[
			'an event that is made of several',
			aggregatedEvent(truck),
			{ id: 3328402, type: 'lane_swerving_event', vehicle: T118, severity: 'high' },
		],
		[
			'a speeding event of a list, by the type that its webhook has',
			{ action: 'speeding_event_created', type: 'posted', start_lat: 43.15, start_lon: -78.71 },
			{ type: 'speeding', lat: 43.15, lon: -78.71 },
		],
		[
			'a wrapper that is only the vehicle',
			{ action: 'vehicle_gateway_disconnected', vehicle: T118 },
			{ vehicle: T118 },
		],
	])('reads %s', (_name, payload, expected) => {
		expect(parseEvent(payload)).toMatchObject(expected);
	});

	it.each([
		[{ vehicle_id: 7 }, { id: 7, number: null }],
		[
			{ vehicle_id: '7', vehicle_number: 'A' },
			{ id: 7, number: 'A' },
		],
		[{ vehicle: { id: 7, number: 12 } }, { id: 7, number: '12' }],
		[
			{ vehicle: null, current_vehicle: { ID: 7, Number: 'A' } },
			{ id: 7, number: 'A' },
		],
		[
			{ vehicle: {}, vehicle_id: 7 },
			{ id: 7, number: null },
		],
		[
			{ vehicle: 'nil', vehicle_id: 'nil' },
			{ id: null, number: null },
		],
		[{ current_vehicle: { id: 'nil', ID: 7, number: '' } }, { id: 7, number: null }],
	])('finds the vehicle in %j', (payload, vehicle) => {
		expect(parseEvent({ action: 'a', x: 1, ...payload }).vehicle).toEqual(vehicle);
	});

	it.each([
		[{ driver_id: 3 }, { id: 3, name: null }],
		[{ current_driver: { id: 3, first_name: 'Sam', last_name: 'nil' } }, { id: 3, name: 'Sam' }],
		[{ user_id: 3 }, { id: 3, name: null }],
		[{ driver_name: 'Sam' }, { id: null, name: 'Sam' }],
		[{ driver: { ID: 3, username: 'sam' } }, { id: 3, name: 'sam' }],
		[{ user: { id: 3, name: 'Sam' } }, { id: 3, name: 'Sam' }],
	])('finds the driver in %j', (payload, driver) => {
		expect(parseEvent({ action: 'a', x: 1, ...payload }).driver).toEqual(driver);
	});

	it.each([
		[{ severity: 'LOW' }, { severity: 'low' }],
		[{ trigger: 'ignition' }, { type: 'ignition' }],
		[{ metadata: { trigger: 'ignition' }, trigger: 'timer' }, { type: 'ignition' }],
		[{ type: 'posted' }, { type: 'posted' }],
		[{ created_at: '2026-07-02T12:00:00Z' }, { occurred_at: '2026-07-02T12:00:00Z' }],
		[
			{ latitude: 1, longitude: 2 },
			{ lat: 1, lon: 2 },
		],
		[
			{ lat: 1, lng: 2 },
			{ lat: 1, lon: 2 },
		],
		[{ location: { lat: 1, lon: 2 } }, { lat: 1, lon: 2 }],
		[{ location: { lat: 1, lng: 2 } }, { lat: 1, lon: 2 }],
		[{ location: 'Yard' }, { location: 'Yard' }],
		[{ address: '1 Main St' }, { location: '1 Main St' }],
		[{ location: { address: '1 Main St' } }, { location: '1 Main St' }],
		[{ location: { name: 'Yard' } }, { location: 'Yard' }],
		[{ action: 'fault_code_opened', description: 'brakes worn' }, { location: null }],
	])('reads %j, wherever Motive writes it', (payload, expected) => {
		expect(parseEvent({ id: 1, ...payload })).toMatchObject(expected);
	});

	it('does not take the ID of a vehicle for that of the event next to it', () => {
		expect(parseEvent({ vehicle: T118, type: 'ignition' })).toMatchObject({ id: null });
	});

	it('reads coordinates written as text, or within the location', () => {
		expect(parseEvent({ lat: '37.4', lon: ' -121.9 ' })).toMatchObject({
			lat: 37.4,
			lon: -121.9,
		});
		const location = { latitude: 1, longitude: 2, description: 'Yard' };
		expect(parseEvent({ location, x: 1 })).toMatchObject({ lat: 1, lon: 2, location: 'Yard' });
		expect(parseEvent({ lat: 'north', lon: {} })).toMatchObject({ lat: null, lon: null });
	});

	it('has the same keys for every payload, and never throws', () => {
		const keys = Object.keys(parseEvent(safetyEvent(truck)));
		const names = [
			'action',
			'id',
			'type',
			'vehicle',
			'current_vehicle',
			'ID',
			'driver',
			'metadata',
			'location',
			'lat',
		];
		const key = fc.oneof(fc.constantFrom(...names), fc.string());
		const { tree } = fc.letrec<{ tree: unknown; object: Record<string, unknown> }>((tie) => ({
			tree: fc.oneof({ depthSize: 'small' }, fc.jsonValue(), fc.constant('nil'), tie('object')),
			object: fc.dictionary(key, tie('tree')),
		}));
		fc.assert(
			fc.property(fc.dictionary(key, tree), (payload) => {
				const event = parseEvent(payload);
				expect(Object.keys(event)).toEqual(keys);
				expect(Object.keys({ ...event.vehicle, ...event.driver })).toEqual([
					'id',
					'number',
					'name',
				]);
			}),
		);
	});
});

describe('When an event happened', () => {
	it.each([
		['2026-07-02T06:29:59', 'America/Chicago', '2026-07-02T11:29:59Z'],
		['2026-07-02 06:29:59', 'America/Chicago', '2026-07-02T11:29:59Z'],
		['2026-07-02T06:29:59.500', 'UTC', '2026-07-02T06:29:59.500Z'],
		['2026-07-02T11:29:59Z', 'America/Chicago', '2026-07-02T11:29:59Z'],
		['2026-07-02T13:29:59+02:00', 'America/Chicago', '2026-07-02T13:29:59+02:00'],
		['1782991799', 'America/Chicago', '2026-07-02T11:29:59Z'],
		['soon', 'America/Chicago', 'soon'],
	])('%s in %s is %s', (start_time, timeZone, occurred_at) => {
		expect(parseEvent({ id: 1, start_time }, timeZone)).toMatchObject({ occurred_at });
	});

	it('is taken for UTC where nobody names a zone', () => {
		expect(parseEvent({ id: 1, start_time: '2026-07-02T06:29:59' })).toMatchObject({
			occurred_at: '2026-07-02T06:29:59Z',
		});
	});
});
