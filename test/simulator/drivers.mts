import type { JsonObject } from './answers.mts';
import type { Device } from './fleet.mts';

/** Somebody with an account of the company. */
export interface User {
	id: number;
	first_name: string;
	last_name: string;
	role: 'driver' | 'fleet_user' | 'admin';
	status: 'active' | 'deactivated';
	/** Not everybody has one. */
	email: string | null;
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
	['Kim', 'Adeyemi'],
	['Ruth', 'Vega'],
	['Ola', 'Berg'],
] as const;

/** Those after the drivers who drive. */
const OTHERS: Partial<Record<string, Partial<User>>> = {
	Adeyemi: { status: 'deactivated' },
	Vega: { role: 'fleet_user' },
	Berg: { role: 'admin' },
};

/** Everybody of the company: eight who drive, a former driver, and two in the office. Lee Novak has no email address. */
export const users: readonly User[] = NAMES.map(([first_name, last_name], index) => ({
	id: 20_011 + index,
	first_name,
	last_name,
	role: 'driver',
	status: 'active',
	email: first_name === 'Lee' ? null : `${first_name}.${last_name}@haulage.example`.toLowerCase(),
	...OTHERS[last_name],
}));

/** Who drives a vehicle now; of the default fleet, T-118 to T-125 are driven, the first by Sam Doe. */
export function driverOf(device: Device): User | undefined {
	const nth = (device.id + 7) % 12;
	return device.status === 'active' && nth < 8 ? users[nth] : undefined;
}

/** A driver as other records name them. */
export function nestedDriver({ id, first_name, last_name, email, status, role }: User): JsonObject {
	return {
		id,
		first_name,
		last_name,
		username: `${first_name[0]?.toLowerCase() ?? ''}${last_name.toLowerCase()}`,
		email,
		driver_company_id: role === 'driver' ? `D-${id % 100}` : null,
		status,
		role,
	};
}

/** Somebody in the single-key wrapper of lists and look-ups, `{ "user": … }`. */
export function wrappedUser(user: User): JsonObject {
	return {
		user: {
			...nestedDriver(user),
			phone: `41555501${user.id % 100}`,
			phone_ext: null,
			time_zone: 'Central Time (US & Canada)',
			metric_units: false,
			carrier_name: 'Simulated Haulage',
			duty_status: user.role === 'driver' ? 'driving' : null,
			created_at: '2024-03-01T10:00:00Z',
			updated_at: '2026-06-20T08:15:00Z',
		},
	};
}
