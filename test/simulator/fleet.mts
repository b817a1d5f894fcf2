/** Camera positions that an image capture can be asked for. */
export const positions = [
	'front_facing',
	'driver_facing',
	'side_left',
	'side_right',
	'rear',
] as const;

/** One of the five camera positions. */
export type Position = (typeof positions)[number];

/** Camera positions that a video can be recalled from. */
export const videoPositions = [...positions, 'front_narrow_facing'] as const;

/** One of the six positions of videos. */
export type VideoPosition = (typeof videoPositions)[number];

/** Positions of the dashcam, which sits behind the windscreen and so exists in vehicles only. */
const dashcam: readonly Position[] = ['front_facing', 'driver_facing'];
/** Positions of the Omnicam, which can be mounted on vehicles and assets. */
const omnicam: readonly Position[] = ['side_left', 'side_right', 'rear'];

/** A vehicle or an asset with cameras. */
export interface Device {
	kind: 'vehicle' | 'asset';
	/** Motive's id, unique in the fleet. */
	id: number;
	/** What people call it: the number of a vehicle, the name of an asset; unique in the fleet. */
	name: string;
	status: 'active' | 'deactivated';
	/** Positions that have a camera. */
	cameras: readonly Position[];
	/** `smart`: records no timelapse, and a minute at most; `narrow`: has a second lens to the front. Default: neither. */
	dashcam?: 'smart' | 'narrow';
}

/** The two kinds of camera, as Motive names them in `camera_type`. */
export type CameraType = 'dashcam' | 'omnicam';

/** Camera that covers a position. */
export function cameraTypeOf(position: Position): CameraType {
	return dashcam.includes(position) ? 'dashcam' : 'omnicam';
}

/** Whether a value from the network names a camera position. */
export function isPosition(value: unknown): value is Position {
	return positions.some((position) => position === value);
}

const vehicle = (id: number, name: string, cameras: readonly Position[]): Device => ({
	kind: 'vehicle',
	id,
	name,
	status: 'active',
	cameras,
});

const asset = (id: number, name: string, cameras: readonly Position[]): Device => ({
	kind: 'asset',
	id,
	name,
	status: 'active',
	cameras,
});

/**
 * A small mixed fleet of 12 vehicles and 4 assets. All five cameras: T-118, T-119 and T-120.
 * T-126 has none, T-127 is deactivated, the others have some of them. T-120 has a narrow lens besides;
 * the dashcam of T-123 is a Smart Dashcam.
 */
export const defaultFleet: readonly Device[] = [
	vehicle(1040021, 'T-118', positions),
	vehicle(1040022, 'T-119', positions),
	{ ...vehicle(1040023, 'T-120', positions), dashcam: 'narrow' },
	vehicle(1040024, 'T-121', dashcam),
	vehicle(1040025, 'T-122', dashcam),
	{ ...vehicle(1040026, 'T-123', ['front_facing']), dashcam: 'smart' },
	vehicle(1040027, 'T-124', ['front_facing', ...omnicam]),
	vehicle(1040028, 'T-125', omnicam),
	vehicle(1040029, 'T-126', []),
	{ ...vehicle(1040030, 'T-127', positions), status: 'deactivated' },
	vehicle(1040031, 'VAN 7', dashcam),
	vehicle(1040032, 'Yard/Mule #3', ['front_facing', 'rear']),
	asset(55301, 'TRL-204', omnicam),
	asset(55302, 'TRL-205', omnicam),
	asset(55303, 'Reefer 12', ['rear']),
	asset(55304, 'Low-boy 3', []),
];

/** A fleet of `count` active vehicles named V-0001, V-0002, …, each with all five cameras. */
export function makeFleet(count: number): Device[] {
	return Array.from({ length: count }, (_, index) =>
		vehicle(2_000_001 + index, `V-${String(index + 1).padStart(4, '0')}`, positions),
	);
}
