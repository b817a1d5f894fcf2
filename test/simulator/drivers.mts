import type { JsonObject } from './answers.mts';
import type { Device } from './fleet.mts';

/** Somebody who drives. */
export interface Driver {
	id: number;
	first_name: string;
	last_name: string;
}

const NAMES = [
	['Sam', 'Doe'],
	['Ana', 'Reyes'],
	['Lee', 'Novak'],
	['Priya', 'Shah'],
	['Tom', 'Okafor'],
	['Mia', 'Lindqvist'],
	['Jo', 'Baker'],
	['Max', 'Weber'],
] as const;

/** The drivers of the fleet. */
const drivers: readonly Driver[] = NAMES.map(([first_name, last_name], index) => ({
	id: 20_011 + index,
	first_name,
	last_name,
}));

/** Who drives a vehicle now; of the default fleet, T-118 to T-125 are driven, the first by Sam Doe. */
export function driverOf(device: Device): Driver | undefined {
	const nth = device.id % 12;
	return device.status === 'active' ? drivers[(nth + 7) % 12] : undefined;
}

/** A driver as other records name them. */
export function nestedDriver(driver: Driver): JsonObject {
	return {
		...driver,
		username: `${driver.first_name[0]?.toLowerCase() ?? ''}${driver.last_name.toLowerCase()}`,
		email: null,
		driver_company_id: `D-${driver.id % 100}`,
		status: 'active',
		role: 'driver',
	};
}
