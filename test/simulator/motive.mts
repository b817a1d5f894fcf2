import type { JsonObject } from './answers.mts';
import type { Capture } from './captures.mts';
import { driverOf, nestedDriver } from './drivers.mts';
import { positions, type Device, type Position } from './fleet.mts';

const SINCE = '2024-03-01T10:00:00Z';

/** Integration name under which every device has an external id, `TMS-` and its name. */
export const INTEGRATION = 'generic_tms';

/** External id of a device, as lookups know it. */
export function externalIdOf(device: Device): string {
	return `TMS-${device.name}`;
}

/** When a vehicle was last changed: spread over the weeks from June 2026 on. */
function updatedAt({ id }: Device): string {
	return iso(Date.parse('2026-06-01T08:00:00Z') + (id % 100) * 12 * 60 * 60_000);
}

function vehicle(device: Device): JsonObject {
	const driver = driverOf(device);
	return {
		id: device.id,
		company_id: 7712,
		number: device.name,
		status: device.status,
		ifta: true,
		vin: `1XKYD49X0JJ${String(device.id % 1_000_000).padStart(6, '0')}`,
		make: 'Kenworth',
		model: 'T680',
		year: '2021',
		license_plate_state: 'TX',
		license_plate_number: null,
		license_plate_country_code: 'US',
		metric_units: false,
		fuel_type: device.name.startsWith('VAN') ? 'gasoline' : 'diesel',
		notes: null,
		driver_facing_camera: device.cameras.includes('driver_facing') ? 1 : -1,
		incab_audio_recording: -1,
		group_ids: [301],
		created_at: SINCE,
		updated_at: updatedAt(device),
		permanent_driver: null,
		availability_details: { availability_status: 'in_service', updated_at: SINCE },
		eld_device: { id: device.id - 900_000, identifier: `AABL36XX${device.id}`, model: 'lbb-3.6ca' },
		current_driver: driver ? nestedDriver(driver) : null,
		external_ids: [{ external_id: externalIdOf(device), integration_name: INTEGRATION }],
	};
}

function asset(device: Device): JsonObject {
	return {
		id: device.id,
		name: device.name,
		status: device.status,
		type: 'low_boy',
		custom_type: null,
		vin: null,
		license_plate_state: null,
		license_plate_number: null,
		make: 'Utility',
		model: '3000R',
	};
}

/** A device in its single-key wrapper, `{ "vehicle": … }` or `{ "asset": … }`. */
export function wrappedDevice(device: Device): JsonObject {
	return device.kind === 'vehicle' ? { vehicle: vehicle(device) } : { asset: asset(device) };
}

/** A vehicle with its newest position: somewhere along a line, the same at every call. */
export function wrappedLocation(device: Device, now: number): JsonObject {
	const step = device.id % 100;
	const current_location = {
		id: `00000000-0000-4000-8000-${String(device.id).padStart(12, '0')}`,
		located_at: iso(now),
		lat: 41 + step / 100,
		lon: -88 + step / 100,
		type: 'vehicle_moving',
		description: '3 mi W of Joliet, IL',
		speed: 61,
		bearing: 88,
	};
	const driver = driverOf(device);
	const current_driver = driver ? nestedDriver(driver) : null;
	return { vehicle: { id: device.id, number: device.name, current_location, current_driver } };
}

/** A time in Motive's form: ISO 8601, UTC, whole seconds. */
export function iso(at: number): string {
	return new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** The fields that POST and GET of a capture share. */
export function capture(
	{ requestId, cameraType, position, device }: Capture,
	status: string,
	images?: JsonObject | JsonObject[],
): JsonObject {
	return {
		request_id: requestId,
		camera_type: cameraType,
		position,
		status,
		...(images && { images }),
		...nestedDevice(device),
	};
}

/** Images as a map from position to image; as a list where a position comes twice. */
export function byPosition<Image extends { position: Position }>(
	images: Image[],
): Record<string, Omit<Image, 'position'>> | Image[] {
	const entries = images.map(({ position, ...image }) => [position, image] as const);
	const map = Object.fromEntries(entries);
	return Object.keys(map).length === images.length ? map : images;
}

/** A vehicle or an asset as captures and recalls name it. */
export function nestedDevice({ kind, id, name }: Device): JsonObject {
	return kind === 'vehicle' ? { vehicle: { id, number: name } } : { asset: { id, name } };
}

/** Why a device cannot take this picture, in words, or `undefined` if it can. */
export function refusal(device: Device, position: string): string | undefined {
	if (device.status !== 'active') return `${device.name} is deactivated`;
	if (device.kind === 'asset' && positions.slice(0, 2).some((each) => each === position)) {
		return `position ${position} is not available for assets`;
	}
	if (!device.cameras.some((each) => each === position))
		return `${device.name} has no ${position} camera`;
	return undefined;
}
