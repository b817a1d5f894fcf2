import type { JsonObject } from './answers.mts';
import type { Device } from './fleet.mts';
import { nestedDevice } from './motive.mts';

const SAM = {
	id: 20011,
	first_name: 'Sam',
	last_name: 'Doe',
	email: null,
	driver_company_id: 'D-9',
};

/** A safety event (`driver_performance_event_created`) as Motive sends it: a hard brake, before its videos are there. */
export function safetyEvent({ id, name }: Device, changes: JsonObject = {}): JsonObject {
	return {
		action: 'driver_performance_event_created',
		id: 3328319,
		type: 'hard_brake',
		acceleration: 0.41,
		start_time: '2026-07-02T18:28:11Z',
		end_time: '2026-07-02T18:28:12Z',
		start_speed: 32.22,
		end_speed: 23.868,
		max_speed: 58.86,
		min_speed: 0,
		start_bearing: 111.45,
		end_bearing: 110.95,
		lat: 37.41,
		lon: -121.92,
		m_gps_heading: [114.5],
		m_gps_lat: [37.41],
		m_gps_lon: [-121.92],
		m_gps_spd: [33],
		m_veh_odo: null,
		m_veh_spd: [31],
		location: 'San Jose, CA',
		driver_id: SAM.id,
		vehicle_id: id,
		eld_device_id: id - 900_000,
		intensity: '-7.1 mph/s',
		event_intensity: { name: 'Braking Intensity', value: 11.5, unit_type: 'acceleration' },
		coaching_status: 'pending_review',
		coached_at: 'nil',
		coachable_behaviors: ['hard_brake'],
		coached_behaviors: null,
		primary_behavior: ['hard_brake'],
		secondary_behaviors: ['no_tag_applies'],
		current_vehicle: { id, number: name },
		current_driver: SAM,
		metadata: {
			severity: 'high',
			trigger: null,
			additional_context: null,
			annotation_tags: ['no_tag_applies'],
		},
		edited_by_fm: false,
		camera_media: {
			id: 321,
			available: false,
			cam_type: 'dc54',
			cam_positions: ['front_facing', 'driver_facing'],
			uploaded_at: null,
			start_time: '2026-07-02T18:28:04Z',
			duration: 15,
			auto_transcode_status: 'not started',
			downloadable_videos: { front_facing_plain_url: null, driver_facing_plain_url: null },
			downloadable_images: { front_facing_jpg_url: null, driver_facing_jpg_url: null },
		},
		...changes,
	};
}

/** A speeding event (`speeding_event_created`), with the keys in capitals that Motive sends here. */
export function speedingEvent({ id, name }: Device, changes: JsonObject = {}): JsonObject {
	return {
		action: 'speeding_event_created',
		id: 245325,
		max_over_speed_in_kph: 26.8,
		avg_over_speed_in_kph: 25.5,
		min_posted_speed_limit_in_kph: 88.5,
		avg_vehicle_speed: 114,
		duration: 255,
		start_time: '2026-07-02T11:29:59Z',
		end_time: '2026-07-02T11:34:14Z',
		coaching_status: 'coachable',
		current_driver: null,
		current_vehicle: { ID: id, Number: name },
		metadata: { severity: 'critical', trigger: 'speeding' },
		nominatim_location: 'Pennsylvania Turnpike, Bedford County, Pennsylvania, United States',
		...changes,
	};
}

/** A fault code that came up (`fault_code_opened`). */
export function faultCode({ id }: Device, changes: JsonObject = {}): JsonObject {
	return {
		action: 'fault_code_opened',
		id: 771204,
		code: 'SPN 4364',
		code_description: 'SCR conversion efficiency',
		dtc_severity: 'Medium',
		fmi: 18,
		type: 'j1939',
		first_observed_at: '2026-07-02T09:00:00Z',
		last_observed_at: '2026-07-02T09:05:00Z',
		num_observations: 3,
		vehicle: { id, vin: '1XKYD49X0JJ040021', make: 'Kenworth', model: 'T680', year: '2021' },
		...changes,
	};
}

/** An engine that was turned on (`engine_toggle_event`); nothing in it says when. */
export function engineToggle({ id }: Device, changes: JsonObject = {}): JsonObject {
	return {
		action: 'engine_toggle_event',
		trigger: 'on',
		vehicle_id: id,
		vin: '1XKYD49X0JJ040021',
		make: 'Kenworth',
		model: 'T680',
		year: '2021',
		...changes,
	};
}

/** A driver who changed the duty status (`user_duty_status_updated`); the id is the one of the driver. */
export function dutyStatus(changes: JsonObject = {}): JsonObject {
	return {
		action: 'user_duty_status_updated',
		trigger: 'updated',
		id: SAM.id,
		role: 'driver',
		username: 'sdoe',
		first_name: SAM.first_name,
		last_name: SAM.last_name,
		duty_status: 'on_duty',
		updated_at: '2026-07-02T06:00:00Z',
		...changes,
	};
}

/** A vehicle that was changed (`vehicle_upserted`). */
export function vehicleUpserted({ id, name }: Device, changes: JsonObject = {}): JsonObject {
	return {
		action: 'vehicle_upserted',
		trigger: 'updated',
		id,
		number: name,
		vin: '1XKYD49X0JJ040021',
		make: 'Kenworth',
		model: 'T680',
		year: '2021',
		eld_device: { id: id - 900_000, identifier: 'AABL36XX000000', model: 'lbb-3.6ca' },
		...changes,
	};
}

/** A new location of a vehicle (`vehicle_location_updated`). */
export function vehicleLocation({ id }: Device, changes: JsonObject = {}): JsonObject {
	return {
		action: 'vehicle_location_updated',
		id: '5d3d5cf6-501f-4566-ad07-a80c05c743a7',
		vehicle_id: id,
		located_at: '2026-07-02T12:00:00Z',
		lat: 34.123,
		lon: -84.123,
		bearing: 90,
		engine_hours: 123.56,
		speed: 61.5,
		odometer: 212343.23,
		fuel: 23423.23,
		type: 'vehicle_moving',
		description: '3.2 mi SE of San Francisco, CA',
		...changes,
	};
}

/**
 * A vehicle (`vehicle_geofence_event`) or asset (`asset_geofence_event`) that crossed the border of a place. Only leaving
 * has an end: a time, a driver, who may be another one, and how long it was there. Assets have no driver.
 */
export function geofenceEvent(
	device: Device,
	crossing: 'entry' | 'exit',
	changes: JsonObject = {},
): JsonObject {
	const { kind } = device;
	const hasLeft = crossing === 'exit';
	return {
		action: `${kind}_geofence_event`,
		id: 5120077,
		event_type: `geofence_${crossing}`,
		geofence_id: 4410,
		...nestedDevice(device),
		start_time: '2026-07-02T14:00:00Z',
		end_time: hasLeft ? '2026-07-02T16:30:00Z' : null,
		duration: hasLeft ? 9000 : null,
		...(kind === 'vehicle' && {
			start_driver: SAM,
			end_driver: hasLeft ? { ...SAM, id: 20012, first_name: 'Ana', last_name: 'Reyes' } : null,
		}),
		...changes,
	};
}

/**
 * A safety event that is made of several (`driver_performance_event_updated`): a vehicle that swerved. Its parts stand
 * in `sub_events`, of which only the first has media.
 */
export function aggregatedEvent(device: Device, changes: JsonObject = {}): JsonObject {
	const event = safetyEvent(device);
	return {
		...event,
		action: 'driver_performance_event_updated',
		id: 3328402,
		type: 'lane_swerving_event',
		aggregated: true,
		primary_behavior: ['lane_swerving'],
		sub_events: [
			{
				id: 33284021,
				start_time: '2026-07-02T18:28:11Z',
				end_time: '2026-07-02T18:28:14Z',
				camera_media: event['camera_media'],
			},
			{
				id: 33284022,
				start_time: '2026-07-02T18:28:40Z',
				end_time: '2026-07-02T18:28:43Z',
			},
		],
		...changes,
	};
}

/** A finished video recall (`video_recall_request_completed`), its attributes in a wrapper. */
export function videoRecallCompleted({ id, name }: Device): JsonObject {
	return {
		action: 'video_recall_request_completed',
		video_recall_request: {
			id: '8f0c1a',
			status: 'success',
			vehicle: { id, number: name },
			start_time: '2026-07-01T12:00:00Z',
			end_time: '2026-07-01T12:01:00Z',
			cameras: [{ position: 'front_facing', download_url: 'https://videos.example/8f0c1a.mp4' }],
		},
	};
}
