import type { JsonObject } from './json';
import { parseText } from './parse';

/** A list of Motive's, for example vehicles. */
export interface MotiveList {
	/** What its entries are called, for example `safety events`. */
	things: string;
	/** Path of the list, for example `/v1/vehicles`. */
	path: string;
	/** Key of the list in the answer, for example `vehicles`. */
	plural: string;
	/** Key around each entry, for example `vehicle`. */
	singular: string;
	/** What tells the entries from others under the same path, in lower case: for example `{ role: 'driver' }`. */
	only?: Readonly<Record<string, string>>;
}

/** All vehicles, also the deactivated ones. */
export const VEHICLES: MotiveList = {
	things: 'vehicles',
	path: '/v1/vehicles',
	plural: 'vehicles',
	singular: 'vehicle',
};

/**
 * All assets.
 *
 * @see https://developer.gomotive.com/reference/list-all-the-company-assets
 */
export const ASSETS: MotiveList = {
	things: 'assets',
	path: '/v1/assets',
	plural: 'assets',
	singular: 'asset',
};

/**
 * All drivers, also the deactivated ones.
 *
 * @see https://developer.gomotive.com/reference/users-overview
 */
export const DRIVERS: MotiveList = {
	things: 'drivers',
	path: '/v1/users',
	plural: 'users',
	singular: 'user',
	only: { role: 'driver' },
};

/**
 * Hard brakes, crashes and what the cameras notice.
 *
 * @see https://developer-docs.gomotive.com/reference/fetch-the-drivers-performance-events-v2
 */
export const SAFETY_EVENTS: MotiveList = {
	things: 'safety events',
	path: '/v2/driver_performance_events',
	plural: 'driver_performance_events',
	singular: 'driver_performance_event',
};

/**
 * Where a vehicle was faster than allowed.
 *
 * @see https://developer.gomotive.com/docs/step-3-view-the-speeding-events
 */
export const SPEEDING_EVENTS: MotiveList = {
	things: 'speeding events',
	path: '/v1/speeding_events',
	plural: 'speeding_events',
	singular: 'speeding_event',
};

/**
 * Vehicles that are in use, with their newest location; those with a Vehicle Gateway only.
 *
 * @see https://developer.gomotive.com/reference/fetch-a-list-of-all-the-vehicles-and-their-locations-v3
 */
export const VEHICLE_LOCATIONS: MotiveList = {
	things: 'vehicle locations',
	path: '/v3/vehicle_locations',
	plural: 'vehicles',
	singular: 'vehicle',
};

/**
 * The webhooks of the company.
 *
 * @see https://developer-docs.gomotive.com/reference/overview-company-webhooks
 */
export const COMPANY_WEBHOOKS: MotiveList = {
	things: 'webhooks',
	path: '/v1/company_webhooks',
	plural: 'company_webhooks',
	singular: 'company_webhook',
};

/** Whether a record is one of those that a list is made of: Motive may answer with others all the same. */
export function isEntryOf({ only = {} }: MotiveList, record: JsonObject): boolean {
	return Object.entries(only).every(([name, word]) => {
		const given = parseText(record, name) ?? word;
		return given.toLowerCase() === word;
	});
}
